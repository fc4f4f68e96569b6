package store

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"certreissue/owner"
)

// WriteWhole makes a file whole or not at all, readable by its owner only:
// write fills it beside its place, finish may work on it there or refuse it,
// and then it is moved to path. Errors of write and finish come back as they
// are, those of the file are *FileError.
func WriteWhole(path string, write func(io.Writer) error, finish ...func(part string) error) error {
	part, err := writePart(path, write, finish...)
	if err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		os.Remove(part)
		return WriteError(path, err)
	}
	return keepName(path)
}

// keepName makes the name that a file has just been given survive a power cut. Where the
// disk does not say that it will, it may or may not: Unsure.
func keepName(path string) error {
	if err := syncDirectory(filepath.Dir(path)); err != nil {
		return &FileError{Path: path, Fault: Unsure, Err: err}
	}
	return nil
}

// writePart does all of WriteWhole but the move: whoever calls it gives the part
// its name, or deletes it.
func writePart(path string, write func(io.Writer) error, finish ...func(part string) error) (part string, err error) {
	file, err := newPart(path)
	if err != nil {
		return "", WriteError(path, err)
	}
	part = file.Name()
	if err = write(partWriter{file, path}); err == nil {
		err = WriteError(path, file.Sync())
	}
	err = errors.Join(err, WriteError(path, file.Close()))
	for _, step := range finish {
		if err == nil {
			err = step(part)
		}
	}
	if err != nil {
		err = dropPart(part, err)
	}
	return part, err
}

// dropPart deletes a part that came to nothing for this reason. Nobody need look any
// more whether the last that was written into it stands.
func dropPart(part string, err error) error {
	os.Remove(part)
	if file, ok := errors.AsType[*FileError](err); ok && file.Fault == Unsure && file.Path == part {
		return WriteError(part, file.Err)
	}
	return err
}

// newPart makes an empty file beside path that nobody else works on, and only its
// owner reads. What an attempt that was cut off has left there goes.
func newPart(path string) (*os.File, error) {
	directory, name := filepath.Split(path)
	directory = cmp.Or(directory, ".")
	entries, _ := os.ReadDir(directory)
	for _, entry := range entries {
		if number, ours := strings.CutPrefix(entry.Name(), name+"."); ours && partNumber.MatchString(number) {
			dropAbandoned(filepath.Join(directory, entry.Name()), path, betweenHands)
		}
	}
	file, err := os.CreateTemp(directory, name+".*"+partSuffix)
	if err != nil {
		return nil, err
	}
	_, err = lock(file)
	return file, err
}

// partNumber is what os.CreateTemp puts into the name of a part.
var partNumber = regexp.MustCompile(`^\d+\.part$`)

// betweenHands is longer than a part lies without its lock while its maker closes
// it and opens it as a database.
const betweenHands = time.Minute

// dropAbandoned deletes a part whose maker is gone: nobody holds its lock, nor has
// written to it for so long; or one that has become the file of that path, and kept its
// first name besides.
func dropAbandoned(part, path string, since time.Duration) {
	file, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return
	}
	taken, _ := lock(file)
	info, err := file.Stat()
	named := stands(file, path)
	file.Close()
	if named || taken && err == nil && (since == 0 || time.Since(info.ModTime()) > since) {
		os.Remove(part)
	}
}

// DropParts deletes what acts that were killed have left beside an open file: a
// compaction, a restore, an upgrade, a start. Whoever makes a part there holds the
// file, which is held here, or the part.
func (s *Store) DropParts() {
	directory, name := filepath.Split(Resolve(s.path))
	directory = cmp.Or(directory, ".")
	entries, _ := os.ReadDir(directory)
	for _, entry := range entries {
		rest, ours := strings.CutPrefix(entry.Name(), name)
		if ours && partBeside.MatchString(rest) {
			dropAbandoned(filepath.Join(directory, entry.Name()), s.path, 0)
		}
	}
}

// partBeside is what follows the name of a data file in that of a part.
var partBeside = regexp.MustCompile(`^(\.run|\.before-upgrade)?\.\d+\.part$`)

// NameNew gives a whole file its name, for good, unless something has it:
// fs.ErrExist.
func NameNew(part, path string) error {
	err := os.Link(part, path)
	switch {
	case err == nil:
		os.Remove(part) // else it goes with what abandoned parts there are: the file stands
	case errors.Is(err, fs.ErrExist):
		return err
	default: // a disk that knows no second names
		if _, err := os.Lstat(path); err == nil {
			return fs.ErrExist
		}
		if err = os.Rename(part, path); err != nil {
			return WriteError(path, err)
		}
	}
	return keepName(path)
}

// partWriter gives a full disk its fault.
type partWriter struct {
	to   io.Writer
	path string
}

func (w partWriter) Write(b []byte) (int, error) {
	n, err := w.to.Write(b)
	return n, WriteError(w.path, err)
}

// Resolve follows links to a file: what is to take its place must not take the
// place of a link. A path that leads nowhere comes back as it is.
func Resolve(path string) string {
	if file, err := filepath.EvalSymlinks(path); err == nil {
		return file
	}
	return path
}

// makeDirectory makes a directory, and those above it, for its owner only, so that a
// power cut does not take it away again with all that is in it.
func makeDirectory(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	above := filepath.Dir(path)
	if above != path {
		if err := makeDirectory(above); err != nil {
			return err
		}
	}
	if err := owner.Mkdir(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDirectory(above)
}

// syncDirectory makes a rename survive a power cut, where the system can.
func syncDirectory(directory string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(directory)
	if err != nil {
		return fileError(directory, err)
	}
	return WriteError(directory, errors.Join(d.Sync(), d.Close()))
}
