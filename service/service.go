// Package service runs the product on one data file: the address that browsers
// come to, and the one at which commands hand over their tasks.
package service

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"certreissue/about"
	"certreissue/handlers"
	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/sample"
	"certreissue/spool"
	"certreissue/store"
)

// Service works on data files: it serves one, or carries out a command's task.
// Now is its clock; the others are its ears, nil for nobody, and where it speaks
// to people.
type Service struct {
	Now     func() time.Time
	History about.History // what the desk tells of the version that runs
	// OnReady hears the address once the service answers.
	OnReady func(url string)
	// OnCaptcha and OnMail hear what a demo writes on Err.
	OnCaptcha func(id, answer string)
	OnMail    func(mail.Message)
	Out, Err  io.Writer

	checked progress // of the check before the file is opened
}

// Config says how a data file is served.
type Config struct {
	Addr string
	Data string // path of the file
	Demo bool   // as sample data, on this machine only
	// New makes a missing file though others of ours lie near, or in one of Places, where
	// a data file lies that nobody has given a place.
	New    bool
	Places []string
	// CertFile and KeyFile, or ACME, are what the service speaks TLS with itself.
	CertFile, KeyFile string
	ACME              ACME
	// PlainHTTP allows other machines without TLS.
	PlainHTTP bool
	// PublicURL is the address of links in mail, without a slash at the end; "" is
	// the office's own setting.
	PublicURL string
	// TrustedProxies may say whom they ask for.
	TrustedProxies Proxies
	// Mirror is the folder of the second copy, and MirrorEvery from one turn to the
	// next; "" and 0 are the office's own settings.
	Mirror      string
	MirrorEvery time.Duration
	// MirrorReplace lets the mirror overwrite whatever it finds there at the start.
	MirrorReplace bool
	// Log is the file to tell what it does; "" is Err.
	Log string
	// Unseen has the log take what is said on Out and Err, which nobody reads.
	Unseen bool
	// Drain is how long requests under way may take when the service stops; 0 is drainTime.
	Drain time.Duration

	mirror *mirror // nil while there is none
	// forwarded tells what the pages have seen of those who ask for others.
	forwarded func() handlers.Forwarded
}

// UsualAddress is where a service listens that nobody tells another place.
const UsualAddress = "127.0.0.1:8080"

// Encrypted tells whether the service speaks TLS itself.
func (c *Config) Encrypted() bool { return c.CertFile != "" || len(c.ACME.Hosts) > 0 }

// AnyAddress tells whether other machines may reach the service.
func (c *Config) AnyAddress() bool { return c.Encrypted() || c.PlainHTTP }

// secure tells whether the browser's connection is TLS: behind a proxy that speaks
// it, too.
func (c *Config) secure() bool { return c.Encrypted() || strings.HasPrefix(c.PublicURL, "https://") }

// Bounds of connections. A form of words has half a minute to arrive, for a phone on
// a bad line; what takes longer, visit allows when it has seen who sends it.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 5 * time.Minute
	idleTimeout   = 2 * time.Minute
	maxHeader     = 32 << 10
	drainTime     = 20 * time.Second
)

// Serve serves a data file until ctx ends, and tells its log why it could not.
func (s *Service) Serve(ctx context.Context, c Config) error {
	log, endLog, err := s.openLog(&c)
	if err != nil {
		return err
	}
	defer endLog()
	if c.Unseen {
		s.Out, s.Err = logged{log}, logged{log}
	}
	err = s.serve(ctx, c, log)
	if err != nil && c.Log != "" { // without one the command says so on Err
		log.Error(logFailed, logWhy, Sentence(err))
	}
	return err
}

// serve opens the address first, so that whoever waits sees what is going on, then the
// file.
func (s *Service) serve(ctx context.Context, c Config, log *slog.Logger) error {
	if err := errors.Join(store.MustBeLocal(c.Data), MustBeStopped(c.Data), c.MustBeMeant()); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Addr)
	if errors.Is(err, fs.ErrPermission) {
		return Refusal(sayPortForbidden(c.Addr))
	}
	if err != nil {
		return Refusal(sayCannotListen(c.Addr))
	}
	url := c.URL(listener.Addr().String())
	listener = handlers.LimitConnections(listener, c.TrustedProxies)
	defer listener.Close()
	if c.Encrypted() {
		config, err := c.tlsConfig(log)
		if err != nil {
			return err
		}
		listener = tls.NewListener(listener, config)
	}
	front := &front{}
	front.set(handlers.Checking(s.checked.sentence))
	server := &http.Server{
		Handler: front, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	defer server.Close()

	control, err := announce(c.Data, url)
	if err != nil {
		return err
	}
	st, checked, err := s.openToServe(ctx, c, log)
	if err != nil {
		control.stop()
		return err
	}
	keeper := &keeper{st: st, log: log}
	keeper.checked.Store(checked)
	endMirror := func() bool { return true }
	if !c.Demo {
		c.mirror, endMirror = s.startMirror(&c, keeper)
	}
	err = s.serveStore(ctx, c, st, keeper, control, front, url, failed)
	control.stop()
	// Requests under way are answered before the file is closed.
	drain, cancel := context.WithTimeout(context.Background(), cmp.Or(c.Drain, drainTime))
	defer cancel()
	err = errors.Join(err, ignoreDeadline(server.Shutdown(drain)))
	if !endMirror() { // it has what they were told
		return errors.Join(err, Refusal(sayMirrorHangs))
	}
	if status := c.mirror.status(); status.Err != nil {
		fmt.Fprintln(s.Err, sayMirrorBehind(status.Err))
	}
	if err := errors.Join(err, st.Close()); err != nil {
		return err
	}
	log.Info(logStopped)
	return nil
}

