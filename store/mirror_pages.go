package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/maphash"
	"io"
	"io/fs"
	"time"
)

// pagesAtOnce is how many pages go through a mirror's memory together.
const pagesAtOnce = 64

// pageWriter takes a whole data file, in pieces of whole pages, and writes those of
// its pages that a mirror's file does not hold. The two meta pages it keeps back.
type pageWriter struct {
	ctx      context.Context
	file     mirrorFile
	pageSize int
	seed     maphash.Seed
	hashes   []uint64 // of the file's pages; none beyond its end
	page     int      // the next one
	metas    []byte
	waited   time.Duration // for the file
}

// errUneven is of a state that does not end with a page, which bbolt never writes.
var errUneven = errors.New("not whole pages")

// Write hashes each page, and writes what differs from the very bytes that it has
// hashed: free pages change under an open transaction.
func (w *pageWriter) Write(b []byte) (n int, err error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	if len(b)%w.pageSize != 0 {
		return 0, errUneven
	}
	first, from := w.page, -1 // of those that differ, in b
	for at := 0; at < len(b); at += w.pageSize {
		page := b[at : at+w.pageSize]
		differs := false
		if w.page < 2 {
			w.metas = append(w.metas, page...)
			w.note(0)
		} else if sum := maphash.Bytes(w.seed, page); w.page >= len(w.hashes) || w.hashes[w.page] != sum {
			w.note(sum)
			differs = true
		}
		w.page++
		switch {
		case differs && from < 0:
			from = at
		case !differs && from >= 0:
			if err := w.put(b[from:at], first, from); err != nil {
				return 0, err
			}
			from = -1
		}
	}
	if from >= 0 {
		if err := w.put(b[from:], first, from); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

// note keeps the hash of the page at hand.
func (w *pageWriter) note(sum uint64) {
	if w.page < len(w.hashes) {
		w.hashes[w.page] = sum
	} else {
		w.hashes = append(w.hashes, sum)
	}
}

// put writes pages that lie at an offset behind the first page of their piece.
func (w *pageWriter) put(pages []byte, first, offset int) error {
	begun := time.Now()
	_, err := w.file.WriteAt(pages, int64(first)*int64(w.pageSize)+int64(offset))
	w.waited += time.Since(begun)
	return err
}

// read hashes the pages of a file that is whole.
func (w *pageWriter) read(size int64) (hashes []uint64, err error) {
	from := io.NewSectionReader(w.file, 0, size)
	piece := make([]byte, pagesAtOnce*w.pageSize)
	for {
		if err := w.ctx.Err(); err != nil {
			return nil, err
		}
		n, err := io.ReadFull(from, piece)
		for at := 0; at+w.pageSize <= n; at += w.pageSize {
			hashes = append(hashes, maphash.Bytes(w.seed, piece[at:at+w.pageSize]))
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return hashes, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// blankMetas are two meta pages that say nothing. Their headers stay: on a page
// without one bbolt's own check ends in a panic.
func blankMetas(pageSize int) []byte {
	blank := make([]byte, 2*pageSize)
	for number := range 2 {
		header := blank[number*pageSize:]
		binary.NativeEndian.PutUint64(header, uint64(number))
		binary.NativeEndian.PutUint16(header[8:], pageMeta)
	}
	return blank
}

// readMetas reads both meta pages of a mirror's file. It is whole where both tell
// of one state, as Tx.WriteTo leaves them, and no page is missing.
func readMetas(file interface {
	io.ReaderAt
	Stat() (fs.FileInfo, error)
}) (metas []byte, whole bool, err error) {
	info, err := file.Stat()
	if err != nil {
		return nil, false, err
	}
	state, found := readState(file)
	if !found {
		state.pageSize = 4096 // of a file that is blank
	}
	metas = make([]byte, 2*state.pageSize)
	n, err := file.ReadAt(metas, 0)
	if err != nil && err != io.EOF {
		return nil, false, err
	}
	metas = metas[:n]
	first, ok := readMeta(bytes.NewReader(metas), 0)
	second, too := readMeta(bytes.NewReader(metas), int64(state.pageSize))
	second.transaction++
	whole = ok && too && first == second && info.Size() == int64(state.high)*int64(state.pageSize)
	return metas, whole, nil
}

// writeAndSync writes meta pages, in one piece, and waits for the disk.
func writeAndSync(file mirrorFile, metas []byte) error {
	if _, err := file.WriteAt(metas, 0); err != nil {
		return err
	}
	return file.Sync()
}
