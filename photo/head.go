package photo

import (
	"image"
	"math"

	"certreissue/face"
)

// head is where the head is, hair included, in shares of the picture's width and height.
type head struct {
	top    float64 // empty height above the hair
	eyes   float64 // of the height
	chin   float64 // of the height
	centre float64 // of the width
	face   float64 // of the width: from cheek to cheek
	width  float64 // of the width
	cut    bool    // the hair is broad where it meets the upper edge
}

// The parts of a head around the box of its face, in widths of the box: measured on 600
// portraits.
const (
	boxToChin  = -0.03 // down from the box; 8 of 10 within 0.06
	boxToHair  = 0.53  // up from it; 8 of 10 from 0.41 to 0.68
	boxToSkull = 0.38  // at least, whatever the hair
	boxToTall  = 0.68  // more than usually
	boxToMost  = 1.0   // at most, with hat or hood
	headToFace = 1.26  // width; 8 of 10 from 1.07 to 1.71
)

// headAround is the head of a face in a picture of some size, of which at gives w × h cells.
func headAround(f face.Face, size image.Point, w, h int, at func(x, y int) cell) head {
	across, down := 1/float64(size.X), 1/float64(size.Y)
	eyes := midway(f.Points[face.RightEye], f.Points[face.LeftEye])
	above := func(widths float64) float64 { return (f.Min.Y - widths*wide(f)) * down }
	found := head{
		eyes:   eyes.Y * down,
		chin:   (f.Max.Y + boxToChin*wide(f)) * down,
		centre: (f.Min.X + f.Max.X) / 2 * across,
		face:   wide(f) * across,
		width:  headToFace * wide(f) * across,
	}
	before := backed{w, h, at, edgeColour(w, h, at)}
	found.top, found.cut = before.hair(found, visible)
	if white, _ := before.hair(found, faintlyVisible); found.top > above(boxToHair) && white > above(boxToMost) {
		found.top = white
	}
	switch skull := above(boxToSkull); {
	case found.top > skull: // it is as white as the wall
		found.top = max(skull, 0)
	case found.top <= above(boxToMost), found.top < above(boxToTall) && before.flat(found): // it is something behind
		found.top = max(above(boxToHair), 0)
	}
	return found
}

// besides are the places of the people beside the first, in cells: head and shoulders.
func besides(people []face.Face, size image.Point) (taken []image.Rectangle) {
	for _, f := range people[min(1, len(people)):] {
		if f.Score < sureOther {
			continue
		}
		part := func(widths, from, to float64) image.Rectangle {
			middle := (f.Min.X + f.Max.X) / 2
			left, right := (middle-widths*wide(f))*cols/float64(size.X), (middle+widths*wide(f))*cols/float64(size.X)
			return image.Rect(int(left), int(from*rows/float64(size.Y)), int(right)+1, int(to*rows/float64(size.Y))+1)
		}
		taken = append(taken, part(hairHalf, f.Min.Y-boxToMost*wide(f), f.Max.Y), part(2*hairHalf, f.Max.Y, float64(size.Y)))
	}
	return taken
}

// backed is a picture of w × h cells before a wall.
type backed struct {
	w, h int
	at   func(x, y int) cell
	wall cell
}

// hair is the row, as a share of the height, at which a head begins that stands out from the wall by a
// difference, and whether it is broad at the upper edge.
func (b backed) hair(h head, difference float64) (top float64, cut bool) {
	from := max(int((h.centre-h.face/3)*float64(b.w)), 0)
	to := min(int((h.centre+h.face/3)*float64(b.w))+1, b.w)
	y := min(max(int(h.eyes*float64(b.h)), 0), b.h)
	for y > 0 && 2*b.solid(y-1, from, to, difference) >= to-from {
		y--
	}
	return float64(y) / float64(b.h), y == 0
}

// flat reports whether what the head ends in is nearly as wide as the face at once, as no hair is.
func (b backed) flat(h head) bool {
	y := min(int(h.top*float64(b.h))+2, b.h-1)
	from, to := max(int((h.centre-h.face/2)*float64(b.w)), 0), min(int((h.centre+h.face/2)*float64(b.w)), b.w)
	return 5*b.solid(y, from, to, visible) > 4*(to-from)
}

// solid counts the cells of a part of row y that stand out from the wall by a difference.
func (b backed) solid(y, from, to int, difference float64) (n int) {
	for x := from; x < to; x++ {
		if b.at(x, y).differs(b.wall, difference) {
			n++
		}
	}
	return n
}

// headOf is the head of the largest face, or else of the silhouette before the wall.
func (g *grid) headOf(faces []face.Face, size image.Point) head {
	if len(faces) > 0 {
		return headAround(faces[0], size, cols, rows, g.at)
	}
	if found, ok := headBefore(trace(cols, rows, visible, g.at), g.at); ok {
		return found
	}
	return usualHead
}

// usualHead is where portraits have theirs.
var usualHead = head{top: 0.12, eyes: 0.37, chin: 0.6, centre: 0.5, face: 0.4, width: 0.52}

// framing says what a person should look at in the place of the head.
func (h head) framing() []Finding {
	var findings []Finding
	if h.cut {
		findings = append(findings, Finding{Code: HeadCut, Severity: Hint})
	}
	if h.top > lowHead {
		findings = append(findings, percentage(HeadLow, h.top))
	}
	if h.width < smallHead {
		findings = append(findings, percentage(HeadSmall, h.width))
	}
	if h.width > largeHead {
		findings = append(findings, percentage(HeadLarge, h.width))
	}
	if h.shift() > farShift {
		findings = append(findings, percentage(OffCentre, h.shift()))
	}
	return findings
}

// shift is how far the head is off the middle, as a share of the width.
func (h head) shift() float64 { return math.Abs(h.centre - 0.5) }
