package commands

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// TestMirrorKilled kills services at random moments and throws their data files
// away. In the mirror must be whatever was acknowledged before the last turn but
// one had ended, and nothing half. CERTREISSUE_TEST_KILLS is how many are killed.
func TestMirrorKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("building the program, and some turns, are left out of a short run")
	}
	t.Parallel()
	program := filepath.Join(t.TempDir(), "certreissue")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", program, "certreissue").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	kills, _ := strconv.Atoi(os.Getenv("CERTREISSUE_TEST_KILLS"))
	kills = max(kills, 2)
	var mu sync.Mutex
	told, missing := 0, 0
	t.Run("kills", func(t *testing.T) {
		for round := range kills {
			t.Run(fmt.Sprint(round), func(t *testing.T) {
				t.Parallel()
				some, lost := killMirrored(t, program, rand.New(rand.NewPCG(9, uint64(round))))
				mu.Lock()
				defer mu.Unlock()
				told, missing = told+some, missing+lost
			})
		}
	})
	t.Logf("%d kills, %d acts acknowledged, %d of the last two turns missing", kills, told, missing)
}

// killMirrored answers how many acts were acknowledged before the kill, and how many
// of them, all of the last two turns, are not in the mirror.
func killMirrored(t *testing.T, program string, r *rand.Rand) (told, missing int) {
	data, folder := rig.StaffedFile(t), t.TempDir()
	service := exec.Command(program, "serve", "-addr", "127.0.0.1:0", "-data", data, "-mirror", folder, "-mirror-every", "5s")
	service.Stderr = os.Stderr
	if err := service.Start(); err != nil {
		t.Fatal(err)
	}
	defer service.Process.Kill()
	watch := &turns{folder: folder, seen: map[string]time.Time{}}
	after := map[string]int{} // what was acknowledged → turns that had ended then
	next, last := 0, 4+r.IntN(2)
	more := time.Duration(r.IntN(5000)) * time.Millisecond // to the kill, into the next turns
	var kill <-chan time.Time
	for killed := false; !killed; {
		name := fmt.Sprintf("name%d", next)
		next++
		code, _, _ := rig.Command(t, "name-pass1\n", "staff", "add", name, "-role", "reviewer", "-password-stdin", "-data", data)
		if _, err := os.Stat(data + ".run"); code == 0 && err == nil {
			after[name] = watch.ended()
		}
		// A slow machine acts seldom: it goes on until enough acts must be there.
		if ended := watch.ended(); kill == nil && ended >= last && mustBeThere(after, ended) >= 10 {
			kill = time.After(more)
		}
		select {
		case <-kill:
			service.Process.Kill()
			service.Wait()
			killed = true
		case <-time.After(20 * time.Millisecond):
		}
	}
	all := watch.ended()
	restored := filepath.Join(t.TempDir(), "new.db")
	rig.Must(t, "", "restore", folder, "-data", restored)
	list := rig.Must(t, "", "staff", "list", "-data", restored)
	for name, turn := range after {
		if strings.Contains(list, name+"  ") {
			continue
		}
		missing++
		if turn+2 <= all {
			t.Errorf("%s was acknowledged after %d turns, and is not there after %d", name, turn, all)
		}
	}
	return len(after), missing
}

// mustBeThere counts the acts that were acknowledged before the last turn but one
// of so many had ended.
func mustBeThere(after map[string]int, ended int) int {
	n := 0
	for _, turn := range after {
		if turn+2 <= ended {
			n++
		}
	}
	return n
}

// turns counts the turns that have ended: each leaves a file with its marks.
type turns struct {
	folder string
	seen   map[string]time.Time
	count  int
}

func (w *turns) ended() int {
	for _, name := range []string{"mirror-a.db", "mirror-b.db"} {
		info, err := os.Stat(filepath.Join(w.folder, name))
		if err != nil || info.ModTime().Equal(w.seen[name]) {
			continue
		}
		file, err := os.Open(filepath.Join(w.folder, name))
		if err != nil {
			continue
		}
		magic := make([]byte, 20)
		_, err = file.ReadAt(magic, 0)
		file.Close()
		again, gone := os.Stat(filepath.Join(w.folder, name))
		if err == nil && gone == nil && again.ModTime().Equal(info.ModTime()) && string(magic[16:]) == "\xed\xda\x0c\xed" {
			w.seen[name] = info.ModTime()
			w.count++
		}
	}
	return w.count
}
