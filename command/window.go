package command

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"

	"certreissue/service"
	"certreissue/window"
)

// Window is the console that a double click has opened, for somebody who types nothing.
type Window struct {
	Browse func(url string) error // opens the browser
	Key    func()                 // waits until a key is pressed
	// Installed are the flags of the service that the machine starts by itself, and whether
	// there is one; Running is whether it runs.
	Installed func() (flags []string, is bool)
	Running   func() bool
}

// Output is where what is said to people goes. The service that has a file checked by a
// child hears it as it is.
func Output(file *os.File) io.Writer {
	if os.Getenv(service.ChildVariable) != "" {
		return file
	}
	return window.Output(file)
}

// runInWindow does what a double click means: it serves the installed place's file,
// wherever the program lies, or leads to the service that does. What has gone wrong stays
// to be read.
func (p *Program) runInWindow(ctx context.Context) int {
	code := p.serveInWindow(ctx)
	if code != ExitDone {
		fmt.Fprintln(p.stdout, sayAnyKey)
		_, _ = orStopped(ctx, func() (string, error) { p.Window.Key(); return "", nil })
	}
	return code
}

func (p *Program) serveInWindow(ctx context.Context) int {
	if flags, is := p.Window.Installed(); is {
		return p.exit(p.browseService(flags))
	}
	if running := service.Find(p.Installed); running != nil {
		fmt.Fprintln(p.stdout, sayRunsAlready(running.URL))
		return p.exit(p.browse(running.URL))
	}
	fmt.Fprintln(p.stdout, sayWindow(p.Installed))
	heard := p.OnReady
	p.OnReady = func(url string) {
		if err := p.browse(url); err != nil {
			fmt.Fprintln(p.stderr, service.Sentence(err))
		}
		if heard != nil {
			heard(url)
		}
	}
	return p.run(ctx, []string{"serve", "-data", p.Installed})
}

// browseService opens the browser on the machine's service, whose files whoever clicks
// may not be allowed to see. What the office has set for its address lies there.
func (p *Program) browseService(args []string) error {
	if !p.Window.Running() {
		return service.Refusal(sayServiceStopped)
	}
	f, c := newFlags("serve"), service.Config{}
	serveFlags(f, &c)
	_, err := f.parse(args, 0, 0)
	if err == nil {
		err = p.settle(f, &c)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, sayRunsAlready(c.URL(c.Addr)))
	return p.browse(c.URL(c.Addr))
}

// browse opens the office's side: whoever starts the program works there. It never hands
// the one-time code over.
func (p *Program) browse(address string) error {
	address = onThisMachine(address) + "/office"
	if p.Window.Browse(address) != nil {
		return service.Refusal(sayOpenYourself(address))
	}
	return nil
}

// onThisMachine has an address for that of a service which listens at all of them.
func onThisMachine(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if ip := net.ParseIP(u.Hostname()); ip != nil && ip.IsUnspecified() {
		u.Host = net.JoinHostPort("127.0.0.1", u.Port())
	}
	return u.String()
}
