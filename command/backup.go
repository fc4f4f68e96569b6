package command

import (
	"context"
	"io"
	"os"

	"certreissue/locked"
	"certreissue/service"
	"certreissue/store"
)

func (p *Program) backup(ctx context.Context, args []string) error {
	f := newFlags("backup")
	rest, err := p.parseFor(f, args, 1, 1)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(rest[0]); err == nil {
		// The backup of yesterday is not replaced by one of today that may be worse.
		return service.Refusal(sayBackupThere(rest[0]))
	}
	if locked.Named(rest[0]) {
		return p.backupLocked(ctx, f.data, rest[0])
	}
	var of store.State
	err = store.WriteWhole(rest[0], func(to io.Writer) error { return p.copyTo(ctx, f.data, to, &of) },
		func(part string) error { return store.Finish(ctx, part, of, nil) })
	return p.written(rest[0], err)
}

// copyTo writes a copy of a data file, and of which state it is.
func (p *Program) copyTo(ctx context.Context, data string, to io.Writer, of *store.State) error {
	return p.service().Do(ctx, data, false, service.Task{Do: "backup"}, service.Hands{Output: to, Copied: func(s store.State) { *of = s }})
}
