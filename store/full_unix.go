//go:build !windows

package store

import (
	"syscall"
)

// full are the errors of a disk that takes no more.
var full = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
