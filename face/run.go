package face

import (
	"slices"
	"sync"
)

// work is the memory of one run, 1.3 MB.
type work struct {
	picture [padded * padded]triple            // red, green, blue of pixels, −1…1; in an edge of zeros
	planes  [2][]float32                       // what goes into a block and what comes out, by turns
	row     [side / 2 * kernel * kernel]triple // what a row of places sees, place by place; the first convolution's see most
	scores  [len(heads)]plane                  // of each anchor of a place, raw
	values  [len(heads)]plane                  // of each anchor of a place; only in rows where a score is high enough
}

// works are kept for the next run.
var works = sync.Pool{New: func() any {
	w := new(work)
	for i := range w.planes {
		w.planes[i] = make([]float32, room(side/2, stages[1].channels)) // which makes most
	}
	for i, h := range heads {
		w.scores[i] = newPlane(make([]float32, room(h.size, h.anchors)), h.size, h.anchors)
		w.values[i] = newPlane(make([]float32, room(h.size, h.anchors*values)), h.size, h.anchors*values)
	}
	return w
}}

// triple is three channels of one place.
type triple [3]float32

// triples are how many hold n channels. What is beyond n has weights of zero.
func triples(n int) int { return (n + 2) / 3 }

// plane is so many channels of size × size numbers, each in an edge of zeros that is
// one number wide. Line after line, the channels' lines lie together.
type plane struct {
	numbers        []float32
	size, channels int
	pitch          int // from a channel's line to its next
}

// room is how many numbers a plane takes.
func room(size, channels int) int { return (size + 2) * (size + 2) * 3 * triples(channels) }

// newPlane lays a plane into memory.
func newPlane(memory []float32, size, channels int) plane {
	p := plane{memory[:room(size, channels)], size, channels, (size + 2) * 3 * triples(channels)}
	clear(p.numbers)
	return p
}

// line is line y of a channel with both ends of the edge; lines 0 and size+1 are edge.
func (p plane) line(channel, y int) []float32 {
	n := p.size + 2
	return p.numbers[y*p.pitch+channel*n:][:n]
}

// inner is line y, counted within the edge.
func (p plane) inner(channel, y int) []float32 {
	return p.numbers[(y+1)*p.pitch+channel*(p.size+2)+1:][:p.size]
}

// run takes w.picture to w.scores, and to w.values in the rows where a score is at least enough.
func (n *network) run(w *work, enough float32) {
	in := n.firstPlane(w)
	done := 0
	for i, h := range heads {
		for ; done < h.after; done++ {
			in = n.blocks[done].run(w, w.planes[(done+1)%2][:], in)
		}
		for y := range h.size {
			for c := range in.channels {
				for x, v := range in.inner(c, y) {
					w.row[x*triples(in.channels)+c/3][c%3] = v
				}
			}
			n.scores[i].mix(w.scores[i], y, w.row[:])
			if w.scores[i].reaches(y, enough) {
				n.values[i].mix(w.values[i], y, w.row[:])
			}
		}
	}
}

// reaches reports whether any number of row y is so high.
func (p plane) reaches(y int, high float32) bool {
	for c := range p.channels {
		if slices.Max(p.inner(c, y)) >= high {
			return true
		}
	}
	return false
}

// firstPlane is the convolution of the picture.
func (n *network) firstPlane(w *work) plane {
	out := newPlane(w.planes[0][:], side/2, firsts)
	for y := range out.size {
		to := w.row[:]
		for x := range out.size {
			from := w.picture[2*y*padded+2*x:]
			for k := range kernel {
				*(*[kernel]triple)(to) = [kernel]triple(from[k*padded:])
				to = to[kernel:]
			}
		}
		n.first.mix(out, y, w.row[:])
		for c := range firsts {
			rectify(out.inner(c, y))
		}
	}
	return out
}

func (b *block) run(w *work, memory []float32, in plane) plane {
	out := newPlane(memory, in.size/b.stride, b.outputs)
	for y := range out.size {
		for c := range in.channels {
			if b.stride == 1 {
				b.slide(w.row[:], in, c, y)
			} else {
				b.leap(w.row[:], in, c, y)
			}
		}
		b.dense.mix(out, y, w.row[:])
		for c := range out.channels {
			switch to := out.inner(c, y); {
			case c >= in.channels:
				rectify(to)
			case b.stride == 1:
				addTo(to, in.inner(c, y))
			default:
				addLargest(to, in.inner(c, 2*y), in.inner(c, 2*y+1))
			}
		}
	}
	return out
}

