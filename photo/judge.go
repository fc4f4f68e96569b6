package photo

import (
	"image"

	"certreissue/face"
)

// The bounds of what is only pointed out. The hints are for the eye of a person and must not
// disturb good photos: each bound lies well outside of what ordinary portraits measure.
const (
	// How the people stand.
	sureOther = 0.6  // the score of a second face,
	wideOther = 0.4  // and its width, in widths of the first
	mostYaw   = 0.45 // good portraits have up to 0.29
	mostTilt  = 12   // degrees
	// The mouth against the brow, in levels: of 66 masks 49 are seen, of 482 other faces 6 are taken for one.
	lostRed     = 8
	otherColour = 18
	muchLighter = 1.25 // times as light

	// Where the head is.
	lowHead   = 0.25 // of the height is empty above the hair
	smallHead = 0.28 // of the width is all that the head takes
	largeHead = 0.85
	farShift  = 0.14 // of the width by which the head is off the middle

	// The picture.
	leastColour    = 4   // mean chroma of the middle; skin alone gives 30
	leastSharpness = 40  // percent; a sharp photo gives 60 and more
	darkFace       = 0.5 // brightness of what is lightest in the face, as a share of the wall's; good ones have 0.62, dark ones up to 0.35
	leastFace      = 60  // and whatever the wall
	white          = 250 // brightness in which nothing of a face's shading is left,
	mostBurnt      = 0.1 // and the share of the face that it may take; good ones have up to 0.04
)

// judge looks at a picture that is at least as large as the grid, and has these people in it. Where the head is is said
// only before a wall that passes; and where nobody is, there is nothing more to say.
func judge(img *image.YCbCr, people []face.Face, l Limits) []Finding {
	g := reduce(img)
	h := g.headOf(people, img.Rect.Size())
	back := g.backdrop(h, besides(people, img.Rect.Size()))
	findings := l.backdropFindings(back)
	if len(people) == 0 {
		nobody := Finding{Code: Nobody}
		if l.Confirmed {
			nobody.Severity = Hint
		}
		return append(findings, nobody)
	}
	findings = append(findings, pose(img, people)...)
	if back.near.share >= l.FailBelow {
		findings = append(findings, h.framing()...)
	}
	if g.colour() < leastColour {
		findings = append(findings, Finding{Code: Colourless, Severity: Hint})
	}
	if sharp := sharpness(img); sharp < leastSharpness { // which takes the lights away, too
		return append(findings, measured(Blurred, saySharpness, sharp, leastSharpness))
	}
	return append(findings, lightOn(img, people[0], back.light)...)
}

// backdropFindings say whether the background passes.
func (l Limits) backdropFindings(back backdrop) []Finding {
	switch {
	case back.near.share < l.FailBelow:
		return []Finding{backdropFinding(back, Fault, l)}
	case back.clear.share < l.ClearFrom:
		return []Finding{backdropFinding(back, Hint, l)}
	}
	return nil
}

// lightOn says whether the light was good on a face. Dark skin has lights too, and the
// eyes have white: where even they are far darker than the wall, the light came from behind.
func lightOn(img *image.YCbCr, f face.Face, wall float64) []Finding {
	w := wide(f) // the middle of the face, without hair or wall beside it
	area := image.Rect(int(f.Min.X+w/4), int(f.Min.Y+w/8), int(f.Max.X-w/4), int(f.Max.Y-w/4)).Intersect(img.Rect)
	if area.Empty() {
		return nil
	}
	var levels [256]int
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for _, luma := range img.Y[img.YOffset(area.Min.X, y):][:area.Dx()] {
			levels[luma]++
		}
	}
	burnt := 0
	for _, n := range levels[white:] {
		burnt += n
	}
	share := float64(burnt) / float64(area.Dx()*area.Dy())
	switch lights := float64(percentile(levels[:], 99)); {
	case lights < max(darkFace*wall, leastFace):
		return []Finding{measured(TooDark, sayDarkness, lights*100/255, wall*100/255)}
	case share > mostBurnt:
		return []Finding{measured(TooBright, sayGlare, share*100)}
	}
	return nil
}

// colour is the mean chroma of the middle: whatever the framing, the person covers most of it.
func (g *grid) colour() float64 {
	sum, n := 0.0, 0
	for row := 20; row < 75; row++ {
		for _, c := range g[row][20:44] {
			sum += c.chroma()
			n++
		}
	}
	return sum / float64(n)
}
