package photo_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

// Go writes baseline JPEGs in YCbCr only. What else people have is assembled here
// from single planes, each coded by Go as a grey picture: one scan per component, and
// for progressive files two, as the first has the mean of each block and the second the
// rest, in the very same codes.

// assemble makes a JPEG of the planes. The payload of an APP14, if any, tells decoders
// what the four of a CMYK picture mean.
func assemble(t testing.TB, planes []*image.Gray, progressive bool, app14 string) []byte {
	t.Helper()
	size := planes[0].Rect.Size()
	frame := []byte{0xff, 0xc0, 0, byte(8 + 3*len(planes)), 8}
	if progressive {
		frame[1] = 0xc2
	}
	frame = binary.BigEndian.AppendUint16(frame, uint16(size.Y))
	frame = binary.BigEndian.AppendUint16(frame, uint16(size.X))
	frame = append(frame, byte(len(planes)))
	var scans, tables []byte
	for i, plane := range planes {
		id := byte(i + 1)
		frame = append(frame, id, 0x11, 0)
		data := encodeAt(t, plane, 92)
		coded := data[bytes.Index(data, []byte{0xff, 0xda})+2+8 : len(data)-2]
		tables = append(segment(data, 0xdb), segment(data, 0xc4)...)
		if !progressive {
			scans = append(append(scans, 0xff, 0xda, 0, 8, 1, id, 0, 0, 63, 0), coded...)
			continue
		}
		means, rest := split(segment(data, 0xc4)[4:], coded, (size.X+7)/8*((size.Y+7)/8))
		scans = append(append(scans, 0xff, 0xda, 0, 8, 1, id, 0, 0, 0, 0), means...)
		scans = append(append(scans, 0xff, 0xda, 0, 8, 1, id, 0, 1, 63, 0), rest...)
	}
	out := []byte{0xff, 0xd8}
	if app14 != "" {
		out = append(append(out, 0xff, 0xee, 0, byte(2+len(app14))), app14...)
	}
	out = append(append(append(append(out, tables...), frame...), scans...), 0xff, 0xd9)
	if _, err := jpeg.Decode(bytes.NewReader(out)); err != nil {
		t.Fatal("assembled badly:", err)
	}
	return out
}

// segment returns the first segment of a kind, marker included.
func segment(data []byte, marker byte) []byte {
	at := bytes.Index(data, []byte{0xff, marker})
	return bytes.Clone(data[at : at+2+int(binary.BigEndian.Uint16(data[at+2:]))])
}

// split takes the codes of blocks apart: of their means, and of what follows.
func split(tables, coded []byte, blocks int) (means, rest []byte) {
	type code struct{ length, bits int }
	var symbols [2]map[code]byte // of DC and AC
	for class := range symbols {
		symbols[class] = map[code]byte{}
		next, bits := 17, 0
		for length := 1; length <= 16; length++ {
			for range tables[length] {
				symbols[class][code{length, bits}] = tables[next]
				next, bits = next+1, bits+1
			}
			bits <<= 1
		}
		tables = tables[next:]
	}
	in := bits{data: bytes.ReplaceAll(coded, []byte{0xff, 0}, []byte{0xff})}
	var out [2]bits
	symbol := func(class int) byte {
		for c := (code{1, in.read()}); ; c = (code{c.length + 1, c.bits<<1 | in.read()}) {
			out[class].write(c.bits & 1)
			if s, ok := symbols[class][c]; ok {
				for range s & 15 {
					out[class].write(in.read())
				}
				return s
			}
		}
	}
	for range blocks {
		symbol(0)
		for k := 1; k < 64; k++ {
			s := symbol(1)
			if s == 0 {
				break
			}
			k += int(s >> 4)
		}
	}
	return out[0].stuffed(), out[1].stuffed()
}

// bits is a row of bits, the highest of a byte first.
type bits struct {
	data []byte
	n    int // read or written
}

func (b *bits) read() int {
	bit := int(b.data[b.n/8]>>(7-b.n%8)) & 1
	b.n++
	return bit
}

func (b *bits) write(bit int) {
	if b.n%8 == 0 {
		b.data = append(b.data, 0)
	}
	b.data[b.n/8] |= byte(bit << (7 - b.n%8))
	b.n++
}

// stuffed fills the last byte with ones and follows each FF by 0, as scans have it.
func (b *bits) stuffed() []byte {
	for b.n%8 != 0 {
		b.write(1)
	}
	return bytes.ReplaceAll(b.data, []byte{0xff}, []byte{0xff, 0})
}

// planesOf takes a picture apart.
func planesOf(img *image.RGBA, n int, f func(color.RGBA) [4]uint8) []*image.Gray {
	planes := make([]*image.Gray, n)
	for i := range planes {
		planes[i] = image.NewGray(img.Rect)
	}
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			for i, v := range f(img.RGBAAt(x, y)) {
				if i < n {
					planes[i].Pix[planes[i].PixOffset(x, y)] = v
				}
			}
		}
	}
	return planes
}

func ycc(c color.RGBA) [4]uint8 {
	y, cb, cr := color.RGBToYCbCr(c.R, c.G, c.B)
	return [4]uint8{y, cb, cr}
}

// inverted is CMYK as Adobe's programs write it, 255 for no ink.
func inverted(c color.RGBA) [4]uint8 {
	k := max(c.R, c.G, c.B, 1)
	part := func(v uint8) uint8 { return uint8(int(v) * 255 / int(k)) }
	return [4]uint8{part(c.R), part(c.G), part(c.B), k}
}

const adobeCMYK = "Adobe\x00\x64\x00\x00\x00\x00\x00"
