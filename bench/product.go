package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// product is the program under measurement, run as demo: there the answers to
// its captchas can be read from its standard error.
type product struct {
	program string
	data    string
	address string
	command *exec.Cmd

	mu           sync.Mutex
	answers      map[string]string // of captchas, by id
	captchaBegan chan float64      // what the captcha's library took at each start, in milliseconds
}

// buildProduct builds the program as it is released.
func buildProduct(ctx context.Context, directory string) (*product, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	p := &product{program: filepath.Join(directory, "certreissue"), data: filepath.Join(directory, "bench.db"), address: address}
	return p, build(ctx, ".", p.program, "certreissue")
}

// build builds a program of the module in a folder as one hands it out.
func build(ctx context.Context, module, program, of string) error {
	command := exec.CommandContext(ctx, "go", "build", "-C", module, "-trimpath", "-ldflags=-s -w", "-o", program, of)
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	return runToEnd(command)
}

// freeAddress is one that nobody listens on.
func freeAddress() (string, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return free.Addr().String(), free.Close()
}

// run runs one of the product's commands to its end.
func (p *product) run(ctx context.Context, args ...string) error {
	return runToEnd(exec.CommandContext(ctx, p.program, args...))
}

func runToEnd(command *exec.Cmd) error {
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %w\n%s", command.Args, err, out)
	}
	return nil
}

// start serves a data file and waits until pages are answered.
func (p *product) start(ctx context.Context, data string) error {
	p.answers, p.captchaBegan = map[string]string{}, make(chan float64, 1)
	p.command = exec.CommandContext(ctx, p.program, "demo", "-addr", p.address, "-data", data)
	p.command.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	said, err := p.command.StderrPipe()
	if err != nil {
		return err
	}
	if err := p.command.Start(); err != nil {
		return err
	}
	go p.hear(said)
	return waitFor(ctx, p.address, "/healthz")
}

// hear keeps the answers to the captchas that the demo tells, and how long their
// library took to begin, which Go tells of each package.
func (p *product) hear(said io.Reader) {
	for lines := bufio.NewScanner(said); lines.Scan(); {
		var at, took float64
		if n, _ := fmt.Sscanf(lines.Text(), "init github.com/mojocn/base64Captcha @%f ms, %f ms clock", &at, &took); n == 2 {
			p.captchaBegan <- took
		}
		if !bytes.Contains(lines.Bytes(), []byte(`"captcha"`)) {
			continue
		}
		var line struct{ Msg, ID, Answer string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "captcha" {
			p.mu.Lock()
			p.answers[line.ID] = line.Answer
			p.mu.Unlock()
		}
	}
}

// answer is that to a captcha. The line is written before the page is sent, but
// the page may be read first.
func (p *product) answer(id string) (string, error) {
	for range 500 {
		p.mu.Lock()
		answer, ok := p.answers[id]
		delete(p.answers, id)
		p.mu.Unlock()
		if ok {
			return answer, nil
		}
		time.Sleep(time.Millisecond)
	}
	return "", fmt.Errorf("the product told no answer to captcha %s", id)
}

// stop lets the product end by itself.
func (p *product) stop() error { return stopProcess(p.command) }

func stopProcess(command *exec.Cmd) error {
	if err := command.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	var ended *exec.ExitError
	if err := command.Wait(); err != nil && !errors.As(err, &ended) {
		return err
	}
	return nil
}

// waitFor asks for a page until it is answered with 200.
func waitFor(ctx context.Context, address, path string) error {
	for {
		v := &visitor{address: address}
		status, err := v.get(path)
		v.close()
		if err == nil && status == 200 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Microsecond):
		}
	}
}

// memory is what a process holds that no file backs, in bytes.
func memory(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(status), "RssAnon:")
	var kilobytes float64
	_, err = fmt.Sscan(rest, &kilobytes)
	return kilobytes * 1024, err
}
