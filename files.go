package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"certreissue/store"
)

// childVariable tells a process that it is the child that checks a file.
const childVariable = "CERTREISSUE_CHECK_CHILD"

// check examines a file: the given one, or the data file, of which a running
// service hands over a copy.
func (p *program) check(ctx context.Context, args []string) error {
	f := newFlags("check")
	rest, err := f.parse(args, 0, 1)
	if err != nil {
		return err
	}
	path := f.data
	if len(rest) == 1 {
		path = rest[0]
	}
	if os.Getenv(childVariable) != "" {
		return p.checkHere(ctx, path)
	}
	if running := findService(path); running != nil {
		copied, err := copyFromService(ctx, running)
		if err != nil {
			return err
		}
		defer os.Remove(copied)
		path = copied
	}
	if err := p.checkInChild(ctx, path); err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, sayGood)
	return nil
}

// copyFromService is a temporary copy of what a running service holds.
func copyFromService(ctx context.Context, running *service) (path string, err error) {
	file, err := os.CreateTemp("", "certreissue-*.db")
	if err != nil {
		return "", err
	}
	err = running.perform(ctx, task{Do: "backup"}, hands{output: file, say: io.Discard})
	if err = errors.Join(err, file.Close()); err != nil {
		os.Remove(file.Name())
	}
	return file.Name(), err
}

// checkHere does the work of the child: it may be killed by a fault in the
// file's mapped memory, or never end.
func (p *program) checkHere(ctx context.Context, path string) error {
	st, err := store.Open(path, store.Options{Now: p.now, ReadOnly: true})
	if err != nil {
		return err
	}
	defer st.Abandon()
	found := 0
	err = st.Check(ctx, func(finding store.Finding) {
		found++
		fmt.Fprintln(p.stdout, finding)
	})
	if err != nil {
		return err
	}
	if found > 0 {
		return exitError(exitFailed)
	}
	return nil
}

// mostFindings bounds what a thoroughly damaged file prints.
const mostFindings = 200

// checkInChild checks a file in a process of its own and passes its findings
// on. A file that is damaged, or that the child did not survive, is a
// *store.FileError.
func (p *program) checkInChild(ctx context.Context, path string) error {
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
	child.Env = append(os.Environ(), childVariable+"=1", "GOTRACEBACK=none")
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
			fmt.Fprintln(p.stdout, lines.Text())
		}
	}
	err = child.Wait()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case found == 0 && errors.As(err, &exit) && exit.ExitCode() == exitFailed:
		// It could not open the file, and has said why.
		return plain(strings.TrimSpace(said.text))
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

// restore puts a backup in the data file's place, which is kept under a dated
// name. From the first look at the backup to the end nobody else gets at the data
// file: what they did there would be put aside with it.
func (p *program) restore(ctx context.Context, args []string) error {
	f := newFlags("restore")
	rest, err := f.parse(args, 1, 1)
	if err != nil {
		return err
	}
	backup := rest[0]
	if err := mustBeStopped(f.data); err != nil {
		return err
	}
	hold, err := store.HoldFile(f.data)
	if err != nil {
		return p.heldBy(f.data, err)
	}
	defer hold.Release()
	if sameFile(backup, f.data) {
		return plain(sayBackupIsData(backup))
	}
	_, err = store.Peek(backup)
	if err == nil {
		err = p.checkInChild(ctx, backup)
	}
	if file := (*store.FileError)(nil); errors.As(err, &file) {
		return plain(sayBadBackup(backup, file.Fault))
	}
	if err != nil {
		return err
	}
	kept, err := hold.Replace(p.now(), func(to io.Writer) error {
		from, err := os.Open(backup)
		if err != nil {
			return err
		}
		defer from.Close()
		_, err = io.Copy(to, from)
		return err
	}, p.afterRestore)
	data := store.Resolve(f.data)
	switch {
	case err != nil && kept == "":
		return plain(sentence(err) + sayNotRestored)
	case err != nil:
		return plain(sentence(err) + sayStranded(data, kept))
	case kept == "":
		p.sayCreated(data)
	default:
		fmt.Fprintln(p.stdout, sayKept(kept))
	}
	fmt.Fprintln(p.stdout, sayRestored(data))
	return nil
}

func sameFile(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

// afterRestore makes the copy of a backup fit to serve.
func (p *program) afterRestore(path string) error {
	st, err := store.Open(path, store.Options{Now: p.now})
	if err != nil {
		return err
	}
	return errors.Join(st.AfterRestore(), st.Close())
}

// mustBeStopped refuses a data file with which a service runs, starts or stops.
func mustBeStopped(data string) error {
	if running := findService(data); running != nil {
		return plain(sayHeldBy(data, running.PID))
	}
	return nil
}

func (p *program) compact(ctx context.Context, args []string) error {
	f := newFlags("compact")
	if _, err := f.parse(args, 0, 0); err != nil {
		return err
	}
	if err := mustBeStopped(f.data); err != nil {
		return err
	}
	st, err := p.openSound(ctx, f.data, store.Options{})
	if err != nil {
		return p.heldBy(f.data, err)
	}
	before, after, err := st.Compact(ctx)
	if err = errors.Join(err, st.Close()); err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, sayCompacted(before, after))
	return nil
}

// lateFile is a file that is only made when something is written into it.
type lateFile struct {
	path string
	file *os.File
}

func (l *lateFile) Write(b []byte) (int, error) {
	if l.file == nil {
		file, err := os.OpenFile(l.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		if err != nil {
			return 0, err
		}
		l.file = file
	}
	return l.file.Write(b)
}

func (l *lateFile) close() error {
	if l.file == nil {
		return nil
	}
	return l.file.Close()
}
