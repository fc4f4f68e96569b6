package store

import (
	"encoding/binary"
	"hash/fnv"
	"io"
	"os"
)

// bbolt's meta page: a page header of 16 bytes, then magic, version, page size
// and flags (4 bytes each), root and its sequence, freelist, high-water page
// number, transaction number and an FNV-1a checksum of what stands before it
// (8 bytes each). Two of them begin the file, a page apart.
const (
	pageHeader   = 16
	metaLength   = 64
	metaMagic    = 0xED0CDAED
	metaVersion  = 2
	metaChecksum = 56
)

// meta is what a meta page says: where a state of the file begins.
type meta struct {
	pageSize             uint32
	root, freelist, high uint64 // numbers of pages; high is the first behind the last
	transaction          uint64
}

// inspect judges a file before bbolt opens it: bbolt takes an empty or a cut
// file as good, and on Windows extends it at once. The error is a *FileError.
func inspect(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fileError(path, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fileError(path, err)
	}
	if info.IsDir() {
		return &FileError{Path: path, Fault: NotADatabase}
	}
	if info.Size() == 0 {
		return &FileError{Path: path, Fault: EmptyFile}
	}

	state, found := readState(file)
	switch {
	case !found && looksCut(file):
		return &FileError{Path: path, Fault: CutFile}
	case !found:
		return &FileError{Path: path, Fault: NotADatabase}
	case uint64(info.Size()) < state.high*uint64(state.pageSize):
		return &FileError{Path: path, Fault: CutFile}
	}
	return nil
}

// readState reads the newer one of the two meta pages, which counts; found is false
// where neither is valid.
func readState(file io.ReaderAt) (state meta, found bool) {
	state, found = readMeta(file, 0)
	if found {
		if other, ok := readMeta(file, int64(state.pageSize)); ok && other.transaction > state.transaction {
			state = other
		}
	}
	// With a torn first page the page size is not known; the second meta tells.
	for size := int64(512); !found && size <= 65536; size *= 2 {
		state, found = readMeta(file, size)
		found = found && int64(state.pageSize) == size
	}
	return state, found
}

// stateOf is the state that a transaction of a number begins with. It is found as
// long as no more than one commit has followed.
func stateOf(file io.ReaderAt, pageSize int64, transaction uint64) (state meta, found bool) {
	for _, offset := range []int64{0, pageSize} {
		if state, ok := readMeta(file, offset); ok && state.transaction == transaction {
			return state, true
		}
	}
	return state, false
}

// readMeta reads the meta page at an offset; ok is false where none is valid.
func readMeta(r io.ReaderAt, offset int64) (m meta, ok bool) {
	var page [pageHeader + metaLength]byte
	if _, err := r.ReadAt(page[:], offset); err != nil {
		return m, false
	}
	raw := page[pageHeader:]
	sum := fnv.New64a()
	sum.Write(raw[:metaChecksum])
	order := binary.NativeEndian
	if order.Uint32(raw) != metaMagic || order.Uint32(raw[4:]) != metaVersion || order.Uint64(raw[metaChecksum:]) != sum.Sum64() {
		return m, false
	}
	m = meta{pageSize: order.Uint32(raw[8:]), root: order.Uint64(raw[16:]), freelist: order.Uint64(raw[32:]), high: order.Uint64(raw[40:]), transaction: order.Uint64(raw[48:])}
	return m, m.pageSize >= 512 && m.pageSize <= 1<<16
}

// looksCut tells a damaged or shortened database from a file of another kind:
// the magic number is there, or the file is all zeros.
func looksCut(r io.ReaderAt) bool {
	var page [pageHeader + 4]byte
	n, _ := r.ReadAt(page[:], 0)
	if n == len(page) && binary.NativeEndian.Uint32(page[pageHeader:]) == metaMagic {
		return true
	}
	for _, b := range page[:n] {
		if b != 0 {
			return false
		}
	}
	return true
}
