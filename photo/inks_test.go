package photo_test

import (
	"bytes"
	"encoding/binary"
	"go/build"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"testing"

	"certreissue/photo"
	"certreissue/sample"
)

// printer is the profile of a printing process in which each ink takes away the same,
// whatever else is printed there: so there is nothing to be guessed between the points
// of its table. colour tells, in shares of what the numbers can say, what is left of
// inks of 0–1.
func printer(space, kind string, grid int, colour func(c, m, y, k float64) [3]float64) []byte {
	number := func(out []byte, v float64) []byte {
		v = max(v, 0)
		if kind == "mft1" {
			return append(out, uint8(math.Round(255*v)))
		}
		return binary.BigEndian.AppendUint16(out, uint16(math.Round(65535*v)))
	}
	lut := make([]byte, 48)
	copy(lut, kind)
	lut[8], lut[9], lut[10] = 4, 3, uint8(grid)
	points := 256
	if kind == "mft2" {
		points = 2
		lut = append(lut, 0, 2, 0, 2)
	}
	straight := func() {
		for i := range points {
			lut = number(lut, float64(i)/float64(points-1))
		}
	}
	for range 4 {
		straight()
	}
	for i := range grid * grid * grid * grid {
		at := func(size int) float64 { return float64(i/size%grid) / float64(grid-1) }
		for _, v := range colour(at(grid*grid*grid), at(grid*grid), at(grid), at(1)) {
			lut = number(lut, v)
		}
	}
	for range 3 {
		straight()
	}
	icc := make([]byte, 144)
	copy(icc[16:], "CMYK"+space)
	copy(icc[36:], "acsp")
	icc[131] = 1
	copy(icc[132:], "A2B0")
	binary.BigEndian.PutUint32(icc[136:], 144)
	binary.BigEndian.PutUint32(icc[140:], uint32(len(lut)))
	return append(icc, lut...)
}

// lab is what a process leaves as CIE L*a*b*: of 20 % cyan, 40 % magenta and yellow and
// 10 % black (73, 12, 18). white is what 100 is written as.
func lab(white float64) func(c, m, y, k float64) [3]float64 {
	return func(c, m, y, k float64) [3]float64 {
		l, a, b := 100-30*c-20*m-10*y-90*k, -40*c+50*m, -30*c+60*y
		return [3]float64{l / 100 * white, (a + 128) / 255 * white, (b + 128) / 255 * white}
	}
}

// xyz is what another one leaves as XYZ under D50.
func xyz(c, m, y, k float64) [3]float64 {
	const most = 1 + 32767./32768
	return [3]float64{0.9642 * (1 - 0.4*c - 0.3*m - 0.1*y - 0.9*k) / most, (1 - 0.3*c - 0.4*m - 0.1*y - 0.9*k) / most, 0.8249 * (1 - 0.1*c - 0.3*m - 0.4*y - 0.9*k) / most}
}