func ignoreDeadline(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}

// URL is how people reach a service that listens at an address.
func (c *Config) URL(address string) string {
	if c.PublicURL != "" {
		return c.PublicURL
	}
	scheme := "http"
	if c.Encrypted() {
		scheme = "https"
	}
	return scheme + "://" + address
}

// clear takes away what a process that was killed has left: it is nobody's, before the
// first request or command.
func (s *Service) clear(c Config, st *store.Store) error {
	if err := st.DropOpenTries(); err != nil && !st.Full() {
		return err
	}
	st.DropParts()
	if err := st.Spool().Clear(); err != nil || c.Demo {
		return err
	}
	return st.ClearCopies()
}

// noteVersion has a file that no release has served keep the one that serves it first,
// so that the desk can tell what later ones change.
func (s *Service) noteVersion(st *store.Store) error {
	if !s.History.Knows() || st.Settings().Told != "" {
		return nil
	}
	err := st.ChangeSettings(reissue.System(), func(settings *reissue.Settings) error {
		settings.Told = s.History.Running
		return nil
	})
	if st.Full() {
		return nil
	}
	return err
}

// serveStore serves an open file until ctx ends or the address fails.
func (s *Service) serveStore(ctx context.Context, c Config, st *store.Store, keeper *keeper, control *control, front *front, url string, failed <-chan error) error {
	log := keeper.log
	has, err := st.HasAdmin()
	if err != nil {
		return err
	}
	options := handlers.Options{Secure: c.secure(), Demo: c.Demo, PublicURL: c.PublicURL, AnyAddress: c.AnyAddress(), TrustedProxies: c.TrustedProxies,
		OnCaptcha: s.OnCaptcha, SendMail: officeMail(st), Mirror: c.mirror.status, History: s.History, Log: log}
	if c.Demo {
		options.PublicURL, options.OnCaptcha = url, s.tellCaptcha
	} else if !has {
		options.FirstAdminCode = rand.Text()[:10]
	}
	st.PublicURL = options.PublicURL
	out := s.newOutbox(st, c.Demo, options.PublicURL, log)
	options.CanMail, options.MailWaits = out.canSend, out.wake
	watch := newAlarms(&c, keeper, out.wake)
	options.Alarms = watch.Found
	server, err := handlers.New(st, options)
	if err != nil {
		return err
	}
	defer server.Close()
	c.forwarded = server.Forwarded
	if err := s.clear(c, st); err != nil {
		return err
	}
	if !c.Demo {
		if err := s.noteVersion(st); err != nil {
			return err
		}
	}
	if err := control.begin(&c, st); isFull(err) {
		fmt.Fprintln(s.Out, sayNoRun(control.path))
	} else if err != nil {
		return err
	}
	working, stopWork := context.WithCancel(ctx)
	work := []func(context.Context){out.run, (&calendar{st: st, log: log, wake: out.wake, demo: c.Demo}).run}
	if !c.Demo { // made-up data needs no copies, and a demo's own file goes with it
		work = append(work, keeper.run, watch.run)
	}
	var ended sync.WaitGroup
	for _, run := range work {
		ended.Go(func() { run(working) })
	}
	defer func() { stopWork(); ended.Wait() }()

	front.set(server)
	if newest := st.ClockBehind(); newest != 0 {
		fmt.Fprintln(s.Out, sayClockBehind(st.Now(), newest))
	}
	fmt.Fprintln(s.Out, sayReady(url))
	log.Info(logStarted, logVersion, about.This().Version, logData, store.FullPath(c.Data), logAddress, url)
	if c.Demo {
		fmt.Fprint(s.Out, sayLogins(url, sample.Logins()))
	}
	if options.FirstAdminCode != "" {
		fmt.Fprintln(s.Out, sayFirstAdmin(url, options.FirstAdminCode))
	}
	if s.OnReady != nil {
		s.OnReady(url)
	}
	select {
	case <-ctx.Done():
		fmt.Fprintln(s.Out, sayStopping)
		return nil
	case err := <-failed:
		return err
	}
}

// Refusal is an error that is a Chinese sentence and nothing else.
type Refusal string

func (e Refusal) Error() string { return "refused" }

// Sentence is what people are told.
func (e Refusal) Sentence() string { return string(e) }

// Sentence is what an error says to people: its Chinese sentence, if it has
// one.
func Sentence(err error) string {
	if errors.Is(err, ErrStopped) {
		return SayStopped
	}
	if fault, ok := errors.AsType[*spool.Fault](err); ok {
		err = store.WriteError(string(fault.Folder), fault.Err)
	}
	if sentence, ok := reissue.Sentence(err); ok {
		return sentence
	}
	return sayFailed(err)
}
