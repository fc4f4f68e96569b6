package photo

import (
	"encoding/binary"
	"image"
)

// inks turns CMYK into sRGB as the profile of a printing process says: through a curve
// for each ink, a table over the four, and a curve for each of what comes out, which is
// XYZ or L*a*b* under D50 (ICC.1:2022, 10.10 and 10.11). Without one black ink alone is
// black, and a face turns out too bright.
type inks struct {
	lab   bool
	curve [4][256]float64 // 0–1
	grid  int             // points along each side of the table
	table []float32       // three values a point, 0–1; the first ink varies least
	out   [3][]float64    // 0–1
}

// mostGrid is how many points a side of the table may have: more take more memory than
// the picture, and what is between them is no different.
const mostGrid = 17

// readInks reads an ICC profile. It returns nil for one that it does not understand.
func readInks(icc []byte) *inks {
	tags := readTags(icc)
	if tags == nil || string(icc[16:20]) != "CMYK" {
		return nil
	}
	p := &inks{}
	switch string(icc[20:24]) {
	case "Lab ":
		p.lab = true
	case "XYZ ":
	default:
		return nil
	}
	lut := tags["A2B0"]
	const header = 48 // with a matrix that is for other colours than inks
	if len(lut) < header+4 || lut[8] != 4 || lut[9] != 3 || lut[10] < 2 || lut[10] > mostGrid {
		return nil
	}
	p.grid = int(lut[10])
	var entries, results int
	var next func() float64
	switch rest := lut[header:]; string(lut[:4]) {
	case "mft1":
		entries, results = 256, 256
		next = func() float64 { v := float64(rest[0]) / 255; rest = rest[1:]; return v }
		if len(rest) < p.length(entries, results) {
			return nil
		}
	case "mft2":
		entries, results, rest = int(binary.BigEndian.Uint16(rest)), int(binary.BigEndian.Uint16(rest[2:])), rest[4:]
		next = func() float64 { v := float64(binary.BigEndian.Uint16(rest)) / 65535; rest = rest[2:]; return v }
		if entries < 2 || results < 2 || len(rest) < 2*p.length(entries, results) {
			return nil
		}
	default:
		return nil
	}
	points := func(n int) []float64 {
		list := make([]float64, n)
		for i := range list {
			list[i] = next()
		}
		return list
	}
	for ink := range p.curve {
		curve := points(entries)
		for v := range p.curve[ink] {
			p.curve[ink][v] = between(curve, float64(v)/255)
		}
	}
	p.table = make([]float32, 3*p.grid*p.grid*p.grid*p.grid)
	for i := range p.table {
		p.table[i] = float32(next())
	}
	for i := range p.out {
		p.out[i] = points(results)
	}
	if string(lut[:4]) == "mft2" && p.lab {
		for _, out := range p.out { // whose white is 65280
			for i := range out {
				out[i] *= 65535. / 65280
			}
		}
	}
	return p
}

// length is how many numbers the curves and the table are.
func (p *inks) length(entries, results int) int {
	return 4*entries + 3*p.grid*p.grid*p.grid*p.grid + 3*results
}

// between reads a curve of points at 0–1.
func between(points []float64, v float64) float64 {
	at := min(max(v, 0), 1) * float64(len(points)-1)
	i := min(int(at), len(points)-2)
	return points[i] + (at-float64(i))*(points[i+1]-points[i])
}

// convert turns four inks, 255 for as much as there can be, into sRGB.
func (p *inks) convert(c [4]uint8) [3]uint8 {
	var from, step [4]int // in the table
	var part [4]float64
	size := 3
	for ink := 3; ink >= 0; ink-- {
		at := p.curve[ink][c[ink]] * float64(p.grid-1)
		i := min(int(at), p.grid-2)
		from[ink], part[ink], step[ink] = i*size, at-float64(i), size
		size *= p.grid
	}
	var sum [3]float64
	for corner := range 16 { // of the cell between points
		at, weight := 0, 1.
		for ink := range 4 {
			at += from[ink]
			if corner>>ink&1 == 1 {
				at, weight = at+step[ink], weight*part[ink]
			} else {
				weight *= 1 - part[ink]
			}
		}
		if weight > 0 {
			for i := range sum {
				sum[i] += weight * float64(p.table[at+i])
			}
		}
	}
	for i := range sum {
		sum[i] = between(p.out[i], sum[i])
	}
	if p.lab {
		return sRGBOf(&sRGBFromXYZ, xyzOf(100*sum[0], 255*sum[1]-128, 255*sum[2]-128))
	}
	const full = 1 + 32767./32768 // is as much XYZ as 16 bits say
	return sRGBOf(&sRGBFromXYZ, [3]float64{full * sum[0], full * sum[1], full * sum[2]})
}

// xyzOf is a colour of CIE L*a*b* under D50.
func xyzOf(l, a, b float64) [3]float64 {
	y := (l + 16) / 116
	light := func(f float64) float64 {
		if f > 6./29 {
			return f * f * f
		}
		return (f - 4./29) * 3 * (6. / 29) * (6. / 29)
	}
	return [3]float64{0.9642 * light(y+a/500), light(y), 0.8249 * light(y-b/200)}
}

// printed is a picture in inks with what they look like.
type printed struct {
	*image.CMYK
	inks *inks
}

// on is the picture with what its inks look like, where both are known.
func (p *inks) on(img image.Image) image.Image {
	if cmyk, ok := img.(*image.CMYK); ok && p != nil {
		return printed{cmyk, p}
	}
	return img
}

// shrink averages each k × k pixels of the part r into one, ink by ink, and only then
// turns it into sRGB, which takes longer.
func (p printed) shrink(r image.Rectangle, k int) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, r.Dx()/k, r.Dy()/k))
	w := out.Rect.Dx()
	sums := make([][4]int, w)
	for y := range out.Rect.Dy() {
		clear(sums)
		for line := range k {
			pix := p.Pix[p.PixOffset(r.Min.X, r.Min.Y+y*k+line):]
			for i := range 4 * k * w {
				sums[i/4/k][i%4] += int(pix[i])
			}
		}
		for x, sum := range sums {
			var c [4]uint8
			for ink := range c {
				c[ink] = uint8((sum[ink] + k*k/2) / (k * k))
			}
			rgb := p.inks.convert(c)
			copy(out.Pix[out.PixOffset(x, y):], []uint8{rgb[0], rgb[1], rgb[2], 255})
		}
	}
	return out
}
