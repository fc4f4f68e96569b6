//go:build !windows

// Package owner hands what root makes for the service's user to that user, who could
// not open it otherwise.
package owner

import (
	"errors"
	"os"
	"syscall"
)

var errLinked = errors.New("the file has a second name")

// Like gives a new file or folder the owner of another one, where root made it.
func Like(path, of string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := os.Stat(of)
	if err != nil {
		return err
	}
	// Whose folder it is could put something else in the place meanwhile: only what is
	// open is handed over, and nothing that has a name elsewhere.
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	opened, err := file.Stat()
	if err != nil {
		return err
	}
	if !opened.IsDir() && opened.Sys().(*syscall.Stat_t).Nlink != 1 {
		return errLinked
	}
	user := info.Sys().(*syscall.Stat_t)
	return file.Chown(int(user.Uid), int(user.Gid))
}

// MkdirAll makes a folder, with those above it, that nobody else can enter.
func MkdirAll(path string) error { return os.MkdirAll(path, 0o700) }

// Mkdir makes a folder that nobody else can enter.
func Mkdir(path string) error { return os.Mkdir(path, 0o700) }

// Others is for Windows: here the mode tells.
func Others(string) ([]Other, error) { return nil, nil }
