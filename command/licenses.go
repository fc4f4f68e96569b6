package command

import (
	"context"
	"io"

	"certreissue/about"
)

// licenses prints the notices of those whose work is in the program.
func (p *Program) licenses(_ context.Context, args []string) error {
	if _, err := newFlags("licenses").parse(args, 0, 0); err != nil {
		return err
	}
	_, err := io.WriteString(p.stdout, about.Notices)
	return err
}
