package command

import (
	"context"
	"fmt"
	"runtime"

	"certreissue/about"
)

// version tells what was built, from what.
func (p *Program) version(_ context.Context, args []string) error {
	if _, err := newFlags("version").parse(args, 0, 0); err != nil {
		return err
	}
	fmt.Fprint(p.stdout, sayBuild(about.This(), runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH))
	return nil
}
