package face

import (
	"math"
	"slices"
	"sync"
)

// work is the memory of one run, 1.3 MB.
type work struct {
	picture [padded * padded]triple // red, green, blue of pixels, −1…1; in an edge of zeros
	planes  [2][]float32            // what goes into a block and what comes out, by turns
	seen    []float32               // what some places see, channel by channel
	mixed   []float32               // what is made of it, channel by channel
	scores  [len(heads)]plane       // of each anchor of a place, raw
	values  [len(heads)]plane       // of each anchor of a place; only in rows where a score is high enough
}

// together is how many places are worked out at a time: a row of the largest planes, some of the others.
const together = side / 2

// works are kept for the next run.
var works = sync.Pool{New: func() any {
	w := &work{seen: make([]float32, together*most), mixed: make([]float32, together*most)}
	for i := range w.planes {
		w.planes[i] = make([]float32, room(side/2, stages[1].channels)) // which makes most
	}
	for i, h := range heads {
		w.scores[i] = newPlane(make([]float32, room(h.size, h.anchors)), h.size, h.anchors)
		w.values[i] = newPlane(make([]float32, room(h.size, h.anchors*values)), h.size, h.anchors*values)
	}
	return w
}}

// triple is three colours of one place.
type triple [colours]float32

// plane is so many channels of size × size numbers, each in an edge of zeros that is
// one number wide. Line after line, the channels' lines lie together.
type plane struct {
	numbers        []float32
	size, channels int
	pitch          int // from a channel's line to its next
}

// room is how many numbers a plane takes.
func room(size, channels int) int { return (size + 2) * (size + 2) * channels }

// newPlane lays a plane into memory.
func newPlane(memory []float32, size, channels int) plane {
	p := plane{memory[:room(size, channels)], size, channels, (size + 2) * channels}
	clear(p.numbers)
	return p
}

// line is line y of a channel with both ends of the edge; lines 0 and size+1 are edge.
func (p *plane) line(channel, y int) []float32 {
	n := p.size + 2
	return p.numbers[y*p.pitch+channel*n:][:n]
}

// inner is line y, counted within the edge.
func (p *plane) inner(channel, y int) []float32 {
	return p.numbers[(y+1)*p.pitch+channel*(p.size+2)+1:][:p.size]
}

// Where nearly all of the time goes, the race detector is told to look away: it makes that several times
// slower, in every test of a photo, and a run has its memory for itself.

// run takes w.picture to w.scores, and to w.values in the rows where a score is at least enough.
func (n *network) run(w *work, enough float32) {
	in := n.firstPlane(w)
	done := 0
	for i, h := range heads {
		for ; done < h.after; done++ {
			in = n.blocks[done].run(w, w.planes[(done+1)%2][:], &in)
		}
		rows := together / h.size
		for y := 0; y < h.size; y += rows {
			for c := range in.channels {
				for row := range rows {
					copy(w.seen[(c*rows+row)*h.size:], in.inner(c, y+row))
				}
			}
			n.scores[i].read(&w.scores[i], w, y)
			if w.scores[i].reaches(y, rows, enough) {
				n.values[i].read(&w.values[i], w, y)
			}
		}
	}
}

// read is what rows of places from y on answer.
func (d *dense) read(out *plane, w *work, y int) {
	d.mix(w)
	rows := together / out.size
	for c := range out.channels {
		for row := range rows {
			for x, v := range w.mixed[(c*rows+row)*out.size:][:out.size] {
				out.inner(c, y+row)[x] = v + d.bias[c]
			}
		}
	}
}

// reaches reports whether any number of some rows from y on is so high.
func (p *plane) reaches(y, rows int, high float32) bool {
	for c := range p.channels {
		for row := range rows {
			if slices.Max(p.inner(c, y+row)) >= high {
				return true
			}
		}
	}
	return false
}

