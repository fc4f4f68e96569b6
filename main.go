// Command certreissue is 证书补办申请系统: with it people who lost an exam
// certificate apply for a new one, and the exam office checks, returns,
// approves, produces and hands out. It carries its own pages and keeps
// everything in one file.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"certreissue/mail"
	"certreissue/reissue"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{now: time.Now}
	os.Exit(p.run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// program is the whole command, with what a test sets in place of the machine:
// its clock and its ears.
type program struct {
	now func() time.Time
	// onReady hears the address once the service answers; nil for nobody.
	onReady func(url string)
	// onCaptcha and onMail hear what the demo writes on stderr; nil for nobody.
	onCaptcha func(id, answer string)
	onMail    func(mail.Message)

	stdin          io.Reader
	stdout, stderr io.Writer
}

// Exit codes, promised in contract.md.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitPartial = 3
)

// run carries out one command and answers its exit code.
func (p *program) run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	p.stdin, p.stdout, p.stderr = stdin, &lineWriter{to: stdout}, &lineWriter{to: stderr}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") && !isHelp(args[0]) {
		args = append([]string{"serve"}, args...)
	}
	if isHelp(args[0]) {
		fmt.Fprint(p.stdout, usage)
		return exitDone
	}
	commands := map[string]func(context.Context, []string) error{
		"serve":   p.serve,
		"demo":    p.demo,
		"import":  p.importFile,
		"export":  p.exportFile,
		"staff":   p.staff,
		"backup":  p.backup,
		"check":   p.check,
		"doctor":  p.doctor,
		"restore": p.restore,
		"compact": p.compact,
		"photo":   p.photo,
		"version": p.version,
	}
	command, ok := commands[args[0]]
	if !ok {
		return p.exit(usageError(sayUnknownCommand(args[0])))
	}
	return p.exit(command(ctx, args[1:]))
}

func isHelp(arg string) bool {
	return slices.Contains([]string{"help", "-h", "-help", "--help"}, arg)
}

// usageError is a call whose words are off.
type usageError string

func (e usageError) Error() string { return string(e) }

// exitError is an exit code without a further sentence: what there is to say
// has been said.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// exit turns a command's error into its exit code, and its sentence on stderr.
func (p *program) exit(err error) int {
	var wrong usageError
	var code exitError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(p.stdout, usage)
		return exitDone
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &wrong):
		fmt.Fprintf(p.stderr, "%s%s\n", wrong, sayHelp)
		return exitUsage
	}
	fmt.Fprintln(p.stderr, sentence(err))
	return exitFailed
}

// sentence is what an error says to people: its Chinese sentence, if it has
// one.
func sentence(err error) string {
	if sentence, ok := reissue.Sentence(err); ok {
		return sentence
	}
	return sayFailed(err)
}

// flags are a command's own, with -data.
type flags struct {
	*flag.FlagSet
	data string
}

func newFlags(name string) *flags {
	f := &flags{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError)}
	f.StringVar(&f.data, "data", "certreissue.db", "")
	return f
}

// parse takes flags before, between and after the arguments, of which there
// must be at least and at most so many. It stands in for the parser of package
// flag, whose errors are English sentences without a type.
func (f *flags) parse(args []string, least, most int) (rest []string, err error) {
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		if arg == "--" {
			rest = append(rest, args...)
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			rest = append(rest, arg)
			continue
		}
		if args, err = f.take(arg, args); err != nil {
			return nil, err
		}
	}
	if len(rest) < least || len(rest) > most {
		return nil, usageError(sayBadArguments(f.Name()))
	}
	return rest, nil
}

// take sets the flag that an argument is, with its value: after an equals sign,
// or the next argument. It answers the arguments that are left.
func (f *flags) take(arg string, next []string) (left []string, err error) {
	if isHelp(arg) {
		return nil, flag.ErrHelp
	}
	arg, value, given := strings.Cut(arg, "=")
	known := f.Lookup(strings.TrimPrefix(arg[1:], "-"))
	if known == nil {
		return nil, usageError(sayUnknownFlag(arg))
	}
	if yes, ok := known.Value.(interface{ IsBoolFlag() bool }); ok && yes.IsBoolFlag() {
		if !given {
			value = "true"
		}
	} else if !given {
		if len(next) == 0 {
			return nil, usageError(sayNoValue(arg))
		}
		value, next = next[0], next[1:]
	}
	if err := f.Set(known.Name, value); err != nil {
		if sentence, ok := reissue.Sentence(err); ok {
			return nil, usageError(sentence)
		}
		return nil, usageError(sayBadValue(arg, value))
	}
	return next, nil
}

// given tells whether a flag was on the command line.
func (f *flags) given(name string) (found bool) {
	f.Visit(func(g *flag.Flag) { found = found || g.Name == name })
	return found
}
