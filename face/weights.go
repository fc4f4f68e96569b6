package face

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"sync"
)

// What others wrote lies here as they published it. The licence is carried along with
// every copy of the program.
//
//go:embed face_detection_short_range.tflite face_detection_short_range.license.txt
var files embed.FS

const (
	weightsFile = "face_detection_short_range.tflite"
	weightsSum  = "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633" // SHA-256
)

// ErrDamaged is that the program's own file has lost or changed bytes. It says in
// Chinese what to do.
var ErrDamaged = errors.New(sayDamaged)

// loaded is the network, made when it is first asked for, which takes some
// milliseconds.
var loaded = sync.OnceValues(func() (*network, error) {
	data, err := files.ReadFile(weightsFile)
	if err != nil {
		return nil, err
	}
	return load(data)
})

// Load makes the weights ready, once, and answers ErrDamaged where they are
// not what was published. A program calls it when it starts, so that it
// does not judge by damaged weights; Find and Search panic instead.
func Load() error {
	_, err := loaded()
	return err
}

func load(data []byte) (*network, error) {
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != weightsSum {
		return nil, ErrDamaged
	}
	tensors, err := readTensors(data)
	if err != nil {
		return nil, err
	}
	return newNetwork(tensors)
}
