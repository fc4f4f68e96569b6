//go:build !windows

package doctor

import (
	"io/fs"
	"syscall"
)

// ownerOf is the number of the user to whom a file or folder belongs.
func ownerOf(info fs.FileInfo) int { return int(info.Sys().(*syscall.Stat_t).Uid) }
