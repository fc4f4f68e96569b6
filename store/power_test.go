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

const powerCuts = 40

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

// powered runs the child on a new file, and gives that file as it was before and
// is after, and its calls.
func powered(t *testing.T, fault string, env ...string) (before *disk, path string, calls []call) {
	t.Helper()
	path = newFile(t)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return &disk{durable: file}, path, traced(t, path, fault, env...)
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

// fail cuts the power after some of the calls, and looks at what is left each time.
// It answers how many writes were on their way.
func (d *disk) fail(t *testing.T, calls []call, at []int, r *rand.Rand) (loose int) {
	t.Helper()
	left := filepath.Join(t.TempDir(), "data.db")
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
	return loose
}

// TestPowerCut cuts the power of a machine that takes applications, between any
// two calls. Everything it acknowledged must be there whole, and nothing half.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, fault, writers string }{
		{"good disk", "", "1"},
		{"good disk, three at once", "", "3"},
		{"failing disk", "fdatasync:error=EIO:when=6+3", "1"},
		{"failing disk, three at once", "fdatasync:error=EIO:when=6+5", "3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d, _, calls := powered(t, test.fault, "CERTREISSUE_TEST_WRITERS="+test.writers)
			if told := acknowledged(calls); len(told) != tracedPeople {
				t.Fatalf("%d applications", len(told))
			}
			r := rand.New(rand.NewPCG(3, 3))
			at := cuts(calls, r)
			loose := d.fail(t, calls, at, r)
			if loose < len(at) {
				t.Errorf("only %d writes were on their way in %d cuts", loose, len(at))
			}
			t.Logf("%d calls, %d cuts, %d writes on their way", len(calls), len(at), loose)
		})
	}
}

// TestPowerCutAfterRestart ends a process whose sync has just failed, whatever of
// it, and cuts the power while the next one works.
func TestPowerCutAfterRestart(t *testing.T) {
	t.Parallel()
	for failing := range 4 {
		t.Run(fmt.Sprint(failing), func(t *testing.T) {
			t.Parallel()
			d, path, calls := powered(t, fmt.Sprintf("fdatasync:error=EIO:when=%d", 20+failing), "CERTREISSUE_TEST_GIVES_UP=1")
			if !slices.ContainsFunc(calls, func(c call) bool { return c.failed }) {
				t.Fatal("nothing failed")
			}
			var at []int // the next process's first commits
			syncs := 0
			for i, c := range traced(t, path, "") {
				if calls = append(calls, c); c.sync {
					syncs++
				}
				if i > 0 && syncs < 6 {
					at = append(at, len(calls)-1)
				}
			}
			d.fail(t, calls, at, rand.New(rand.NewPCG(4, 4)))
		})
	}
}

// TestPowerCutUnsynced is the test of that test: of what a store that does not
// wait for the disk acknowledges, a cut may take almost everything.
func TestPowerCutUnsynced(t *testing.T) {
	t.Parallel()
	d, _, calls := powered(t, "", "CERTREISSUE_TEST_NOSYNC=1")
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
