package face

import (
	"cmp"
	"image"
	"math"
	"slices"
)

const (
	enough  = 0   // the least raw score: one of 0.5
	overlap = 0.3 // of two boxes, the common part of what they cover together, from which on they are one face
)

// look answers what the network sees in a square of the picture, a face many times over.
func look(img image.Image, s square) (found []Face) {
	n, err := loaded()
	if err != nil {
		panic(err) // Load has said so
	}
	w := works.Get().(*work)
	defer works.Put(w)
	w.show(img, s)
	n.run(w, enough)
	for i, h := range heads {
		for y := range h.size {
			for x := range h.size {
				for a := range h.anchors {
					raw := w.scores[i].inner(a, y)[x]
					if raw < enough {
						continue
					}
					var v [values]float64 // of the anchor in the middle of its place
					for j := range v {
						v[j] = float64(w.values[i].inner(a*values+j, y)[x]) / side
					}
					if f, ok := decode(v, (float64(x)+0.5)/float64(h.size), (float64(y)+0.5)/float64(h.size), s); ok {
						f.Score = sigmoid(raw)
						found = append(found, f)
					}
				}
			}
		}
	}
	return found
}

func sigmoid(raw float32) float64 {
	return 1 / (1 + math.Exp(-float64(raw)))
}

// decode makes a face of an anchor's values: middle, size and points, from where the anchor is.
// One of no size is none.
func decode(v [values]float64, x, y float64, s square) (Face, bool) {
	if !(v[2] > 0 && v[3] > 0) {
		return Face{}, false
	}
	f := Face{Min: s.point(x+v[0]-v[2]/2, y+v[1]-v[3]/2), Max: s.point(x+v[0]+v[2]/2, y+v[1]+v[3]/2)}
	for i := range f.Points {
		f.Points[i] = s.point(x+v[4+2*i], y+v[5+2*i])
	}
	return f, true
}

// settle makes one face of those that overlap, with the score of the surest and the mean of
// all, weighted by score. The surest come first.
func settle(found []Face) (faces []Face) {
	slices.SortStableFunc(found, func(a, b Face) int { return cmp.Compare(b.Score, a.Score) })
	for len(found) > 0 {
		var same, others []Face
		for _, f := range found {
			if f.common(found[0]) > overlap {
				same = append(same, f)
			} else {
				others = append(others, f)
			}
		}
		faces, found = append(faces, mean(same)), others
	}
	return faces
}

// alone leaves out whose middle lies in the box of a surer face: what is small in one square and large
// in another has boxes that need not overlap much.
func alone(settled []Face) (faces []Face) {
	for _, f := range settled {
		x, y := (f.Min.X+f.Max.X)/2, (f.Min.Y+f.Max.Y)/2
		if !slices.ContainsFunc(faces, func(g Face) bool { return g.Min.X < x && x < g.Max.X && g.Min.Y < y && y < g.Max.Y }) {
			faces = append(faces, f)
		}
	}
	return faces
}

// common is what two boxes have in common of what they cover together, 0 to 1.
func (f Face) common(g Face) float64 {
	w := min(f.Max.X, g.Max.X) - max(f.Min.X, g.Min.X)
	h := min(f.Max.Y, g.Max.Y) - max(f.Min.Y, g.Min.Y)
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h / (f.area() + g.area() - w*h)
}

func (f Face) area() float64 { return (f.Max.X - f.Min.X) * (f.Max.Y - f.Min.Y) }

// mean is that of faces, weighted by score, with the score of the first.
func mean(same []Face) Face {
	m, weight := Face{Score: same[0].Score}, 0.0
	for _, f := range same {
		weight += f.Score
	}
	for _, f := range same {
		share := f.Score / weight
		m.Min.add(f.Min, share)
		m.Max.add(f.Max, share)
		for i := range m.Points {
			m.Points[i].add(f.Points[i], share)
		}
	}
	return m
}

func (p *Point) add(q Point, share float64) {
	p.X += q.X * share
	p.Y += q.Y * share
}
