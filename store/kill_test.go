package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"
)

const killRounds = 20

// TestKilled kills a process at random moments while it takes applications.
// Everything it acknowledged must be there whole, and nothing half.
func TestKilled(t *testing.T) {
	t.Parallel()
	path := newFile(t)

	r := rand.New(rand.NewPCG(1, 1))
	told := map[uint64]bool{}
	for round := range killRounds {
		child := exec.Command(os.Args[0], applying...)
		child.Env = append(os.Environ(), applyingTo+path, "CERTREISSUE_TEST_PEOPLE=3000")
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for first := true; lines.Scan(); first = false {
			var number uint64
			if _, err := fmt.Sscanf(lines.Text(), "acknowledged %d", &number); err != nil {
				t.Fatalf("the child says %q", lines.Text())
			}
			if told[number] {
				t.Errorf("round %d: the number %d was given twice", round, number)
			}
			told[number] = true
			if first {
				time.AfterFunc(time.Duration(r.IntN(60))*time.Millisecond, func() { child.Process.Kill() })
			}
		}
		if err := child.Wait(); err == nil {
			t.Error("the child ended by itself")
		}
		inspectKilled(t, path, told)
	}
	if len(told) < killRounds {
		t.Errorf("only %d applications in %d rounds", len(told), killRounds)
	}
	t.Logf("%d applications", len(told))
}

// inspectKilled looks at a file whose user ended anyhow.
func inspectKilled(t *testing.T, path string, acknowledged map[uint64]bool) {
	t.Helper()
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if !s.Unclean() {
		t.Error("a file whose user was killed looks cleanly stopped")
	}
	// What Check finds right has its photo, its audit rows and its mails.
	if err := s.Check(context.Background(), func(f Finding) { t.Errorf("check: %s", f) }, nil); err != nil {
		t.Fatal(err)
	}
	for number := range acknowledged {
		a, err := s.Application(clerk(), number)
		if err != nil || !a.Photo.Given() || len(a.History) != 1 || a.History[0].Mail == 0 {
			t.Errorf("acknowledged, and now %+v, %v", a, err)
		}
	}
}