// inSegments puts a profile into a JPEG, in so many parts.
func inSegments(data, icc []byte, parts int) []byte {
	size := (len(icc) + parts - 1) / parts
	for part := parts; part > 0; part-- {
		piece := icc[(part-1)*size : min(part*size, len(icc))]
		data = insert(data, 0xe2, append([]byte{'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0, byte(part), byte(parts)}, piece...))
	}
	return data
}

// TestFitInks compares a patch of a picture in CMYK with what its profile says, worked
// out by hand: the cloth of a portrait on white.
func TestFitInks(t *testing.T) {
	portrait := scaled(decode(t, sample.Portrait(4, false, color.White)), 590, 826)
	cloth := func(c color.RGBA) [4]uint8 { return [4]uint8{51, 102, 102, 26} } // 20, 40, 40, 10 %
	planes := planesOf(portrait, 4, inverted)
	for i, plane := range planes {
		for y := 680; y < 826; y++ {
			for x := range 590 {
				plane.SetGray(x, y, color.Gray{255 - cloth(color.RGBA{})[i]}) // as Adobe's programs write it
			}
		}
	}
	plainly := assemble(t, planes, false, adobeCMYK)
	for _, c := range []struct {
		name  string
		icc   []byte
		parts int
		want  color.RGBA
	}{
		{"L*a*b* of 16 bits", printer("Lab ", "mft2", 9, lab(65280./65535)), 1, color.RGBA{209, 170, 146, 255}},
		{"in three parts", printer("Lab ", "mft2", 9, lab(65280./65535)), 3, color.RGBA{209, 170, 146, 255}},
		{"L*a*b* of 8 bits", printer("Lab ", "mft1", 4, lab(1)), 1, color.RGBA{209, 170, 146, 255}},
		{"XYZ", printer("XYZ ", "mft2", 5, xyz), 1, color.RGBA{221, 208, 204, 255}},
	} {
		if got := fitted(t, inSegments(plainly, c.icc, c.parts), image.Rectangle{}).RGBAAt(147, 400); far(got, c.want) > 3 {
			t.Errorf("%s: the cloth is %v, want %v", c.name, got, c.want)
		}
	}
	// What is no profile of inks leaves the colours as they are without one.
	without := fitted(t, plainly, image.Rectangle{})
	whole := printer("Lab ", "mft2", 9, lab(1))
	at := func(i int, b byte) []byte { broken := bytes.Clone(whole); broken[i] = b; return broken }
	for name, icc := range map[string][]byte{
		"cut short": whole[:len(whole)-1], "hardly begun": whole[:150], "of 18 points": at(144+10, 18), "of one point": at(144+10, 1), "of three inks": at(144+8, 3), "to four colours": at(144+9, 4),
		"of another kind": at(144+3, '9'), "to another space": at(20, 'X'), "whose curves have one point": at(144+49, 1),
	} {
		if d := difference(fitted(t, inSegments(plainly, icc, 1), image.Rectangle{}), without); d > 0 {
			t.Errorf("a profile %s moved the colours by %.1f", name, d)
		}
	}
	if d := difference(fitted(t, insert(plainly, 0xe2, append([]byte("ICC_PROFILE\x00\x02\x02"), whole...)), image.Rectangle{}), without); d > 0 {
		t.Errorf("the second part of a profile alone moved the colours by %.1f", d)
	}
}

// far is the largest difference of two colours.
func far(a, b color.RGBA) (most int) {
	for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
		most = max(most, d, -d)
	}
	return most
}

// TestForeignColours: a photo in other colours than sRGB would lose them with its
// profile, so it is not taken as it is; Fit takes it.
func TestForeignColours(t *testing.T) {
	man := sample.Portrait(4, false, color.White)
	portrait := decode(t, man)
	wide := [9]float64{0.7977, 0.2880, 0, 0.1352, 0.7119, 0, 0.0313, 0.0001, 0.8251} // ProPhoto
	for name, data := range map[string][]byte{
		"Display P3": inSegments(man, displayP3(), 1),
		"ProPhoto":   inSegments(man, iccProfile(wide), 2),
		"CMYK":       assemble(t, planesOf(portrait, 4, inverted), false, adobeCMYK),
	} {
		limits := photo.DefaultLimits()
		limits.MaxBytes = 200 << 10
		checked, findings := photo.Check(data, limits)
		if !checked.IsZero() || len(findings) != 1 || findings[0].Code != photo.Colours {
			t.Errorf("%s: found %v", name, findings)
		}
		fitted(t, data, image.Rectangle{})
	}
	if checked, findings := photo.Check(inSegments(man, sRGB(), 1), photo.DefaultLimits()); checked.IsZero() {
		t.Errorf("sRGB: found %v", findings)
	}
}

// TestFillBytes: as many FF as one likes may stand before a restart marker.
func TestFillBytes(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(build.Default.GOROOT, "src/image/testdata/video-001.restart2.jpeg"))
	if err != nil {
		t.Skip("the pictures of the standard library are not there: ", err)
	}
	filled, many := []byte{}, 0
	for i, b := range data {
		if i+1 < len(data) && b == 0xff && data[i+1]&^7 == 0xd0 {
			filled, many = append(filled, 0xff, 0xff, 0xff)[:len(filled)+1+many%3], many+1
		}
		filled = append(filled, b)
	}
	picture := decode(t, data)
	limits := photo.Limits{Width: picture.Rect.Dx(), Height: picture.Rect.Dy(), MaxBytes: 1 << 20, Confirmed: true}
	checked, findings := photo.Check(filled, limits)
	if many < 2 || checked.IsZero() || !samePixels(decode(t, checked.JPEG()), picture) {
		t.Errorf("with fill bytes before %d markers: %v", many, findings)
	}
}

// TestRestartsOfManyScans: what the decoder cannot read is not called damaged.
func TestRestartsOfManyScans(t *testing.T) {
	portrait := decode(t, sample.Portrait(4, false, color.White))
	planes := planesOf(portrait, 3, func(c color.RGBA) [4]uint8 { return [4]uint8{c.R, c.G, c.B} })
	data := insert(assemble(t, planes, true, adobeCMYK), 0xdd, []byte{0, 8})
	for name, findings := range map[string][]photo.Finding{"a check": second(photo.Check(data, photo.Limits{Width: 295, Height: 413, MaxBytes: 1 << 20, Confirmed: true})), "a mend": second(photo.Fit(data, image.Rectangle{}, photo.DefaultLimits()))} {
		if len(findings) != 1 || findings[0].Code != photo.Unsupported {
			t.Errorf("%s found %v", name, findings)
		}
	}
}

func second[A, B any](_ A, b B) B { return b }
