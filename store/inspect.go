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
	metaHigh     = 40
)

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

	pageSize, high, found := readMeta(file, 0)
	if found {
		// The newer of the two metas counts.
		if _, other, ok := readMeta(file, int64(pageSize)); ok {
			high = max(high, other)
		}
	}
	// With a torn first page the page size is not known; the second meta tells.
	for size := int64(512); !found && size <= 65536; size *= 2 {
		pageSize, high, found = readMeta(file, size)
		found = found && int64(pageSize) == size
	}
	switch {
	case !found && looksCut(file):
		return &FileError{Path: path, Fault: CutFile}
	case !found:
		return &FileError{Path: path, Fault: NotADatabase}
	case uint64(info.Size()) < high*uint64(pageSize):
		return &FileError{Path: path, Fault: CutFile}
	}
	return nil
}

// readMeta reads the meta page at an offset; ok is false where none is valid.
func readMeta(r io.ReaderAt, offset int64) (pageSize uint32, high uint64, ok bool) {
	var page [pageHeader + metaLength]byte
	if _, err := r.ReadAt(page[:], offset); err != nil {
		return 0, 0, false
	}
	meta := page[pageHeader:]
	sum := fnv.New64a()
	sum.Write(meta[:metaChecksum])
	order := binary.NativeEndian
	if order.Uint32(meta) != metaMagic || order.Uint32(meta[4:]) != metaVersion || order.Uint64(meta[metaChecksum:]) != sum.Sum64() {
		return 0, 0, false
	}
	pageSize = order.Uint32(meta[8:])
	return pageSize, order.Uint64(meta[metaHigh:]), pageSize >= 512 && pageSize <= 1<<16
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
