package power

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// How the power is cut: every write and every name is there or not as luck has it; the
// names came first, and no write; the writes came first, and no name; nothing was cut,
// only the program killed.
type luck int

const (
	byChance luck = iota
	namesFirst
	writesFirst
	killed
)

// leave puts what the disk may have into a folder.
func (d *disk) leave(folder string, how luck, r *rand.Rand) {
	d.Helper()
	d.leaveNode(folder, d.top, how, r, map[*node][]byte{})
}

// leaveNode writes a file, or a directory with all that is in it. A file of two names
// is the same under both.
func (d *disk) leaveNode(path string, n *node, how luck, r *rand.Rand, files map[*node][]byte) {
	d.Helper()
	if !n.directory {
		content, known := files[n]
		if !known {
			content = n.left(how, r)
			files[n] = content
		}
		writeSparse(d.T, path, content)
		return
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		d.Fatal(err)
	}
	moves := len(n.moved)
	switch how {
	case byChance:
		moves = r.IntN(moves + 1)
	case writesFirst:
		moves = 0
	}
	entries := n.named(moves)
	for _, name := range sorted(entries) {
		d.leaveNode(filepath.Join(path, name), entries[name], how, r, files)
	}
}

// left is what may be there of a file: each change that no sync has followed whole, in
// part, or not at all.
func (n *node) left(how luck, r *rand.Rand) []byte {
	const sector = 512
	if how != byChance {
		if how == namesFirst {
			return n.content
		}
		return n.after(n.asked)
	}
	var arrived []change
	for _, c := range n.asked {
		switch r.IntN(3) {
		case 0:
			continue
		case 1:
			if c.write != nil {
				c.write = c.write[:r.IntN(len(c.write)/sector+1)*sector]
			}
		}
		arrived = append(arrived, c)
	}
	return n.after(arrived)
}

// loose is how many changes and names are on their way.
func (n *node) loose() int {
	sum := len(n.asked) + len(n.moved)
	if n.directory {
		for _, entry := range n.names() {
			sum += entry.loose()
		}
	}
	return sum
}

func sorted[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// writeSparse writes a file, of which most may be zero.
func writeSparse(t *testing.T, path string, content []byte) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.Truncate(int64(len(content))); err != nil {
		t.Fatal(err)
	}
	const block = 1 << 16
	zero := make([]byte, block)
	for at := 0; at < len(content); at += block {
		part := content[at:min(at+block, len(content))]
		if bytes.Equal(part, zero[:len(part)]) {
			continue
		}
		if _, err := file.WriteAt(part, int64(at)); err != nil {
			t.Fatal(err)
		}
	}
}
