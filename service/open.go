package service

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"certreissue/doctor"
	"certreissue/reissue"
	"certreissue/store"
)

// Open opens a data file for a command or a service. One that was not closed
// cleanly is checked first, in a child process: a fault in it must not take this
// one along.
func (s *Service) Open(ctx context.Context, data string, options store.Options) (*store.Store, error) {
	options.Now = s.Now
	for {
		missing, unclean, err := peek(data)
		if err != nil {
			return nil, err
		}
		if unclean {
			fmt.Fprintln(s.Out, sayChecking(data))
			if err := s.CheckInChild(ctx, data, filepath.Dir(store.Resolve(data))); err != nil {
				return nil, err
			}
		}
		st, err := store.Open(data, options)
		if err != nil {
			return nil, err
		}
		if st.Unclean() && !unclean {
			// Somebody was killed over it between the look and the opening.
			st.Abandon()
			continue
		}
		if missing {
			fmt.Fprintln(s.Out, SayCreated(data))
		}
		return st, nil
	}
}

// peek is store.Peek, for which a missing file is no error.
func peek(data string) (missing, unclean bool, err error) {
	unclean, err = store.Peek(data)
	var file *store.FileError
	if errors.As(err, &file) && file.Fault == store.MissingFile {
		return true, false, nil
	}
	return false, unclean, err
}

// ChildVariable tells a process that it is the child that checks a file, and in
// which folder it may make a copy of one.
const ChildVariable = "CERTREISSUE_CHECK_CHILD"

// childFailed is the exit code of a command that failed and has said why.
const childFailed = 1

// mostFindings bounds what a thoroughly damaged file prints.
const mostFindings = 200

// CheckInChild checks a file in a process of its own, by store.CheckFile, and
// passes its findings on. A file that is damaged, or that the child did not
// survive, is a *store.FileError.
func (s *Service) CheckInChild(ctx context.Context, path, folder string) error {
	info, err := os.Stat(path)
	if err != nil {
		return &store.FileError{Path: path, Fault: store.MissingFile, Err: err}
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	// A gigabyte takes about half a minute; a damaged one may go round for ever.
	limit := 2*time.Minute + time.Duration(info.Size()>>28)*time.Minute
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	child := exec.CommandContext(bounded, self, "check", "--", path)
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
	lines := bufio.NewScanner(output)
	lines.Buffer(nil, 1<<20)
	found := 0
	for lines.Scan() {
		if found++; found <= mostFindings {
			fmt.Fprintln(s.Out, lines.Text())
		}
	}
	err = child.Wait()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case found == 0 && errors.As(err, &exit) && exit.ExitCode() == childFailed:
		// It could not open the file, and has said why.
		return Refusal(strings.TrimSpace(said.text))
	}
	return &store.FileError{Path: path, Fault: store.Damaged, Err: err}
}

// lastLine keeps what a child said on stderr.
type lastLine struct{ text string }

func (l *lastLine) Write(b []byte) (int, error) {
	if len(l.text) < 4096 {
		l.text += string(b)
	}
	return len(b), nil
}

// openToServe opens a data file that may be served in this way, and refuses
// others.
func (s *Service) openToServe(ctx context.Context, c Config) (*store.Store, error) {
	st, err := s.Open(ctx, c.Data, store.Options{Create: !c.Demo, MailAtOnce: c.Demo})
	if err != nil {
		return nil, HeldBy(c.Data, err)
	}
	err = func() error {
		switch {
		case c.Demo && st.WasServed():
			return &store.FileError{Path: c.Data, Fault: store.ServedFile}
		case !c.Demo && st.IsDemo() && !reissue.Loopback(c.Addr):
			return &store.FileError{Path: c.Data, Fault: store.DemoFile}
		case !c.Demo && !st.IsDemo():
			return st.MarkServed()
		}
		return nil
	}()
	if err == nil {
		err = s.compactPurged(ctx, st)
	}
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	for _, sentence := range doctor.OpenToOthers(c.Data) {
		fmt.Fprintln(s.Err, sentence)
	}
	return st, nil
}

// compactPurged clears deleted records out of the free pages of the file. If it
// cannot, for want of room or whatever else, the service goes on with the file as
// it is and tries again at its next start.
func (s *Service) compactPurged(ctx context.Context, st *store.Store) error {
	purged, err := st.Purged()
	if err != nil || !purged {
		return err
	}
	fmt.Fprintln(s.Out, sayCompacting(st.Path()))
	before, after, err := st.Compact(ctx)
	switch {
	case err == nil:
		fmt.Fprintln(s.Out, SayCompacted(before, after))
	case ctx.Err() == nil:
		fmt.Fprintln(s.Out, sayNotCompacted(Sentence(err)))
	}
	return nil
}

// HeldBy names the process that has the file, where it left word.
func HeldBy(data string, err error) error {
	var file *store.FileError
	if errors.As(err, &file) && file.Fault == store.Busy {
		if running := Find(data); running != nil {
			return Refusal(sayHeldBy(data, running.PID))
		}
	}
	return err
}

// MustBeStopped refuses a data file with which a service runs, starts or stops.
func MustBeStopped(data string) error {
	if running := Find(data); running != nil {
		return Refusal(sayHeldBy(data, running.PID))
	}
	return nil
}

// SayCreated tells that a file was made, with its full path.
func SayCreated(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	return sayFileCreated(path)
}
