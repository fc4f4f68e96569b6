package store

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"certreissue/e2e/tracer"
)

// call is what a traced child asked of its data file, or what it told its
// parent: one of the four.
type call struct {
	write  []byte // these bytes at the offset
	offset int64
	size   int64  // the file cut or grown to this; -1 is none
	sync   bool   // everything asked before is on the disk
	line   string // printed
	failed bool
}

const tracedPeople = 25

// traced runs the child that applies for these people, under strace, and gives
// its calls in their order. The fault, if any, is injected as strace(1) says.
func traced(t *testing.T, path, fault string, env ...string) []call {
	t.Helper()
	return tracedAs(t, "^TestApplying$", path, fault, append([]string{applyingTo + path, fmt.Sprintf("CERTREISSUE_TEST_PEOPLE=%d", tracedPeople)}, env...)...)
}

// tracedAs is traced for the child of that name.
func tracedAs(t *testing.T, child, path, fault string, env ...string) []call {
	t.Helper()
	strace := tracer.Find(t)
	trace := filepath.Join(t.TempDir(), "trace")
	args := []string{"-f", "-qq", "-y", "-xx", "-s", strconv.Itoa(64 << 20), "-o", trace, "-e", "trace=pwrite64,fdatasync,fsync,ftruncate,write"}
	if fault != "" {
		args = append(args, "-e", "inject="+fault)
	}
	process := exec.Command(strace, append(args, os.Args[0], "-test.run="+child)...)
	process.Env = append(os.Environ(), env...)
	if out, err := process.CombinedOutput(); err != nil {
		t.Fatalf("the traced child: %v\n%s", err, out)
	}
	file, err := os.Open(trace)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var calls []call
	last := map[string]int{} // by thread
	lines := bufio.NewReaderSize(file, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return calls
		}
		thread, rest, _ := bytes.Cut(line, []byte(" "))
		if c, ok := parseCall(t, bytes.TrimLeft(rest, " "), path); ok {
			last[string(thread)] = len(calls)
			calls = append(calls, c)
		}
		if i, known := last[string(thread)]; known && bytes.Contains(rest, []byte(" = -1 ")) {
			calls[i].failed = true
		}
	}
}

// straceLine is a call with the path of its file, before the other arguments. A
// call during which another thread was heard is on two lines: the first has the
// arguments, the second what came of it.
var straceLine = regexp.MustCompile(`^(\w+)\(\d+<([^>]*)>(?:, )?`)

func parseCall(t *testing.T, line []byte, path string) (c call, ok bool) {
	t.Helper()
	found := straceLine.FindSubmatchIndex(line)
	if found == nil {
		return c, false
	}
	name, file, rest := string(line[found[2]:found[3]]), tracer.Unhex(t, line[found[4]:found[5]]), line[found[1]:]
	c.size = -1
	switch {
	case name == "write" && strings.HasPrefix(file, "pipe:"):
		c.line = tracer.Unhex(t, quoted(rest))
	case file != path:
		return c, false
	case name == "pwrite64":
		c.write = []byte(tracer.Unhex(t, quoted(rest)))
		end := bytes.LastIndexByte(rest, '"')
		if _, err := fmt.Sscanf(string(rest[end+1:]), ", %d, %d", new(int), &c.offset); err != nil {
			t.Fatalf("strace: %q: %v", rest[end:], err)
		}
	case name == "ftruncate":
		if _, err := fmt.Sscanf(string(rest), "%d", &c.size); err != nil {
			t.Fatalf("strace: %q: %v", rest, err)
		}
	default:
		c.sync = true
	}
	return c, true
}

func quoted(arguments []byte) []byte {
	from, to := bytes.IndexByte(arguments, '"'), bytes.LastIndexByte(arguments, '"')
	return arguments[from+1 : max(to, from+1)]
}
