package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// peer is what one would take instead of the product (bench/peer), with the same
// accounts and certificates.
type peer struct {
	program  string
	accounts string // the spreadsheet of its users
	data     string // the folder of its files
	address  string
	command  *exec.Cmd
}

const peerAdministrator = "bench@example.com" // as bench/peer makes it

// startPeer builds, fills and serves it.
func startPeer(ctx context.Context, directory, accounts, register string) (*peer, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	p := &peer{program: filepath.Join(directory, "peer"), accounts: accounts, data: filepath.Join(directory, "peer-data"), address: address}
	if err := build(ctx, filepath.Join("bench", "peer"), p.program, "."); err != nil {
		return nil, err
	}
	if err := p.prepare(ctx, p.data); err != nil {
		return nil, err
	}
	if err := p.run(ctx, "import", p.data, register); err != nil {
		return nil, err
	}
	return p, p.start(ctx, p.data)
}

func (p *peer) run(ctx context.Context, command, data, file string) error {
	return runToEnd(exec.CommandContext(ctx, p.program, command, "--dir", data, file))
}

// prepare makes a folder with everything but certificates.
func (p *peer) prepare(ctx context.Context, data string) error {
	if err := os.RemoveAll(data); err != nil {
		return err
	}
	return p.run(ctx, "prepare", data, p.accounts)
}

// start serves a folder and waits until it answers.
func (p *peer) start(ctx context.Context, data string) error {
	p.command = exec.CommandContext(ctx, p.program, "serve", "--dir", data, "--http", p.address)
	p.command.Stderr = os.Stderr
	if err := p.command.Start(); err != nil {
		return err
	}
	return waitFor(ctx, p.address, "/api/health")
}

func (p *peer) stop() error { return stopProcess(p.command) }

// ask sends a question or an order of the peer's, and reads its answer.
func (v *visitor) ask(method, path string, order, answer any) error {
	var body []byte
	if order != nil {
		var err error
		if body, err = json.Marshal(order); err != nil {
			return err
		}
	}
	status, err := v.do(method, path, "application/json", body)
	if err == nil && status >= 300 {
		err = fmt.Errorf("%s %s answers %d: %.300s", method, path, status, v.body.String())
	}
	if err != nil || answer == nil {
		return err
	}
	return json.Unmarshal(v.body.Bytes(), answer)
}

// signInToPeer signs in as one of a collection's people, as a new visitor.
func (v *visitor) signInToPeer(collection, identity string) error {
	v.bearer = ""
	var answer struct{ Token string }
	err := v.ask("POST", "/api/collections/"+collection+"/auth-with-password",
		map[string]string{"identity": identity, "password": signInPassword}, &answer)
	v.bearer = answer.Token
	return err
}

// administrator is a visitor who may make batches and backups.
func (p *peer) administrator() (*visitor, error) {
	v := newVisitor(p.address, 0)
	return v, v.signInToPeer("_superusers", peerAdministrator)
}

// signInAll signs in people from the first on.
func (p *peer) signInAll(first, count int) (list []*visitor, err error) {
	for n := first; n < first+count; n++ {
		v := newVisitor(p.address, n)
		if err := v.signInToPeer("candidates", number(n)); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// peerColumns are what bench/peer calls the columns of the register.
var peerColumns = []string{"year", "exam", "name", "person", "collected", "level", "speciality", "number", "approved", "city"}

// sendBatches adds lines of a register by the API.
func sendBatches(administrator *visitor, lines [][]string) error {
	type request struct {
		Method string            `json:"method"`
		URL    string            `json:"url"`
		Body   map[string]string `json:"body"`
	}
	for batch := range slices.Chunk(lines, batchSize) {
		requests := make([]request, len(batch))
		for i, line := range batch {
			body := map[string]string{}
			for column, name := range peerColumns {
				body[name] = line[column]
			}
			requests[i] = request{Method: "POST", URL: "/api/collections/certificates/records", Body: body}
		}
		if err := administrator.ask("POST", "/api/batch", map[string]any{"requests": requests}, nil); err != nil {
			return err
		}
	}
	return nil
}
