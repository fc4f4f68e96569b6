//go:build !windows

package scm

import "context"

// Run is for Windows.
func Run(func(context.Context) int) error { return refusal(sayNotStarted) }
