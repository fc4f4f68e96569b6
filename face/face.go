// Package face finds faces in pictures: BlazeFace, short range, in plain Go.
//
// The weights are face_detection_short_range.tflite (229,032 bytes, numbers of half
// precision) as it lies in the npm package @mediapipe/face_detection 0.4.1646425229, by
// Google, under the licence Apache-2.0. The network sees a square of 128×128 pixels
// and knows faces that take from a tenth to the whole of its side, upright or tilted by half a
// right angle and more, from the front to half in profile. What stands before and after
// the network (the square, the anchors, the suppression of doubles) is as in MediaPipe.
package face

import (
	"image"
	"slices"
)

// Face is one that was found. Where it is is in pixels of the picture, as its bounds count
// them: the middle of the first pixel of an image that begins at (0, 0) is (0.5, 0.5).
// A box, or a point, can lie beyond the picture.
type Face struct {
	Score    float64 // 0.5 to 1, how sure the network is
	Min, Max Point   // the box: from above the brows to below the mouth, square
	Points   [6]Point
}

// Point is a place in a picture.
type Point struct{ X, Y float64 }

// The points of a face, in Points. Left and right are those of the person: the right eye
// is on the left of the picture.
const (
	RightEye = iota
	LeftEye
	Nose  // its tip
	Mouth // its middle
	RightEar
	LeftEar
)

// Find finds the faces of the picture as a whole, the surest first, or where it sees none those in
// squares of its shorter side; nil where there is none. It takes 1.3 MB, most of which the next call
// uses again, and the time that some three photos of 295×413 take to decode (seven without AVX2), or thrice that where the
// whole shows none. It looks at four pixels for each that the network sees: of a picture with a
// thousand pixels and more on a side it misses what averaging first would keep.
func Find(img image.Image) []Face {
	bounds := img.Bounds()
	if found := look(img, whole(bounds)); len(found) > 0 {
		return settle(found)
	}
	shorter := cover(bounds, min(bounds.Dx(), bounds.Dy()))
	return alone(settle(lookInto(img, shorter[:min(len(shorter), maxSquares)])))
}

// lookInto looks at squares of a picture.
func lookInto(img image.Image, squares []square) (found []Face) {
	bounds := img.Bounds()
	for _, s := range squares {
		found = append(found, slices.DeleteFunc(look(img, s), func(f Face) bool { return s.cuts(f, bounds) })...)
	}
	return found
}

// Search is Find for pictures in which faces may be small. Beside the whole it looks at squares of the
// picture's shorter side, and at squares of half of that, each half over the next: at no more than
// 31, so that the smaller ones are left out of a picture that is longer than two and a half times its
// width, and all of one beyond sixteen times. It finds faces of a twentieth of the shorter side;
// of what is no face at all it takes more for one than Find does, with scores of little over a
// half. It takes up to 32 times what Find does, and no more memory.
func Search(img image.Image) []Face {
	bounds := img.Bounds()
	found := append(look(img, whole(bounds)), lookInto(img, squares(bounds))...)
	return alone(settle(found))
}