func (b *block) run(w *work, memory []float32, in *plane) plane {
	out := newPlane(memory, in.size/b.stride, b.outputs)
	rows := together / out.size
	for y := 0; y < out.size; y += rows {
		for c := range in.channels {
			for row := range rows {
				if to := w.seen[(c*rows+row)*out.size:][:out.size]; b.stride == 1 {
					b.slide(to, in, c, y+row)
				} else {
					b.leap(to, in, c, y+row)
				}
			}
		}
		b.mix(w)
		for c := range out.channels {
			for row := range rows {
				switch to, from, y := out.inner(c, y+row), w.mixed[(c*rows+row)*out.size:][:out.size], y+row; {
				case c >= in.channels:
					rectify(to, from, b.dense.bias[c])
				case b.stride == 1:
					add(to, from, in.inner(c, y), b.dense.bias[c])
				default:
					addLargest(to, from, in.inner(c, 2*y), in.inner(c, 2*y+1), b.dense.bias[c])
				}
			}
		}
	}
	return out
}

// slide is the 3×3 over line y of a channel, every number of which is read once.
//
//go:norace
func (b *block) slide(to []float32, in *plane, channel, y int) {
	k := &b.depth[channel]
	k0, k1, k2, k3, k4, k5, k6, k7, k8 := k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7], k[8]
	bias := b.depthBias[channel]
	above, line, below := in.line(channel, y), in.line(channel, y+1), in.line(channel, y+2)
	line, below, to = line[:len(above)], below[:len(above)], to[:len(above)-2]
	u, v, w := above[0], line[0], below[0]
	before := bias + (u*k0 + v*k3 + w*k6) // what columns have given to the place that ends with the next
	u, v, w = above[1], line[1], below[1]
	before += u*k1 + v*k4 + w*k7
	begun := bias + (u*k0 + v*k3 + w*k6) // and to the one after that
	for x := 2; x < len(above); x++ {
		u, v, w := above[x], line[x], below[x]
		to[x-2] = before + (u*k2 + v*k5 + w*k8)
		before = begun + (u*k1 + v*k4 + w*k7)
		begun = bias + (u*k0 + v*k3 + w*k6)
	}
}

// leap is the 3×3 at every second place. The first sees nothing of the edge before it.
//
//go:norace
func (b *block) leap(to []float32, in *plane, channel, y int) {
	k, bias := &b.depth[channel], b.depthBias[channel]
	above, line, below := in.line(channel, 2*y+1)[1:], in.line(channel, 2*y+2)[1:], in.line(channel, 2*y+3)[1:]
	for x := range in.size / 2 {
		u, v, w := above[2*x:][:3], line[2*x:][:3], below[2*x:][:3]
		to[x] = bias + (u[0]*k[0] + u[1]*k[1] + u[2]*k[2]) + (v[0]*k[3] + v[1]*k[4] + v[2]*k[5]) + (w[0]*k[6] + w[1]*k[7] + w[2]*k[8])
	}
}

// relu is the larger of a number and 0. The built-in max minds NaN, and takes thrice as long.
func relu(v float32) float32 {
	bits := math.Float32bits(v)
	return math.Float32frombits(bits &^ uint32(int32(bits)>>31))
}

func rectify(to, from []float32, bias float32) {
	for x, v := range from {
		to[x] = relu(v + bias)
	}
}

// add adds what came in, and is relu.
//
//go:norace
func add(to, from, in []float32, bias float32) {
	to, in = to[:len(from)], in[:len(from)]
	for x, v := range from {
		to[x] = relu(v + bias + in[x])
	}
}

// addLargest adds the largest of each 2×2 that came in, and is relu.
func addLargest(to, from, above, below []float32, bias float32) {
	for x, v := range from {
		a, b := above[2*x:][:2], below[2*x:][:2]
		to[x] = relu(v + bias + max(a[0], a[1], b[0], b[1]))
	}
}

// mix makes w.mixed of w.seen, without the bias.
func (d *dense) mix(w *work) {
	product(w.mixed, d.weights, w.seen, len(d.weights)/len(d.bias))
}
