package power

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/e2e/tracer"
)

// act is one that touches files: a command that is started on some files, and what
// must hold for what it leaves behind at any moment.
type act struct {
	name   string
	before func(t *testing.T, folder string) // puts the files there
	args   string                            // @ is the folder
	code   int                               // with which it ends
	// during is what people do with a service that has started, before it is stopped.
	during func(t *testing.T, s *service)
	// again is the command that goes on with what was left, and must succeed.
	again string
	holds func(l left, was contents) // was is data.db before
}

// in is a command's arguments for a folder.
func in(folder, args string) []string {
	return strings.Fields(strings.ReplaceAll(args, "@", folder+string(filepath.Separator)))
}

// service is the started program, while it serves, and what it has said.
type service struct {
	folder string
	said   *rig.LockedBuffer
	fault  bool          // a call fails: what people do may come to nothing
	ended  chan struct{} // closed when the program has ended
}

// started is the program, to be run in a folder by way of a command; nil for none.
func (a act) started(ctx context.Context, folder string, way ...string) (*exec.Cmd, *service) {
	line := append(append(slices.Clone(way), os.Args[0]), in(folder, a.args)...)
	s := &service{folder: folder, said: &rig.LockedBuffer{}, ended: make(chan struct{})}
	program := exec.CommandContext(ctx, line[0], line[1:]...)
	program.Env = append(os.Environ(), programVariable+"=1")
	program.Stdout, program.Stderr = s.said, s.said
	return program, s
}

// use waits until the service is ready, lets people use it and stops it.
func (a act) use(t *testing.T, s *service, trace string) {
	t.Helper()
	for !strings.Contains(s.said.String(), "服务已启动") {
		if s.hasEnded() && s.fault {
			return
		}
		if s.hasEnded() || t.Context().Err() != nil {
			t.Fatalf("the service does not start:\n%s", s.said)
		}
		time.Sleep(10 * time.Millisecond)
	}
	a.during(t, s)
	if err := s.signal(trace, syscall.SIGTERM); err != nil && !s.fault { // as an office does
		t.Fatal(err)
	}
}

func (s *service) hasEnded() bool {
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}

// signal sends the program a signal. Its number is the first thing in its trace.
func (s *service) signal(trace string, what os.Signal) error {
	if s.hasEnded() {
		return nil
	}
	content, err := os.ReadFile(trace)
	if err != nil {
		return err
	}
	var number int
	if _, err := fmt.Sscan(string(content[:min(20, len(content))]), &number); err != nil {
		return err
	}
	process, err := os.FindProcess(number)
	if err != nil {
		return err
	}
	return process.Signal(what)
}

// trace lets the act come to its end, and gives its steps.
func (a act) trace(t *testing.T, folder string) []step {
	t.Helper()
	steps, code, said := a.traced(t, folder)
	if code != a.code {
		t.Fatalf("%s: exit %d\n%s", a.args, code, said)
	}
	return steps
}

// traced lets the act come to its end, with a fault as strace knows them, if any, and
// gives its steps, its exit code and all that was said.
func (a act) traced(t *testing.T, folder string, fault ...string) (steps []step, code int, said string) {
	t.Helper()
	trace := filepath.Join(t.TempDir(), "trace")
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	way := []string{tracer.Find(t), "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "67108864", "-e", "signal=none", "-o", trace, "-e", "trace=" + traced}
	for _, f := range fault {
		way = append(way, "-e", "inject="+f)
	}
	program, s := a.started(ctx, folder, way...)
	s.fault = fault != nil
	// Without strace the program would go on, and none of its calls succeed any more.
	program.Cancel = func() error { return s.signal(trace, syscall.SIGKILL) }
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(s.ended)
		program.Wait()
	}()
	if a.during != nil {
		a.use(t, s, trace)
	}
	<-s.ended
	if ctx.Err() != nil {
		t.Fatalf("%s does not end:\n%s", a.args, s.said)
	}
	return readTrace(t, trace), program.ProcessState.ExitCode(), s.said.String()
}

