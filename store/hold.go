package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"certreissue/owner"
)

// How long whoever opens a data file waits for somebody else to close it, and how
// often they look.
const (
	lockPatience = 2 * time.Second
	lockEvery    = 50 * time.Millisecond
)

// Hold keeps everybody else out of a data file, whatever is in it: it is to be
// replaced. Where there is no file it holds nothing.
type Hold struct {
	path string
	file *os.File // nil where there is none
}

// HoldFile waits a little for the data file's lock. The error is a *FileError,
// Busy where somebody has it. Release ends the hold.
func HoldFile(path string) (*Hold, error) {
	path = Resolve(path)
	for start := time.Now(); ; time.Sleep(lockEvery) {
		file, err := os.OpenFile(path, os.O_RDWR, 0)
		if errors.Is(err, fs.ErrNotExist) {
			return &Hold{path: path}, nil
		}
		if err != nil {
			return nil, openError(path, err)
		}
		taken, err := lock(file)
		if taken && stands(file, path) {
			return &Hold{path, file}, nil
		}
		file.Close()
		switch {
		case err != nil:
			return nil, fileError(path, err)
		case time.Since(start) > lockPatience:
			return nil, &FileError{Path: path, Fault: Busy}
		}
	}
}

// stands tells whether an open file is still the one of its name. Whoever has
// waited for a lock may hold the lock of a file that was replaced meanwhile, and
// what is written there nobody ever reads.
func stands(file *os.File, path string) bool {
	opened, err := file.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(path)
	return err == nil && os.SameFile(opened, named)
}

// Release lets others have the file.
func (h *Hold) Release() error {
	if h.file == nil {
		return nil
	}
	err := h.file.Close()
	h.file = nil
	return err
}

// Replace puts a new file in the held one's place: write and finish make it as in
// WriteWhole. The old one is kept under a dated name, "" where there was none.
// At every moment there is a whole file in the place, the old one until the new
// one has its name. After an error the old one stands there again, unless kept
// says that it could only be put aside.
func (h *Hold) Replace(now time.Time, write func(io.Writer) error, finish ...func(part string) error) (kept string, err error) {
	part, err := writePart(h.path, write, finish...)
	if err != nil {
		return "", err
	}
	defer os.Remove(part) // where it has not become the file
	if h.file == nil {
		return "", h.fill(part)
	}
	if err := likeOld(part, h.path); err != nil {
		return "", err
	}
	if kept, err = h.keepAside(now); err != nil {
		return "", err
	}
	if runtime.GOOS == "windows" {
		// Nothing that is open there can be replaced. Whoever opens the file just now
		// keeps it from being replaced.
		err = h.Release()
	}
	if err == nil {
		err = os.Rename(part, h.path)
	}
	if err != nil {
		os.Remove(kept)
		return "", WriteError(h.path, err)
	}
	if err = syncDirectory(filepath.Dir(h.path)); err == nil {
		return kept, nil
	}
	if os.Rename(kept, h.path) == nil {
		kept = ""
	}
	return kept, err
}

// likeOld lets a part that takes a file's place be read by whoever could read that.
func likeOld(part, path string) error {
	info, err := os.Stat(path)
	if err == nil {
		err = errors.Join(os.Chmod(part, info.Mode().Perm()), owner.Like(part, path))
	}
	return WriteError(part, err)
}

// fill gives a part the name that no file has, unless somebody has made one since.
func (h *Hold) fill(part string) error {
	if err := owner.Like(part, filepath.Dir(part)); err != nil {
		return WriteError(part, err)
	}
	err := NameNew(part, h.path)
	if errors.Is(err, fs.ErrExist) {
		return &FileError{Path: h.path, Fault: Busy, Err: err}
	}
	return err
}

// keptMark begins what a replaced data file's name ends with: the time, and a
// number where that is taken.
const keptMark = ".20"

// keepAside gives the held file a second name, which nothing has yet.
func (h *Hold) keepAside(now time.Time) (kept string, err error) {
	dated := h.path + now.Format(".20060102-150405")
	kept = dated
	for n := 2; ; n++ {
		if err = os.Link(h.path, kept); !errors.Is(err, fs.ErrExist) {
			break
		}
		kept = fmt.Sprintf("%s-%d", dated, n)
	}
	if err != nil { // a disk that knows no second names, as of many a memory stick
		err = h.copyAside(kept)
	}
	if err != nil {
		return "", WriteError(kept, err)
	}
	return kept, nil
}

// copyAside writes a copy of the held file under a name that nothing has yet.
func (h *Hold) copyAside(kept string) error {
	to, err := os.OpenFile(kept, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err = h.file.Seek(0, io.SeekStart); err == nil {
		_, err = io.Copy(to, h.file)
	}
	if err = errors.Join(err, to.Sync(), to.Close(), owner.Like(kept, h.path)); err != nil {
		os.Remove(kept)
	}
	return err
}
