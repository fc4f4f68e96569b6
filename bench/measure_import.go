package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// importing imports the register into a new file. The service has a file of its own.
func (b *bench) importing(ctx context.Context) error {
	os.Remove(b.imported())
	return b.product.run(ctx, "import", "certificates", b.register, "-data", b.imported())
}

func (b *bench) imported() string { return filepath.Join(b.directory, "imported.db") }

// measureImport compares an import, from the start of the command to its end, with what
// bbolt takes to load all entries of the file that it makes: in their order, out of
// memory, in large transactions, synced.
func measureImport(ctx context.Context, b *bench) ([]figure, error) {
	loads, err := b.takeTurns(timed(func() error { return b.importing(ctx) }), timed(b.loadBare))
	return []figure{{what: "import / bare sorted load of its entries", unit: "ms", turns: loads, times: true, goal: 0.7, usual: 0.45}}, err
}

func (b *bench) loadBare() error {
	from, err := bolt.Open(b.imported(), 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	bare := filepath.Join(b.directory, "bare.db")
	os.Remove(bare)
	to, err := bolt.Open(bare, 0o600, nil)
	if err != nil {
		return errors.Join(err, from.Close())
	}
	return errors.Join(bolt.Compact(to, from, 64<<20), to.Close(), from.Close())
}

// measureImportBeside compares pages while as many lines again are imported beside
// the running service with quiet ones.
func measureImportBeside(ctx context.Context, b *bench) ([]figure, error) {
	list, err := writeRegister(b.directory, b.rows+2*connections, b.rows)
	if err != nil {
		return nil, err
	}
	var alone, slowestAlone []float64
	for range b.pairs {
		perSecond, err := rate(b.time, b.lookers, b.lookups, &slowestAlone)()
		if err != nil {
			return nil, err
		}
		alone = append(alone, perSecond)
	}
	imported := make(chan error, 1)
	go func() { imported <- b.product.run(ctx, "import", "certificates", list, "-data", b.product.data) }()
	var pages, slowest turns
	for {
		perSecond, p99, err := drive(b.lookers, b.time, b.lookups)
		if err != nil {
			return nil, err
		}
		select {
		case err := <-imported:
			if err == nil && len(pages.ours) == 0 {
				err = errors.New("the import was over before a turn: take more rows")
			}
			return []figure{
				{what: "pages while importing / quiet", unit: "/s", turns: pages, goal: 0.6},
				{what: "99th of 100 pages while importing / quiet", unit: "ms", turns: slowest, goal: 4, atMost: true},
			}, err
		default:
			pages.add(perSecond, median(alone))
			slowest.add(milliseconds(p99), median(slowestAlone))
		}
	}
}
