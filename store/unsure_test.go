package store

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

const unsureIn = "CERTREISSUE_TEST_UNSURE="

// TestUnsureChild is no test but the child of the next one: it registers people, and
// says of each what it was told and what stands.
func TestUnsureChild(t *testing.T) {
	path := os.Getenv(unsureIn[:len(unsureIn)-1])
	if path == "" {
		return
	}
	runtime.LockOSThread() // strace counts the calls of each
	s, err := Open(path, Options{Now: func() time.Time { return morning }})
	if err != nil || s.Full() {
		os.Exit(0) // the fault came too soon
	}
	o := &office{Store: s, clock: &clock{t: morning}, t: t}
	for n := range 3 {
		_, err := o.registerOnce(n)
		var fault *FileError
		if err != nil && !errors.As(err, &fault) {
			t.Fatal(err)
		}
		_, missing := o.AccountByNumber(human(n).Number)
		switch {
		case err == nil:
			fmt.Println("told done", missing == nil)
		case fault.Fault == Unsure:
			fmt.Println("told unsure", missing == nil)
		default:
			fmt.Println("told refused", missing == nil)
		}
	}
	o.must(s.Abandon())
}

// TestUnsure lets one sync of a commit fail, or one write. An act whose meta page is
// there may stand: who did it is told to look, and sees what is true. One whose meta
// page is not there does not stand, and is refused.
func TestUnsure(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"ENOSPC", "EDQUOT", "EIO"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			first, second, refusedWrites := 0, 0, 0
			for _, name := range []string{"fdatasync", "pwrite64"} {
				for at := 3; ; at++ {
					path := newFile(t)
					calls := tracedAs(t, "^TestUnsureChild$", path, fmt.Sprintf("%s:error=%s:when=%d", name, fault, at), unsureIn+path)
					failed := slices.IndexFunc(calls, func(c call) bool { return c.failed })
					if failed < 0 {
						break // there are no more
					}
					meta := calls[failed].sync && calls[failed-1].write != nil && calls[failed-1].offset < 2*int64(os.Getpagesize())
					var told []string
					opened := false
					for _, c := range calls {
						opened = opened || strings.HasPrefix(c.line, "told")
						if strings.HasPrefix(c.line, "told") && c.line != "told done true\n" {
							told = append(told, c.line)
						}
					}
					if !opened {
						continue
					}
					want := "told refused false\n"
					switch {
					case meta:
						want = "told unsure true\n"
						second++
					case calls[failed].sync:
						first++
					default:
						refusedWrites++
					}
					if !slices.Equal(told, []string{want}) {
						t.Errorf("%s %d: %q, want %q", name, at, told, want)
					}
					people := 3 // and not more than once
					if !meta {
						people = 2
					}
					if n := count(openWith(t, path, Options{}), &accounts); n != people {
						t.Errorf("%s %d: %d people, want %d", name, at, n, people)
					}
				}
			}
			if first < 2 || second < 2 || refusedWrites < 5 {
				t.Errorf("%d first syncs, %d second ones, %d writes failed", first, second, refusedWrites)
			}
		})
	}
}

// TestFullChild is no test but the child of the next one: it opens a file and, where
// it is told to, changes it, and ends as if it was killed, or closes it.
func TestFullChild(t *testing.T) {
	path := os.Getenv(fullIn[:len(fullIn)-1])
	if path == "" {
		return
	}
	runtime.LockOSThread()
	s, err := Open(path, Options{Now: func() time.Time { return morning }})
	if err != nil {
		t.Fatal(err)
	}
	o := &office{Store: s, clock: &clock{t: morning}, t: t}
	fmt.Println("full", s.Full(), count(o, &cities))
	if os.Getenv("CERTREISSUE_TEST_ACTS") == "" {
		o.must(s.Close())
		return
	}
	if _, err := o.registerOnce(1); err != nil {
		t.Fatal(err)
	}
	fmt.Println("full", s.Full())
	o.must(s.Abandon())
}

const fullIn = "CERTREISSUE_TEST_FULL="

// TestOpenOnFullDisk: a disk that does not take the mark that a file is in use keeps
// nobody from reading it. The first change that gets through brings the mark along.
func TestOpenOnFullDisk(t *testing.T) {
	t.Parallel()
	for acts, want := range map[string][]string{"": {"full true 1\n"}, "1": {"full true 1\n", "full false\n"}} {
		path := newFile(t)
		var told []string
		for _, c := range tracedAs(t, "^TestFullChild$", path, "pwrite64:error=ENOSPC:when=1", fullIn+path, "CERTREISSUE_TEST_ACTS="+acts) {
			if strings.HasPrefix(c.line, "full") {
				told = append(told, c.line)
			}
		}
		if !slices.Equal(told, want) {
			t.Errorf("acts %q: told %q, want %q", acts, told, want)
		}
		if unclean, err := Peek(path); err != nil || unclean != (acts != "") {
			t.Errorf("acts %q: the mark is there: %v, %v", acts, unclean, err)
		}
		openWith(t, path, Options{})
	}
}
