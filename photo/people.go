package photo

import (
	"cmp"
	"image"
	"math"
	"slices"

	"certreissue/face"
)

// What the network takes for a face is one as long as the bounds hold that 568 portraits and
// 212 drawn people were measured by: all of them pass, and of 96 false faces (animals, dolls,
// things) 47 do, of which 20 are drawings of faces.
const (
	sureFace  = 0.8  // the score from which on no second look is needed
	sureAgain = 0.6  // the least score in a second look, at a square
	nearby    = 2.0  // of so many widths of the face
	asSure    = 0.15 // the score by which the face of the photo may be less sure than another

	leastLength, mostLength = 0.40, 0.56 // from between the eyes to the mouth, in widths of the box
	leastNose, mostNose     = 0.28, 0.73 // of that way, to the height of the nose
)

// peopleIn are those of the faces found in a picture that are of people, the one that the photo is of
// first: the largest of the sure ones. Tricks of the eye are often large.
func peopleIn(img partly, found []face.Face) []face.Face {
	found = mainFirst(slices.DeleteFunc(found, func(f face.Face) bool { return !shaped(f) }))
	for len(found) > 0 && !convincing(img, found[0]) {
		found = found[1:]
	}
	return found
}

// partly is an image of which parts can be looked at, as those of package image.
type partly interface {
	image.Image
	SubImage(image.Rectangle) image.Image
}

// mainFirst puts the face that the photo is of before the others.
func mainFirst(found []face.Face) []face.Face {
	surest := 0.0
	for _, f := range found {
		surest = max(surest, f.Score)
	}
	size := func(f face.Face) float64 {
		if f.Score < surest-asSure {
			return 0
		}
		return wide(f)
	}
	slices.SortStableFunc(found, func(a, b face.Face) int { return cmp.Compare(size(b), size(a)) })
	return found
}

// shaped reports whether eyes, nose and mouth stand to each other as in a face.
func shaped(f face.Face) bool {
	eyes := midway(f.Points[face.RightEye], f.Points[face.LeftEye])
	down, nose := minus(f.Points[face.Mouth], eyes), minus(f.Points[face.Nose], eyes)
	length := math.Hypot(down.X, down.Y)
	at := (nose.X*down.X + nose.Y*down.Y) / (length * length)
	length /= wide(f)
	return length >= leastLength && length <= mostLength && at >= leastNose && at <= mostNose
}

// convincing looks at a face that is not sure a second time, from near: what only looks like a
// face then does so less.
func convincing(img partly, f face.Face) bool {
	if f.Score >= sureFace {
		return true
	}
	middle, half := midway(f.Min, f.Max), nearby/2*wide(f)
	near := image.Rect(int(middle.X-half), int(middle.Y-half), int(middle.X+half), int(middle.Y+half)).Intersect(img.Bounds())
	return slices.ContainsFunc(face.Find(img.SubImage(near)), func(again face.Face) bool {
		at := midway(again.Min, again.Max)
		same := math.Abs(at.X-middle.X) < wide(f)/2 && math.Abs(at.Y-middle.Y) < wide(f)/2 && wide(again) > wide(f)/2
		return same && again.Score >= sureAgain
	})
}

func wide(f face.Face) float64 { return f.Max.X - f.Min.X }

func midway(a, b face.Point) face.Point { return face.Point{X: (a.X + b.X) / 2, Y: (a.Y + b.Y) / 2} }

func minus(a, b face.Point) face.Point { return face.Point{X: a.X - b.X, Y: a.Y - b.Y} }
