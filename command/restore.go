package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"certreissue/locked"
	"certreissue/service"
	"certreissue/spool"
	"certreissue/store"
)

// restore puts a backup in the data file's place, which is kept under a dated
// name. From the first look at the backup to the end nobody else gets at the data
// file: what they did there would be put aside with it.
func (p *Program) restore(ctx context.Context, args []string) error {
	f := newFlags("restore")
	quiet := f.Bool("passphrase-stdin", false, "")
	rest, err := p.parseFor(f, args, 1, 1)
	if err != nil {
		return err
	}
	backup, named := rest[0], rest[0]
	if err := errors.Join(store.MustBeLocal(f.data), service.MustBeStopped(f.data), p.makeHome(f.data)); err != nil {
		return err
	}
	if locked.Is(backup) {
		if backup, err = p.unlocked(ctx, named, f.data, *quiet); err != nil {
			return service.Refusal(service.Sentence(err) + sayNotRestored)
		}
		defer spool.Of(f.data).Drop(backup)
	}
	hold, err := store.HoldFile(f.data)
	if err != nil {
		return service.HeldBy(f.data, err)
	}
	defer hold.Release()
	if info, statErr := os.Stat(backup); statErr == nil && info.IsDir() {
		backup, err = p.newestGood(ctx, backup, f.data)
	} else {
		err = called(p.mustBeGood(ctx, backup, f.data), backup, named)
	}
	if err != nil {
		return err
	}
	kept, err := hold.Replace(p.Now(), func(to io.Writer) error {
		from, err := os.Open(backup)
		if err != nil {
			return err
		}
		defer from.Close()
		_, err = io.Copy(to, from)
		return err
	}, p.afterRestore)
	data := store.Resolve(f.data)
	file, _ := errors.AsType[*store.FileError](err)
	switch {
	case file != nil && file.Fault == store.Unsure:
		return err
	case err != nil && kept == "":
		return service.Refusal(service.Sentence(err) + sayNotRestored)
	case err != nil:
		return service.Refusal(service.Sentence(err) + sayStranded(data, kept))
	case kept == "":
		fmt.Fprintln(p.stdout, service.SayCreated(data))
	default:
		fmt.Fprintln(p.stdout, sayKept(kept))
	}
	fmt.Fprintln(p.stdout, sayRestored(data))
	return nil
}

// mustBeGood refuses what is no sound backup for a data file.
func (p *Program) mustBeGood(ctx context.Context, backup, data string) error {
	if sameFile(backup, data) {
		return service.Refusal(sayBackupIsData(backup))
	}
	_, err := store.Peek(backup)
	if err == nil {
		err = p.service().CheckInChild(ctx, backup, filepath.Dir(store.Resolve(data)))
	}
	if file := (*store.FileError)(nil); errors.As(err, &file) {
		return service.Refusal(sayBadBackup(backup, file.Fault))
	}
	return err
}

// newestGood is the newest sound copy in a folder, a mirror's or backups'. It says
// which, how old it is, and what is wrong with newer ones.
func (p *Program) newestGood(ctx context.Context, folder, data string) (string, error) {
	list, err := store.WholeCopies(folder)
	if err != nil {
		return "", err
	}
	for _, c := range list {
		err := p.mustBeGood(ctx, c.Path, data)
		if err == nil {
			fmt.Fprintln(p.stdout, sayChosen(c.Path, c.Made, p.Now()))
			return c.Path, nil
		}
		if errors.Is(err, service.ErrStopped) {
			return "", err
		}
		fmt.Fprintln(p.stdout, service.Sentence(err))
	}
	return "", service.Refusal(sayNoneGood(folder))
}

func sameFile(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

// afterRestore makes the copy of a backup fit to serve.
func (p *Program) afterRestore(path string) error {
	st, err := store.Open(path, store.Options{Now: p.Now, Copied: true})
	if err != nil {
		return err
	}
	return errors.Join(st.AfterRestore(), st.Close())
}
