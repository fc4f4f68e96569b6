package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

const namingIn = "CERTREISSUE_TEST_NAMING="

// TestNamingChild is no test but the child of the next one: it gives files names, and
// tells what it was told.
func TestNamingChild(t *testing.T) {
	path := os.Getenv(namingIn[:len(namingIn)-1])
	if path == "" {
		return
	}
	runtime.LockOSThread() // strace counts the calls of each
	tell := func(what string, err error) {
		file, _ := errors.AsType[*FileError](err)
		switch {
		case err == nil:
			fmt.Println("told", what, "done")
		case file != nil && file.Fault == Unsure && file.Path == path+"."+what:
			fmt.Println("told", what, "unsure")
		case file != nil && file.Fault == Unsure:
			fmt.Println("told", what, "unsure of the file")
		default:
			fmt.Println("told", what, "refused")
		}
	}
	switch os.Getenv("CERTREISSUE_TEST_ACTS") {
	case "compact":
		s, err := Open(path, Options{Now: func() time.Time { return morning }})
		if err != nil {
			t.Fatal(err)
		}
		err = s.write(func(tx *bolt.Tx) error { return setIdentity(tx, func(i *identity) { i.Purged = true }) })
		if err == nil {
			_, _, err = s.Compact(t.Context())
		}
		tell("compact", err)
		_, err = (&office{Store: s, clock: &clock{t: morning}, t: t}).registerOnce(1)
		tell("act", err)
	case "name":
		part := path + ".1.part"
		tell("part", os.WriteFile(part, nil, 0o600))
		tell("named", NameNew(part, path+".named"))
	case "whole":
		tell("whole", WriteWhole(path+".whole", func(w io.Writer) error { _, err := io.WriteString(w, "whole"); return err }))
	case "copy":
		s, err := Open(path, Options{Now: func() time.Time { return morning }})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.CheckedCopy(t.Context(), nil)
		tell("copy", err)
	}
	os.Exit(0) // before the tests' own files are deleted
}

// TestNaming: where the disk does not say that it keeps a name, nobody is sure whether a
// file has it, and nothing is written into one that may lose it. A part that was not to
// be deleted is no reason to refuse the file; one that was deleted is none for doubt.
func TestNaming(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ act, fault, want string }{
		{"compact", "fsync:error=EIO:when=2+", "compact unsure of the file, act refused"},
		{"compact", "fsync:error=EIO:when=2", "compact unsure of the file, act done"},
		{"name", "fsync:error=EIO:when=1", "part done, named unsure"},
		{"name", "unlinkat:error=EIO:when=1", "part done, named done"},
		{"whole", "fsync:error=EIO:when=1", "whole refused"},
		{"whole", "fsync:error=EIO:when=2", "whole unsure"},
		{"copy", "fdatasync:error=EIO:when=4", "copy refused"},
		{"copy", "fdatasync:error=EIO:when=5", "copy refused"},
	} {
		path := newFile(t)
		var told []string
		for _, c := range tracedAs(t, "^TestNamingChild$", path, test.fault, namingIn+path, "CERTREISSUE_TEST_ACTS="+test.act) {
			if line, ok := strings.CutPrefix(c.line, "told "); ok {
				told = append(told, strings.TrimSuffix(line, "\n"))
			}
		}
		if got := strings.Join(told, ", "); got != test.want {
			t.Errorf("%s with %s: %q, want %q", test.act, test.fault, got, test.want)
		}
		if parts, _ := filepath.Glob(path + ".backups/*"); len(parts) > 0 {
			t.Errorf("%s with %s leaves %q", test.act, test.fault, parts)
		}
		openWith(t, path, Options{})
	}
}
