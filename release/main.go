// Command release makes what a version is handed out as: for each target an archive
// with the executable, the manual and the notices; their sums; and the bill of
// materials. Two runs on one commit write the same bytes, whatever folder they run in.
//
//	go run ./release -version v1.0.0 -out DIR
//	go run ./release -notices
//	go run ./release -manual
//
// The second one writes about/notices.txt anew, after a module or a vendored file has
// changed; the third one about/manual.html, after the manual has. All are run at the top
// of the source.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"certreissue/about"
)

func main() {
	version := flag.String("version", "", "what is released, such as v1.0.0")
	out := flag.String("out", "", "the folder that it is written into")
	onlyNotices := flag.Bool("notices", false, "write about/notices.txt anew")
	onlyManual := flag.Bool("manual", false, "write about/manual.html anew")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	switch {
	case *onlyNotices && flag.NArg() == 0:
		err = writeNotices(ctx, ".")
	case *onlyManual && flag.NArg() == 0:
		err = writeManual(ctx, ".")
	case *version != "" && *out != "" && flag.NArg() == 0:
		err = released(ctx, *version, *out)
	default:
		flag.Usage()
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func released(ctx context.Context, version, out string) error {
	from, err := sourceOf(ctx, ".")
	if err != nil {
		fmt.Fprintln(os.Stderr, "release: no commit is known, so the program names none, and what is in the archives has no date:", err)
	}
	from.Version = version
	changelog, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		return err
	}
	if !about.HistoryOf(version, string(changelog)).Knows() {
		fmt.Fprintln(os.Stderr, "release: CHANGELOG.md says nothing of", version+", so the desk tells nobody what has changed")
	}
	return release{root: ".", out: out, build: from, targets: targets, said: os.Stdout}.make(ctx)
}
