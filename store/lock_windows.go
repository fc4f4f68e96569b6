package store

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock takes the lock with which bbolt keeps a file to itself, without waiting:
// of the one byte that lies where no file reaches. It ends with the file's
// closing.
func lock(file *os.File) (taken bool, err error) {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err = windows.LockFileEx(windows.Handle(file.Fd()), flags, 0, 1, 0, &windows.Overlapped{Offset: ^uint32(0), OffsetHigh: ^uint32(0)})
	switch err {
	case nil:
		return true, nil
	case windows.ERROR_LOCK_VIOLATION:
		return false, nil
	}
	return false, err
}
