package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"certreissue/exchange"
	"certreissue/reissue"
	"certreissue/service"
	"certreissue/spool"
	"certreissue/store"
)

func (p *Program) importFile(ctx context.Context, args []string) error {
	f := newFlags("import")
	blank := f.String("blank-collected", "", "")
	rest, err := p.parseFor(f, args, 2, 2)
	if err != nil {
		return err
	}
	path := rest[1]
	kind, ok := service.Imports[rest[0]]
	if !ok {
		return usageError(sayBadImport(rest[0]))
	}
	if *blank != "" && *blank != string(reissue.Collected) && *blank != string(reissue.NotCollected) {
		return usageError(sayBadBlank)
	}
	// A file that cannot be used makes no data file.
	if err := kind.Check(exchange.Job{Path: path, Spool: spool.Of(f.data), BlankCollected: reissue.BlankCollected(*blank)}); err != nil {
		return err
	}
	rejected := &lateFile{path: path + ".rejected.csv"}
	bar := p.bar(sayImporting)
	err = p.service().Do(ctx, f.data, true, service.Task{Do: "import", Kind: rest[0], Name: filepath.Base(path), Blank: *blank},
		service.Hands{Input: path, Output: rejected, Say: &afterBar{bar, p.stdout}, Progress: bar.set})
	bar.end()
	partial := errors.Is(err, service.ErrPartial)
	if !partial && err != nil {
		return errors.Join(rejected.end(err), err)
	}
	if err := rejected.end(nil); err != nil {
		return err
	}
	switch {
	case partial:
		fmt.Fprintln(p.stderr, sayRejected(rejected.path))
	case exchange.IsRejected(rejected.path, spool.Of(f.data)):
		// Left by an earlier import of this file, it would look like one of this.
		fmt.Fprintln(p.stderr, sayOldRejected(rejected.path, os.Remove(rejected.path) == nil))
	}
	return err
}

// lateFile is a file that is only made when something is written into it, and has its
// name only when all of it is there.
type lateFile struct {
	path string
	to   *io.PipeWriter // nil before the first write
	made chan error
}

func (l *lateFile) Write(b []byte) (int, error) {
	if l.to == nil {
		from, to := io.Pipe()
		l.to, l.made = to, make(chan error, 1)
		go func() {
			err := store.WriteWhole(l.path, func(w io.Writer) error { _, err := io.Copy(w, from); return err })
			from.CloseWithError(err)
			l.made <- err
		}()
	}
	return l.to.Write(b)
}

// end gives the file its name, unless something keeps it from being whole.
func (l *lateFile) end(failed error) error {
	if l.to == nil {
		return nil
	}
	l.to.CloseWithError(failed)
	return <-l.made
}
