// Package photo judges identity photos: what kind of file it is, its size in
// pixels and bytes, and whether the background is white ([Check]); and makes photos
// that pass out of the pictures that people have ([Fit]). What passes comes back as
// a [Checked], stripped of everything but the picture; nothing else in the program can
// make one, so what is stored has been checked.
//
// The rules are those of the operation guide: JPG or JPEG, 295×413 pixels,
// between 10 KB and 30 KB, white background.
package photo

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"slices"

	"certreissue/face"
)

// Limits are the rules an office can change. Sizes are exact, byte counts
// inclusive and of the file as it was uploaded.
type Limits struct {
	Width, Height      int // pixels
	MinBytes, MaxBytes int

	// FailBelow is a percentage: a photo fails when in some part of its
	// background less than this share of the area is near white.
	FailBelow int
	// ClearFrom is a percentage: a background of which in every part at
	// least this share is clearly white passes without a hint.
	ClearFrom int

	// Confirmed says that somebody vouches for the person in the photo: it passes although
	// no face is found, with a hint.
	Confirmed bool
}

// DefaultLimits returns the rules of the operation guide.
func DefaultLimits() Limits {
	return Limits{Width: 295, Height: 413, MinBytes: 10 << 10, MaxBytes: 30 << 10, FailBelow: 85, ClearFrom: 90}
}

// What one check may cost. Files beyond these bounds are refused without
// decoding; honest ones of the right size stay far below.
const (
	maxPixels      = 24_500_000 // what telephones call 24 megapixels; a progressive photo of 50 million takes 460 MB
	maxWrongPixels = 1_000_000  // of the wrong size: the size is the news, the background only a courtesy
	maxScanPixels  = 8_000_000  // scans × pixels: each scan of a progressive file visits every block again
	maxDecodeBytes = 4 << 20
)

// Checked is a photo that has passed. Only Check, CheckFile and Fit make one;
// the zero value holds no photo.
type Checked struct {
	jpeg   []byte
	hints  []Finding
	digest [sha256.Size]byte
}

// JPEG returns the file to store and serve: the picture as it was uploaded,
// without metadata and without anything after its end.
func (c Checked) JPEG() []byte { return bytes.Clone(c.jpeg) }

// Hints returns what a person should look at although the photo passed.
func (c Checked) Hints() []Finding { return slices.Clone(c.hints) }

// Digest returns the SHA-256 of the decoded pixels: equal for the same picture
// whatever its metadata.
func (c Checked) Digest() [32]byte { return c.digest }

// IsZero reports whether c holds no photo.
func (c Checked) IsZero() bool { return c.jpeg == nil }

// CheckFile is Check for an uploaded file: a name that promises another format
// than JPEG is a fault of its own, because such a file fails wherever it is
// sent next. Only the last element of the name counts.
func CheckFile(name string, data []byte, l Limits) (Checked, []Finding) {
	checked, findings := Check(data, l)
	ending := foreignEnding(name)
	if ending == "" || slices.ContainsFunc(findings, isKind) {
		return checked, findings // the content already says what the name says
	}
	return Checked{}, slices.Insert(findings, 0, Finding{Code: WrongName, Figure: ending})
}

// Check judges one file and reports every finding at once, faults first. The
// Checked is zero when there is any fault.
func Check(data []byte, l Limits) (Checked, []Finding) {
	if kind, foreign := foreignKind(data); foreign {
		return Checked{}, []Finding{kind}
	}
	var findings []Finding
	if len(data) < l.MinBytes || len(data) > l.MaxBytes {
		findings = append(findings, bytesFinding(len(data), l))
	}
	p, err := open(data)
	if p.config.Width > 0 && (p.config.Width != l.Width || p.config.Height != l.Height) {
		findings = append(findings, sizeFinding(p.config.Width, p.config.Height, l))
	}
	if p.orientation != upright {
		findings = append(findings, orientationFinding(p.orientation))
	}
	if err != nil {
		return Checked{}, append(findings, asFinding(err))
	}

	if colours := p.colours(); colours != "" {
		return Checked{}, append(findings, Finding{Code: Colours, Figure: colours})
	}

	most := maxWrongPixels
	if p.config.Width == l.Width && p.config.Height == l.Height {
		most = maxPixels
	}
	if !p.judgeable(most) {
		if len(findings) == 0 {
			findings = append(findings, Finding{Code: Unsupported})
		}
		return Checked{}, findings
	}
	stripped, img, err := p.decode()
	if err != nil {
		return Checked{}, append(findings, asFinding(err))
	}
	planes := planesOf(img)
	findings = append(findings, judge(planes, peopleIn(planes, face.Find(planes)), l)...)
	slices.SortStableFunc(findings, func(a, b Finding) int { return int(a.Severity) - int(b.Severity) })
	if len(findings) > 0 && findings[0].Severity == Fault {
		return Checked{}, findings
	}
	return Checked{jpeg: stripped, hints: slices.Clone(findings), digest: digest(img)}, findings
}

// picture is a JPEG whose structure has been walked and whose header has been
// read, but none of its pixels.
type picture struct {
	parts
	config image.Config
}

// open takes the JPEG apart and reads its size. On an error the picture holds
// what could be learnt up to there.
func open(data []byte) (picture, error) {
	parts, err := walk(data)
	config, configErr := jpeg.DecodeConfig(bytes.NewReader(parts.rebuild(parts.kept[:parts.head])))
	p := picture{parts, config}
	switch _, unsupported := errors.AsType[jpeg.UnsupportedError](configErr); {
	case unsupported, err == nil && configErr != nil:
		return p, configErr // the decoder knows better than "cut short" why it cannot
	case err == nil && config.Width*config.Height == 0:
		return p, Finding{Code: Broken}
	}
	return p, err
}

// colours names colours that are not those of other photos, "" for sRGB. What is
// stored has no profile any more, and would be shown in others.
func (p picture) colours() string {
	switch {
	case p.config.ColorModel == color.CMYKModel:
		return "印刷用的 CMYK"
	case readProfile(p.icc) != nil:
		return "专业用的广色域"
	case tabled(p.icc):
		return colourTables
	}
	return ""
}

// judgeable reports whether the pixels are worth decoding: enough of them for
// the grid, at most most, and in so few scans and bytes that one check stays within
// its bounds.
func (p picture) judgeable(most int) bool {
	w, h := p.config.Width, p.config.Height
	return w >= cols && h >= rows && w*h <= most && w*h*p.scans <= max(maxScanPixels, most) && p.coded <= maxDecodeBytes
}

// decode rebuilds the file and reads the pixels of the outcome, so that what is
// judged is what is stored.
func (p picture) decode() (stripped []byte, img image.Image, err error) {
	stripped = p.rebuild(p.kept)
	if smuggles(stripped) {
		return nil, nil, Finding{Code: Smuggling}
	}
	img, err = p.pixels(stripped)
	return stripped, img, err
}

// pixels decodes a rebuilt file. Of several scans with restart markers the decoder of
// the standard library cannot read each: that does not mean that the file is damaged.
func (p parts) pixels(rebuilt []byte) (image.Image, error) {
	img, err := jpeg.Decode(bytes.NewReader(rebuilt))
	if err != nil && p.restarts && p.scans > 1 {
		err = Finding{Code: Unsupported}
	}
	return img, err
}
