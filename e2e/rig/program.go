// Package rig starts the program for the tests that drive it, and drives it as a
// person at a browser does.
package rig

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"certreissue/about"
	"certreissue/command"
	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/service"
	"certreissue/store"
)

// Mail waits for the nth mail of a subject.
func (r *Running) Mail(subject string, n int) mail.Message {
	r.T.Helper()
	for range 3000 { // a minute, for busy machines
		if found := r.mails(subject); len(found) >= n {
			return found[n-1]
		}
		time.Sleep(20 * time.Millisecond)
	}
	r.T.Fatalf("there is no mail %d %q", n, subject)
	return mail.Message{}
}

func (r *Running) mails(subject string) (found []mail.Message) {
	r.Mu.Lock()
	defer r.Mu.Unlock()
	for _, m := range r.Mails {
		if m.Subject == subject {
			found = append(found, m)
		}
	}
	return found
}

// Says waits until the program has said something.
func (r *Running) Says(text string) {
	r.T.Helper()
	for range 3000 { // a minute, for busy machines
		if strings.Contains(r.Out.String(), text) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	r.T.Fatalf("the program does not say %q:\n%s", text, r.Out)
}

// Pass moves the program's clock.
func (r *Running) Pass(d time.Duration) { r.Skew.Add(int64(d)) }

// Main lets the test binary be the program, when the program starts itself
// to check a file. What is given is called after the tests.
func Main(m *testing.M, after ...func()) {
	if os.Getenv(service.ChildVariable) != "" {
		p := &command.Program{Now: time.Now}
		os.Exit(p.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	// A child that is built with the race detector would stay for a second.
	os.Setenv("GORACE", "atexit_sleep_ms=0")
	code := m.Run()
	for _, f := range after {
		f()
	}
	os.Exit(code)
}

// Command runs one command of the program to its end.
func Command(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return CommandWithin(t, context.Background(), stdin, args...)
}

// CommandWithin is Command for what is to be refused and else would serve on.
func CommandWithin(t *testing.T, ctx context.Context, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	p := &command.Program{Now: time.Now}
	code = p.Run(ctx, args, strings.NewReader(stdin), &out, &err)
	return code, out.String(), err.String()
}

// Must is Command for one that has to succeed.
func Must(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	code, out, err := Command(t, stdin, args...)
	if code != command.ExitDone {
		t.Fatalf("%v: exit %d\n%s%s", args, code, out, err)
	}
	return out
}

// Process is the program as a process of its own, with the environment of the test. The
// words before it, if any, are a command that runs what follows them.
func Process(t *testing.T, before []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	words := append(append(slices.Clone(before), self), args...)
	process := exec.Command(words[0], words[1:]...)
	process.Env = append(os.Environ(), service.ChildVariable+"=1")
	return process
}

// Running is the started program.
type Running struct {
	T    *testing.T
	URL  string
	Data string
	// skew moves the program's clock forward, in nanoseconds.
	Skew atomic.Int64
	Out  *LockedBuffer

	Mu       sync.Mutex
	Captchas map[string]string
	Mails    []mail.Message
	Stop     func() int
	browsers atomic.Int32
}

type LockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *LockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *LockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Start starts serve or demo on an address of its own, unless the arguments
// name one, and waits until it answers. The test ends it.
func Start(t *testing.T, args ...string) *Running {
	t.Helper()
	return StartLater(t, 0, args...)
}

// StartLater is start with a clock that is ahead.
func StartLater(t *testing.T, ahead time.Duration, args ...string) *Running {
	t.Helper()
	return start(t, ahead, about.History{}, args...)
}

// StartVersion is start of a release.
func StartVersion(t *testing.T, history about.History, args ...string) *Running {
	t.Helper()
	return start(t, 0, history, args...)
}

func start(t *testing.T, ahead time.Duration, history about.History, args ...string) *Running {
	t.Helper()
	r := &Running{T: t, Captchas: map[string]string{}, Out: &LockedBuffer{}}
	r.Pass(ahead)
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan int, 1)
	p := &command.Program{
		Now:     func() time.Time { return time.Now().Add(time.Duration(r.Skew.Load())) },
		History: history,
		OnReady: func(url string) { ready <- url },
		OnCaptcha: func(id, answer string) {
			r.Mu.Lock()
			defer r.Mu.Unlock()
			r.Captchas[id] = answer
		},
		OnMail: func(m mail.Message) {
			r.Mu.Lock()
			defer r.Mu.Unlock()
			r.Mails = append(r.Mails, m)
		},
	}
	go func() {
		ended <- p.Run(ctx, append([]string{args[0], "-addr", "127.0.0.1:0"}, args[1:]...), strings.NewReader(""), r.Out, r.Out)
	}()
	r.Stop = sync.OnceValue(func() int { cancel(); return <-ended })
	t.Cleanup(func() {
		if code := r.Stop(); code != command.ExitDone {
			t.Errorf("the program ended with %d:\n%s", code, r.Out)
		}
	})
	select {
	case r.URL = <-ready:
	case code := <-ended:
		ended <- code
		t.Fatalf("the program ended with %d before it was ready:\n%s", code, r.Out)
	case <-time.After(5 * time.Minute): // samples take long on a busy machine
		t.Fatalf("the program is not ready:\n%s", r.Out)
	}
	return r
}

// Office is a data file with a register and staff, served as a demo: there the
// captchas' answers and the mails can be heard.
func Office(t *testing.T, register string) *Running {
	t.Helper()
	sheet := filepath.Join(t.TempDir(), "register.csv")
	if err := os.WriteFile(sheet, []byte(register), 0o600); err != nil {
		t.Fatal(err)
	}
	return OfficeWith(t, sheet)
}

// OfficeWith is office with the register in a spreadsheet file.
func OfficeWith(t *testing.T, sheet string) *Running {
	t.Helper()
	data := filepath.Join(t.TempDir(), "office.db")
	file, err := staffed()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(data, file, 0o600); err != nil {
		t.Fatal(err)
	}
	Must(t, "", "import", "certificates", sheet, "-data", data)
	r := Start(t, "demo", "-data", data)
	r.Data = data
	t.Cleanup(func() {
		r.Stop()
		if code, out, errOut := Command(t, "", "check", "-data", data); code != command.ExitDone {
			t.Errorf("the file is not sound: exit %d\n%s%s", code, out, errOut)
		}
	})
	return r
}

// staffed is a data file with staff and nothing else. It is made once, since a
// password's hash is slow on purpose.
var staffed = sync.OnceValues(func() ([]byte, error) {
	directory, err := os.MkdirTemp("", "certreissue-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(directory)
	data := filepath.Join(directory, "office.db")
	for name, role := range map[string]string{"shenhe": "reviewer", "guanli": "admin", "shenji": "auditor"} {
		var said bytes.Buffer
		p := &command.Program{Now: time.Now}
		args := []string{"staff", "add", name, "-role", role, "-password-stdin", "-data", data}
		if code := p.Run(context.Background(), args, strings.NewReader(name+"-pass1\n"), &said, &said); code != command.ExitDone {
			return nil, errors.New(said.String())
		}
	}
	return os.ReadFile(data)
})

// Write makes a file of a test and answers its path.
func Write(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// ResetPath is the address of the link in the nth reset mail.
func (r *Running) ResetPath(n int) string {
	r.T.Helper()
	_, link, found := strings.Cut(r.Mail("找回密码", n).Body, r.URL)
	path, _, _ := strings.Cut(link, "\n")
	if !found || !strings.HasPrefix(path, "/reset?token=") {
		r.T.Fatalf("the mail has no link to %s: %q", r.URL, link)
	}
	return path
}

// ResetMails are the reset mails so far.
func (r *Running) ResetMails() (found []mail.Message) { return r.mails("找回密码") }

// InEarnest is office, served as an office serves it.
func InEarnest(t *testing.T, register string) *Running {
	t.Helper()
	demo := Office(t, register)
	demo.Stop()
	r := Start(t, "serve", "-data", demo.Data)
	r.Data = demo.Data
	return r
}

// OneTime is the one-time password that a command printed.
func OneTime(t *testing.T, out string) string {
	t.Helper()
	found := regexp.MustCompile(`一次性密码：(\S+)（`).FindStringSubmatch(out)
	if found == nil {
		t.Fatalf("no one-time password in %q", out)
	}
	return found[1]
}

// FreeAddress is one that nothing listens at.
func FreeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// StaffedFile is a data file with staff and nothing else.
func StaffedFile(t *testing.T) string {
	t.Helper()
	content, err := staffed()
	if err != nil {
		t.Fatal(err)
	}
	return Write(t, "office.db", content)
}

// ListeningFile is a data file with staff whose office has set an address.
func ListeningFile(t *testing.T) (data, address string) {
	t.Helper()
	data, address = StaffedFile(t), FreeAddress(t)
	st, err := store.Open(data, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Listen = address; return nil }); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	return data, address
}
