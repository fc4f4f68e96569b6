//go:build !windows

package store

import (
	"os"
	"syscall"
)

// lock takes the lock with which bbolt keeps a file to itself, without waiting.
// It ends with the file's closing.
func lock(file *os.File) (taken bool, err error) {
	switch err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err {
	case nil:
		return true, nil
	case syscall.EWOULDBLOCK:
		return false, nil
	}
	return false, err
}
