// Command bench measures the product beside the best that could be had on the
// same machine: a bare web server, a bare template, a bare check of a photo, a bare
// copy; and with -peer beside what one would take instead of it (bench/peer).
// Every figure is a ratio of two that were taken by turns in one run, since
// absolute times say more about the machine than about the program.
//
//	go run ./bench [-rows 100000] [-pairs 5] [-time 1s] [-peer] [-check]
//	go run ./bench -quick -check
//
// It builds the product, lets it import a made-up register, and drives it from
// outside as browsers do, from many loopback addresses, so that its limits hold.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"
)

// bench is one run.
type bench struct {
	rows  int           // certificates in the register
	pairs int           // how often both sides take turns
	time  time.Duration // of one turn
	quick bool          // only what shows a loss, against what is usual

	directory  string
	register   string // the spreadsheet that was imported
	product    *product
	reference  *reference
	peer       *peer        // nil: not compared
	lookers    []*visitor   // signed in, with one certificate each
	page       string       // on which they see it
	applicants *submissions // nil until they are needed
}

// measure takes some figures.
type measure struct {
	name  string
	take  func(context.Context, *bench) ([]figure, error)
	quick bool // taken in a quick run
	peer  bool // needs the peer
}

// measures are taken in this order: what writes comes after what only reads.
var measures = []measure{
	{name: "pages", take: measurePages, quick: true},
	{name: "peer-pages", take: measurePeerPages, peer: true},
	{name: "captcha", take: measureCaptcha, quick: true},
	{name: "sign-ins", take: measureSignIns, quick: true},
	{name: "peer-sign-ins", take: measurePeerSignIns, peer: true},
	{name: "storm", take: measureStorm},
	{name: "backup", take: measureBackup, quick: true},
	{name: "peer-backup", take: measurePeerBackup, peer: true},
	{name: "start", take: measureStart, quick: true},
	{name: "peer-start", take: measurePeerStart, peer: true},
	{name: "submissions", take: measureSubmissions, quick: true},
	{name: "peer-submissions", take: measurePeerSubmissions, peer: true},
	{name: "size", take: measureSize, quick: true},
	{name: "peer-memory", take: measurePeerMemory, peer: true},
	{name: "import", take: measureImport, quick: true},
	{name: "peer-import", take: measurePeerImport, peer: true},
	{name: "import-beside", take: measureImportBeside},
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == referenceArgument {
		exit(serveReference(os.Args[2]))
	}
	b := &bench{}
	flag.IntVar(&b.rows, "rows", 100_000, "certificates in the register")
	flag.IntVar(&b.pairs, "pairs", 5, "pairs of turns for each figure")
	flag.DurationVar(&b.time, "time", time.Second, "length of a turn")
	flag.BoolVar(&b.quick, "quick", false, "a minute instead: few rows, short turns, and what is usual in the place of the goals")
	check := flag.Bool("check", false, "exit with 1 where a figure is far from its goal")
	withPeer := flag.Bool("peer", false, "compare with PocketBase, too")
	only := flag.String("only", "", "take only these measures, by name, with commas between")
	flag.Parse()
	if b.quick {
		b.rows, b.pairs, b.time = 20_000, 5, 150*time.Millisecond
	}
	chosen := slices.DeleteFunc(slices.Clone(measures), func(m measure) bool {
		return b.quick && !m.quick || m.peer && !*withPeer || *only != "" && !slices.Contains(strings.Split(*only, ","), m.name)
	})
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	missed, err := b.run(ctx, chosen)
	if err == nil && *check && missed > 0 {
		err = fmt.Errorf("%d figures are far from their goals", missed)
	}
	stop()
	exit(err)
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// run takes measures, prints the table, and answers how many figures are far from
// their goals.
func (b *bench) run(ctx context.Context, chosen []measure) (missed int, err error) {
	if b.directory, err = os.MkdirTemp("", "certreissue-bench-"); err != nil {
		return 0, err
	}
	defer os.RemoveAll(b.directory)
	defer func() { err = errors.Join(err, b.stop()) }()
	if err := b.prepare(ctx, slices.ContainsFunc(chosen, func(m measure) bool { return m.peer })); err != nil {
		return 0, err
	}
	printHead()
	for _, m := range chosen {
		figures, err := b.take(ctx, m)
		if err != nil {
			return missed, fmt.Errorf("%s: %w", m.name, err)
		}
		for _, f := range figures {
			if f.print(b.quick); f.far(b.quick) {
				missed++
			}
		}
	}
	return missed, nil
}

// tries is how often a quick run looks before it believes that something was lost:
// the noise of its short turns passes, a loss does not.
const tries = 3

// take takes a measure; in a quick run once more where a figure is far.
func (b *bench) take(ctx context.Context, m measure) (figures []figure, err error) {
	for range tries {
		figures, err = m.take(ctx, b)
		if err != nil || !b.quick || !slices.ContainsFunc(figures, func(f figure) bool { return f.far(true) }) {
			break
		}
	}
	return figures, err
}

// stop ends what prepare has started.
func (b *bench) stop() (err error) {
	if b.reference != nil {
		err = errors.Join(err, b.reference.stop())
	}
	if b.product != nil {
		err = errors.Join(err, b.product.stop())
	}
	if b.peer != nil {
		err = errors.Join(err, b.peer.stop())
	}
	return err
}
