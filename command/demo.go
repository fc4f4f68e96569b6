package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"certreissue/reissue"
	"certreissue/sample"
	"certreissue/service"
)

// demo serves sample data on loopback.
func (p *Program) demo(ctx context.Context, args []string) error {
	f := newFlags("demo")
	c := service.Config{Demo: true}
	extra := 0
	f.StringVar(&c.Addr, "addr", service.UsualAddress, "")
	f.IntVar(&extra, "applications", 0, "")
	if _, err := f.parse(args, 0, 0); err != nil {
		return err
	}
	if extra < 0 {
		return usageError(sayBadCount)
	}
	if !reissue.Loopback(c.Addr) {
		return usageError(sayDemoLoopback(c.Addr))
	}
	c.Data = f.data
	if !f.given("data") {
		directory, err := os.MkdirTemp("", "certreissue-demo-")
		if err != nil {
			return service.Refusal(sayNoTemp(os.TempDir()))
		}
		defer os.RemoveAll(directory)
		c.Data = filepath.Join(directory, "demo.db")
	}
	if _, err := os.Stat(c.Data); errors.Is(err, fs.ErrNotExist) {
		bar := p.bar(sayMakingSamples)
		err := sample.Make(ctx, c.Data, extra, p.Now(), func(done, total int) { bar.set(int64(done), int64(total)) })
		bar.end()
		if err != nil {
			return err
		}
		fmt.Fprintln(p.stdout, service.SayCreated(c.Data))
	}
	return p.service().Serve(ctx, c)
}
