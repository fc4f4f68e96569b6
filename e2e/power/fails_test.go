package power

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// fault is a call that fails: that of a number among those of its name that a thread
// makes, and all behind it where it lasts.
type fault struct {
	call  string
	at    int
	lasts bool
	errno string
}

func (f fault) String() string {
	on := ""
	if f.lasts {
		on = "+"
	}
	return fmt.Sprintf("%s:error=%s:when=%d%s", f.call, f.errno, f.at, on)
}

// errnos are what disks answer that are full or fail.
var errnos = []string{"EIO", "ENOSPC", "EDQUOT", "EROFS"}

// places are where the calls that an act made to files of a folder stood among those of
// their thread, by the calls' names.
func places(t *testing.T, steps []step, root string) map[string][]int {
	t.Helper()
	made := map[[2]string]int{} // by thread and name
	list := map[string][]int{}
	for _, s := range steps {
		if s.end || s.name == "exit_group" || s.name == "lseek" {
			continue
		}
		made[[2]string{s.thread, s.name}]++
		if s.in(t, root) {
			list[s.name] = append(list[s.name], made[[2]string{s.thread, s.name}])
		}
	}
	return list
}

// in tells whether a call is about something in a folder.
func (c *call) in(t *testing.T, root string) bool {
	t.Helper()
	names := unhexed(t, c.args)
	if c.name != "write" && c.name != "pwrite64" {
		names = append(names, c.texts(t)...)
	}
	return slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(name, root+"/") || name == root })
}

// faults are some for an act: the names of calls by turns, one of each at a time. A
// write may be one to another process, too, so that it fails once; and in a service one
// by which threads wake each other.
func (a act) faults(places map[string][]int, r *rand.Rand) (list []fault) {
	if a.during != nil {
		delete(places, "write")
	}
	names := sorted(places)
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for n := range *fails {
		name := names[n%len(names)]
		among := places[name]
		list = append(list, fault{name, among[r.IntN(len(among))], name != "write" && r.IntN(3) == 0, errnos[r.IntN(len(errnos))]})
	}
	return list
}

// TestCallsFail lets calls of every act fail, and then cuts the power besides. What the
// program had told stands, what it has refused does not, and a command that has failed
// says so.
func TestCallsFail(t *testing.T) {
	t.Parallel()
	for _, a := range acts {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			prepared, was := a.prepared(t)
			folder := cloned(t, prepared)
			r := rand.New(rand.NewPCG(16, 16))
			outcomes := map[string]int{}
			for _, f := range a.faults(places(t, a.trace(t, folder), folder), r) {
				t.Run(f.String(), func(t *testing.T) {
					outcomes[f.call+" "+a.fail(t, cloned(t, prepared), f, was, r)]++
				})
			}
			for _, what := range sorted(outcomes) {
				t.Logf("%d × %s", outcomes[what], what)
			}
		})
	}
}

// cloned is a copy of a folder.
func cloned(t *testing.T, folder string) string {
	t.Helper()
	clone := t.TempDir()
	if err := os.CopyFS(clone, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	return clone
}

// fail lets a call of the act fail and looks at what is left, as it lies there and as a
// power cut would leave it. It answers how the program has ended.
func (a act) fail(t *testing.T, folder string, f fault, was contents, r *rand.Rand) (how string) {
	t.Helper()
	d := load(t, folder)
	steps, code, said := a.traced(t, folder, f.String())
	hit, mute := false, false
	for _, s := range steps {
		d.follow(s)
		if s.end && s.injected() {
			about := strings.Join(unhexed(t, s.args), " ")
			hit = hit || s.in(t, folder)
			mute = mute || strings.Contains(about, "pipe:")
			// The runtime of Go ends a program that it cannot wake, and the system one
			// that it cannot load.
			if strings.Contains(about, "eventfd") || code == 127 {
				return "did not get that far"
			}
		}
	}
	l := left{T: t, folder: folder, told: said, fault: true, answered: true, over: code == a.code, refused: code == command.ExitFailed && !strings.Contains(said, "不能确定")}
	if !mute {
		a.says(t, code, said)
	}
	l.tidy(a.data(), f)
	a.look(t, l, was)
	if !t.Failed() {
		a.cut(t, d, []luck{byChance, namesFirst, writesFirst}[r.IntN(3)], r, left{over: l.over, fault: true}, was)
	}
	if t.Failed() {
		t.Logf("exit %d, it had said:\n%s", code, said[max(0, len(said)-4000):])
		for _, s := range steps {
			if s.end && s.injected() {
				t.Logf("%s(%.200s) = %s", s.name, strings.Join(append(unhexed(t, s.args), s.texts(t)...), " "), s.result)
			}
		}
	}
	switch {
	case !hit:
		return "met no such call"
	case l.over:
		return "went on"
	case l.refused:
		return "refused"
	}
	return "was not sure"
}

var chinese = regexp.MustCompile(`\p{Han}[^\n]*\n?$`)

// says holds that a program that has failed says so, as people speak.
func (a act) says(t *testing.T, code int, said string) {
	t.Helper()
	switch {
	case strings.Contains(said, "goroutine ") || strings.Contains(said, "panic: ") || strings.Contains(said, "fatal error: "):
		t.Errorf("exit %d: it has crashed", code)
	case code == a.code:
	case code != command.ExitFailed && code != command.ExitPartial:
		t.Errorf("exit %d", code)
	case !chinese.MatchString(said):
		t.Errorf("exit %d without a word", code)
	}
}

var lies = regexp.MustCompile(`\.part$|\.spool`)

// tidy holds that nothing lies about, but where it could not be deleted: that goes when
// the service starts the next time.
func (l left) tidy(data string, f fault) {
	l.Helper()
	about := func() []string {
		return slices.DeleteFunc(l.names(), func(name string) bool { return !lies.MatchString(name) })
	}
	switch list := about(); {
	case len(list) == 0:
	case f.call != "unlinkat" && f.call != "openat":
		l.Errorf("%q lies about", list)
	default:
		rig.Start(l.T, "serve", "-data", l.path(data)).Stop()
		if list := about(); len(list) > 0 {
			l.Errorf("%q lies about after a start", list)
		}
	}
}

// data is the name of the act's data file.
func (a act) data() string { return regexp.MustCompile(`-data @(\S+)`).FindStringSubmatch(a.args)[1] }
