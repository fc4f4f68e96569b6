package commands

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/docs"
	"certreissue/e2e/rig"
)

// chapter is a part of the manual which is done from its first line to its last, in an
// empty folder. Its lines are what it claims of the manual's commands.
type chapter struct {
	name   string
	before func(m *machine) // lays out what the reader has by then
	lines  []line
	after  func(m *machine)
}

// line is a command as the manual has it.
type line struct {
	text string
	says string // is seen then
	do   func(m *machine, args []string) (said string)
}

// machine is where a chapter is done: its working directory.
type machine struct {
	*testing.T
	folder, home string // home is that of the test before
}

// onThisMachine is what stands in a command of the manual and is another thing in the
// folder of the test: places, people and versions that are examples, or need root.
func (m *machine) onThisMachine(text string) string {
	me, err := user.Current()
	if err != nil {
		m.Fatal(err)
	}
	return strings.NewReplacer("sudo ", "", "./certreissue ", "certreissue ", "版本", "v1.0.0",
		"/mnt/usb", filepath.Join(m.folder, "usb"), "/opt/certreissue", filepath.Join(m.folder, "opt"),
		"/var/lib/certreissue", filepath.Join(m.folder, "lib"), "/etc/certreissue", filepath.Join(m.folder, "etc"), "/srv/certreissue", filepath.Join(m.folder, "srv"),
		"chgrp certreissue", "chgrp "+me.Gid, "certreissue: ", me.Username+": ",
		"-applications 1000", "-applications 1", "-year 2025", fmt.Sprintf("-year %d", time.Now().Year())).Replace(text)
}

// TestManual does what the manual tells to do, and sees what it says is seen then.
func TestManual(t *testing.T) {
	for _, c := range manual {
		t.Run(c.name, func(t *testing.T) {
			home, err := os.Getwd()
			if err != nil {
				t.Fatal(err)
			}
			m := &machine{t, t.TempDir(), home}
			t.Chdir(m.folder)
			for _, name := range []string{"usb/镜像", "opt", "lib", "etc", "srv"} {
				if err := os.MkdirAll(name, 0o700); err != nil {
					t.Fatal(err)
				}
			}
			if c.before != nil {
				c.before(m)
			}
			for _, l := range c.lines {
				words := strings.Fields(m.onThisMachine(l.text))
				do := l.do
				switch {
				case do != nil:
				case words[0] == "certreissue":
					do = runs
				default:
					do = runsElse
				}
				if words[0] == "certreissue" {
					words = words[1:]
				}
				if said := do(m, words); !strings.Contains(said, l.says) {
					t.Errorf("%s does not say %q, but %s", l.text, l.says, said)
				}
			}
			if c.after != nil {
				c.after(m)
			}
		})
	}
}

// runs carries a command out, which ends well.
func runs(m *machine, args []string) string {
	m.Helper()
	return rig.Must(m.T, "", args...)
}

// endsWith is runs for a command that ends with another code.
func endsWith(want int) func(*machine, []string) string {
	return func(m *machine, args []string) string {
		m.Helper()
		code, out, said := rig.Command(m.T, "", args...)
		if code != want {
			m.Errorf("%q: exit %d, want %d", args, code, want)
		}
		return out + said
	}
}

// runsElse is runs for a program of the system.
func runsElse(m *machine, words []string) string {
	m.Helper()
	if _, err := exec.LookPath(words[0]); err != nil {
		if os.Getenv("CI") != "" {
			m.Fatal(err)
		}
		m.Skip(err)
	}
	said, err := exec.Command(words[0], words[1:]...).CombinedOutput()
	if err != nil {
		m.Errorf("%q: %v, %s", words, err, said)
	}
	return string(said)
}

// serves starts the service, or the demo, at an address of the test, and stops it when
// what is to be seen there has been seen.
func serves(see func(m *machine, r *rig.Running)) func(*machine, []string) string {
	return func(m *machine, args []string) string {
		m.Helper()
		if at := slices.Index(args, "-addr"); at > 0 {
			args = slices.Delete(slices.Clone(args), at, at+2)
		}
		r := rig.Start(m.T, args...)
		if see != nil {
			see(m, r)
		}
		r.Stop()
		return r.Out.String()
	}
}

