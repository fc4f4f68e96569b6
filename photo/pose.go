package photo

import (
	"image"
	"math"

	"certreissue/face"
)

// pose says what a person should look at in how the people stand, of whom the first is
// the one that the photo is of.
func pose(img *image.YCbCr, people []face.Face) []Finding {
	var findings []Finding
	add := func(code string) { findings = append(findings, Finding{Code: code, Severity: Hint}) }
	main := people[0]
	for _, other := range people[1:] {
		if other.Score >= sureOther && wide(other) > wideOther*wide(main) {
			add(Several)
			break
		}
	}
	if math.Abs(yaw(main)) > mostYaw { // and the rest cannot be told
		add(SideFace)
		return findings
	}
	if math.Abs(tilt(main)) > mostTilt {
		add(Tilted)
	}
	if covered(img, main) {
		add(MouthCovered)
	}
	return findings
}

// yaw is how far the face is turned: 0 from the front, beyond 1 in profile. It is where
// the nose is between the ears.
func yaw(f face.Face) float64 {
	right, left := f.Points[face.RightEar], f.Points[face.LeftEar]
	across, nose := minus(left, right), minus(f.Points[face.Nose], midway(left, right))
	length := across.X*across.X + across.Y*across.Y
	if length == 0 {
		return 2
	}
	return 2 * (nose.X*across.X + nose.Y*across.Y) / length
}

// tilt is the slope of the line through the eyes, in degrees.
func tilt(f face.Face) float64 {
	line := minus(f.Points[face.LeftEye], f.Points[face.RightEye])
	return math.Atan2(line.Y, line.X) * 180 / math.Pi
}

// covered reports whether the mouth has lost the red that the brow has, and is of another colour
// altogether, or much lighter. Beards and lips are neither.
func covered(img *image.YCbCr, f face.Face) bool {
	eyes := midway(f.Points[face.RightEye], f.Points[face.LeftEye])
	down := minus(f.Points[face.Mouth], eyes)
	around := func(along, half float64) (tone, bool) {
		return toneAt(img, face.Point{X: eyes.X + along*down.X, Y: eyes.Y + along*down.Y}, half*wide(f))
	}
	brow, ok := around(-0.5, 0.1)
	mouth, also := around(1, 0.15)
	return ok && also && brow.red-mouth.red > lostRed &&
		(math.Hypot(brow.blue-mouth.blue, brow.red-mouth.red) > otherColour || mouth.luma > muchLighter*brow.luma)
}

// tone is a brightness and two differences of colour.
type tone struct{ luma, blue, red float64 }

// toneAt averages the square around a point, from it to each side half; ok is false beyond the picture.
func toneAt(img *image.YCbCr, at face.Point, half float64) (mean tone, ok bool) {
	area := image.Rect(int(at.X-half), int(at.Y-half), int(at.X+half)+1, int(at.Y+half)+1).Intersect(img.Rect)
	if area.Empty() {
		return tone{}, false
	}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			i := img.COffset(x, y)
			mean.luma += float64(img.Y[img.YOffset(x, y)])
			mean.blue += float64(img.Cb[i])
			mean.red += float64(img.Cr[i])
		}
	}
	n := float64(area.Dx() * area.Dy())
	return tone{mean.luma / n, mean.blue / n, mean.red / n}, true
}
