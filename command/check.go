package command

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"certreissue/locked"
	"certreissue/service"
	"certreissue/spool"
	"certreissue/store"
)

// check examines a file: the given one, or the data file, of which a running
// service hands over a copy. It can write a repaired one besides.
func (p *Program) check(ctx context.Context, args []string) error {
	f := newFlags("check")
	repaired, copies := "", []string{}
	f.StringVar(&repaired, "repair", "", "")
	f.Func("from", "", func(value string) error { copies = append(copies, value); return nil })
	quiet := f.Bool("passphrase-stdin", false, "")
	rest, err := f.parse(args, 0, 1)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		p.choose(f)
	}
	path := f.data
	if len(rest) == 1 {
		path = rest[0]
	}
	if folder := os.Getenv(service.ChildVariable); folder != "" {
		return p.checkHere(ctx, path, folder, copies)
	}
	for _, name := range copies {
		if _, err := os.Stat(name); err != nil {
			return service.Refusal(sayCannotRead(name))
		}
		if locked.Is(name) {
			return service.Refusal(sayOnlyWhole(name))
		}
	}
	if locked.Is(path) {
		if repaired != "" {
			return service.Refusal(sayOnlyWhole(path))
		}
		return p.checkLocked(ctx, path, f.data, *quiet, copies)
	}
	if repaired != "" {
		return p.repair(ctx, path, repaired, copies)
	}
	// Those that are there now: the log must have their last rows.
	copies = append(copies, store.CopiesAt(store.CopiesFolder(path))...)
	if running := service.Find(path); running != nil {
		spooled := spool.Of(path)
		copied, err := running.Copy(ctx, spooled)
		if err != nil {
			return err
		}
		defer spooled.Drop(copied)
		path = copied
	}
	if err := p.service().CheckInChild(ctx, path, filepath.Dir(path), copies...); err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, sayGood)
	return nil
}

// checkLocked examines what is in a locked copy. What it is unlocked to, or brought to
// today's schema, lies in the spool alone.
func (p *Program) checkLocked(ctx context.Context, path, data string, quiet bool, copies []string) error {
	plain, err := p.unlocked(ctx, path, data, quiet)
	if err != nil {
		return err
	}
	defer spool.Of(data).Drop(plain)
	if err := p.service().CheckInChild(ctx, plain, filepath.Dir(plain), copies...); err != nil {
		return called(err, plain, path)
	}
	fmt.Fprintln(p.stdout, sayGood)
	return nil
}

// repair writes a new file with what can be had of a damaged one, and of copies.
func (p *Program) repair(ctx context.Context, path, out string, copies []string) error {
	if err := service.MustBeStopped(path); err != nil {
		return err
	}
	if _, err := os.Lstat(out); err == nil {
		return service.Refusal(sayBackupThere(out))
	}
	done, err := store.Repair(ctx, path, out, copies, p.Now, func(finding store.Finding) {
		fmt.Fprintln(p.stdout, finding)
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, sayRepaired(path, out, done))
	if done.Lost > 0 {
		return service.ErrPartial
	}
	return nil
}

// checkHere does the work of the child: it may be killed by a fault in the
// file's mapped memory.
func (p *Program) checkHere(ctx context.Context, path, folder string, copies []string) error {
	found := 0
	err := store.CheckFile(ctx, path, folder, copies, p.Now, func(finding store.Finding) {
		found++
		fmt.Fprintln(p.stdout, finding)
	}, service.TellProgress(p.stdout))
	if err == nil && found > 0 {
		err = errSaid
	}
	return err
}
