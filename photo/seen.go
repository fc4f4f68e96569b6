package photo

import (
	"bytes"
	"image"
	"image/jpeg"

	"certreissue/face"
)

// Seen is what the check sees in a photo. Places are in its pixels.
type Seen struct {
	Size     image.Point
	Faces    []face.Face // the one that the photo is of first; none where nobody is found
	Crown    float64     // how far below the upper edge the hair of that one begins
	Tilt     float64     // degrees by which its eyes are off the level, to the right of the picture
	Findings []Finding   // what the limits make of it, as Check has them
}

// Look answers what the check sees in a photo that has passed, a [Checked.JPEG], by the limits of
// today: they may have changed since. It keeps nothing.
func Look(stored []byte, l Limits) (Seen, error) {
	img, err := jpeg.Decode(bytes.NewReader(stored))
	if err != nil {
		return Seen{}, err
	}
	planes := planesOf(img)
	people := peopleIn(planes, face.Find(planes))
	seen := Seen{Size: planes.Rect.Size(), Faces: people, Findings: judge(planes, people, l)}
	if len(seen.Faces) == 0 {
		return seen, nil
	}
	h := reduce(planes).headOf(seen.Faces, seen.Size)
	seen.Crown, seen.Tilt = h.top*float64(seen.Size.Y), tilt(seen.Faces[0])
	return seen, nil
}
