package face

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
)

func vendored(t testing.TB, name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestVendored holds what others wrote to the bytes of the release named in the package's comment.
func TestVendored(t *testing.T) {
	for name, want := range map[string]string{
		"face_detection_short_range.tflite":      "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
		"face_detection_short_range.license.txt": "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30",
	} {
		if got := fmt.Sprintf("%x", sha256.Sum256(vendored(t, name))); got != want {
			t.Errorf("%s has the SHA-256 %s, want %s", name, got, want)
		}
	}
}

// TestLoadDamaged: with any bit of the weights turned, or the end of them lost, nothing is loaded.
func TestLoadDamaged(t *testing.T) {
	if err := Load(); err != nil {
		t.Fatal(err)
	}
	data := vendored(t, weightsFile)
	for at := 0; at < len(data); at += 9973 {
		damaged := bytes.Clone(data)
		damaged[at] ^= 1
		if _, err := load(damaged); !errors.Is(err, ErrDamaged) {
			t.Errorf("byte %d: %v", at, err)
		}
	}
	if _, err := load(data[:len(data)-1]); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
}

// TestReadTensors: the file has what the network needs, and a part of it is no file.
func TestReadTensors(t *testing.T) {
	data := vendored(t, weightsFile)
	tensors, err := readTensors(data)
	if err != nil || len(tensors) != 74 {
		t.Errorf("%d tensors, %v", len(tensors), err)
	}
	for _, n := range []int{0, 3, 4, 40, 1000, len(data) / 2} {
		if _, err := readTensors(data[:n]); !errors.Is(err, errDamaged) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
	for name, change := range map[string]func(map[string]tensor){
		"gone":      func(m map[string]tensor) { delete(m, "conv2d_9/Bias") },
		"too short": func(m map[string]tensor) { m["conv2d_9/Bias"] = tensor{[]int{72}, make([]byte, 142)} },
		"too long":  func(m map[string]tensor) { m["conv2d_9/Bias"] = tensor{[]int{72}, make([]byte, 146)} },
		"square":    func(m map[string]tensor) { m["conv2d_9/Bias"] = tensor{[]int{8, 9}, make([]byte, 144)} },
		"another":   func(m map[string]tensor) { m["conv2d_9/Bias"] = m["conv2d_8/Bias"] },
	} {
		tensors, _ := readTensors(data)
		change(tensors)
		if _, err := newNetwork(tensors); !errors.Is(err, errDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSingle: half precision is widened as IEEE 754 says.
func TestSingle(t *testing.T) {
	for half, want := range map[uint16]float64{
		0: 0, 0x3c00: 1, 0xc000: -2, 0x3555: 0.333251953125, 0x7bff: 65504,
		0x0001: math.Ldexp(1, -24), 0x83ff: -math.Ldexp(1023, -24), 0x0400: math.Ldexp(1, -14), 0x7c00: math.Inf(1), 0xfc00: math.Inf(-1),
	} {
		if got := single(half); float64(got) != want {
			t.Errorf("%04x is %v, want %v", half, got, want)
		}
	}
	if !math.Signbit(float64(single(0x8000))) || !math.IsNaN(float64(single(0x7e00))) {
		t.Error("minus zero or no number")
	}
}

// tiny is a file of one tensor: w, the numbers 1 and -2.
func tiny() (data []byte) {
	for _, word := range []uint32{
		24, 0, // the model is at byte 24
		14 | 12<<16, 0, 4, 8, 16, 8, 12, // where its fields are, and the model: graphs and buffers
		1, 20, 1, 36, // one graph, one buffer
		6 | 8<<16, 4, 8, 4, 1, 40, // the graph: one tensor
		6 | 8<<16, 4, 8, 4, 4, 0x3c00 | 0xc000<<16, // the buffer: four bytes
		12 | 20<<16, 4 | 16<<16, 8 | 12<<16, 12, 16, 0, 16, 1, // the tensor: shape, buffer, name, type
		1, 2, 1, 'w', // its shape, and name
	} {
		data = binary.LittleEndian.AppendUint32(data, word)
	}
	return data
}

// TestDamagedTables: whatever an offset or a count says, nothing outside the file is read.
func TestDamagedTables(t *testing.T) {
	tensors, err := readTensors(tiny())
	if got := tensors["w"]; err != nil || len(tensors) != 1 || !slices.Equal(got.shape, []int{2}) || !bytes.Equal(got.halves, []byte{0, 0x3c, 0, 0xc0}) {
		t.Fatalf("%v, %v", tensors, err)
	}
	none := tiny()
	none[44] = 0 // buffers, of which the tensor names the first
	if tensors, err := readTensors(none); !errors.Is(err, errDamaged) {
		t.Errorf("%v, %v", tensors, err)
	}
	refused := 0
	for at := 0; at < len(tiny()); at += 2 {
		for _, word := range []uint32{0, 1, 5, 0x94, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff} {
			data := append(tiny(), 0, 0)
			binary.LittleEndian.PutUint32(data[at:], word)
			if _, err := readTensors(data[:len(data)-2]); err != nil {
				refused++
			}
		}
	}
	if refused < 200 {
		t.Errorf("only %d refused", refused)
	}
}

// FuzzReadTensors is run so:
//
//	go test ./face -run - -fuzz FuzzReadTensors -fuzztime 2m -fuzzminimizetime 1x
func FuzzReadTensors(f *testing.F) {
	f.Add(vendored(f, weightsFile))
	f.Add(tiny())
	f.Fuzz(func(t *testing.T, data []byte) {
		tensors, err := readTensors(data)
		if err != nil && (tensors != nil || !errors.Is(err, errDamaged)) {
			t.Errorf("%d tensors, %v", len(tensors), err)
		}
		if _, err := newNetwork(tensors); err != nil && !errors.Is(err, errDamaged) {
			t.Error(err)
		}
	})
}
