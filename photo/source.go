package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"io"
)

// What a mend may cost. A picture of a telephone has 12 megapixels and 4 MB.
const (
	maxSourceBytes = 20 << 20
	// scans × pixels, as for a check. The usual progressive file has ten scans; in CMYK
	// it has 18, and may have 16 megapixels.
	maxSourceScanPixels = 12 * maxPixels
	maxProfile          = 4 << 20
)

// source is a picture that Fit may take. Its header has been read, but none of
// its pixels.
type source struct {
	size        image.Point // as it is stored
	orientation int         // EXIF, 1–8
	profile     []byte      // ICC, if it has one
	plain       bool        // a JPEG in the usual colours, which Check may pass as it is
	decode      func() (image.Image, error)
}

// openSource reads the header of a JPEG or PNG and refuses what would cost too much.
func openSource(data []byte) (source, error) {
	if len(data) > maxSourceBytes {
		return source{}, tooLarge(len(data))
	}
	open := openJPEG
	if kind, foreign := foreignKind(data); foreign {
		if kind.Figure != kindPNG {
			return source{}, kind
		}
		open = openPNG
	}
	s, err := open(data)
	if err == nil && s.size.X*s.size.Y > maxPixels {
		return source{}, manyPixels(s.size)
	}
	if err == nil && tabled(s.profile) {
		return source{}, Finding{Code: Colours, Figure: colourTables}
	}
	return s, err
}

func openJPEG(data []byte) (source, error) {
	p, err := open(data)
	size := image.Pt(p.config.Width, p.config.Height)
	if err == nil && size.X*size.Y <= maxPixels && size.X*size.Y*p.scans > maxSourceScanPixels {
		err = Finding{Code: Unsupported}
	}
	plain := p.config.ColorModel == color.YCbCrModel || p.config.ColorModel == color.GrayModel
	return source{size, p.orientation, p.icc, plain, func() (image.Image, error) {
		img, err := p.pixels(p.rebuild(p.kept))
		return readInks(p.icc).on(img), err
	}}, err
}

// Where the header of a PNG, which comes first, has what a picture costs beside its size.
const (
	pngDepth     = 24 // bits of each colour
	pngInterlace = 28
)

func openPNG(data []byte) (source, error) {
	config, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return source{}, err
	}
	s := source{image.Pt(config.Width, config.Height), upright, nil, false, func() (image.Image, error) {
		return png.Decode(bytes.NewReader(data))
	}}
	if deep, interlaced := data[pngDepth] > 8, data[pngInterlace] != 0; deep || interlaced {
		// Each takes twice the memory, whatever few bytes say so.
		most := maxPixels / 2
		if deep && interlaced {
			most /= 2
		}
		if n := s.size.X * s.size.Y; n > most && n <= maxPixels {
			return source{}, densePixels(s.size, deep, interlaced, most)
		}
	}
	for rest := data[8:]; len(rest) >= 12; { // length, name, data, checksum
		n := int64(binary.BigEndian.Uint32(rest))
		if n > int64(len(rest)-12) {
			break // the decoder will complain
		}
		switch chunk := rest[8 : 8+n]; string(rest[4:8]) {
		case "eXIf":
			s.orientation = orientation(append([]byte(exifMark), chunk...))
		case "iCCP":
			s.profile = inflateProfile(chunk)
		}
		rest = rest[12+n:]
	}
	return s, nil
}

// inflateProfile unpacks the profile of an iCCP chunk: a name, the method, the
// data. What is broken or too large is no profile.
func inflateProfile(chunk []byte) []byte {
	_, packed, _ := bytes.Cut(chunk, []byte{0})
	if len(packed) < 1 {
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(packed[1:]))
	if err != nil {
		return nil
	}
	profile, err := io.ReadAll(io.LimitReader(r, maxProfile))
	if err != nil {
		return nil
	}
	return profile
}
