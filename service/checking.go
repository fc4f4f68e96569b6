package service

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"certreissue/store"
)

// ChildVariable tells a process that it is the child that checks a file, and in
// which folder it may make a copy of one.
const ChildVariable = "CERTREISSUE_CHECK_CHILD"

// childFailed is the exit code of a command that failed and has said why, and
// childKilled what is told of one that somebody killed.
const (
	childFailed = 1
	childKilled = -1
)

// mostFindings bounds what a thoroughly damaged file prints.
const mostFindings = 200

// ErrStopped is a check that did not come to its end, and says nothing of the
// file.
var ErrStopped = errors.New("stopped before its end")

// A child tells its progress between its findings, in lines of this form.
const progressLine = "\t%d\t%d\n"

// TellProgress lets the child tell how far it is, once for each part in a
// thousand.
func TellProgress(to io.Writer) func(done, total int64) {
	told := int64(-1)
	return func(done, total int64) {
		if part := done * 1000 / max(total, 1); part > told {
			told = part
			fmt.Fprintf(to, progressLine, done, total)
		}
	}
}

// progress is how far a check is. It may be asked from anywhere.
type progress struct {
	mu          sync.Mutex
	begun       time.Time // zero while there is no check
	done, total int64
}

func (p *progress) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.begun = time.Now()
}

func (p *progress) set(done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done, p.total = done, total
}

// sentence says the share, and what is left at the speed so far; "" where nothing is
// checked.
func (p *progress) sentence() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.begun.IsZero() {
		return ""
	}
	left := time.Duration(0)
	if spent := time.Since(p.begun); p.done > 0 && spent > time.Second {
		left = time.Duration(float64(spent) * float64(p.total-p.done) / float64(p.done))
	}
	return sayProgress(int(p.done*100/max(p.total, 1)), left)
}

// toldEvery is how often the console hears how far a check is.
const toldEvery = 10 * time.Second

// CheckInChild checks a file in a process of its own, by store.CheckFile against the
// heads of those copies that are there, and passes its findings on. However long it
// takes, it goes on as long as nobody stops it. A file that is damaged, or that the
// child did not survive, is a *store.FileError, or a sentence that names the newest of
// the copies; ErrStopped tells nothing of the file.
func (s *Service) CheckInChild(ctx context.Context, path, folder string, copies ...string) error {
	if _, err := os.Stat(path); err != nil {
		return &store.FileError{Path: path, Fault: store.MissingFile, Err: err}
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	args := []string{"check"}
	for _, name := range copies {
		if _, err := os.Stat(name); err == nil {
			args = append(args, "-from", name)
		}
	}
	child := exec.CommandContext(ctx, self, append(args, "--", path)...)
	child.Env = append(os.Environ(), ChildVariable+"="+folder, "GOTRACEBACK=none")
	var said lastLine
	child.Stderr = &said
	output, err := child.StdoutPipe()
	if err != nil {
		return err
	}
	if err := child.Start(); err != nil {
		return err
	}
	s.checked.begin()
	found := s.hearChild(output)
	err = child.Wait()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ErrStopped
	case !errors.As(err, &exit) || exit.ExitCode() == childKilled:
		return ErrStopped
	case strings.Contains(said.text, "out of memory") || strings.Contains(said.text, "cannot allocate memory"):
		return Refusal(sayCheckNoMemory)
	case found == 0 && exit.ExitCode() == childFailed:
		// It could not open the file, and has said why.
		return Refusal(strings.TrimSpace(said.text))
	}
	return withWays(&store.FileError{Path: path, Fault: store.Damaged, Err: err}, copies)
}

// checkQuietly is CheckInChild for whoever tells by themselves what was found.
func checkQuietly(ctx context.Context, path, folder string) (found findingLog, err error) {
	quiet := &Service{Out: &found, Err: &found}
	err = quiet.CheckInChild(ctx, path, folder)
	return found, err
}

// withWays adds to what is said of a damaged file which copy there is.
func withWays(damage *store.FileError, copies []string) error {
	if newest := store.NewestCopy(copies...); newest != "" {
		return Refusal(damage.Sentence() + sayNewestCopy(newest))
	}
	return damage
}

// hearChild passes a child's findings on, and how far it is; it answers how many
// there were.
func (s *Service) hearChild(output io.Reader) (found int) {
	told := time.Now()
	lines := bufio.NewScanner(output)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var done, total int64
		if n, _ := fmt.Sscanf(lines.Text()+"\n", progressLine, &done, &total); n == 2 {
			s.checked.set(done, total)
			if time.Since(told) > toldEvery {
				told = time.Now()
				fmt.Fprintln(s.Out, s.checked.sentence())
			}
			continue
		}
		if found++; found <= mostFindings {
			fmt.Fprintln(s.Out, lines.Text())
		}
	}
	return found
}

// lastLine keeps what a child said on stderr.
type lastLine struct{ text string }

func (l *lastLine) Write(b []byte) (int, error) {
	if len(l.text) < 4096 {
		l.text += string(b)
	}
	return len(b), nil
}
