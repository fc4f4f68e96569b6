package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
)

// peerLookup asks for what the certificate page shows: somebody's certificates of one
// exam, of which there is one. The rule of the table shows nobody another's, but only
// what is asked for is found by the index; without skipTotal all would be counted.
func peerLookup(i int) deed {
	filter := fmt.Sprintf("person='%s' && exam='%s'", number(i), examName(0))
	return expect("/api/collections/certificates/records?skipTotal=1&filter="+url.QueryEscape(filter), examName(0))
}

// measurePeerPages compares the certificate page with the peer's answer in JSON.
func measurePeerPages(_ context.Context, b *bench) ([]figure, error) {
	lookers, err := b.peer.signInAll(0, b.clients())
	if err != nil {
		return nil, err
	}
	defer closeAll(lookers)
	var p99 turns
	pages, err := b.takeTurns(rate(b.time, b.lookers, b.lookups, &p99.ours), rate(b.time, lookers, peerLookup, &p99.theirs))
	return []figure{
		{what: "certificate page / PocketBase's JSON", unit: "/s", turns: pages, goal: 17},
		{what: "99th of 100 certificate pages / PocketBase's", unit: "ms", turns: p99, goal: 0.1, atMost: true},
	}, err
}

// measurePeerSignIns compares sign-ins by as many at once. The product's come with a
// captcha and its page.
func measurePeerSignIns(_ context.Context, b *bench) ([]figure, error) {
	ours, theirs := signers(b.product.address), signers(b.peer.address)
	defer closeAll(ours)
	defer closeAll(theirs)
	signIns, err := b.takeTurns(rate(b.time, ours, b.signingIn), rate(b.time, theirs, func(i int) deed {
		return func(v *visitor, _ int) error { return v.signInToPeer("candidates", number(i)) }
	}))
	return []figure{{what: "sign-ins / PocketBase's", unit: "/s", turns: signIns, goal: 1}}, err
}

// measurePeerBackup compares the copy of the running service's file with the peer's
// backup, which is a ZIP archive and not synced. Photos are in both.
func measurePeerBackup(ctx context.Context, b *bench) ([]figure, error) {
	administrator, err := b.peer.administrator()
	if err != nil {
		return nil, err
	}
	defer administrator.close()
	copies, err := b.takeTurns(timed(func() error { return b.copyFile(ctx) }), func() (float64, error) {
		took, err := timed(func() error {
			return administrator.ask("POST", "/api/backups", map[string]string{"name": "bench.zip"}, nil)
		})()
		return took, errors.Join(err, administrator.ask("DELETE", "/api/backups/bench.zip", nil, nil))
	})
	return []figure{{what: "backup, the copy / PocketBase's", unit: "ms", turns: copies, times: true, goal: 10}}, err
}

// measurePeerStart compares starts, from the process to the first answer.
func measurePeerStart(ctx context.Context, b *bench) ([]figure, error) {
	if err := b.peer.stop(); err != nil {
		return nil, err
	}
	var starts turns
	err := b.whileDown(ctx, func() (err error) {
		starts, err = b.takeTurns(b.starting(ctx, b.product.data), func() (float64, error) {
			took, err := timed(func() error { return b.peer.start(ctx, b.peer.data) })()
			return took, errors.Join(err, b.peer.stop())
		})
		return err
	})
	return []figure{{what: "start / PocketBase's", unit: "ms", turns: starts, goal: 1, atMost: true}}, errors.Join(err, b.peer.start(ctx, b.peer.data))
}

// peerApplicants are those of the peer.
func (b *bench) peerApplicants() (*submissions, error) {
	visitors, err := b.peer.signInAll(connections, b.clients())
	if err != nil {
		return nil, err
	}
	s := &submissions{visitors: visitors, submit: func(v *visitor, certificate string) error {
		status, err := v.upload("/api/collections/applications/records", url.Values{"certificate": {certificate}, "phone": {"13900000000"}}, applicantPhoto)
		if err != nil || status != 200 {
			return fmt.Errorf("the peer answers %d: %v %.500s", status, err, v.body.String())
		}
		return nil
	}}
	for _, v := range visitors {
		var held struct{ Items []struct{ ID string } }
		if err := v.ask("GET", fmt.Sprintf("/api/collections/certificates/records?perPage=%d&fields=id", exams), nil, &held); err != nil {
			return nil, err
		}
		var certificates []string
		for _, one := range held.Items {
			certificates = append(certificates, one.ID)
		}
		s.waiting = append(s.waiting, certificates)
	}
	return s, nil
}

// measurePeerSubmissions compares applications with a photo: durable and checked on
// one side, neither on the other.
func measurePeerSubmissions(_ context.Context, b *bench) ([]figure, error) {
	ours, err := b.ourApplicants()
	if err != nil {
		return nil, err
	}
	theirs, err := b.peerApplicants()
	if err != nil {
		return nil, err
	}
	defer closeAll(theirs.visitors)
	submitted, err := b.takeTurns(ours.rate(b), theirs.rate(b))
	return []figure{{what: "applications with photo / PocketBase's", unit: "/s", turns: submitted, goal: 1}}, err
}

// measurePeerMemory compares what both hold that no file backs, after all that.
func measurePeerMemory(_ context.Context, b *bench) ([]figure, error) {
	ours, err := memory(b.product.command.Process.Pid)
	if err != nil {
		return nil, err
	}
	theirs, err := memory(b.peer.command.Process.Pid)
	return []figure{{what: "memory that no file backs / PocketBase's", unit: "MB", turns: turns{[]float64{ours / 1e6}, []float64{theirs / 1e6}}, goal: 0.25, atMost: true}}, err
}

// Of the peer's batches, which are slow.
const (
	batchSize = 1000 // the most that bench/peer allows
	batches   = 5    // of one turn
)

// measurePeerImport compares imports of the register into new files, in lines a
// second, with a prepared INSERT in one transaction, which checks nothing, and with
// batches of the API.
func measurePeerImport(ctx context.Context, b *bench) ([]figure, error) {
	perSecond := func(lines int, one side) side {
		return func() (float64, error) {
			took, err := one()
			return float64(lines) / took * 1000, err
		}
	}
	ours := perSecond(b.rows, timed(func() error { return b.importing(ctx) }))
	data := filepath.Join(b.directory, "peer-import")
	inserts, err := b.takeTurns(ours, func() (float64, error) {
		if err := b.peer.prepare(ctx, data); err != nil {
			return 0, err
		}
		return perSecond(b.rows, timed(func() error { return b.peer.run(ctx, "import", data, b.register) }))()
	})
	if err != nil {
		return nil, err
	}
	lines, err := readRegister(b.register, batches*batchSize)
	if err != nil {
		return nil, err
	}
	administrator, err := b.peer.administrator()
	if err != nil {
		return nil, err
	}
	defer administrator.close()
	batched, err := b.takeTurns(ours, perSecond(len(lines), timed(func() error { return sendBatches(administrator, lines) })))
	return []figure{
		{what: "import / PocketBase's prepared INSERT", unit: "/s", turns: inserts, goal: 5},
		{what: "import / PocketBase's batches", unit: "/s", turns: batched, goal: 30},
	}, err
}

// readRegister reads the first lines of a register, without its head.
func readRegister(path string, count int) (lines [][]string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows := csv.NewReader(file)
	if _, err := rows.Read(); err != nil {
		return nil, err
	}
	for range count {
		line, err := rows.Read()
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}
