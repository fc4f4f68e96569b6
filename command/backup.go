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
	rest, err := f.parse(args, 1, 1)
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
	err = p.copyTo(ctx, f.data, rest[0])
	return p.written(rest[0], err)
}

// copyTo writes a checked copy of a data file.
func (p *Program) copyTo(ctx context.Context, data, path string) error {
	var of store.State
	return store.WriteWhole(path, func(to io.Writer) error {
		return p.service().Do(ctx, data, false, service.Task{Do: "backup"}, service.Hands{Output: to, Copied: func(s store.State) { of = s }})
	}, func(part string) error { return store.Finish(ctx, part, of, nil) })
}
