package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const powerCuts = 60

// disk is what a machine has of a file: what is on the disk for sure, and what
// was asked for since and may be there or not.
type disk struct {
	durable []byte
	asked   []call
}

func (d *disk) do(c call) {
	switch {
	case c.sync && c.failed:
		d.asked = nil // the system tells once, and forgets what it could not write
	case c.failed:
	case c.sync:
		for _, c := range d.asked {
			d.durable = c.apply(d.durable)
		}
		d.asked = nil
	case c.line == "":
		d.asked = append(d.asked, c)
	}
}

// apply gives the file after the call.
func (c call) apply(file []byte) []byte {
	size := c.offset + int64(len(c.write))
	if c.size >= 0 {
		size = c.size
	}
	if grown := size - int64(len(file)); grown > 0 {
		file = append(file, make([]byte, grown)...)
	}
	if c.size >= 0 {
		return file[:c.size]
	}
	copy(file[c.offset:], c.write)
	return file
}

// cut is one of the files that may lie there after the power has failed: each
// write that no sync has followed got there whole, in part, or not at all.
func (d *disk) cut(r *rand.Rand) []byte {
	const sector = 512
	file := bytes.Clone(d.durable)
	for _, c := range d.asked {
		switch r.IntN(3) {
		case 0:
			continue
		case 1:
			c.write = c.write[:r.IntN(len(c.write)/sector+1)*sector]
		}
		file = c.apply(file)
	}
	return file
}

// acknowledged are the numbers that the child has told its parent.
func acknowledged(calls []call) map[uint64]bool {
	numbers := map[uint64]bool{}
	for _, c := range calls {
		var number uint64
		if _, err := fmt.Sscanf(c.line, "acknowledged %d", &number); err == nil {
			numbers[number] = true
		}
	}
	return numbers
}

// powered runs the child on a new file, and gives that file and its calls.
func powered(t *testing.T, fault string, env ...string) (*disk, []call) {
	t.Helper()
	path := newFile(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	calls := traced(t, path, fault, env...)
	if told := acknowledged(calls); len(told) != tracedPeople {
		t.Fatalf("%d applications", len(told))
	}
	return &disk{durable: before}, calls
}

// cuts are the calls after which the power fails: any once the child is at work,
// and where syncs failed, those of the next commit.
func cuts(calls []call, r *rand.Rand) (at []int) {
	first := slices.IndexFunc(calls, func(c call) bool { return c.line != "" })
	failed := slices.ContainsFunc(calls, func(c call) bool { return c.sync && c.failed })
	syncs := 2 // since one failed
	for i, c := range calls {
		if c.sync {
			if syncs++; c.failed {
				syncs = 0
			}
		}
		if i >= first && (!failed || syncs < 2) {
			at = append(at, i)
		}
	}
	r.Shuffle(len(at), func(i, j int) { at[i], at[j] = at[j], at[i] })
	return at[:min(powerCuts, len(at))]
}

// TestPowerCut cuts the power of a machine that takes applications, between any
// two calls. Everything it acknowledged must be there whole, and nothing half.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, fault string }{
		{"good disk", ""},
		{"failing disk", "fdatasync:error=EIO:when=6+3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d, calls := powered(t, test.fault)
			r := rand.New(rand.NewPCG(3, 3))
			at := cuts(calls, r)
			left, loose := filepath.Join(t.TempDir(), "data.db"), 0
			for i, c := range calls {
				d.do(c)
				if !slices.Contains(at, i) {
					continue
				}
				loose += len(d.asked)
				if err := os.WriteFile(left, d.cut(r), 0o600); err != nil {
					t.Fatal(err)
				}
				inspectKilled(t, left, acknowledged(calls[:i+1]))
				if t.Failed() {
					t.Fatalf("cut after call %d of %d, %d on their way", i, len(calls), len(d.asked))
				}
			}
			if loose < powerCuts {
				t.Errorf("only %d writes were on their way in %d cuts", loose, powerCuts)
			}
			t.Logf("%d calls, %d writes on their way", len(calls), loose)
		})
	}
}

// TestPowerCutUnsynced is the test of that test: of what a store that does not
// wait for the disk acknowledges, a cut may take almost everything.
func TestPowerCutUnsynced(t *testing.T) {
	t.Parallel()
	d, calls := powered(t, "", "CERTREISSUE_TEST_NOSYNC=1")
	for _, c := range calls {
		d.do(c)
	}
	left := filepath.Join(t.TempDir(), "data.db")
	if err := os.WriteFile(left, d.durable, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(left, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	lost := 0
	for number := range acknowledged(calls) {
		if _, err := s.Application(clerk(), number); err != nil {
			lost++
		}
	}
	if lost < tracedPeople/2 {
		t.Errorf("%d of %d applications lost: this test sees no missing sync", lost, tracedPeople)
	}
}
