package store

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"slices"
	"syscall"

	bolterrors "go.etcd.io/bbolt/errors"
)

// Fault is what can be wrong with a data file.
type Fault int

// The faults of a data file as a whole.
const (
	Unreadable Fault = iota
	MissingFile
	EmptyFile
	CutFile
	NotADatabase
	Foreign
	Damaged
	Newer
	Busy
	DemoFile
	ServedFile
	Full
	Unwritable
	Forbidden // to write
	WriteProtected
	NoMemory         // to map it
	FolderUnreadable // of the copies
	Unsure           // what was written last may stand or not
	BadCopy          // a backup that was just made does not verify
	BeyondRepair
	KeptBeside   // missing, and Err names a file that a restore has put aside
	NetworkDrive // where Windows does not keep a file's map and its content alike
)

// damage tells whether a fault is one of what lies in the file.
func (f Fault) damage() bool {
	switch f {
	case EmptyFile, CutFile, NotADatabase, Foreign, Damaged:
		return true
	}
	return false
}

// FileError says what is wrong with a data file. Its Sentence is for people.
type FileError struct {
	Path  string
	Fault Fault
	Err   error // what lies beneath, if anything
}

func (e *FileError) Error() string {
	return fmt.Sprintf("data file %s: fault %d: %v", e.Path, e.Fault, e.Err)
}

func (e *FileError) Unwrap() error { return e.Err }

// fileError gives an error of the file system or of bbolt its fault.
func fileError(path string, err error) error {
	fault := Unreadable
	switch {
	case errors.Is(err, fs.ErrNotExist):
		fault = MissingFile
	case errors.Is(err, bolterrors.ErrTimeout):
		fault = Busy
	case errors.Is(err, syscall.ENOMEM):
		fault = NoMemory
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch),
		damaged(err) != nil:
		fault = Damaged
	}
	return withFault(path, fault, err)
}

// openError gives an error of opening a file to write its fault; nil stays nil.
func openError(path string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return WriteError(path, err)
	}
	if err != nil {
		return fileError(path, err)
	}
	return nil
}

// WriteError gives an error of writing a file its fault; nil stays nil.
func WriteError(path string, err error) error {
	if err == nil {
		return nil
	}
	return withFault(path, Unwritable, err)
}

// withFault gives an error the fault, unless it has one already or tells of a cause
// of its own.
func withFault(path string, fault Fault, err error) error {
	if known, ok := errors.AsType[*FileError](err); ok {
		return known
	}
	switch {
	case isFull(err):
		fault = Full
	case errors.Is(err, syscall.EROFS):
		fault = WriteProtected
	case fault == Unwritable && errors.Is(err, fs.ErrPermission):
		fault = Forbidden
	}
	return &FileError{Path: path, Fault: fault, Err: err}
}

// MayNotWrite tells whether an error is that a file may not be written by whoever
// runs the program, or by anybody.
func MayNotWrite(err error) bool {
	file, ok := errors.AsType[*FileError](err)
	return ok && (file.Fault == Forbidden || file.Fault == WriteProtected)
}

func isFull(err error) bool {
	return slices.ContainsFunc(full, func(known error) bool { return errors.Is(err, known) })
}

// onDamage does what walks through a file that may be damaged, where bbolt and the
// decoding panic and the memory that the file is mapped to may fault: say gets what
// came of that, which is for engineers.
func onDamage(do func(), say func(error)) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if caught := recover(); caught != nil {
			say(fmt.Errorf("%v", caught))
		}
	}()
	do()
}