// prepared is a folder as the act finds it, and what data.db has there.
func (a act) prepared(t *testing.T) (folder string, was contents) {
	t.Helper()
	folder = t.TempDir()
	a.before(t, folder)
	if path := filepath.Join(folder, "data.db"); exists(path) {
		was, _ = read(path) // nil for one that is damaged
	}
	return folder, was
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// moment is one at which the power is cut: behind a step, with this luck.
type moment struct {
	behind int
	how    luck
}

// moments are the end with the worst luck, and by turns one behind a name, as long as
// there are more, and one behind anything.
func moments(d *disk, steps []step, r *rand.Rand) []moment {
	var touched, names []int
	for i, s := range steps {
		before, named := d.touched, d.named
		if d.follow(s); d.touched != before {
			touched = append(touched, i)
		}
		if d.named != named {
			names = append(names, i)
		}
	}
	for _, list := range [][]int{touched, names} {
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	end := len(steps) - 1
	list := []moment{{end, writesFirst}, {end, namesFirst}}
	for n := 0; len(list) < *powerCuts; n++ {
		how := []luck{byChance, byChance, namesFirst, writesFirst, killed}[r.IntN(5)]
		if turn := n / 2; n%2 == 0 && turn < len(names) {
			list = append(list, moment{names[turn], namesFirst})
		} else {
			list = append(list, moment{touched[turn%len(touched)], how})
		}
	}
	slices.SortStableFunc(list, func(a, b moment) int { return a.behind - b.behind })
	return list
}

// TestPowerCut cuts the power at moments of every act. What the program had told
// stands, everything is whole or not there at all, and the next command goes on with it.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	for _, a := range acts {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			folder, was := a.prepared(t)
			whole, d := load(t, folder), load(t, folder)
			steps := a.trace(t, folder)
			r := rand.New(rand.NewPCG(14, 14))
			next := moments(whole, steps, r)
			loose := 0
			for i, s := range steps {
				for d.follow(s); len(next) > 0 && next[0].behind == i; next = next[1:] {
					loose += d.top.loose()
					a.cut(t, d, next[0].how, r, left{over: i == len(steps)-1}, was)
					if t.Failed() {
						t.Fatalf("cut (%v) behind step %d of %d: %s(%.200s); %d on their way", next[0].how, i, len(steps), s.name, s.args, d.top.loose())
					}
				}
			}
			t.Logf("%d steps, %d cuts, %d changes on their way", len(steps), *powerCuts, loose)
		})
	}
}

// cut looks at what a disk may have.
func (a act) cut(t *testing.T, d *disk, how luck, r *rand.Rand, l left, was contents) {
	t.Helper()
	l.T, l.folder = t, t.TempDir()
	d.leave(l.folder, how, r)
	l.told = strings.ReplaceAll(d.told.String(), d.root, l.folder)
	a.look(t, l, was)
	if !t.Failed() {
		os.RemoveAll(l.folder)
	}
}

// look holds what is left against what must be, before the act's own next command and
// after it.
func (a act) look(t *testing.T, l left, was contents) {
	t.Helper()
	a.holds(l, was)
	if t.Failed() {
		return
	}
	code, out, said := rig.Command(t, "", in(l.folder, a.again)...)
	if code != 0 {
		t.Errorf("%s: exit %d\n%s%s", a.again, code, out, said)
		return
	}
	l.told, l.again, l.over, l.refused = l.told+out+said, true, true, false
	a.holds(l, was)
}

// TestKilled kills the started program at random moments of every act. A service is
// killed while it starts, or soon after.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills are left out of a short run")
	}
	t.Parallel()
	for _, a := range acts {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(15, 15))
			lasts, within := time.Second, 0
			for round := range *kills + 1 {
				folder, was := a.prepared(t)
				program, s := a.started(t.Context(), folder)
				begun := time.Now()
				if err := program.Start(); err != nil {
					t.Fatal(err)
				}
				after := time.Duration(r.Int64N(int64(lasts)))
				if round == 0 && a.during == nil {
					after = time.Minute // it tells how long it takes
				}
				end := time.AfterFunc(after, func() { program.Process.Kill() })
				program.Wait()
				end.Stop()
				over := program.ProcessState.ExitCode() == a.code
				if over {
					lasts = time.Since(begun)
				} else {
					within++
				}
				a.look(t, left{T: t, folder: folder, told: s.said.String(), over: over}, was)
				if t.Failed() {
					t.Fatalf("%v; it had said %q", program.ProcessState, s.said)
				}
			}
			t.Logf("%d of %d were killed within", within, *kills+1)
		})
	}
}
