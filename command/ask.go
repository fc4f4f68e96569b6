package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"certreissue/service"

	"golang.org/x/term"
)

// errNotAsked is that the program was stopped while it waited for a line.
var errNotAsked = service.Refusal(sayStoppedAsking)

// line reads a line of standard input, as long as nobody stops the program.
func (p *Program) line(ctx context.Context) (string, error) {
	return orStopped(ctx, func() (string, error) {
		line, err := bufio.NewReader(p.stdin).ReadString('\n')
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return strings.TrimRight(line, "\r\n"), err
	})
}

// secret asks for a line that nobody shall see. quiet leaves the question out, as for a
// script. On a terminal nothing that is typed appears.
func (p *Program) secret(ctx context.Context, question string, quiet bool) (string, error) {
	if quiet {
		return p.line(ctx)
	}
	fmt.Fprint(p.stderr, question)
	file, ok := p.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return p.line(ctx)
	}
	terminal := int(file.Fd())
	state, err := term.GetState(terminal)
	if err != nil {
		return "", err
	}
	typed, err := orStopped(ctx, func() (string, error) {
		typed, err := term.ReadPassword(terminal)
		return string(typed), err
	})
	fmt.Fprintln(p.stderr)
	// Who is stopped has still an echo of what is typed next.
	return typed, errors.Join(err, term.Restore(terminal, state))
}

// orStopped waits for what cannot be broken off.
func orStopped(ctx context.Context, read func() (string, error)) (string, error) {
	type answer struct {
		line string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		line, err := read()
		answers <- answer{line, err}
	}()
	select {
	case a := <-answers:
		return a.line, a.err
	case <-ctx.Done():
		return "", errNotAsked
	}
}
