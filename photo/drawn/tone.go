package drawn

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"certreissue/sample/canvas"
)

// luma is the brightness of a colour, 0–255.
func luma(c color.RGBA) float64 {
	return 0.299*float64(c.R) + 0.587*float64(c.G) + 0.114*float64(c.B)
}

// times is a colour in so much of the light.
func times(c color.RGBA, light float64) color.RGBA {
	part := func(v uint8) uint8 { return level(float64(v) * light) }
	return color.RGBA{part(c.R), part(c.G), part(c.B), c.A}
}

func level(v float64) uint8 { return uint8(min(max(v+0.5, 0), 255)) }

func grey(v uint8) color.RGBA { return color.RGBA{v, v, v, 255} }

// values are what noise is made of, −1 to 1.
var values = func() (list [1024]float64) {
	r := rand.New(rand.NewPCG(295, 413))
	for i := range list {
		list[i] = 2*r.Float64() - 1
	}
	return list
}()

// noise1 wavers smoothly between −1 and 1, about once in each unit.
func noise1(t float64) float64 {
	whole := math.Floor(t)
	i, part := int(whole), t-whole
	return values[i&1023]*(1-part) + values[(i+1)&1023]*part
}

// noise2 is noise1 over a plane.
func noise2(x, y float64) float64 {
	wx, wy := math.Floor(x), math.Floor(y)
	i, j, px, py := int(wx), int(wy), x-wx, y-wy
	at := func(i, j int) float64 { return values[(i*57+j*131)&1023] }
	return (at(i, j)*(1-px)+at(i+1, j)*px)*(1-py) + (at(i, j+1)*(1-px)+at(i+1, j+1)*px)*py
}

// relight changes the brightness of what lies under a mask by so many levels of white.
func relight(c *canvas.Canvas, m *image.Alpha, by func(x, y int) float64) {
	box := m.Rect.Intersect(c.Image.Rect)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			alpha := m.Pix[m.PixOffset(x, y)]
			if alpha == 0 {
				continue
			}
			v := by(x, y) * float64(alpha) / 255
			p := c.Image.Pix[c.Image.PixOffset(x, y):][:3]
			for i, old := range p {
				p[i] = uint8(min(max(int(old)+int(v*(77+0.7*float64(old))+32768.5*256)>>8-32768, 0), 255))
			}
		}
	}
}

// grain gives what lies under a mask a texture, in the person's units.
func (a *artist) grain(m *image.Alpha, size, amount float64, noise func(x, y float64) float64) {
	step := 1 / (size * a.unit)
	offset := float64(a.seed % 97)
	relight(a.Canvas, m, func(x, y int) float64 { return amount * noise(float64(x)*step+offset, float64(y)*step) })
}

// strands make hair of what lies under a mask: they run from a point.
func (a *artist) strands(m *image.Alpha, rootX, rootY float32, amount float64) {
	at := func(x, y float32) (float64, float64) {
		px, py := a.Place(x, y)
		return float64(px), float64(py)
	}
	rx, ry := at(rootX, rootY)
	amount *= a.Light
	relight(a.Canvas, m, func(x, y int) float64 {
		dx, dy := float64(x)-rx, float64(y)-ry
		angle := math.Atan2(dx, dy)
		far := math.Hypot(dx, dy) / a.unit / 90
		return amount * (noise1(angle*34+40*far*0.05) + 0.7*noise1(angle*11+100+far) + 0.5*noise2(angle*60, far*3))
	})
}

// finish makes a photograph of what is drawn: edges as soft as a lens leaves them, and a
// camera's noise of the deviation sigma, in levels.
func finish(img *image.RGBA, sigma float64) {
	soften(img)
	const one = 1 << 16
	bright, tint := int(sigma*one/148), int(sigma*one/3/74)
	r := uint64(0x9e3779b97f4a7c15)
	for i := 0; i < len(img.Pix); i += 4 {
		r ^= r << 13
		r ^= r >> 7
		r ^= r << 17
		sum := int(r&255) + int(r>>8&255) + int(r>>16&255) + int(r>>24&255) - 510 // deviation 148
		all := sum*bright + one/2
		red, blue := (int(r>>32&255)-127)*tint, (int(r>>40&255)-127)*tint // deviation 74
		p := img.Pix[i : i+3 : i+3]
		p[0] = uint8(min(max(int(p[0])+(all+red)>>16, 0), 255))
		p[1] = uint8(min(max(int(p[1])+all>>16, 0), 255))
		p[2] = uint8(min(max(int(p[2])+(all+blue)>>16, 0), 255))
	}
}

// soften averages each pixel with its neighbours: 1 2 1, both ways.
func soften(img *image.RGBA) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	above, row := make([]uint16, 4*w), make([]uint16, 4*w)
	across := func(to []uint16, y int) {
		pix := img.Pix[y*img.Stride:][:4*w]
		for i := range to {
			to[i] = uint16(pix[max(i-4, i&3)]) + 2*uint16(pix[i]) + uint16(pix[min(i+4, 4*w-4+i&3)])
		}
	}
	across(above, 0)
	across(row, 0)
	below := make([]uint16, 4*w)
	for y := range h {
		across(below, min(y+1, h-1))
		pix := img.Pix[y*img.Stride:][:4*w]
		for i := range pix {
			pix[i] = uint8((above[i] + 2*row[i] + below[i] + 8) / 16)
		}
		above, row, below = row, below, above
	}
}
