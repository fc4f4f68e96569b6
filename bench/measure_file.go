package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/color"
	"image/jpeg"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"certreissue/sample"
	"certreissue/store"
)

// measureBackup compares a backup of the running service with a plain copy that
// is synced; both sides are times, the copy's first. The product's time holds
// the start of the command and the check of the copy.
func measureBackup(ctx context.Context, b *bench) ([]figure, error) {
	target := filepath.Join(b.directory, "copy.db")
	took := func(act func() error) func() (float64, error) {
		return func() (float64, error) {
			os.Remove(target)
			began := time.Now()
			err := act()
			return time.Since(began).Seconds(), err
		}
	}
	ratios, err := b.takeTurns(took(func() error { return copySynced(b.product.data, target) }),
		took(func() error { return b.product.run(ctx, "backup", target) }))
	return []figure{{what: "cp + fsync / backup with its check", ratios: ratios, goal: 0.8}}, err
}

func copySynced(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// measureStart compares a start on the file with a start on an empty one, from
// the process to the first page. Meanwhile the product is down.
func measureStart(ctx context.Context, b *bench) ([]figure, error) {
	if err := b.product.stop(); err != nil {
		return nil, err
	}
	empty := filepath.Join(b.directory, "empty.db")
	st, err := store.Open(empty, store.Options{Create: true})
	if err != nil {
		return nil, err
	}
	if err := st.Close(); err != nil {
		return nil, err
	}
	start := func(data string) func() (float64, error) {
		return func() (float64, error) {
			began := time.Now()
			if err := b.product.start(ctx, data); err != nil {
				return 0, err
			}
			took := time.Since(began)
			return took.Seconds(), b.product.stop()
		}
	}
	ratios, err := b.takeTurns(start(b.product.data), start(empty))
	if err != nil {
		return nil, err
	}
	if err := b.product.start(ctx, b.product.data); err != nil {
		return nil, err
	}
	return []figure{{what: "start on the file / on an empty one", ratios: ratios, goal: 3, atMost: true}}, b.signInLookers()
}

// measureSubmissions compares durable applications with a photo, all of it
// checked, with bare decodes of that photo on every core, and counts afterwards
// that nothing acknowledged is missing.
func measureSubmissions(ctx context.Context, b *bench) ([]figure, error) {
	photo := sample.Portrait(1, false, color.White)
	applicants, err := b.signInAll(connections)
	if err != nil {
		return nil, err
	}
	defer closeAll(applicants)
	certificates := make([][]string, connections)
	for i, v := range applicants {
		for exam := range exams {
			certificate, err := b.certificateOf(v, exam)
			if err != nil {
				return nil, err
			}
			certificates[i] = append(certificates[i], certificate)
		}
	}
	accepted := 0
	var mu sync.Mutex
	submit := func(i int) deed {
		return func(v *visitor, n int) error {
			if len(certificates[i]) == 0 {
				return errors.New("no certificate is left to apply for: take shorter turns")
			}
			path := certificates[i][0]
			certificates[i] = certificates[i][1:]
			status, err := v.upload(path, url.Values{"phone": {"13900000000"}}, photo)
			if err != nil || status != 303 {
				return fmt.Errorf("%s answers %d: %v %.500s", path, status, err, v.body.String())
			}
			mu.Lock()
			accepted++
			mu.Unlock()
			return nil
		}
	}
	// A quarter of a turn is enough for dozens from each, and they are not endless.
	short := bench{pairs: b.pairs, time: b.time / 4}
	ratios, err := short.takeTurns(short.rate(applicants, submit), func() (float64, error) {
		var all sync.WaitGroup
		counts := make([]int, runtime.NumCPU())
		began := time.Now()
		for core := range counts {
			all.Go(func() {
				for time.Since(began) < short.time {
					if _, err := jpeg.Decode(bytes.NewReader(photo)); err != nil {
						panic(err) // a picture of our own
					}
					counts[core]++
				}
			})
		}
		all.Wait()
		total := 0
		for _, n := range counts {
			total += n
		}
		return float64(total) / time.Since(began).Seconds(), nil
	})
	if err != nil {
		return nil, err
	}
	stored := 0
	for _, v := range applicants {
		if _, err := v.get("/applications"); err != nil {
			return nil, err
		}
		page, err := v.page()
		if err != nil {
			return nil, err
		}
		stored += page.Find("main a[href^='/applications/'][href$='/edit']").Length()
	}
	if stored != accepted {
		return nil, fmt.Errorf("%d applications were accepted, %d are there", accepted, stored)
	}
	return []figure{{what: "applications with photo / cores by decode time", ratios: ratios, goal: 0.8}}, nil
}

// certificateOf is the address of step 2 for a visitor's certificate of an exam.
func (b *bench) certificateOf(v *visitor, exam int) (string, error) {
	if _, err := v.get("/apply"); err != nil {
		return "", err
	}
	page, err := v.page()
	if err != nil {
		return "", err
	}
	id := page.Find("optgroup option").Eq(exam).AttrOr("value", "")
	if _, err := v.get("/apply?exam=" + id); err != nil {
		return "", err
	}
	if page, err = v.page(); err != nil {
		return "", err
	}
	v.token = page.Find("[name=csrf_token]").AttrOr("value", "")
	path, ok := page.Find("main a[href^='/apply/certificates/']").Attr("href")
	if !ok {
		return "", fmt.Errorf("no certificate of exam %s", id)
	}
	return path, nil
}

// measureImport compares pages while as many lines again are imported beside
// the running service with quiet ones.
func measureImport(ctx context.Context, b *bench) ([]figure, error) {
	list, err := writeRegister(b.directory, b.rows+2*connections, b.rows)
	if err != nil {
		return nil, err
	}
	quiet := b.rate(b.lookers, b.lookups)
	alone, err := quiet()
	if err != nil {
		return nil, err
	}
	imported := make(chan error, 1)
	go func() { imported <- b.product.run(ctx, "import", "certificates", list) }()
	var ratios, slowest []float64
	for {
		perSecond, p99, err := drive(b.lookers, b.time, b.lookups)
		if err != nil {
			return nil, err
		}
		select {
		case err := <-imported:
			if err == nil && len(ratios) == 0 {
				err = errors.New("the import was over before a turn: take more rows")
			}
			return []figure{
				{what: "pages while importing / quiet", ratios: ratios, goal: 0.5},
				{what: "99th of 100 pages while importing, in ms", ratios: slowest, goal: 30, atMost: true},
			}, err
		default:
			ratios, slowest = append(ratios, perSecond/alone), append(slowest, float64(p99.Microseconds())/1000)
		}
	}
}

// measureSize is what the run has left: memory that no file backs, against its
// bound, and the executable in megabytes.
func measureSize(_ context.Context, b *bench) ([]figure, error) {
	anonymous, err := memory(b.product.command.Process.Pid)
	if err != nil {
		return nil, err
	}
	slots := float64(max(1, runtime.NumCPU()-1))
	program, err := os.Stat(b.product.program)
	if err != nil {
		return nil, err
	}
	return []figure{
		{what: "memory without a file behind it, in MB", ratios: []float64{anonymous / 1e6}, goal: 32 + 19*slots, atMost: true},
		{what: "executable, stripped, in MB", ratios: []float64{float64(program.Size()) / 1e6}, goal: 24, atMost: true},
	}, nil
}
