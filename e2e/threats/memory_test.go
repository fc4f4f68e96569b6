package threats

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// child starts a process of the program, a demo, and hears its captchas.
func child(t *testing.T, process *exec.Cmd) (r *rig.Running, pid int) {
	t.Helper()
	said, err1 := process.StdoutPipe()
	told, err2 := process.StderrPipe()
	if err1 != nil || err2 != nil || process.Start() != nil {
		t.Fatal(err1, err2)
	}
	t.Cleanup(func() { process.Process.Signal(os.Interrupt); process.Wait() })
	r = &rig.Running{T: t, Captchas: map[string]string{}, Out: &rig.LockedBuffer{}}
	go func() {
		for lines := bufio.NewScanner(told); lines.Scan(); {
			var line struct{ Msg, ID, Answer string }
			if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "captcha" {
				r.Mu.Lock()
				r.Captchas[line.ID] = line.Answer
				r.Mu.Unlock()
			}
		}
	}()
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if _, after, found := strings.Cut(lines.Text(), "请用浏览器打开 "); found {
			r.URL, _, _ = strings.Cut(after, "（")
			break
		}
	}
	go io.Copy(io.Discard, said)
	return r, process.Process.Pid
}

// solved waits for the answer to a page's captcha: a process tells it on another
// line than the page.
func solved(r *rig.Running, p *rig.Page) {
	id := p.Find("[name=captcha_id]").AttrOr("value", "")
	for range 1000 {
		r.Mu.Lock()
		answer := r.Captchas[id]
		r.Mu.Unlock()
		if answer != "" {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	r.T.Fatal("the captcha's answer is not told")
}

// memory is what the system says of a process's memory, in bytes: VmHWM is the most
// that it has held at once, RssAnon what it holds and is no file's.
func memory(pid int, what string) (bytes int64, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(status), what+":")
	_, err = fmt.Sscanf(after, "%d kB", &bytes)
	return bytes << 10, err
}

// TestManySignIns: of five hundred who sign in at once each gets an answer, or is
// told to come back with the form kept; meanwhile ninety-nine of a hundred pages wait for
// a few hashes at most, and memory stays within bounds. Unknown numbers cost a hash like all others.
func TestManySignIns(t *testing.T) {
	if testing.Short() {
		t.Skip("500 hashes are left out of a short run")
	}
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("the memory of a process is read from /proc")
	}
	demo := rig.Office(t, rig.LoopRegister)
	demo.Stop()
	r, pid := child(t, rig.Process(t, nil, "demo", "-data", demo.Data, "-addr", "127.0.0.1:0"))
	together := 500
	if raced() {
		together = 100 // still more than wait in line
	}
	var all sync.WaitGroup
	var judged, later, ended atomic.Int32
	begin := make(chan struct{})
	for i := range together {
		b, number := r.Browser(), rig.IDNumber(t, i+1)
		form := b.Get("/login")
		solved(r, form)
		all.Go(func() {
			defer ended.Add(1)
			<-begin
			answer := b.Send(form, rig.FormTo("/login"), map[string]string{"id_number": number, "password": rig.CandidatePassword})
			switch {
			case answer.Status == http.StatusUnprocessableEntity && answer.Problems()["id_number"] != "":
				judged.Add(1)
			case answer.Status == http.StatusServiceUnavailable && answer.Header.Get("Retry-After") != "" && answer.Value("id_number") == number:
				later.Add(1)
			default:
				t.Errorf("status %d, problems %v", answer.Status, answer.Problems())
			}
		})
	}
	close(begin)
	// How many passwords were hashed while each page was waited for: no page stands in
	// line with them, not even one in a hundred.
	var meanwhile []int
	b := r.Browser()
	for int(ended.Load()) < together {
		before := judged.Load()
		b.Get("/login").Is(http.StatusOK)
		meanwhile = append(meanwhile, int(judged.Load()-before))
	}
	all.Wait()
	if judged.Load() == 0 || int(judged.Load()+later.Load()) != together {
		t.Errorf("%d are answered and %d told to wait, of %d", judged.Load(), later.Load(), together)
	}
	slices.Sort(meanwhile)
	pages := len(meanwhile)
	p99 := meanwhile[(pages*99+99)/100-1]
	if pages < 20 {
		t.Errorf("meanwhile %d pages are answered", pages)
	}
	if most := 5 * max(1, runtime.GOMAXPROCS(0)-1); p99 > most {
		t.Errorf("of a hundred pages one waits for %d hashes, want at most %d: %v", p99, most, meanwhile)
	}
	bytes, err := memory(pid, "VmHWM")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("at most %d MB; %d pages meanwhile, one in a hundred waits for %d hashes", bytes>>20, pages, p99)
	if bytes > 256<<20 && !raced() {
		t.Errorf("the service held %d MB at once", bytes>>20)
	}
}

// raced tells whether this is built with the race detector, which takes several
// times the memory and time.
func raced() bool {
	info, _ := debug.ReadBuildInfo()
	return info != nil && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}
