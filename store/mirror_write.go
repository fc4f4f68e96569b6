package store

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
)

// write brings the file that can be spared to the state of the data file.
func (m *Mirror) write(ctx context.Context) (work time.Duration, err error) {
	c, kept := m.copies[0], m.copies[1]
	if c == m.newest() {
		c, kept = kept, c
	}
	if err := m.makeSure(kept); err != nil {
		return 0, err
	}
	pageSize := m.store.db.Info().PageSize
	hashes, known := c.hashes, c.whole && len(c.metas) == 2*pageSize
	file, err := m.open(c.path)
	if err != nil {
		return 0, err
	}
	defer file.Close() // once more where all went well
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	*c = mirrorCopy{path: c.path, doubtful: true} // until all is done
	if info.Size() == 0 {                         // perhaps just made
		if err := syncMirrorFolder(m.folder); err != nil {
			return 0, err
		}
	}

	w := &pageWriter{ctx: ctx, file: file, pageSize: pageSize, seed: m.seed}
	switch {
	case !known:
		// Nothing of what lies there is believed, or left.
		err = file.Truncate(0)
	case hashes == nil:
		w.hashes, err = w.read(info.Size())
	default:
		w.hashes = hashes
	}
	if err == nil {
		err = writeAndSync(file, blankMetas(pageSize))
	}
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	size, at, err := m.writePages(w)
	if work = time.Since(begun) - w.waited; err != nil {
		return work, err
	}
	if err := file.Truncate(size); err != nil {
		return work, err
	}
	if err := file.Sync(); err != nil {
		return work, err
	}
	m.store.mirrored = at.Position
	if err := writeAndSync(file, w.metas); err != nil {
		return work, err
	}
	if err := file.Close(); err != nil {
		return work, err
	}
	if info, err = os.Stat(c.path); err != nil {
		return work, err
	}
	*c = mirrorCopy{path: c.path, info: info, metas: w.metas, whole: true, kin: true, standing: at, hashes: w.hashes, ours: true, sure: true}
	m.written = at.Position
	return work, nil
}

// writePages has one state of the data file written, all but its meta pages.
func (m *Mirror) writePages(w *pageWriter) (size int64, at Standing, err error) {
	err = m.store.db.View(func(tx *bolt.Tx) error {
		i, err := identities.get(tx)
		if err != nil {
			return err
		}
		size, at = tx.Size(), standing(tx, i)
		pieces := bufio.NewWriterSize(w, pagesAtOnce*w.pageSize)
		if _, err := tx.WriteTo(pieces); err != nil {
			return err
		}
		return pieces.Flush()
	})
	w.hashes = w.hashes[:min(w.page, len(w.hashes))]
	return size, at, err
}

// makeSure writes the meta pages of a file again that another process may have
// written: what it could not write the system shows, and the disk does not have.
// The other file is not touched before.
func (m *Mirror) makeSure(c *mirrorCopy) error {
	if !c.whole || c.sure {
		return nil
	}
	file, err := m.open(c.path)
	if err != nil {
		return err
	}
	err = errors.Join(writeAndSync(file, c.metas), file.Close())
	if err == nil {
		c.sure = true
		c.info, err = os.Stat(c.path)
	}
	return err
}

// syncMirrorFolder makes the name of a new file survive a power cut, on disks that
// can say so.
func syncMirrorFolder(folder string) error {
	err := syncDirectory(folder)
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

// mirrorFile is what a mirror asks of one of its files. Tests put a disk in its
// place that fails.
type mirrorFile interface {
	io.ReaderAt
	io.WriterAt
	Truncate(size int64) error
	Sync() error
	Stat() (fs.FileInfo, error)
	Close() error
}

// openMirrorFile opens one of the two files, or makes it, for its owner only.
// Whoever reads it as a data file meanwhile is waited for by the next turn.
func openMirrorFile(path string) (mirrorFile, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	taken, err := lock(file)
	if err == nil && !taken {
		err = &MirrorError{Fault: MirrorInUse, Err: errors.New(path)}
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}
