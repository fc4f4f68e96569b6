package store

import (
	"os"
	"path/filepath"
	"runtime"
)

// OnNetwork tells whether a file, or the place of one that is not there yet, certainly
// lies on another machine's disk.
func OnNetwork(path string) bool {
	folder := Resolve(FullPath(path))
	for {
		if _, err := os.Stat(folder); err == nil || folder == filepath.Dir(folder) {
			return remote(folder)
		}
		folder = filepath.Dir(folder)
	}
}

// MustBeLocal refuses a data file on a network drive of Windows: what is written to such
// a file and what is mapped of it need not agree there. A backup or a mirror, which are
// written by one and read later, may lie there. The error is a *FileError.
func MustBeLocal(path string) error {
	if runtime.GOOS == "windows" && OnNetwork(path) {
		return &FileError{Path: FullPath(path), Fault: NetworkDrive}
	}
	return nil
}
