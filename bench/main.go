// Command bench measures the product beside the best that could be had on the
// same machine: a bare web server, a bare template, a bare decode, a bare copy.
// Every figure is a ratio of two that were taken by turns in one run, since
// absolute times say more about the machine than about the program.
//
//	go run ./bench [-rows 100000] [-pairs 5] [-time 1s] [-check]
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
	"time"
)

// bench is one run.
type bench struct {
	rows  int           // certificates in the register
	pairs int           // how often both sides take turns
	time  time.Duration // of one turn

	directory string
	product   *product
	reference *reference
	lookers   []*visitor // signed in, with one certificate each
	page      string     // on which they see it
}

// figure is one line of the table: the ratios of all pairs beside the goal.
type figure struct {
	what   string
	ratios []float64
	goal   float64
	atMost bool // the goal is an upper bound
}

// measures are taken in this order: what writes comes after what only reads.
var measures = []func(context.Context, *bench) ([]figure, error){
	measurePages, measureSignIns, measureBackup, measureStart, measureSubmissions, measureSize, measureImport,
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == referenceArgument {
		exit(serveReference(os.Args[2]))
	}
	b := &bench{}
	flag.IntVar(&b.rows, "rows", 100_000, "certificates in the register")
	flag.IntVar(&b.pairs, "pairs", 5, "pairs of turns for each figure")
	flag.DurationVar(&b.time, "time", time.Second, "length of a turn")
	check := flag.Bool("check", false, "exit with 1 where a figure is below 70 % of its goal")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	missed, err := b.run(ctx)
	if err == nil && *check && missed > 0 {
		err = fmt.Errorf("%d figures are below 70 %% of their goals", missed)
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

// run takes all measures, prints the table, and answers how many figures are
// far from their goals.
func (b *bench) run(ctx context.Context) (missed int, err error) {
	if b.directory, err = os.MkdirTemp("", "certreissue-bench-"); err != nil {
		return 0, err
	}
	defer os.RemoveAll(b.directory)
	if err := b.prepare(ctx); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, b.reference.stop(), b.product.stop()) }()
	fmt.Printf("%-52s %8s %17s %7s\n", "figure", "median", "range", "goal")
	for _, measure := range measures {
		figures, err := measure(ctx, b)
		if err != nil {
			return 0, err
		}
		for _, f := range figures {
			if !f.print() {
				missed++
			}
		}
	}
	return missed, nil
}

// print tells whether the figure comes within 70 % of its goal.
func (f figure) print() bool {
	slices.Sort(f.ratios)
	median := f.ratios[len(f.ratios)/2]
	reached, sign := median/f.goal, "≥"
	if f.atMost {
		reached, sign = f.goal/median, "≤"
	}
	verdict := "missed"
	switch {
	case reached >= 1:
		verdict = "reached"
	case reached >= 0.7:
		verdict = "near"
	}
	fmt.Printf("%-52s %8.2f %8.2f–%8.2f %s %5.2f %s\n", f.what, median, f.ratios[0], f.ratios[len(f.ratios)-1], sign, f.goal, verdict)
	return reached >= 0.7
}