// takesFlags has the parser of serve take a command's flags, for what cannot be served
// here; it answers the unit that systemd would be given.
func takesFlags(m *machine, args []string) string {
	m.Helper()
	for len(args) > 0 && slices.Contains([]string{"serve", "service", "install"}, args[0]) {
		args = args[1:]
	}
	return rig.Must(m.T, "", append([]string{"service", "install", "-print"}, args...)...)
}

// typesBack makes a locked copy as somebody does who writes the passphrase down, on the
// folder's paper.
func typesBack(m *machine, args []string) string {
	m.Helper()
	stdin, typed := io.Pipe()
	defer stdin.Close()
	s := &scribe{answer: same, to: typed}
	p := &command.Program{Now: time.Now}
	if code := p.Run(m.Context(), args, stdin, s, &s.heard); code != command.ExitDone {
		m.Fatalf("%q: exit %d, %s", args, code, s.heard.String())
	}
	m.put("paper", []byte(s.shown))
	return s.heard.String()
}

// typesPassphrase is runs with what stands on the paper.
func typesPassphrase(m *machine, args []string) string {
	m.Helper()
	return rig.Must(m.T, string(m.get("paper"))+"\n", args...)
}

func (m *machine) put(name string, content []byte) {
	m.Helper()
	if err := os.WriteFile(name, content, 0o600); err != nil {
		m.Fatal(err)
	}
}

func (m *machine) get(name string) []byte {
	m.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		m.Fatal(err)
	}
	return content
}

var (
	codeBlocks = regexp.MustCompile("(?ms)^ *```(.*?)^ *```")
	codeSpans  = regexp.MustCompile("`([^`\n]+)`")
	isCommand  = regexp.MustCompile(`^(?:sudo )?(?:\.[/\\])?[a-z][a-z0-9.]* [^…]*$`)
)

// commandsOf are the commands that a document tells to type. Those with an ellipsis show
// how one is written.
func commandsOf(text string) (list []string) {
	for _, block := range codeBlocks.FindAllStringSubmatch(text, -1) {
		if lines, typed := strings.CutPrefix(block[1], "\n"); typed { // the others name the language of a file
			for text := range strings.Lines(lines) {
				list = append(list, strings.TrimSpace(text))
			}
		}
	}
	for _, span := range codeSpans.FindAllStringSubmatch(codeBlocks.ReplaceAllString(text, ""), -1) {
		if isCommand.MatchString(span[1]) {
			list = append(list, span[1])
		}
	}
	return list
}

// TestManualCommands: every command of the manual is a line of exactly one chapter, or
// held in another way that is there, and nothing is done here that it does not tell.
func TestManualCommands(t *testing.T) {
	told, held := map[string]bool{}, map[string]int{}
	for _, document := range []string{"operations.md", "proxy.md"} {
		for _, text := range commandsOf(docs.Text(t, document)) {
			told[text] = true
		}
	}
	if len(told) < 60 {
		t.Fatalf("only %d commands are found", len(told))
	}
	for _, c := range manual {
		for _, l := range c.lines {
			held[l.text]++
		}
	}
	for text, how := range heldElsewhere {
		held[text]++
		kind, what, _ := strings.Cut(how, " ")
		if !isHeld(t, text, kind, what) {
			t.Errorf("there is no %s %s that holds %s", kind, what, text)
		}
	}
	for text := range told {
		if held[text] != 1 {
			t.Errorf("%d lines hold the manual's\n\t%s", held[text], text)
		}
	}
	for text := range held {
		if !told[text] {
			t.Errorf("the manual no longer tells to type\n\t%s", text)
		}
	}
}

// isHeld tells whether a test of a package is there, or whether a file of words tells to
// type a command.
func isHeld(t *testing.T, text, kind, what string) bool {
	t.Helper()
	pattern, sought := what, text
	switch kind {
	case "paper":
		return true
	case "test":
		folder, name, _ := strings.Cut(what, ".")
		pattern, sought = filepath.Join(folder, "*_test.go"), "\nfunc "+name+"(t *testing.T) {"
	}
	files, err := filepath.Glob(filepath.Join("..", "..", pattern))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(path string) bool {
		source, err := os.ReadFile(path)
		return err == nil && strings.Contains(string(source), sought)
	})
}
