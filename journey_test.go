package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"certreissue/mail"
)

// TestMain lets the test binary be the program, when the program starts itself
// to check a file.
func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		p := &program{now: time.Now}
		os.Exit(p.run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	// A child that is built with the race detector would stay for a second.
	os.Setenv("GORACE", "atexit_sleep_ms=0")
	os.Exit(m.Run())
}

// command runs one command of the program to its end.
func command(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return commandWithin(t, context.Background(), stdin, args...)
}

// commandWithin is command for what is to be refused and else would serve on.
func commandWithin(t *testing.T, ctx context.Context, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	p := &program{now: time.Now}
	code = p.run(ctx, args, strings.NewReader(stdin), &out, &err)
	return code, out.String(), err.String()
}

// must is command for one that has to succeed.
func must(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	code, out, err := command(t, stdin, args...)
	if code != exitDone {
		t.Fatalf("%v: exit %d\n%s%s", args, code, out, err)
	}
	return out
}

// running is the started program.
type running struct {
	t    *testing.T
	url  string
	data string
	// skew moves the program's clock forward, in nanoseconds.
	skew atomic.Int64
	out  *lockedBuffer

	mu       sync.Mutex
	captchas map[string]string
	mails    []mail.Message
	stop     func() int
	browsers atomic.Int32
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// start starts serve or demo on an address of its own, unless the arguments
// name one, and waits until it answers. The test ends it.
func start(t *testing.T, args ...string) *running {
	t.Helper()
	return startLater(t, 0, args...)
}

// startLater is start with a clock that is ahead.
func startLater(t *testing.T, ahead time.Duration, args ...string) *running {
	t.Helper()
	r := &running{t: t, captchas: map[string]string{}, out: &lockedBuffer{}}
	r.pass(ahead)
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan int, 1)
	p := &program{
		now:     func() time.Time { return time.Now().Add(time.Duration(r.skew.Load())) },
		onReady: func(url string) { ready <- url },
		onCaptcha: func(id, answer string) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.captchas[id] = answer
		},
		onMail: func(m mail.Message) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.mails = append(r.mails, m)
		},
	}
	go func() {
		ended <- p.run(ctx, append([]string{args[0], "-addr", "127.0.0.1:0"}, args[1:]...), strings.NewReader(""), r.out, r.out)
	}()
	r.stop = sync.OnceValue(func() int { cancel(); return <-ended })
	t.Cleanup(func() {
		if code := r.stop(); code != exitDone {
			t.Errorf("the program ended with %d:\n%s", code, r.out)
		}
	})
	select {
	case r.url = <-ready:
	case code := <-ended:
		ended <- code
		t.Fatalf("the program ended with %d before it was ready:\n%s", code, r.out)
	case <-time.After(5 * time.Minute): // samples take long on a busy machine
		t.Fatalf("the program is not ready:\n%s", r.out)
	}
	return r
}

// office is a data file with a register and staff, served as a demo: there the
// captchas' answers and the mails can be heard.
func office(t *testing.T, register string) *running {
	t.Helper()
	sheet := filepath.Join(t.TempDir(), "register.csv")
	if err := os.WriteFile(sheet, []byte(register), 0o600); err != nil {
		t.Fatal(err)
	}
	return officeWith(t, sheet)
}

// officeWith is office with the register in a spreadsheet file.
func officeWith(t *testing.T, sheet string) *running {
	t.Helper()
	data := filepath.Join(t.TempDir(), "office.db")
	file, err := staffed()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(data, file, 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "", "import", "certificates", sheet, "-data", data)
	r := start(t, "demo", "-data", data)
	r.data = data
	t.Cleanup(func() {
		r.stop()
		if code, out, errOut := command(t, "", "check", "-data", data); code != exitDone {
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
		p := &program{now: time.Now}
		args := []string{"staff", "add", name, "-role", role, "-password-stdin", "-data", data}
		if code := p.run(context.Background(), args, strings.NewReader(name+"-pass1\n"), &said, &said); code != exitDone {
			return nil, errors.New(said.String())
		}
	}
	return os.ReadFile(data)
})
