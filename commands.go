package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"certreissue/exchange"
	"certreissue/password"
	"certreissue/reissue"
	"certreissue/store"
)

// withData carries out a task: by the running service, or on the file itself.
// create makes a missing file.
func (p *program) withData(ctx context.Context, data string, create bool, t task, h hands) error {
	if h.say == nil {
		h.say = p.stdout
	}
	if running := findService(data); running != nil {
		return running.perform(ctx, t, h)
	}
	st, err := p.openSound(ctx, data, store.Options{Create: create})
	if err != nil {
		return p.heldBy(data, err)
	}
	h.alone = true
	return errors.Join(perform(ctx, st, t, h), st.Close())
}

// openSound opens a data file for a command or a service. One that was not closed
// cleanly is checked first, in a child process: a fault in it must not take this
// one along.
func (p *program) openSound(ctx context.Context, data string, options store.Options) (*store.Store, error) {
	options.Now = p.now
	for {
		missing, unclean, err := peek(data)
		if err != nil {
			return nil, err
		}
		if unclean {
			fmt.Fprintln(p.stdout, sayChecking(data))
			if err := p.checkInChild(ctx, data); err != nil {
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
			p.sayCreated(data)
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

func (p *program) importFile(ctx context.Context, args []string) error {
	f := newFlags("import")
	blank := f.String("blank-collected", "", "")
	rest, err := f.parse(args, 2, 2)
	if err != nil {
		return err
	}
	path := rest[1]
	kind, ok := imports[rest[0]]
	if !ok {
		return usageError(sayBadImport(rest[0]))
	}
	if *blank != "" && *blank != string(reissue.Collected) && *blank != string(reissue.NotCollected) {
		return usageError(sayBadBlank)
	}
	// A file that cannot be used makes no data file.
	if err := kind.check(exchange.Job{Path: path, BlankCollected: reissue.BlankCollected(*blank)}); err != nil {
		return err
	}
	rejected := &lateFile{path: path + ".rejected.csv"}
	bar := p.bar(sayImporting)
	err = p.withData(ctx, f.data, true, task{Do: "import", Kind: rest[0], Name: filepath.Base(path), Blank: *blank},
		hands{input: path, output: rejected, say: &afterBar{bar, p.stdout}, progress: bar.set})
	bar.end()
	if closed := rejected.close(); closed != nil {
		return closed
	}
	switch {
	case rejected.file != nil:
		fmt.Fprintln(p.stderr, sayRejected(rejected.path))
	case err == nil && exchange.IsRejected(rejected.path):
		// Left by an earlier import of this file, it would look like one of this.
		fmt.Fprintln(p.stderr, sayOldRejected(rejected.path, os.Remove(rejected.path) == nil))
	}
	return err
}

func (p *program) exportFile(ctx context.Context, args []string) error {
	f := newFlags("export")
	word := f.String("status", "", "")
	rest, err := f.parse(args, 2, 2)
	if err != nil {
		return err
	}
	if rest[0] != "applications" {
		return usageError(sayBadExport(rest[0]))
	}
	t := task{Do: "export", Kind: strings.ToLower(strings.TrimPrefix(filepath.Ext(rest[1]), "."))}
	if t.Kind != kindXLSX && t.Kind != kindCSV {
		return usageError(sayBadTable(rest[1]))
	}
	if *word != "" {
		status, ok := reissue.StatusOf(*word)
		if !ok {
			return usageError(sayBadStatus(*word))
		}
		t.Status = status
	}
	err = store.WriteWhole(rest[1], func(to io.Writer) error {
		return p.withData(ctx, f.data, false, t, hands{output: to})
	})
	return p.written(rest[1], err)
}

func (p *program) backup(ctx context.Context, args []string) error {
	f := newFlags("backup")
	rest, err := f.parse(args, 1, 1)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(rest[0]); err == nil {
		// The backup of yesterday is not replaced by one of today that may be worse.
		return plain(sayBackupThere(rest[0]))
	}
	err = store.WriteWhole(rest[0], func(to io.Writer) error {
		return p.withData(ctx, f.data, false, task{Do: "backup"}, hands{output: to})
	}, store.Finish)
	return p.written(rest[0], err)
}

// written says where a file lies that was asked for.
func (p *program) written(path string, err error) error {
	if err == nil {
		fmt.Fprintln(p.stdout, sayWritten(path))
	}
	return err
}

func (p *program) staff(ctx context.Context, args []string) error {
	f := newFlags("staff")
	var roles []reissue.Role
	f.Func("role", "", func(value string) error {
		if !validRole(value) {
			return plain(sayBadRole)
		}
		roles = append(roles, reissue.Role(value))
		return nil
	})
	var cities []string
	f.Func("city", "", func(value string) error { cities = append(cities, reissue.Clean(value)); return nil })
	fromStdin := f.Bool("password-stdin", false, "")
	rest, err := f.parse(args, 1, 2)
	if err != nil {
		return err
	}
	do := rest[0]
	named := do != "list"
	if named != (len(rest) == 2) {
		return usageError(sayBadArguments("staff"))
	}
	t := task{Do: "staff " + do}
	oneTime := ""
	switch do {
	case "list":
	case "add", "password":
		plainText, err := p.newStaffPassword(*fromStdin)
		if err != nil {
			return err
		}
		if !*fromStdin {
			oneTime = plainText
		}
		t.Name, t.Hashed, t.MustChange = rest[1], password.Hash(plainText), !*fromStdin
	case "unlock":
		t.Name = rest[1]
	default:
		return usageError(sayBadStaff(do))
	}
	if do == "add" {
		if len(roles) == 0 {
			return usageError(sayBadRole)
		}
		name := reissue.Clean(t.Name)
		if !store.ValidStaffName(name) {
			return usageError(sayBadStaffName)
		}
		t.Staff = reissue.Staff{Name: name, Roles: roles, Cities: cities, Password: t.Hashed, MustChange: t.MustChange}
	}
	err = p.withData(ctx, f.data, do == "add", t, hands{})
	if err != nil {
		return problemsSentence(err)
	}
	switch {
	case oneTime != "":
		fmt.Fprintln(p.stdout, sayOneTime(t.Name, oneTime))
	case named:
		fmt.Fprintln(p.stdout, sayDone(t.Name))
	}
	return nil
}

// newStaffPassword reads a final password from standard input, or makes a
// one-time one.
func (p *program) newStaffPassword(fromStdin bool) (string, error) {
	if !fromStdin {
		return password.OneTime(), nil
	}
	line, err := bufio.NewReader(p.stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	typed := strings.TrimRight(line, "\r\n")
	return typed, password.Check(typed, "")
}

// version tells what was built, from what.
func (p *program) version(_ context.Context, args []string) error {
	if _, err := newFlags("version").parse(args, 0, 0); err != nil {
		return err
	}
	version, commit := "(devel)", sayUnknown
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			version = info.Main.Version
		}
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				commit = setting.Value
			}
		}
	}
	fmt.Fprintf(p.stdout, "certreissue %s, commit %s, %s %s/%s\n", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}
