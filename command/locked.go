package command

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"strings"

	"certreissue/locked"
	"certreissue/service"
	"certreissue/spool"
	"certreissue/store"
)

// backupLocked writes a copy under a new passphrase, which somebody must have
// written down. Nothing plain leaves the folder beside the data file.
func (p *Program) backupLocked(ctx context.Context, data, path string) error {
	if _, err := os.Stat(data); err != nil {
		return &store.FileError{Path: data, Fault: store.MissingFile, Err: err} // before somebody writes a passphrase down
	}
	passphrase := locked.NewPassphrase()
	fmt.Fprintln(p.stdout, sayPassphrase(passphrase))
	fmt.Fprint(p.stderr, sayTypeBack)
	typed, err := p.line(ctx)
	if err != nil {
		return err
	}
	if locked.Passphrase(typed) != passphrase {
		return service.Refusal(sayTypedWrong)
	}
	var of store.State
	plain, err := spooled(data, func(to io.Writer) error { return p.copyTo(ctx, data, to, &of) })
	if err != nil {
		return err
	}
	defer spool.Of(data).Drop(plain)
	if err := store.Finish(ctx, plain, of, nil); err != nil {
		return err
	}
	sum := sha256.New()
	err = store.WriteWhole(path, func(to io.Writer) error { return lock(to, plain, sum, passphrase) },
		func(part string) error { return opens(part, sum, passphrase) })
	return p.written(path, err)
}

// lock writes a plain file under a passphrase, and sums what is in it.
func lock(to io.Writer, plain string, sum hash.Hash, passphrase string) error {
	file, err := os.Open(plain)
	if err != nil {
		return err
	}
	defer file.Close()
	from, err := locked.Lock(io.TeeReader(file, sum), passphrase)
	if err == nil {
		_, err = io.Copy(to, from)
	}
	return err
}

// opens holds what can be read of a locked file against what was to be in it: nobody
// looks again before it is needed.
func opens(path string, want hash.Hash, passphrase string) error {
	sum := sha256.New()
	err := unlock(sum, path, passphrase)
	if err == nil && bytes.Equal(sum.Sum(nil), want.Sum(nil)) {
		return nil
	}
	return &store.FileError{Path: path, Fault: store.BadCopy, Err: cmp.Or(err, error(locked.Damaged))}
}

// unlock writes what is in a locked file.
func unlock(to io.Writer, path, passphrase string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	plain, err := locked.Unlock(file, passphrase)
	if err == nil {
		_, err = io.Copy(to, plain)
	}
	return err
}

// spooled writes a plain copy beside a data file, for whoever takes it and drops it. It
// is no folder's: one that root has made the service's user could not clear.
func spooled(data string, write func(io.Writer) error) (plain string, err error) {
	file, err := spool.Of(data).File()
	if err != nil {
		return "", err
	}
	plain = file.Name()
	err = errors.Join(write(file), file.Close())
	if err == nil {
		return plain, nil
	}
	spool.Of(data).Drop(plain)
	if disk, ok := errors.AsType[*fs.PathError](err); ok && disk.Path == plain {
		err = store.WriteError(plain, disk)
	}
	return "", err
}

// unlocked is the plain copy that is in a locked one, beside a data file, for whoever
// takes it and drops it.
func (p *Program) unlocked(ctx context.Context, path, data string, quiet bool) (plain string, err error) {
	if _, err := os.Stat(path); err != nil {
		return "", service.Refusal(sayBadBackup(path, store.MissingFile))
	}
	passphrase, err := p.secret(ctx, sayAskPassphrase, quiet)
	if err != nil {
		return "", err
	}
	plain, err = spooled(data, func(to io.Writer) error { return unlock(to, path, locked.Passphrase(passphrase)) })
	if fault, ok := errors.AsType[locked.Fault](err); ok {
		err = service.Refusal(sayNotUnlocked(path, fault))
	}
	return plain, err
}

// called lets an error speak of a locked file, and not of the plain copy of it that
// nobody finds.
func called(err error, plain, path string) error {
	if err == nil || errors.Is(err, service.ErrStopped) {
		return err
	}
	return service.Refusal(strings.ReplaceAll(service.Sentence(err), plain, path))
}
