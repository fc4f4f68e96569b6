package command

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"certreissue/exchange"
	"certreissue/reissue"
	"certreissue/service"
	"certreissue/spool"
)

func (p *Program) importFile(ctx context.Context, args []string) error {
	f := newFlags("import")
	blank := f.String("blank-collected", "", "")
	rest, err := f.parse(args, 2, 2)
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
	if closed := rejected.close(); closed != nil {
		return closed
	}
	switch {
	case rejected.file != nil:
		fmt.Fprintln(p.stderr, sayRejected(rejected.path))
	case err == nil && exchange.IsRejected(rejected.path, spool.Of(f.data)):
		// Left by an earlier import of this file, it would look like one of this.
		fmt.Fprintln(p.stderr, sayOldRejected(rejected.path, os.Remove(rejected.path) == nil))
	}
	return err
}

// lateFile is a file that is only made when something is written into it.
type lateFile struct {
	path string
	file *os.File
}

func (l *lateFile) Write(b []byte) (int, error) {
	if l.file == nil {
		file, err := os.OpenFile(l.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		if err != nil {
			return 0, err
		}
		l.file = file
	}
	return l.file.Write(b)
}

func (l *lateFile) close() error {
	if l.file == nil {
		return nil
	}
	return l.file.Close()
}
