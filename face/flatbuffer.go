package face

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// errDamaged is a file that is not what its own offsets say of it.
var errDamaged = errors.New("the file of weights is damaged")

// Where what is read stands in the tables of a TensorFlow Lite model, and the bounds
// of what is believed. Every vector is measured against the file before it is entered, and
// these keep vectors that lie over each other from costing their square.
const (
	modelGraphs, modelBuffers                       = 2, 4
	graphTensors                                    = 0
	tensorShape, tensorType, tensorData, tensorName = 0, 1, 2, 3
	bufferData                                      = 0

	float16 = 1 // a tensor's type

	maxDimensions = 4
	maxName       = 64
)

// tensor is one that the file holds the numbers of, in half precision.
type tensor struct {
	shape  []int
	halves []byte // two bytes each, little end first; a part of the file
}

// readTensors finds the tensors in half precision of a model's first graph, by name.
// Whatever data holds, it answers errDamaged or what stands there, and does not panic.
func readTensors(data []byte) (map[string]tensor, error) {
	f := flat{data: data}
	model := f.follow(0)
	graphs, n := f.vector(f.field(model, modelGraphs), 4)
	if n == 0 {
		return nil, errDamaged
	}
	buffers, buffered := f.vector(f.field(model, modelBuffers), 4)
	tensors, n := f.vector(f.field(f.follow(graphs), graphTensors), 4)
	found := map[string]tensor{}
	for i := range n {
		at := f.follow(tensors + 4*i)
		kind, data := f.field(at, tensorType), f.field(at, tensorData)
		if kind == 0 || data == 0 || f.bytes(kind, 1)[0] != float16 {
			continue // a step between two operations
		}
		shape, dimensions := f.vector(f.field(at, tensorShape), 4)
		name, length := f.vector(f.field(at, tensorName), 1)
		buffer := f.uint32(data)
		if dimensions > maxDimensions || length > maxName || buffer >= buffered {
			return nil, errDamaged
		}
		t := tensor{shape: make([]int, dimensions)}
		for d := range t.shape {
			t.shape[d] = f.uint32(shape + 4*d)
		}
		halves, length16 := f.vector(f.field(f.follow(buffers+4*buffer), bufferData), 1)
		t.halves = f.bytes(halves, length16)
		found[string(f.bytes(name, length))] = t
	}
	if f.broken {
		return nil, errDamaged
	}
	return found, nil
}

// flat reads a flat buffer. Once it was to read outside the file it is broken, and
// reads zeros.
type flat struct {
	data   []byte
	broken bool
}

// bytes are n from at on.
func (f *flat) bytes(at, n int) []byte {
	if at < 0 || at > len(f.data)-n {
		f.broken = true
		return make([]byte, min(n, 4))
	}
	return f.data[at : at+n]
}

func (f *flat) uint16(at int) int { return int(binary.LittleEndian.Uint16(f.bytes(at, 2))) }
func (f *flat) uint32(at int) int { return int(binary.LittleEndian.Uint32(f.bytes(at, 4))) }

// follow is where the offset at a place leads.
func (f *flat) follow(at int) int { return at + f.uint32(at) }

// field is where the nth field of a table stands, 0 where it has its default. The table
// begins with the distance back to a list of where its fields are.
func (f *flat) field(table, n int) int {
	list := table - int(int32(f.uint32(table)))
	if 4+2*n+2 > f.uint16(list) {
		return 0
	}
	if offset := f.uint16(list + 4 + 2*n); offset > 0 {
		return table + offset
	}
	return 0
}

// vector is where the elements begin of which field tells, size bytes each, and how many
// there are. A field that is not there has none.
func (f *flat) vector(field, size int) (start, n int) {
	if field == 0 {
		return 0, 0
	}
	at := f.follow(field)
	n = f.uint32(at)
	if n > len(f.data)/size || at+4 > len(f.data)-n*size {
		f.broken = true
		return 0, 0
	}
	return at + 4, n
}

// shelf is where a network takes its weights from. What is not there, or has another
// shape, is zeros, and err.
type shelf struct {
	tensors map[string]tensor
	err     error
}

// floats are the numbers of the tensor of this name and shape.
func (s *shelf) floats(name string, shape ...int) []float32 {
	t, n := s.tensors[name], 1
	for _, d := range shape {
		n *= d
	}
	numbers := make([]float32, n)
	if !slices.Equal(t.shape, shape) || len(t.halves) != 2*n {
		s.err = fmt.Errorf("%w: %s has the shape %v and %d bytes, want %v", errDamaged, name, t.shape, len(t.halves), shape)
		return numbers
	}
	for i := range numbers {
		numbers[i] = single(binary.LittleEndian.Uint16(t.halves[2*i:]))
	}
	return numbers
}

// single widens a number of half precision (IEEE 754).
func single(half uint16) float32 {
	sign, exponent, fraction := uint32(half>>15)<<31, uint32(half>>10&31), uint32(half&0x3ff)
	switch exponent {
	case 0: // fraction × 2⁻²⁴
		return math.Float32frombits(sign | math.Float32bits(float32(fraction)/(1<<24)))
	case 31:
		return math.Float32frombits(sign | 0xff<<23 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+127-15)<<23 | fraction<<13)
}
