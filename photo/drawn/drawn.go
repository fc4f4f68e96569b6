// Package drawn holds pictures for tests: drawn photos of people, and of much that is no
// photo of somebody, with what the check should find in each ([All]). They stand for
// photographs: shaded, with textures, soft edges and the noise of a camera. Nothing in them
// is taken from a picture of anybody, and each is the same in every run.
package drawn

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"

	"certreissue/sample/canvas"
)

// Picture is one of the table.
type Picture struct {
	Name   string // what is in the picture
	Kind   string // Good, Hinted, Background, Nobody or Likeness
	People int    // whose faces can be seen, also from the side or behind a mask
	Faults string // codes as the check should find them, in the order of the alphabet, with a space between
	Hints  string
	Draw   func() *image.RGBA // 295×413
}

// The kinds of pictures.
const (
	Good       = "good"       // passes without a word
	Hinted     = "hinted"     // passes, with something to look at
	Background = "background" // somebody before a wall that is not white
	Nobody     = "nobody"     // no face at all
	Likeness   = "likeness"   // nobody, but a face of a kind: animals, dolls
)

// All is the table. Names are unique.
func All() []Picture {
	var all []Picture
	for _, part := range [][]Picture{good(), hinted(), background(), nobody()} {
		all = append(all, part...)
	}
	return all
}

// Width and Height are those of a photo, in pixels.
const Width, Height = 295, 413

// Placed is a person in a scene.
type Placed struct {
	Person
	Place
}

// Scene draws people before a wall, the first at the back, as a photograph of any size in
// pixels. A nil wall is white.
func Scene(width, height int, wall Wall, people ...Placed) *image.RGBA {
	if wall == nil {
		wall = Grey(248)
	}
	c := canvas.New(width, height, color.White)
	wall(c)
	for _, p := range people {
		p.Person.Draw(c, p.Place)
	}
	finish(c.Image, 2.4)
	return c.Image
}

// JPEG is a file of the size that the office asks for, 10–30 KB; one that comes out
// smaller is padded with a comment.
func JPEG(img image.Image) []byte {
	const least, most = 10 << 10, 30 << 10
	var data []byte
	for quality := 92; quality == 92 || len(data) > most && quality > 10; quality -= 12 {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
			panic(err) // a buffer takes everything, and the size is within JPEG's
		}
		data = b.Bytes()
	}
	const head = 4 // bytes of a comment: marker and length
	if len(data) >= least {
		return data
	}
	fill := max(least-len(data)-head, 0)
	comment := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xfe}, uint16(fill+2))
	return append(append(comment, make([]byte, fill)...), data[2:]...)
}
