package store

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

var damagedCopies = flag.Uint64("damaged", 500, "how many damaged files are judged, of one that was closed and one that was not")

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

// TestDamagedFiles decides about damaged copies as a service does, of a file that was
// closed and of one that was not: in a child process, since a fault in mapped memory
// may end it. What passes must hold what the file held, by content.
func TestDamagedFiles(t *testing.T) {
	if path := os.Getenv("CERTREISSUE_TEST_DAMAGED"); path != "" {
		var from uint64
		fmt.Sscan(os.Getenv("CERTREISSUE_TEST_FROM"), &from)
		judgeDamaged(path, from)
		os.Exit(0)
	}
	t.Parallel()
	closed := write(t, smallFile(t, 12))
	killed := write(t, smallFile(t, 12))
	s, err := Open(killed, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Abandon()
	for name, path := range map[string]string{"closed": closed, "killed": killed} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
			defer cancel()
			outcomes := map[string]int{}
			for next := uint64(0); next < *damagedCopies; next++ {
				child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestDamagedFiles$", fmt.Sprintf("-damaged=%d", *damagedCopies))
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
				if err := child.Wait(); err != nil && did != "checking" {
					t.Fatalf("damage %d, %s: %v\n%.2000s", next, did, err, stderr.String())
				}
			}
			if outcomes["checking"] != int(*damagedCopies) || outcomes["refused"] == 0 || outcomes["found"] == 0 || outcomes["whole"] == 0 {
				t.Errorf("%v", outcomes)
			}
			t.Logf("%v", outcomes)
		})
	}
}

// judgeDamaged checks the damaged copies from a seed on, opens what passes, and prints
// a line for each step.
func judgeDamaged(path string, from uint64) {
	whole, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	truth, err := contentsOf(path)
	if err != nil {
		panic(err)
	}
	damaged := filepath.Join(filepath.Dir(path), "damaged.db")
	for seed := from; seed < *damagedCopies; seed++ {
		os.Remove(damaged) // what bbolt holds of it is of the old file
		if err := os.WriteFile(damaged, damage(whole, seed), 0o600); err != nil {
			panic(err)
		}
		fmt.Println(seed, "checking")
		found := 0
		err := CheckFile(context.Background(), damaged, filepath.Dir(path), nil, time.Now, func(Finding) { found++ }, nil)
		var fault *FileError
		switch {
		case errors.As(err, &fault):
			fmt.Println(seed, "refused")
			continue
		case err != nil:
			fmt.Println(seed, "unknown", err)
			continue
		case found > 0:
			fmt.Println(seed, "found")
			continue
		}
		s, err := Open(damaged, Options{})
		if err != nil {
			fmt.Println(seed, "unknown", err)
			continue
		}
		s.Abandon()
		if is, err := contentsOf(damaged); err == nil && maps.Equal(is, truth) {
			fmt.Println(seed, "whole")
		} else {
			fmt.Println(seed, "silent", err)
		}
	}
}

// contentsOf is every record and photo of a file, by bucket and key, as an oracle that
// knows bbolt and nothing of this program's code reads it. What is derived, what a
// repair may change, and the mark of use are left out.
func contentsOf(path string) (all map[string]string, err error) {
	all = map[string]string{}
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return all, db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			if bytes.ContainsRune(name, '.') || slices.Contains([]string{"days", "drafts", "sessions", "tries", "resets"}, string(name)) {
				return nil
			}
			return b.ForEach(func(k, v []byte) error {
				if string(name) != "singles" || string(k) == "settings" {
					all[fmt.Sprintf("%s %x", name, k)] = string(v)
				}
				return nil
			})
		})
	})
}

// recordsAre tells whether the file has so many accounts and applications.
func (s *Store) recordsAre(n int) (are bool) {
	s.view(func(tx *txn) error {
		are = bucket(tx.Tx, "accounts").Stats().KeyN == n && bucket(tx.Tx, "applications").Stats().KeyN == n && bucket(tx.Tx, "photos").Stats().KeyN == n
		return nil
	})
	return are
}
