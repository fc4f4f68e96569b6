package main

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"certreissue/handlers"
	"certreissue/sample"
	"certreissue/store"

	"golang.org/x/net/netutil"
)

// serving is how one service runs.
type serving struct {
	addr      string
	data      string
	demo      bool
	certFile  string
	keyFile   string
	acme      acmeOrder
	plainHTTP bool
	options   handlers.Options
}

// encrypted tells whether the service speaks TLS itself.
func (s *serving) encrypted() bool { return s.certFile != "" || len(s.acme.hosts) > 0 }

// usualAddress is where a service listens that nobody tells another place.
const usualAddress = "127.0.0.1:8080"

// Bounds of connections. A phone on a bad line may take two minutes for its
// photo; a connection that sends nothing is closed sooner.
const (
	headerTimeout  = 10 * time.Second
	readTimeout    = 2 * time.Minute
	writeTimeout   = 5 * time.Minute
	idleTimeout    = 2 * time.Minute
	maxHeader      = 32 << 10
	maxConnections = 4096
	drainTime      = 20 * time.Second
)

func (p *program) serve(ctx context.Context, args []string) error {
	f := newFlags("serve")
	s := serving{}
	f.StringVar(&s.addr, "addr", usualAddress, "")
	f.StringVar(&s.certFile, "tls-cert", "", "")
	f.StringVar(&s.keyFile, "tls-key", "", "")
	f.Func("acme", "", s.acme.addHosts)
	f.StringVar(&s.acme.directory, "acme-directory", "", "")
	f.StringVar(&s.options.PublicURL, "public-url", "", "")
	f.BoolVar(&s.plainHTTP, "plain-http", false, "")
	f.Func("trusted-proxy", "", func(value string) error {
		for _, part := range strings.Split(value, ",") {
			prefix, err := parseProxy(strings.TrimSpace(part))
			if err != nil {
				return err
			}
			s.options.TrustedProxies = append(s.options.TrustedProxies, prefix)
		}
		return nil
	})
	if _, err := f.parse(args, 0, 0); err != nil {
		return err
	}
	s.data = f.data
	if (s.certFile == "") != (s.keyFile == "") {
		return usageError(sayTLSPair)
	}
	if s.certFile != "" && len(s.acme.hosts) > 0 {
		return usageError(sayTLSOrACME)
	}
	s.options.PublicURL = strings.TrimRight(s.options.PublicURL, "/")
	if s.options.PublicURL != "" && !handlers.ValidPublicURL(s.options.PublicURL) {
		return usageError(sayBadPublicURL)
	}
	if s.options.PublicURL == "" && len(s.acme.hosts) > 0 {
		s.options.PublicURL = "https://" + s.acme.hosts[0]
	}
	s.options.AnyAddress = s.encrypted() || s.plainHTTP
	if !f.given("addr") {
		// One that was good with other flags must not keep the service from starting.
		if addr := store.ListenAddress(s.data); handlers.ValidListen(addr, s.options.AnyAddress) {
			s.addr = addr
		}
	}
	if !s.options.AnyAddress && !loopback(s.addr) {
		return usageError(sayNeedsTLS(s.addr))
	}
	// Behind a proxy that speaks TLS the browser's connection is TLS too.
	s.options.Secure = s.encrypted() || strings.HasPrefix(s.options.PublicURL, "https://")
	return p.start(ctx, s)
}

func parseProxy(s string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	return netip.ParsePrefix(s)
}

