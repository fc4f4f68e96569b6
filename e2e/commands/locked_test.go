package commands

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"
	"certreissue/locked"
)

// scribe hears what a program says, and types an answer to the passphrase that it shows.
type scribe struct {
	heard  rig.LockedBuffer
	answer func(passphrase string) string
	to     *io.PipeWriter
	shown  string
}

var shownPassphrase = regexp.MustCompile(`(?m)^口令：(\S+)$`)

func (s *scribe) Write(b []byte) (int, error) {
	n, err := s.heard.Write(b)
	if found := shownPassphrase.FindStringSubmatch(s.heard.String()); found != nil && s.shown == "" {
		s.shown = found[1]
		go func() {
			io.WriteString(s.to, s.answer(s.shown))
			s.to.Close()
		}()
	}
	return n, err
}

// lockedBackup makes a locked copy, with an answer to the passphrase.
func lockedBackup(t *testing.T, path, data string, answer func(passphrase string) string) (code int, passphrase, said string) {
	t.Helper()
	stdin, typed := io.Pipe()
	defer stdin.Close()
	s := &scribe{answer: answer, to: typed}
	var wrong rig.LockedBuffer
	p := &command.Program{Now: time.Now}
	code = p.Run(t.Context(), []string{"backup", path, "-data", data}, stdin, s, &wrong)
	return code, s.shown, s.heard.String() + wrong.String()
}

func same(passphrase string) string { return passphrase + "\n" }

