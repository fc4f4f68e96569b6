package store

import (
	"bytes"
	"encoding/binary"
	"os"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// faultsOf is how many pages of a file are wrong, at most 100.
func faultsOf(t *testing.T, data []byte) int {
	t.Helper()
	state, found := readState(bytes.NewReader(data))
	if !found || state.high*uint64(state.pageSize) > uint64(len(data)) {
		return 1
	}
	faults, _ := checkPages(bytes.NewReader(data), state, mostStructural, func(uint64) {}, nil)
	return faults
}

// TestStructureKnowsMore: what passes the check of the structure passes bbolt's own,
// which it stands in for; and no damage is too much for it.
func TestStructureKnowsMore(t *testing.T) {
	t.Parallel()
	whole := smallFile(t, 12)
	if faults := faultsOf(t, whole); faults != 0 {
		t.Fatalf("%d faults in a good file", faults)
	}
	sound, broken := 0, 0
	for seed := range uint64(1500) {
		spoilt := damage(whole, seed)
		if faultsOf(t, spoilt) > 0 {
			broken++
			continue
		}
		// The meta page that does not count may be lost; bbolt wants its head.
		for at := 0; at < 2*os.Getpagesize(); at += os.Getpagesize() {
			copy(spoilt[at:at+pageHeader], whole[at:])
		}
		db, err := bolt.Open(write(t, spoilt), 0o600, &bolt.Options{ReadOnly: true})
		if err != nil {
			continue // seen before
		}
		sound++
		db.View(func(tx *bolt.Tx) error {
			for err := range tx.Check() {
				t.Errorf("damage %d passes, and bbolt says: %v", seed, err)
			}
			return nil
		})
		db.Close()
	}
	t.Logf("%d broken, %d sound", broken, sound)
	if broken == 0 || sound == 0 {
		t.Error("this test cannot fail")
	}
}

// TestStructureFaults spoils one thing of a sound file at a time.
func TestStructureFaults(t *testing.T) {
	whole := smallFile(t, 12)
	state, _ := readState(bytes.NewReader(whole))
	page := int(state.pageSize)
	order := binary.NativeEndian
	var branch, leaf, free int // pages
	freelist := int(state.freelist)
	unused := map[int]bool{} // where whole pages of before may lie
	for i := range int(order.Uint16(whole[freelist*page+10:])) {
		free = int(order.Uint64(whole[freelist*page+pageHeader+8*i:]))
		unused[free] = true
	}
	for number := 2; number < int(state.high); number++ {
		head := whole[number*page:]
		if order.Uint64(head) != uint64(number) || unused[number] {
			continue // follows another, or is free
		}
		switch kind, count := order.Uint16(head[8:]), order.Uint16(head[10:]); {
		case kind == pageBranch && count > 1:
			branch = number
		case kind == pageLeaf && count > 1 && order.Uint32(head[pageHeader:]) != bucketElement:
			leaf = number
		}
	}
	if branch == 0 || leaf == 0 || free < 2 {
		t.Fatalf("branch %d, leaf %d, free %d", branch, leaf, free)
	}
	put16 := func(data []byte, at int, value uint16) { order.PutUint16(data[at:], value) }
	put32 := func(data []byte, at int, value uint32) { order.PutUint32(data[at:], value) }
	put64 := func(data []byte, at int, value uint64) { order.PutUint64(data[at:], value) }
	for what, spoil := range map[string]func(data []byte){
		"a page of another number":         func(d []byte) { put64(d, leaf*page, uint64(leaf+1)) },
		"a page of no kind":                func(d []byte) { put16(d, leaf*page+8, 3) },
		"a leaf that is a branch":          func(d []byte) { put16(d, leaf*page+8, pageBranch) },
		"a page beyond the file":           func(d []byte) { put32(d, leaf*page+12, uint32(state.high)) },
		"a page that takes another's":      func(d []byte) { put32(d, branch*page+12, 1) },
		"an empty branch":                  func(d []byte) { put16(d, branch*page+10, 0) },
		"more elements than there is room": func(d []byte) { put16(d, leaf*page+10, 60000) },
		"a child before the first page":    func(d []byte) { put64(d, branch*page+pageHeader+8, 1) },
		"a child behind the last":          func(d []byte) { put64(d, branch*page+pageHeader+8, state.high) },
		"a child that is its parent":       func(d []byte) { put64(d, branch*page+pageHeader+8, uint64(branch)) },
		"two children that are one": func(d []byte) {
			copy(d[branch*page+pageHeader+8:][:8], d[branch*page+pageHeader+elementLength+8:])
		},
		"a child that is free":                func(d []byte) { put64(d, branch*page+pageHeader+8, uint64(free)) },
		"a key before its element ends":       func(d []byte) { put32(d, leaf*page+pageHeader+4, elementLength-1) },
		"a value beyond the page":             func(d []byte) { put32(d, leaf*page+pageHeader+12, 1<<30) },
		"keys out of order":                   func(d []byte) { flipKeys(d, leaf*page) },
		"a page twice in the list of free":    func(d []byte) { put64(d, freelist*page+pageHeader, order.Uint64(d[freelist*page+pageHeader+8:])) },
		"a used page in the list of free":     func(d []byte) { put64(d, freelist*page+pageHeader, uint64(leaf)) },
		"a free page beyond the file":         func(d []byte) { put64(d, freelist*page+pageHeader, state.high) },
		"a list of free that is none":         func(d []byte) { put16(d, freelist*page+8, pageLeaf) },
		"a list of free longer than its page": func(d []byte) { put16(d, freelist*page+10, 60000) },
		"a page that belongs to nothing":      func(d []byte) { put16(d, freelist*page+10, order.Uint16(d[freelist*page+10:])-1) },
	} {
		spoilt := bytes.Clone(whole)
		spoil(spoilt)
		if faultsOf(t, spoilt) == 0 {
			t.Errorf("%s is not found", what)
		}
	}
}

// flipKeys exchanges the first two keys of a leaf, which are equally long.
func flipKeys(data []byte, at int) {
	order := binary.NativeEndian
	key := func(i int) []byte {
		element := data[at+pageHeader+i*elementLength:]
		from, length := order.Uint32(element[4:]), order.Uint32(element[8:])
		return element[from : from+length]
	}
	first, second := key(0), key(1)
	was := bytes.Clone(first)
	copy(first, second)
	copy(second, was)
}

// TestStructureEnds: a file that is broken all over is told of in a hundred faults.
func TestStructureEnds(t *testing.T) {
	whole := smallFile(t, 12)
	page := os.Getpagesize()
	for from := 2 * page; from < len(whole); from++ {
		whole[from] ^= 0xff
	}
	state, _ := readState(bytes.NewReader(whole))
	told := map[uint64]int{}
	const most = 5
	if faults, _ := checkPages(bytes.NewReader(whole), state, most, func(page uint64) { told[page]++ }, nil); faults != most || len(told) != most {
		t.Errorf("%d faults, of the pages %v", faults, told)
	}
}
