package photo

import (
	"errors"
	"image/jpeg"
	"image/png"
)

// Severity tells a fault, with which a photo is refused, from a hint, with
// which it passes. The zero value is the strict one.
type Severity uint8

const (
	Fault Severity = iota
	Hint
)

// Finding is one thing noticed about a photo. It is plain data, to be stored
// with an application; Sentence says it to people.
type Finding struct {
	Code     string
	Severity Severity
	Figure   string // what was measured, as people read it
	Need     string // what is required instead, where that is a figure too
	Detail   string // in Chinese: what was measured, where Sentence does without figures
}

// Codes of the faults.
const (
	Empty       = "empty"        // a file without a byte
	WrongKind   = "kind"         // by content another format, named by Figure
	TextKind    = "text"         // by content text or a web page
	UnknownKind = "unknown"      // by content nothing known
	WrongName   = "name"         // by name another format; Figure is the ending
	FewBytes    = "bytes-few"    // below the limit
	ManyBytes   = "bytes-many"   // above the limit
	WrongSize   = "size"         // width or height
	Rotated     = "orientation"  // EXIF asks viewers to turn it
	Broken      = "broken"       // cut short or damaged
	Unsupported = "unsupported"  // arithmetic coding, 12 bits, thousands of scans …
	Colours     = "colours"      // in colours of print or of a wide gamut; Figure names them
	Smuggling   = "smuggling"    // a page or an archive hidden inside the picture data
	Background  = "background"   // not white; as a hint: not clearly white
	Nobody      = "nobody"       // no face; as a hint: somebody says that there is one
	TooLarge    = "large"        // more bytes than Fit takes
	ManyPixels  = "pixels-many"  // more than Fit takes
	DensePixels = "pixels-dense" // more than Fit takes of an interlaced PNG, or one of 16 bits
	FewPixels   = "pixels-few"   // Fit would have to enlarge it more than twice; as a hint: it has enlarged it
	FarAway     = "far"          // Fit would have to enlarge the face more than twice
	Transparent = "transparent"  // Fit would have to paint what shines through
	Unfit       = "unfit"        // no quality gives the bytes that the limits ask for
)

// Codes of what is only ever a hint.
const (
	Colourless   = "colourless"
	Blurred      = "blurred"
	TooDark      = "dark"
	TooBright    = "bright"
	HeadLow      = "head-low"   // much empty space above
	HeadCut      = "head-cut"   // hair reaches the upper edge
	HeadSmall    = "head-small" // far narrower than the picture
	HeadLarge    = "head-large" // nearly as wide as the picture
	OffCentre    = "off-centre" // far to one side
	Several      = "several"    // a second face
	SideFace     = "side"       // turned away
	Tilted       = "tilt"       // the line of the eyes is not level
	MouthCovered = "mouth"      // by a mask, a scarf, a hand
)

// Error makes a fault usable as a Go error; people are shown Sentence.
func (f Finding) Error() string { return "photo: " + f.Code }

// isKind reports whether f says that the content is no JPEG at all.
func isKind(f Finding) bool {
	return f.Code == Empty || f.Code == WrongKind || f.Code == TextKind || f.Code == UnknownKind
}

// asFinding turns an error of strip or of the standard decoder into a fault.
func asFinding(err error) Finding {
	if f, ok := errors.AsType[Finding](err); ok {
		return f
	}
	_, jpegOf := errors.AsType[jpeg.UnsupportedError](err)
	_, pngOf := errors.AsType[png.UnsupportedError](err)
	if jpegOf || pngOf {
		return Finding{Code: Unsupported}
	}
	return Finding{Code: Broken}
}
