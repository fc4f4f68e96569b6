package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"certreissue/service"
	"certreissue/store"
)

// restore puts a backup in the data file's place, which is kept under a dated
// name. From the first look at the backup to the end nobody else gets at the data
// file: what they did there would be put aside with it.
func (p *Program) restore(ctx context.Context, args []string) error {
	f := newFlags("restore")
	rest, err := f.parse(args, 1, 1)
	if err != nil {
		return err
	}
	backup := rest[0]
	if err := service.MustBeStopped(f.data); err != nil {
		return err
	}
	hold, err := store.HoldFile(f.data)
	if err != nil {
		return service.HeldBy(f.data, err)
	}
	defer hold.Release()
	if sameFile(backup, f.data) {
		return service.Refusal(sayBackupIsData(backup))
	}
	_, err = store.Peek(backup)
	if err == nil {
		err = p.service().CheckInChild(ctx, backup, filepath.Dir(store.Resolve(f.data)))
	}
	if file := (*store.FileError)(nil); errors.As(err, &file) {
		return service.Refusal(sayBadBackup(backup, file.Fault))
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
	switch {
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
	st, err := store.Open(path, store.Options{Now: p.Now})
	if err != nil {
		return err
	}
	return errors.Join(st.AfterRestore(), st.Close())
}
