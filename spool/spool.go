// Package spool keeps what lies on the disk for a while only, such as an upload or a
// workbook on its way, in a folder beside the data file: there is room for it or for
// nothing, and no other user looks into it, as may be in the system's own folder.
package spool

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"certreissue/owner"
)

// Folder is where it lies, mode 0700. It is made when something comes into it and goes
// with the last that leaves it.
type Folder string

const ending = ".spool"

// Of is the folder beside a data file.
func Of(data string) Folder { return Folder(data + ending) }

// data is the file that the folder is beside.
func (f Folder) data() string { return strings.TrimSuffix(string(f), ending) }

// File makes a new file in it, mode 0600. Whoever takes it drops it.
func (f Folder) File() (file *os.File, err error) {
	err = f.within(func() error { file, err = os.CreateTemp(string(f), ""); return err })
	return file, err
}

// Folder makes a new folder in it, mode 0700. Whoever takes it drops it.
func (f Folder) Folder() (path string, err error) {
	err = f.within(func() error { path, err = os.MkdirTemp(string(f), ""); return err })
	return path, err
}

// Fault is that nothing can be made in a folder.
type Fault struct {
	Folder Folder
	Err    error
}

func (f *Fault) Error() string { return "spool: " + f.Err.Error() }

func (f *Fault) Unwrap() error { return f.Err }

// turns lets nobody leave a folder as the last while another one comes into it.
var turns sync.Mutex

// within makes something in the folder, which another process may just be leaving as
// the last.
func (f Folder) within(do func() error) (err error) {
	turns.Lock()
	defer turns.Unlock()
	for range 10 {
		if err = owner.MkdirAll(string(f)); err == nil {
			if _, there := os.Stat(f.data()); there == nil { // else the file is yet to be made
				err = owner.Like(string(f), f.data())
			}
		}
		if err == nil {
			if err = do(); err != nil {
				os.Remove(string(f)) // unless something else is in it
			}
		}
		if err == nil {
			return nil
		}
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	return &Fault{f, err}
}

// Drop deletes what was made in the folder.
func (f Folder) Drop(path string) error {
	err := os.RemoveAll(path)
	turns.Lock()
	defer turns.Unlock()
	os.Remove(string(f)) // unless something is in it
	return err
}

// Clear deletes what a process that was killed has left. Nobody may be using it.
func (f Folder) Clear() error {
	entries, err := os.ReadDir(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(string(f), entry.Name())))
	}
	return errors.Join(err, os.Remove(string(f)))
}
