package photo

import (
	"image"
	"math"

	"certreissue/face"
)

// How a crop frames the person, in shares of its height. A picture that is framed well
// enough is cut no further than its proportions need.
const (
	headShare  = 0.55 // is taken by the head, from the chin to the top of the hair
	aboveHead  = 0.09 // is left empty above the hair
	fewestHead = 0.40 // a head of at least this share,
	mostAbove  = 0.20 // no more than this empty above,
	mostBeside = 0.05 // and no more than this share of the width off the middle, is well enough
	mostHead   = 0.70 // no crop is so low that the head takes more
	aboveCrop  = 0.33 // of what is cut off is cut above, where no head is found
)

// fewestCells are the pixels of a thumbnail without which no head is looked for.
const fewestCells = 20

// Suggest tells somebody who crops a picture by hand where Fit would: of a small JPEG
// of it, which stands upright, the part that makes a good photo, and the size that this
// is a part of. It is not ok where no head is found.
func Suggest(small []byte, l Limits) (crop image.Rectangle, size image.Point, ok bool) {
	if _, foreign := foreignKind(small); foreign {
		return crop, size, false
	}
	p, err := open(small)
	if err != nil || !p.judgeable(maxWrongPixels) {
		return crop, size, false
	}
	_, img, err := p.decode()
	if err != nil {
		return crop, size, false
	}
	size = img.Bounds().Size()
	crop, seen := suggest(shrunk(img, searched), size, l.Width, l.Height)
	return crop, size, seen != nothing
}

// suggest finds the part of an upright picture of the given size that makes a good
// photo of the proportions w : h: the head in the middle, not too small, with some
// wall above it. It never leaves the picture. Where no head is found, it is the widest.
func suggest(small *image.NRGBA, size image.Point, w, h int) (crop image.Rectangle, seen sight) {
	p := proportionsOf(size, w, h)
	head, seen := findHead(small)
	if seen == nothing {
		return p.widest(), nothing
	}

	top, chin, centre := head.top*p.height, head.chin*p.height, head.centre*p.width
	around := func(wide float64) image.Rectangle { return p.box(centre-wide/2, top-aboveHead*wide/p.ratio, wide) }
	most, taken := p.most(), (chin-top)*p.ratio
	widest := around(most)
	above := (top - float64(widest.Min.Y)) / float64(widest.Dy())
	beside := math.Abs(centre-float64(widest.Min.X+widest.Max.X)/2) / most
	if taken >= fewestHead*most && above <= mostAbove && beside <= mostBeside {
		return widest, seen
	}
	wide := min(taken/headShare, 2*centre, 2*(p.width-centre), (p.height-top)/(1-aboveHead)*p.ratio)
	return around(min(max(wide, taken/mostHead), most)), seen
}

// proportions are the size of a picture, and the ratio of width to height that a
// crop of it must have.
type proportions struct{ width, height, ratio float64 }

func proportionsOf(size image.Point, w, h int) proportions {
	return proportions{float64(size.X), float64(size.Y), float64(w) / float64(h)}
}

// box is a crop of a width, moved into the picture.
func (p proportions) box(left, top, wide float64) image.Rectangle {
	left, top = min(max(left, 0), p.width-wide), min(max(top, 0), p.height-wide/p.ratio)
	at := image.Pt(int(math.Round(left)), int(math.Round(top)))
	to := at.Add(image.Pt(int(math.Round(wide)), int(math.Round(wide/p.ratio))))
	return image.Rectangle{at, to}.Intersect(image.Rect(0, 0, int(p.width), int(p.height)))
}

// most is the width of the widest crop.
func (p proportions) most() float64 { return min(p.width, p.height*p.ratio) }

// widest is the widest crop, with more of what is cut off cut below than above.
func (p proportions) widest() image.Rectangle {
	most := p.most()
	return p.box((p.width-most)/2, (p.height-most/p.ratio)*aboveCrop, most)
}

// sight is what a head was found by.
type sight int

const (
	nothing  sight = iota
	shape          // a silhouette before a wall
	features       // a face
)

// findHead looks for the head in a small copy of a picture: around the largest face, or else
// in the silhouette before a wall.
func findHead(small *image.NRGBA) (head, sight) {
	size := small.Rect.Size()
	if min(size.X, size.Y) < fewestCells {
		return head{}, nothing
	}
	if people := peopleIn(small, face.Search(small)); len(people) > 0 {
		return headAround(people[0], size, size.X, size.Y, cellsOf(small)), features
	}
	thumb := shrunk(small, outlined)
	found, ok := headBefore(trace(thumb.Rect.Dx(), thumb.Rect.Dy(), visible, cellsOf(thumb)), cellsOf(thumb))
	if !ok {
		return head{}, nothing
	}
	return found, shape
}

// cellsOf takes each pixel for a cell.
func cellsOf(img *image.NRGBA) func(x, y int) cell {
	return func(x, y int) cell {
		p := img.Pix[img.PixOffset(x, y):]
		return cell{r: float64(p[0]), g: float64(p[1]), b: float64(p[2])}
	}
}

// proportioned cuts a crop that somebody chose to the proportions w : h, about its
// middle, so that nothing is distorted.
func proportioned(crop image.Rectangle, w, h int) image.Rectangle {
	wide, high := crop.Dx(), crop.Dy()
	if wide*h > high*w {
		wide = (high*w + h/2) / h
	} else {
		high = (wide*h + w/2) / w
	}
	corner := crop.Min.Add(image.Pt((crop.Dx()-wide)/2, (crop.Dy()-high)/2))
	return image.Rectangle{corner, corner.Add(image.Pt(wide, high))}
}
