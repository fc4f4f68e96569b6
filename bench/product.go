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

	mu      sync.Mutex
	answers map[string]string // of captchas, by id
}

// buildProduct builds the program as it is released.
func buildProduct(ctx context.Context, directory string) (*product, error) {
	p := &product{program: filepath.Join(directory, "certreissue"), data: filepath.Join(directory, "bench.db")}
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", p.program, "certreissue")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building the product: %w\n%s", err, out)
	}
	return p, nil
}

// run runs one of the product's commands on the data file to its end.
func (p *product) run(ctx context.Context, args ...string) error {
	if out, err := exec.CommandContext(ctx, p.program, append(args, "-data", p.data)...).CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %w\n%s", args, err, out)
	}
	return nil
}

// start serves the data file on a free port and waits until pages are answered.
func (p *product) start(ctx context.Context, data string) error {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	p.address = free.Addr().String()
	free.Close()
	p.answers = map[string]string{}
	p.command = exec.CommandContext(ctx, p.program, "demo", "-addr", p.address, "-data", data)
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

// hear keeps the answers to the captchas that the demo tells.
func (p *product) hear(said io.Reader) {
	for lines := bufio.NewScanner(said); lines.Scan(); {
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
