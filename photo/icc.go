package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"math"
)

// profile turns the colours of a device into sRGB: through a curve per channel
// to linear light, and through a matrix. Telephones write such profiles (Display P3),
// and cameras (Adobe RGB). Those of printers are inks.
type profile struct {
	linear [3][256]float64 // red, green, blue
	matrix [3][3]float64   // linear light to linear sRGB
}

// sRGBFromXYZ is the inverse of the primaries of sRGB under D50, as profiles state them.
var sRGBFromXYZ = [3][3]float64{
	{3.1338561, -1.6168667, -0.4906146},
	{-0.9787684, 1.9161415, 0.0334540},
	{0.0719453, -0.2289914, 1.4052427},
}

// readProfile reads an ICC profile. It returns nil, which changes nothing, for one
// that it does not understand and for sRGB itself.
func readProfile(icc []byte) *profile {
	tags := readTags(icc)
	if tags == nil || string(icc[16:24]) != "RGB XYZ " {
		return nil
	}
	var p profile
	for channel, name := range [3]string{"r", "g", "b"} {
		primary, ok := readXYZ(tags[name+"XYZ"])
		curve := readCurve(tags[name+"TRC"])
		if !ok || curve == nil {
			return nil
		}
		for row := range 3 {
			for i := range 3 {
				p.matrix[row][channel] += sRGBFromXYZ[row][i] * primary[i]
			}
		}
		for v := range 256 {
			light := curve(float64(v) / 255)
			if !(light >= 0 && light <= 1.01) { // NaN among others
				return nil
			}
			p.linear[channel][v] = light
		}
	}
	if p.isSRGB() {
		return nil
	}
	return &p
}

// tabled reports whether the colours of an ICC profile for red, green and blue are told by tables only,
// which are not read: nobody then knows what the picture is meant to look like.
func tabled(icc []byte) bool {
	tags := readTags(icc)
	return tags != nil && string(icc[16:20]) == "RGB " && tags["A2B0"] != nil && tags["rTRC"] == nil
}

// readTags are the parts of an ICC profile by their names, nil where it is none.
func readTags(icc []byte) map[string][]byte {
	const header, entry = 132, 12
	if len(icc) < header || string(icc[36:40]) != "acsp" {
		return nil
	}
	tags := map[string][]byte{}
	table := icc[header:]
	for n := binary.BigEndian.Uint32(icc[128:]); n > 0 && len(table) >= entry; n-- {
		at, size := uint64(binary.BigEndian.Uint32(table[4:])), uint64(binary.BigEndian.Uint32(table[8:]))
		if at+size <= uint64(len(icc)) {
			tags[string(table[:4])] = icc[at : at+size]
		}
		table = table[entry:]
	}
	return tags
}

// isSRGB reports whether no strong colour moves by more than a level or two.
func (p *profile) isSRGB() bool {
	for _, c := range [][3]uint8{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {200, 150, 120}, {90, 60, 50}, {128, 128, 128}} {
		for i, v := range p.convert(c) {
			if max(v, c[i])-min(v, c[i]) > 2 {
				return false
			}
		}
	}
	return true
}

func (p *profile) convert(c [3]uint8) [3]uint8 {
	return sRGBOf(&p.matrix, [3]float64{p.linear[0][c[0]], p.linear[1][c[1]], p.linear[2][c[2]]})
}

// toSRGB converts a picture in place.
func (p *profile) toSRGB(img *image.RGBA) {
	if p == nil {
		return
	}
	for i := 0; i < len(img.Pix); i += 4 {
		c := p.convert([3]uint8(img.Pix[i:]))
		copy(img.Pix[i:], c[:])
	}
}

// sRGBOf is a colour that a matrix turns into linear sRGB.
func sRGBOf(matrix *[3][3]float64, c [3]float64) (out [3]uint8) {
	for i, row := range matrix {
		v := row[0]*c[0] + row[1]*c[1] + row[2]*c[2]
		out[i] = uint8(math.Round(255 * sRGBCurve(min(max(v, 0), 1))))
	}
	return out
}

// sRGBCurve turns linear light into what is stored.
func sRGBCurve(v float64) float64 {
	if v <= 0.0031308 {
		return 12.92 * v
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

// fixed reads an s15Fixed16Number.
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

func readXYZ(tag []byte) (xyz [3]float64, ok bool) {
	if len(tag) < 20 || !bytes.HasPrefix(tag, []byte("XYZ ")) {
		return xyz, false
	}
	for i := range xyz {
		xyz[i] = fixed(tag[8+4*i:])
	}
	return xyz, true
}

// readCurve reads a tone curve, from 0–1 to 0–1; nil if it cannot.
func readCurve(tag []byte) func(float64) float64 {
	if len(tag) < 12 {
		return nil
	}
	switch string(tag[:4]) {
	case "curv":
		return readTable(tag[12:], binary.BigEndian.Uint32(tag[8:]))
	case "para":
		return readParameters(tag[12:], binary.BigEndian.Uint16(tag[8:]))
	}
	return nil
}

// readTable reads a curve of n points; one alone is a gamma, none a straight line.
func readTable(points []byte, n uint32) func(float64) float64 {
	point := func(i int) float64 { return float64(binary.BigEndian.Uint16(points[2*i:])) }
	switch {
	case uint64(len(points)) < 2*uint64(n):
		return nil
	case n == 0:
		return func(v float64) float64 { return v }
	case n == 1:
		gamma := point(0) / 256
		return func(v float64) float64 { return math.Pow(v, gamma) }
	}
	return func(v float64) float64 {
		at := v * float64(n-1)
		i := min(int(at), int(n)-2)
		return (point(i) + (at-float64(i))*(point(i+1)-point(i))) / 65535
	}
}

// readParameters reads a curve of one of the five forms of the standard, the
// missing parameters of which are 0.
func readParameters(b []byte, form uint16) func(float64) float64 {
	count := [...]int{1, 3, 4, 5, 7}
	if int(form) >= len(count) || len(b) < 4*count[form] {
		return nil
	}
	q := [7]float64{1: 1} // g a b c d e f
	for i := range count[form] {
		q[i] = fixed(b[4*i:])
	}
	g, a, offset, c, d, e, f := q[0], q[1], q[2], q[3], q[4], q[5], q[6]
	switch form {
	case 1: // a power above −b/a, 0 below
		c, d = 0, -offset/a
	case 2: // c is added, and is all there is below
		c, d, e, f = 0, -offset/a, c, c
	}
	return func(v float64) float64 {
		if v >= d || form == 0 {
			return math.Pow(a*v+offset, g) + e
		}
		return c*v + f
	}
}
