package store

import (
	"io/fs"
	"syscall"
	"testing"
)

// TestFaultsByTheirCause: what the system says is told as what it is.
func TestFaultsByTheirCause(t *testing.T) {
	of := func(err error) error { return &fs.PathError{Op: "open", Path: "a.db", Err: err} }
	for _, c := range []struct {
		err  error
		want Fault
	}{
		{WriteError("a.db", of(syscall.EACCES)), Forbidden}, {WriteError("a.db", of(syscall.EROFS)), WriteProtected},
		{WriteError("a.db", of(syscall.EIO)), Unwritable}, {fileError("a.db", of(syscall.EACCES)), Unreadable},
		{fileError("a.db", of(syscall.ENOMEM)), NoMemory}, {fileError("a.db", of(syscall.EROFS)), WriteProtected},
		{WriteError("b.db", fileError("a.db", of(syscall.ENOENT))), MissingFile},
	} {
		file := c.err.(*FileError)
		if file.Fault != c.want || file.Path != "a.db" {
			t.Errorf("%v: fault %d of %s, want %d", c.err, file.Fault, file.Path, c.want)
		}
	}
}