// slide is the 3×3 over line y of a channel, every number of which is read once; to has the
// channels of a place together.
func (b *block) slide(to []triple, in plane, channel, y int) {
	k := &b.depth[channel]
	k0, k1, k2, k3, k4, k5, k6, k7, k8 := k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7], k[8]
	bias := b.bias[channel]
	above, line, below := in.line(channel, y), in.line(channel, y+1), in.line(channel, y+2)
	line, below = line[:len(above)], below[:len(above)]
	u, v, w := above[0], line[0], below[0]
	before := bias + (u*k0 + v*k3 + w*k6) // what columns have given to the place that ends with the next
	u, v, w = above[1], line[1], below[1]
	before += u*k1 + v*k4 + w*k7
	begun := bias + (u*k0 + v*k3 + w*k6) // and to the one after that
	at, step, lane := channel/3, triples(in.channels), channel%3
	for x := 2; x < len(above); x++ {
		u, v, w := above[x], line[x], below[x]
		to[at][lane] = before + (u*k2 + v*k5 + w*k8)
		before = begun + (u*k1 + v*k4 + w*k7)
		begun = bias + (u*k0 + v*k3 + w*k6)
		at += step
	}
}

// leap is the 3×3 at every second place. The first sees nothing of the edge before it.
func (b *block) leap(to []triple, in plane, channel, y int) {
	k, bias := &b.depth[channel], b.bias[channel]
	above, line, below := in.line(channel, 2*y+1)[1:], in.line(channel, 2*y+2)[1:], in.line(channel, 2*y+3)[1:]
	for x := range in.size / 2 {
		u, v, w := above[2*x:][:3], line[2*x:][:3], below[2*x:][:3]
		to[x*triples(in.channels)+channel/3][channel%3] = bias + (u[0]*k[0] + u[1]*k[1] + u[2]*k[2]) + (v[0]*k[3] + v[1]*k[4] + v[2]*k[5]) + (w[0]*k[6] + w[1]*k[7] + w[2]*k[8])
	}
}

// rectify is relu.
func rectify(line []float32) {
	for x, v := range line {
		line[x] = max(v, 0)
	}
}

// addTo adds what came in, and is relu.
func addTo(line, in []float32) {
	in = in[:len(line)]
	for x, v := range line {
		line[x] = max(v+in[x], 0)
	}
}

// addLargest adds the largest of each 2×2 that came in, and is relu.
func addLargest(line, above, below []float32) {
	for x, v := range line {
		a, b := above[2*x:][:2], below[2*x:][:2]
		line[x] = max(v+max(a[0], a[1], b[0], b[1]), 0)
	}
}

// mix makes row y of out; seen has the inputs of each place together. Places are taken in
// twos, since a weight that is at hand is used twice.
func (d dense) mix(out plane, y int, seen []triple) {
	for g, weights := range d.weights {
		bias := &d.bias[g]
		o0, o1, o2 := out.inner(3*g, y), out.inner(3*g+1, y), out.inner(3*g+2, y)
		for p := 0; p < out.size; p += 2 {
			a, b := seen[p*len(weights):], seen[(p+1)*len(weights):]
			a0, a1, a2, b0, b1, b2 := sums(weights, a, b)
			o0[p], o0[p+1] = bias[0]+a0, bias[0]+b0
			o1[p], o1[p+1] = bias[1]+a1, bias[1]+b1
			o2[p], o2[p+1] = bias[2]+a2, bias[2]+b2
		}
	}
}

// sums are three outputs of two places.
func sums(weights [][3]triple, a, b []triple) (a0, a1, a2, b0, b1, b2 float32) {
	a, b = a[:len(weights)], b[:len(weights)]
	for i := range weights {
		k, u, v := &weights[i], &a[i], &b[i]
		a0 += u[0] * k[0][0]
		b0 += v[0] * k[0][0]
		a1 += u[0] * k[0][1]
		b1 += v[0] * k[0][1]
		a2 += u[0] * k[0][2]
		b2 += v[0] * k[0][2]
		a0 += u[1] * k[1][0]
		b0 += v[1] * k[1][0]
		a1 += u[1] * k[1][1]
		b1 += v[1] * k[1][1]
		a2 += u[1] * k[1][2]
		b2 += v[1] * k[1][2]
		a0 += u[2] * k[2][0]
		b0 += v[2] * k[2][0]
		a1 += u[2] * k[2][1]
		b1 += v[2] * k[2][1]
		a2 += u[2] * k[2][2]
		b2 += v[2] * k[2][2]
	}
	return
}
