package photo

import (
	"bytes"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"sort"

	"github.com/disintegration/imaging"
)

// Fit makes a photo that passes out of what people have: any JPEG or PNG of up to
// 20 MB and 24 megapixels. It turns the picture upright, cuts crop out of it (in pixels
// of the upright picture; an empty one leaves the choice to Fit, which looks for the
// head), and writes it anew in the size, in sRGB, and in the bytes that the limits
// ask for. A file that passes as it is comes back as it is, unless a crop was asked for.
//
// The background is never touched: where it is not white, Fit returns what Check
// says of the outcome. The findings are those of the outcome, and the Checked is zero
// when there is any fault.
func Fit(data []byte, crop image.Rectangle, l Limits) (Checked, []Finding) {
	checked, findings, _ := fit(data, crop, l)
	return checked, findings
}

// FitOrShow is Fit where the choice of the crop is left to it. Of a picture of which it
// makes no photo it also returns a preview, to be shown beside the findings: all of it, as
// an upright JPEG in sRGB of at most 320 pixels a side. There is none of a file that
// cannot be read, nor of a picture through which something shines.
func FitOrShow(data []byte, l Limits) (Checked, []Finding, []byte) {
	checked, findings, p := fit(data, image.Rectangle{}, l)
	if !checked.IsZero() || p == nil {
		return checked, findings, nil
	}
	return checked, findings, p.preview()
}

// fit is Fit, and hands out what it has decoded, nil for nothing.
func fit(data []byte, crop image.Rectangle, l Limits) (Checked, []Finding, *decoded) {
	src, err := openSource(data)
	if err != nil {
		return Checked{}, []Finding{asFinding(err)}, nil
	}
	profile := readProfile(src.profile)
	if crop.Empty() && src.plain && profile == nil {
		if checked, findings := Check(data, l); !checked.IsZero() {
			return checked, findings, nil
		}
	}
	turn := turns[src.orientation-1]
	img, err := src.decode()
	if err != nil {
		return Checked{}, []Finding{asFinding(err)}, nil
	}
	p := &decoded{img, src.size, turn, profile, turn.upright(shrunk(img, searched))}
	checked, findings := p.fit(crop, l)
	return checked, findings, p
}

// decoded is a picture as Fit works on it.
type decoded struct {
	img     image.Image // as it is stored
	size    image.Point // likewise
	turn    turn
	profile *profile
	small   *image.NRGBA // all of it, upright
}

func (p *decoded) fit(crop image.Rectangle, l Limits) (Checked, []Finding) {
	size := p.turn.size(p.size)
	if tooSmall(size, l) {
		return Checked{}, []Finding{fewPixels(size, l)}
	}
	if crop = crop.Intersect(image.Rectangle{Max: size}); crop.Empty() {
		var seen sight
		switch crop, seen = suggest(p.small, size, l.Width, l.Height); {
		case tooSmall(crop.Size(), l) && seen == features:
			return Checked{}, []Finding{farAway(crop.Size(), l)}
		case tooSmall(crop.Size(), l): // whatever it is, it is no head to be cut out
			crop = proportionsOf(size, l.Width, l.Height).widest()
		}
	} else {
		crop = proportioned(crop, l.Width, l.Height)
	}
	if tooSmall(crop.Size(), l) {
		return Checked{}, []Finding{fewPixels(crop.Size(), l)}
	}
	part := p.turn.stored(crop, p.size)
	if !opaque(p.img, part) {
		return Checked{}, []Finding{{Code: Transparent}}
	}
	out := resize(p.img, part, p.turn, l)
	p.profile.toSRGB(out)
	file, ok := l.encode(out)
	if !ok {
		return Checked{}, []Finding{unfit(len(file), l)}
	}
	checked, findings := Check(file, l)
	if hint := fewPixels(crop.Size(), l); crop.Dx() < l.Width || crop.Dy() < l.Height {
		hint.Severity = Hint
		findings = append(findings, hint)
		if !checked.IsZero() {
			checked.hints = append(checked.hints, hint)
		}
	}
	return checked, findings
}

// The preview of a refused picture: its longer side has twice the pixels of its place on a page.
const (
	previewSide    = 320
	previewQuality = 80
)

func (p *decoded) preview() []byte {
	if p.small.Rect.Empty() || !p.small.Opaque() {
		return nil
	}
	out := (*image.RGBA)(imaging.Fit(p.small, previewSide, previewSide, imaging.Linear))
	p.profile.toSRGB(out)
	return encoded(out, previewQuality)
}

// tooSmall reports a picture that would have to be enlarged more than twice: its
// size would be right and the face a blur.
func tooSmall(size image.Point, l Limits) bool { return 2*size.X < l.Width || 2*size.Y < l.Height }

// opaque reports whether nothing of a part shines through. What lies behind it
// would be a background painted by us.
func opaque(img image.Image, part image.Rectangle) bool {
	sub, ok := img.(partly)
	if !ok {
		return false
	}
	o, ok := sub.SubImage(part).(interface{ Opaque() bool })
	return ok && o.Opaque()
}

// resize turns a part of a stored picture upright and gives it the size of the
// photo. Large ones are first averaged down to about twice that.
func resize(img image.Image, part image.Rectangle, t turn, l Limits) *image.RGBA {
	size := t.size(part.Size())
	k := min(size.X/(2*l.Width), size.Y/(2*l.Height))
	small := t.upright(shrink(img, part, max(k, 1)))
	out := imaging.Resize(small, l.Width, l.Height, imaging.Lanczos)
	return (*image.RGBA)(out) // the same where nothing shines through, and quicker to encode
}

const (
	lowestQuality = 25 // below it, blocks and rings spoil the face
	bestQuality   = 100
	mostGrain     = 4 // levels of 255
)

// encode writes a JPEG of the best quality that stays a tenth below MaxBytes, for
// some count 1,000 bytes to the KB. A picture so smooth that even its best is below
// MinBytes gets grain that no eye sees. Without success it returns the nearest miss.
func (l Limits) encode(img *image.RGBA) (file []byte, ok bool) {
	aim := l.MaxBytes - l.MaxBytes/10
	if aim < l.MinBytes {
		aim = l.MaxBytes
	}
	for grain := range mostGrain + 1 {
		grained := grainy(img, grain)
		lower := sort.Search(bestQuality-lowestQuality, func(lower int) bool { return len(encoded(grained, bestQuality-lower)) <= aim })
		file = encoded(grained, bestQuality-lower)
		for smuggles(file) { // by chance, in one file of 200,000
			lower++
			file = encoded(grained, bestQuality-lower)
		}
		if len(file) > l.MaxBytes {
			return file, false
		}
		if len(file) >= l.MinBytes {
			return file, true
		}
	}
	return file, false
}

func encoded(img *image.RGBA, quality int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		panic(err) // a buffer takes everything, and an office's photo is within JPEG's 65535 pixels
	}
	return b.Bytes()
}

// grainy adds up to levels of brightness to each pixel, or takes them off. The
// same picture always gets the same grain.
func grainy(img *image.RGBA, levels int) *image.RGBA {
	if levels == 0 {
		return img
	}
	r := rand.New(rand.NewPCG(295, 413))
	out := image.NewRGBA(img.Rect)
	for i := 0; i < len(img.Pix); i += 4 {
		d := r.IntN(2*levels+1) - levels
		for c := range 3 {
			out.Pix[i+c] = uint8(min(max(int(img.Pix[i+c])+d, 0), 255))
		}
		out.Pix[i+3] = 255
	}
	return out
}
