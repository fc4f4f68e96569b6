package store

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

const damagedCopies = 500

// damage spoils a copy of a file: a few bits, or a page of zeros, of noise or of
// another page's bytes.
func damage(whole []byte, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 7))
	data := bytes.Clone(whole)
	page := os.Getpagesize()
	from := r.IntN(len(data)/page) * page
	switch seed % 5 {
	case 0:
		clear(data[from : from+page])
	case 1:
		copy(data[from:from+page], data[r.IntN(len(data)/page)*page:])
	case 2:
		for i := range page {
			data[from+i] = byte(r.Uint32())
		}
	default:
		for range 1 + r.IntN(20) {
			data[r.IntN(len(data))] ^= 1 << r.IntN(8)
		}
	}
	return data
}

// TestDamagedFiles opens damaged copies in a child process, since a fault in
// mapped memory may end it. That may happen to the check, which serve therefore
// runs in a child too, but not to Open; and no file may look good but empty.
func TestDamagedFiles(t *testing.T) {
	if path := os.Getenv("CERTREISSUE_TEST_DAMAGED"); path != "" {
		var from uint64
		fmt.Sscan(os.Getenv("CERTREISSUE_TEST_FROM"), &from)
		openDamaged(path, from)
		os.Exit(0)
	}
	t.Parallel()
	path := write(t, smallFile(t, 12))
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	outcomes := map[string]int{}
	for next := uint64(0); next < damagedCopies; next++ {
		child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestDamagedFiles$")
		// A damaged length makes bbolt hand out bytes of other goroutines, which the
		// race detector rightly sees; what is wanted here is that nothing worse comes
		// of it, so its report does not decide how the child ends.
		child.Env = append(os.Environ(), "CERTREISSUE_TEST_DAMAGED="+path, fmt.Sprintf("CERTREISSUE_TEST_FROM=%d", next), "GORACE=exitcode=0")
		var stderr bytes.Buffer
		child.Stderr = &stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		did := "nothing"
		for lines := bufio.NewScanner(out); lines.Scan(); {
			fmt.Sscan(lines.Text(), &next, &did)
			outcomes[did]++
			if did == "silent" || did == "unknown" {
				t.Errorf("damage %s", lines.Text())
			}
		}
		if err := child.Wait(); err != nil && did != "opened" {
			t.Fatalf("damage %d, %s: %v\n%.2000s", next, did, err, stderr.String())
		}
	}
	if outcomes["opening"] != damagedCopies || outcomes["refused"] == 0 || outcomes["found"] == 0 {
		t.Errorf("%v", outcomes)
	}
	t.Logf("%v", outcomes)
}

// openDamaged opens and checks the damaged copies from a seed on, and prints a
// line for each step.
func openDamaged(path string, from uint64) {
	whole, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	damaged := filepath.Join(filepath.Dir(path), "damaged.db")
	for seed := from; seed < damagedCopies; seed++ {
		if err := os.WriteFile(damaged, damage(whole, seed), 0o600); err != nil {
			panic(err)
		}
		fmt.Println(seed, "opening")
		s, err := Open(damaged, Options{})
		var fault *FileError
		switch {
		case errors.As(err, &fault):
			fmt.Println(seed, "refused")
			os.Remove(damaged) // what bbolt holds of it is of the old file
			continue
		case err != nil:
			fmt.Println(seed, "unknown", err)
			continue
		}
		fmt.Println(seed, "opened")
		found := 0
		if err := s.Check(context.Background(), func(Finding) { found++ }, nil); err != nil {
			fmt.Println(seed, "unknown", err)
		}
		switch {
		case found > 0:
			fmt.Println(seed, "found")
		case s.recordsAre(12):
			fmt.Println(seed, "whole")
		default:
			fmt.Println(seed, "silent")
		}
		s.Abandon()
	}
}

// recordsAre tells whether the file has so many accounts and applications.
func (s *Store) recordsAre(n int) (are bool) {
	s.view(func(tx *txn) error {
		are = bucket(tx.Tx, "accounts").Stats().KeyN == n && bucket(tx.Tx, "applications").Stats().KeyN == n && bucket(tx.Tx, "photos").Stats().KeyN == n
		return nil
	})
	return are
}