// filesBelow are all files of a folder, at any depth.
func filesBelow(t *testing.T, folder string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && path != folder {
			name, _ := filepath.Rel(folder, path)
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

// holds fails where something else is in a folder, such as a plain copy.
func holds(t *testing.T, when, folder string, want ...string) {
	t.Helper()
	if names := filesBelow(t, folder); !slices.Equal(names, want) {
		t.Errorf("%s there are %q, want %q", when, names, want)
	}
}

// TestLockedCopy: a copy under a passphrase is checked and restored by it, from beside a
// service as without one, and leaves nothing plain.
func TestLockedCopy(t *testing.T) {
	t.Parallel()
	home, away := t.TempDir(), t.TempDir()
	data := filepath.Join(home, "a.db")
	rig.Must(t, "", "import", "certificates", rig.Write(t, "register.csv", []byte(rig.GuideRegister)), "-data", data)
	rig.Must(t, "guanli-pass1\n", "staff", "add", "guanli", "-role", "admin", "-password-stdin", "-data", data)
	alone, beside := filepath.Join(away, "alone.age"), filepath.Join(away, "beside.AGE")

	code, passphrase, said := lockedBackup(t, alone, data, func(p string) string { return strings.ToLower(strings.ReplaceAll(p, "-", " ")) + "\n" })
	if code != command.ExitDone || !strings.Contains(said, "已写入 "+alone) {
		t.Fatalf("exit %d, %s", code, said)
	}
	holds(t, "after a copy", home, "a.db")
	r := rig.Start(t, "serve", "-data", data)
	code, other, said := lockedBackup(t, beside, data, same)
	if code != command.ExitDone || other == passphrase {
		t.Fatalf("beside a service: exit %d, %q after %q, %s", code, other, passphrase, said)
	}
	if entries, err := os.ReadDir(data + ".spool"); err == nil {
		t.Errorf("beside a service a copy leaves %v", entries)
	}
	r.Stop()

	elsewhere := t.TempDir()
	restored := filepath.Join(elsewhere, "b.db")
	for path, passphrase := range map[string]string{alone: passphrase, beside: other} {
		content, err := os.ReadFile(path)
		if err != nil || bytes.Contains(content, []byte("guanli")) || !bytes.HasPrefix(content, []byte("age-encryption.org/v1\n-> scrypt ")) {
			t.Errorf("%s holds something to read, %v", path, err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v", info, err)
		}
		renamed := rig.Write(t, "renamed.db", content)
		for _, path := range []string{path, renamed} {
			if out := rig.Must(t, strings.ToLower(passphrase), "check", path, "-passphrase-stdin", "-data", restored); out != "检查完成，没有发现问题。\n" {
				t.Errorf("check: %q", out)
			}
		}
		code, out, said := rig.Command(t, passphrase+"\r\n", "restore", path, "-data", restored)
		if code != command.ExitDone || !strings.Contains(said, "请输入加密备份的口令") || !strings.Contains(out, "已恢复到 "+restored) {
			t.Errorf("restore: exit %d, %s%s", code, out, said)
		}
		if list := rig.Must(t, "", "staff", "list", "-data", restored); !strings.Contains(list, "guanli") {
			t.Errorf("staff list: %s", list)
		}
		if err := os.Remove(restored); err != nil {
			t.Fatal(err)
		}
	}
	kept, _ := filepath.Glob(restored + ".2*")
	holds(t, "after restores", elsewhere, names(kept)...)
	holds(t, "where the copies are", away, "alone.age", "beside.AGE")
}

func names(paths []string) (list []string) {
	for _, path := range paths {
		list = append(list, filepath.Base(path))
	}
	return list
}

// TestLockedCopyTypedWrong: a passphrase that nobody has written down locks nothing.
func TestLockedCopyTypedWrong(t *testing.T) {
	t.Parallel()
	home, away := t.TempDir(), t.TempDir()
	data := filepath.Join(home, "a.db")
	rig.Must(t, "guanli-pass1\n", "staff", "add", "guanli", "-role", "admin", "-password-stdin", "-data", data)
	for reason, answer := range map[string]func(string) string{
		"another one": func(p string) string { return "2" + p[1:len(p)-1] + "3\n" }, "nothing": func(string) string { return "" },
		"an empty line": func(string) string { return "\n" + "\n" }, "half": func(p string) string { return p[:len(p)/2] + "\n" },
	} {
		code, passphrase, said := lockedBackup(t, filepath.Join(away, "a.age"), data, answer)
		if code != command.ExitFailed || passphrase == "" || !strings.Contains(said, "没有备份") {
			t.Errorf("%s: exit %d, %q, %s", reason, code, passphrase, said)
		}
		holds(t, reason, away)
		holds(t, reason, home, "a.db")
	}
	if code, passphrase, _ := lockedBackup(t, filepath.Join(away, "a.age"), filepath.Join(home, "missing.db"), same); code != command.ExitFailed || passphrase != "" {
		t.Errorf("of no file: exit %d, %q", code, passphrase)
	}
	if code, passphrase, said := lockedBackup(t, rig.Write(t, "there.age", nil), data, same); code != command.ExitFailed || passphrase != "" || !strings.Contains(said, "已存在") {
		t.Errorf("over another one: exit %d, %q, %s", code, passphrase, said)
	}
	// Nobody types anything, and stops the program.
	stopped, cancel := context.WithCancel(t.Context())
	p := &command.Program{Now: time.Now}
	stdin, typed := io.Pipe()
	defer typed.Close()
	var out, wrong bytes.Buffer
	cancel()
	if code := p.Run(stopped, []string{"backup", filepath.Join(away, "a.age"), "-data", data}, stdin, &out, &wrong); code != command.ExitFailed || !strings.Contains(wrong.String(), "被停止") {
		t.Errorf("stopped: exit %d, %s", code, &wrong)
	}
	holds(t, "after a stop", away)
	holds(t, "after a stop", home, "a.db")
}

// TestLockedCopyRefused: a locked copy that does not open, or not whole, says so in one
// sentence. Nothing is restored, and nothing plain is left.
func TestLockedCopyRefused(t *testing.T) {
	t.Parallel()
	home, away := t.TempDir(), t.TempDir()
	data := filepath.Join(home, "a.db")
	rig.Must(t, "guanli-pass1\n", "staff", "add", "guanli", "-role", "admin", "-password-stdin", "-data", data)
	copied := filepath.Join(away, "a.age")
	code, passphrase, said := lockedBackup(t, copied, data, same)
	if code != command.ExitDone {
		t.Fatalf("exit %d, %s", code, said)
	}
	content, err := os.ReadFile(copied)
	before, err2 := os.ReadFile(data)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for reason, c := range map[string]struct {
		file        []byte
		typed, says string
	}{
		"a wrong passphrase": {content, "ABCD-EFGH-JKLM-NPQR-STUV", "口令不对"}, "no passphrase": {content, "", "口令不对"},
		"cut": {content[:len(content)-1000], passphrase, "不完整"}, "cut in the header": {content[:40], passphrase, "不完整"}, "empty": {nil, passphrase, "不完整"},
		"too much work": {bytes.Replace(content, []byte(" 15\n"), []byte(" 19\n"), 1), passphrase, "计算量超出范围"},
	} {
		path := rig.Write(t, "bad.age", c.file)
		for _, do := range []string{"check", "restore"} {
			code, out, said := rig.Command(t, c.typed+"\n", do, path, "-passphrase-stdin", "-data", data)
			if code != command.ExitFailed || out != "" || !strings.Contains(said, path) || !strings.Contains(said, c.says) || strings.Count(said, "\n") != 1 || strings.Contains(said, "spool") {
				t.Errorf("%s, %s: exit %d, %q, %q", reason, do, code, out, said)
			}
			if do == "restore" && !strings.Contains(said, "没有恢复，现有数据没有改动") {
				t.Errorf("%s: %q", reason, said)
			}
		}
		holds(t, reason, home, "a.db")
	}
	for _, args := range [][]string{{"check", "-from", copied}, {"check", "-repair", filepath.Join(away, "out.db"), copied}, {"check", filepath.Join(away, "missing.age")}, {"restore", filepath.Join(away, "missing.age")}} {
		if code, out, said := rig.Command(t, passphrase, append(args, "-data", data)...); code != command.ExitFailed || out != "" || strings.Count(said, "\n") != 1 {
			t.Errorf("%v: exit %d, %q, %q", args, code, out, said)
		}
	}
	// What is no data file is none under a passphrase either, and has the name by which it is known.
	sealed, err := locked.Lock(strings.NewReader("no data file"), passphrase)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(sealed)
	if err != nil {
		t.Fatal(err)
	}
	path := rig.Write(t, "text.age", text)
	for do, says := range map[string]string{"check": "不是本系统的数据文件", "restore": "不是本系统的备份"} {
		code, _, said := rig.Command(t, passphrase, do, path, "-passphrase-stdin", "-data", data)
		if code != command.ExitFailed || !strings.Contains(said, path) || !strings.Contains(said, says) || strings.Contains(said, "spool") {
			t.Errorf("a text, %s: exit %d, %q", do, code, said)
		}
	}
	holds(t, "after all", home, "a.db")
	after, err := os.ReadFile(data)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the data file has changed, or %v", err)
	}
	holds(t, "after all", away, "a.age")
}
