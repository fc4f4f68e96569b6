package power

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"certreissue/e2e/tracer"
)

// traced are the calls that change files, or tell somebody something.
const traced = "openat,creat,pwrite64,pwritev,write,writev,ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range,rename,renameat,renameat2,link,linkat,symlinkat,unlink,unlinkat,mkdir,mkdirat,lseek,copy_file_range,sendfile,splice,exit_group"

// call is one that a thread of a traced program made: its arguments and what came of it
// as strace shows them. result is empty where the program ended within.
type call struct {
	thread, name, args, result string
}

// injected tells whether the call was not made, and had a fault for its answer.
func (c *call) injected() bool { return strings.HasSuffix(c.result, "(INJECTED)") }

// failed tells whether nothing came of it.
func (c *call) failed() bool {
	return strings.HasPrefix(c.result, "-1") || strings.HasPrefix(c.result, "?")
}

// number is what the call answered.
func (c *call) number(t *testing.T) int64 {
	t.Helper()
	text, _, _ := strings.Cut(c.result, " ")
	n, err := strconv.ParseInt(text, 0, 64)
	if err != nil {
		t.Fatalf("strace: %s(…) = %q", c.name, c.result)
	}
	return n
}

// step is the beginning of a call or its end, between which others may have been
// heard.
type step struct {
	*call
	end bool
}

// readTrace gives the steps of a trace of strace -f -y -xx.
func readTrace(t *testing.T, path string) (steps []step) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	const unfinished, resumed = " <unfinished ...>", " resumed>"
	under := map[string]*call{} // way, by thread
	lines := bufio.NewReaderSize(file, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return steps
		}
		if err != nil {
			t.Fatal(err)
		}
		pid, rest, _ := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
		thread, text := string(pid), string(bytes.TrimLeft(rest, " "))
		if text == "" || strings.HasPrefix(text, "+++") || strings.HasPrefix(text, "---") {
			continue
		}
		c := under[thread]
		if after, ok := strings.CutPrefix(text, "<... "); ok {
			_, after, found := strings.Cut(after, resumed)
			if !found || c == nil {
				t.Fatalf("strace: %.200s", text)
			}
			delete(under, thread)
			c.complete(t, c.args+after)
			steps = append(steps, step{c, true})
			continue
		}
		name, args, found := strings.Cut(text, "(")
		if !found {
			t.Fatalf("strace: %.200s", text)
		}
		c = &call{thread: thread, name: name}
		steps = append(steps, step{c, false})
		if before, ok := strings.CutSuffix(args, unfinished); ok {
			c.args, under[thread] = before, c
			continue
		}
		c.complete(t, args)
		steps = append(steps, step{c, true})
	}
}

// complete reads "arguments) = result".
func (c *call) complete(t *testing.T, text string) {
	t.Helper()
	at := strings.LastIndex(text, " = ")
	if at < 0 {
		t.Fatalf("strace: %s(%.200s", c.name, text)
	}
	c.args, c.result = strings.TrimSuffix(strings.TrimRight(text[:at], " "), ")"), text[at+3:]
}

// texts are the quoted arguments.
func (c *call) texts(t *testing.T) (list []string) {
	t.Helper()
	for i, part := range strings.Split(c.args, `"`) {
		if i%2 == 1 {
			list = append(list, tracer.Unhex(t, []byte(part)))
		}
	}
	return list
}

// numbers are the arguments behind the open file and the text, if any.
func (c *call) numbers(t *testing.T) (list []int64) {
	t.Helper()
	_, rest := openFile(t, c.args)
	rest = rest[strings.LastIndex(rest, `"`)+1:]
	for part := range strings.SplitSeq(strings.Trim(rest, ", "), ", ") {
		if n, err := strconv.ParseInt(part, 0, 64); err == nil {
			list = append(list, n)
		}
	}
	return list
}

// open is the number of an open file in a process, and the name that the file has now.
type open struct {
	number, path string
	nameless     bool // it has none any more
}

// openFile reads an open file, "7<\x2f…>", which arguments, and the result of openat,
// begin with, and what stands behind it. No name holds a ">".
func openFile(t *testing.T, text string) (file open, rest string) {
	t.Helper()
	number, after, _ := strings.Cut(text, "<")
	path, rest, found := strings.Cut(after, ">")
	if !found {
		t.Fatalf("strace: no open file in %.200s", text)
	}
	rest, file.nameless = strings.CutPrefix(rest, "(deleted)")
	file.number, file.path = number, tracer.Unhex(t, []byte(path))
	return file, rest
}
