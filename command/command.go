// Package command is what is typed: the table of commands, one file a command,
// and their exit codes. What a command does with a data file, package service
// does, with the running service or without one.
package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"certreissue/about"
	"certreissue/face"
	"certreissue/mail"
	"certreissue/service"
)

// Program is a console, with what a test sets in place of the machine: its clock,
// its ears, and what it is itself.
type Program struct {
	Now func() time.Time
	// History is what the versions have changed; the zero value is of no release.
	History about.History
	// Installed is the data file of a service that the machine starts by itself; "" for
	// none.
	Installed string
	// Home is the data file of whoever names none, where none lies in the working directory;
	// "" where that one is meant anyway.
	Home string
	// Window is where a double click has started the program; nil where somebody typed.
	Window *Window
	// Unseen is set for a service that the machine has started: nobody reads what it says.
	Unseen bool
	// Drain is how long requests under way may take when a service stops; 0 is as usual.
	Drain time.Duration
	// OnReady hears the address once a service answers; nil for nobody.
	OnReady func(url string)
	// OnCaptcha and OnMail hear what the demo writes on stderr; nil for nobody.
	OnCaptcha func(id, answer string)
	OnMail    func(mail.Message)

	stdin          io.Reader
	stdout, stderr io.Writer
}

// Exit codes, promised in contract.md.
const (
	ExitDone    = 0
	ExitFailed  = 1
	ExitUsage   = 2
	ExitPartial = 3
	ExitStopped = 4

	// ExitNotRunning is of service status alone.
	ExitNotRunning = 3
)

// commands are what can be typed first.
var commands = map[string]func(*Program, context.Context, []string) error{
	"serve":    (*Program).serve,
	"demo":     (*Program).demo,
	"import":   (*Program).importFile,
	"export":   (*Program).exportFile,
	"staff":    (*Program).staff,
	"backup":   (*Program).backup,
	"check":    (*Program).check,
	"doctor":   (*Program).doctor,
	"restore":  (*Program).restore,
	"compact":  (*Program).compact,
	"photo":    (*Program).photo,
	"version":  (*Program).version,
	"licenses": (*Program).licenses,
	"service":  (*Program).runAtBoot,
}

// Run carries out one command and answers its exit code.
func (p *Program) Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	p.stdin, p.stdout, p.stderr = stdin, &lineWriter{to: stdout}, &lineWriter{to: stderr}
	if p.Window != nil {
		return p.runInWindow(ctx)
	}
	return p.run(ctx, args)
}

func (p *Program) run(ctx context.Context, args []string) int {
	switch {
	case len(args) > 0 && (args[0] == "-version" || args[0] == "--version"):
		args = append([]string{"version"}, args[1:]...)
	case len(args) == 0 || strings.HasPrefix(args[0], "-") && !isHelp(args[0]):
		args = append([]string{"serve"}, args...)
	}
	if isHelp(args[0]) {
		fmt.Fprint(p.stdout, usage)
		return ExitDone
	}
	command, ok := commands[args[0]]
	if !ok {
		return p.exit(usageError(sayUnknownCommand(args[0])))
	}
	if err := face.Load(); err != nil { // before it judges a photo, or anything
		return p.exit(service.Refusal(err.Error()))
	}
	return p.exit(command(p, ctx, args[1:]))
}

func isHelp(arg string) bool {
	return slices.Contains([]string{"help", "-h", "-help", "--help"}, arg)
}

// service is what a command works through: it says its sentences on this
// console.
func (p *Program) service() *service.Service {
	return &service.Service{Now: p.Now, History: p.History, OnReady: p.OnReady, OnCaptcha: p.OnCaptcha, OnMail: p.OnMail, Out: p.stdout, Err: p.stderr}
}

// usageError is a call whose words are off.
type usageError string

func (e usageError) Error() string { return string(e) }

// errSaid is a failure of which has been said all there is to say.
var errSaid = errors.New("failed, and said so")

// exit turns a command's error into its exit code, and its sentence on stderr.
func (p *Program) exit(err error) int {
	var wrong usageError
	switch {
	case err == nil:
		return ExitDone
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(p.stdout, usage)
		return ExitDone
	case errors.Is(err, service.ErrPartial):
		return ExitPartial
	case errors.Is(err, errNotRunning):
		return ExitNotRunning
	case errors.Is(err, errSaid), errors.Is(err, service.ErrUnwell):
		return ExitFailed
	case errors.As(err, &wrong):
		fmt.Fprintf(p.stderr, "%s%s\n", wrong, sayHelp)
		return ExitUsage
	}
	fmt.Fprintln(p.stderr, service.Sentence(err))
	if errors.Is(err, service.ErrStopped) {
		return ExitStopped
	}
	return ExitFailed
}

// written says where a file lies that was asked for.
func (p *Program) written(path string, err error) error {
	if err == nil {
		fmt.Fprintln(p.stdout, sayWritten(path))
	}
	return err
}

// lineWriter lets several goroutines write whole lines to one place.
type lineWriter struct {
	mu sync.Mutex
	to io.Writer
}

func (w *lineWriter) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(b)
}
