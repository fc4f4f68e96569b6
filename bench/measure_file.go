package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"certreissue/service"
	"certreissue/store"
)

// copyFile takes a copy of the running service's file, as the command for backups
// does before it checks the copy.
func (b *bench) copyFile(ctx context.Context) error {
	return store.WriteWhole(filepath.Join(b.directory, "copy.db"), func(to io.Writer) error {
		return (&service.Service{Out: io.Discard}).Do(ctx, b.product.data, false, service.Task{Do: "backup"}, service.Hands{Output: to})
	})
}

// measureBackup compares a copy of the running service's file with a plain one that is
// synced.
func measureBackup(ctx context.Context, b *bench) ([]figure, error) {
	plain := filepath.Join(b.directory, "plain.db")
	copies, err := b.takeTurns(timed(func() error { return b.copyFile(ctx) }),
		timed(func() error { return copySynced(b.product.data, plain) }))
	return []figure{{what: "backup, the copy / cp + fsync", unit: "ms", turns: copies, times: true, goal: 0.8, usual: 0.4}}, err
}

func copySynced(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// starting is a side: how long the product takes from its process to the first page,
// without what the captcha's library takes to begin. Before it the product must be down.
func (b *bench) starting(ctx context.Context, data string) side {
	return func() (float64, error) {
		took, err := timed(func() error { return b.product.start(ctx, data) })()
		if err != nil {
			return 0, err
		}
		took -= <-b.product.captchaBegan
		return took, b.product.stop()
	}
}

// whileDown stops the product for a while. Its sessions outlive that, connections do not.
func (b *bench) whileDown(ctx context.Context, act func() error) error {
	if err := b.product.stop(); err != nil {
		return err
	}
	closeAll(b.lookers)
	return errors.Join(act(), b.product.start(ctx, b.product.data))
}

// measureStart compares a start on the file with a start on an empty one.
func measureStart(ctx context.Context, b *bench) ([]figure, error) {
	empty := filepath.Join(b.directory, "empty.db")
	os.Remove(empty)
	st, err := store.Open(empty, store.Options{Create: true})
	if err != nil {
		return nil, err
	}
	if err := st.Close(); err != nil {
		return nil, err
	}
	var starts turns
	err = b.whileDown(ctx, func() (err error) {
		starts, err = b.takeTurns(b.starting(ctx, b.product.data), b.starting(ctx, empty))
		return err
	})
	return []figure{{what: "start on the file / on an empty one", unit: "ms", turns: starts, goal: 1.2, atMost: true, usual: 3}}, err
}

// measureSize is what the run has left, beside its bounds: memory that no file backs,
// and the executable.
func measureSize(_ context.Context, b *bench) ([]figure, error) {
	anonymous, err := memory(b.product.command.Process.Pid)
	if err != nil {
		return nil, err
	}
	program, err := os.Stat(b.product.program)
	if err != nil {
		return nil, err
	}
	one := func(ours, bound float64) turns { return turns{[]float64{ours}, []float64{bound}} }
	return []figure{
		{what: "memory that no file backs / 32 MB + 19 MB a slot", unit: "MB", turns: one(anonymous/1e6, 32+19*float64(slots())), goal: 1, atMost: true, usual: 1},
		{what: "executable, stripped / 28 MiB", unit: "MiB", turns: one(float64(program.Size())/(1<<20), 28), goal: 1, atMost: true, usual: 1.1},
	}, nil
}