// demo serves sample data on loopback.
func (p *program) demo(ctx context.Context, args []string) error {
	f := newFlags("demo")
	s := serving{demo: true}
	extra := 0
	f.StringVar(&s.addr, "addr", usualAddress, "")
	f.IntVar(&extra, "applications", 0, "")
	if _, err := f.parse(args, 0, 0); err != nil {
		return err
	}
	if extra < 0 {
		return usageError(sayBadCount)
	}
	if !loopback(s.addr) {
		return usageError(sayDemoLoopback(s.addr))
	}
	s.data = f.data
	if !f.given("data") {
		directory, err := os.MkdirTemp("", "certreissue-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(directory)
		s.data = filepath.Join(directory, "demo.db")
	}
	if _, err := os.Stat(s.data); errors.Is(err, os.ErrNotExist) {
		bar := p.bar(sayMakingSamples)
		err := sample.Make(ctx, s.data, extra, p.now(), func(done, total int) { bar.set(int64(done), int64(total)) })
		bar.end()
		if err != nil {
			return err
		}
		p.sayCreated(s.data)
	}
	return p.start(ctx, s)
}

// loopback tells whether a listen address is only reached from this machine.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// start opens the address first, so that whoever waits sees what is going on,
// then the file, and serves until ctx ends.
func (p *program) start(ctx context.Context, s serving) error {
	if err := mustBeStopped(s.data); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.addr)
	if err != nil {
		return plain(sayCannotListen(s.addr))
	}
	url := p.address(s, listener)
	listener = netutil.LimitListener(listener, maxConnections)
	defer listener.Close()
	log := slog.New(slog.NewTextHandler(p.stderr, nil))
	if s.demo {
		log = slog.New(slog.NewJSONHandler(p.stderr, nil))
	}
	if s.encrypted() {
		config, err := s.tlsConfig(log)
		if err != nil {
			return err
		}
		listener = tls.NewListener(listener, config)
	}
	front := &front{}
	front.set(handlers.Checking())
	server := &http.Server{
		Handler: front, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	defer server.Close()

	control, err := p.announce(s.data)
	if err != nil {
		return err
	}
	st, err := p.openForService(ctx, s)
	if err != nil {
		control.stop()
		return err
	}
	err = p.serveStore(ctx, s, st, control, front, url, log, failed)
	control.stop()
	// Requests under way are answered before the file is closed.
	drain, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	err = errors.Join(err, ignoreDeadline(server.Shutdown(drain)))
	return errors.Join(err, st.Close())
}

func ignoreDeadline(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}

// address is how people reach the service.
func (p *program) address(s serving, listener net.Listener) string {
	if s.options.PublicURL != "" {
		return s.options.PublicURL
	}
	scheme := "http"
	if s.encrypted() {
		scheme = "https"
	}
	return scheme + "://" + listener.Addr().String()
}

// openForService opens a data file that may be served in this way, and refuses
// others.
func (p *program) openForService(ctx context.Context, s serving) (*store.Store, error) {
	st, err := p.openSound(ctx, s.data, store.Options{Create: !s.demo, MailAtOnce: s.demo})
	if err != nil {
		return nil, p.heldBy(s.data, err)
	}
	err = func() error {
		switch {
		case s.demo && st.WasServed():
			return &store.FileError{Path: s.data, Fault: store.ServedFile}
		case !s.demo && st.IsDemo() && !loopback(s.addr):
			return &store.FileError{Path: s.data, Fault: store.DemoFile}
		case !s.demo && !st.IsDemo():
			return st.MarkServed()
		}
		return nil
	}()
	if err == nil {
		err = p.compactPurged(ctx, s, st)
	}
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	for _, sentence := range openToOthers(s.data) {
		fmt.Fprintln(p.stderr, sentence)
	}
	return st, nil
}

// compactPurged clears deleted records out of the free pages of the file. If it
// cannot, for want of room or whatever else, the service goes on with the file as
// it is and tries again at its next start.
func (p *program) compactPurged(ctx context.Context, s serving, st *store.Store) error {
	purged, err := st.Purged()
	if err != nil || !purged {
		return err
	}
	fmt.Fprintln(p.stdout, sayCompacting(s.data))
	before, after, err := st.Compact(ctx)
	switch {
	case err == nil:
		fmt.Fprintln(p.stdout, sayCompacted(before, after))
	case ctx.Err() == nil:
		fmt.Fprintln(p.stdout, sayNotCompacted(sentence(err)))
	}
	return nil
}

// heldBy names the process that has the file, where it left word.
func (p *program) heldBy(data string, err error) error {
	var file *store.FileError
	if errors.As(err, &file) && file.Fault == store.Busy {
		if running := findService(data); running != nil {
			return plain(sayHeldBy(data, running.PID))
		}
	}
	return err
}

// serveStore serves an open file until ctx ends or the address fails.
func (p *program) serveStore(ctx context.Context, s serving, st *store.Store, control *control, front *front, url string, log *slog.Logger, failed <-chan error) error {
	has, err := st.HasAdmin()
	if err != nil {
		return err
	}
	options := s.options
	options.Log, options.Demo, options.OnCaptcha = log, s.demo, p.onCaptcha
	if s.demo {
		options.PublicURL, options.OnCaptcha = url, p.tellCaptcha
	} else if !has {
		options.FirstAdminCode = rand.Text()[:10]
	}
	out := p.newOutbox(st, s.demo, options.PublicURL, log)
	options.CanMail, options.MailWaits = out.canSend, out.wake
	server, err := handlers.New(st, options)
	if err != nil {
		return err
	}
	defer server.Close()
	if err := control.begin(&s, st); err != nil {
		return err
	}
	working, stopWork := context.WithCancel(ctx)
	mailed := make(chan struct{})
	go func() { defer close(mailed); out.run(working) }()
	defer func() { stopWork(); <-mailed }()
	if !s.demo {
		// Made-up data needs no copies, and a demo's own file goes with it.
		if err := st.ClearCopies(); err != nil {
			return err
		}
		copied := make(chan struct{})
		go func() { defer close(copied); (&keeper{st: st, log: log}).run(working) }()
		defer func() { stopWork(); <-copied }()
	}

	front.set(server)
	fmt.Fprintln(p.stdout, sayReady(url))
	if s.demo {
		fmt.Fprint(p.stdout, sayLogins(url))
	}
	if options.FirstAdminCode != "" {
		fmt.Fprintln(p.stdout, sayFirstAdmin(url, options.FirstAdminCode))
	}
	if p.onReady != nil {
		p.onReady(url)
	}
	select {
	case <-ctx.Done():
		fmt.Fprintln(p.stdout, sayStopping)
		return nil
	case err := <-failed:
		return err
	}
}

func (p *program) sayCreated(path string) {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	fmt.Fprintln(p.stdout, sayFileCreated(path))
}
