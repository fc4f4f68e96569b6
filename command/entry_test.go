package command

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"certreissue/scm"
	"certreissue/service"
)

// TestEntry: the service of Windows has the installed place for itself, is let in
// elsewhere, and is told of no letter that only a user's session knows.
func TestEntry(t *testing.T) {
	folder := t.TempDir()
	installed, elsewhere := filepath.Join(folder, "installed", "certreissue.db"), filepath.Join(folder, "数据", "office.db")
	if err := os.MkdirAll(elsewhere+".backups", 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{elsewhere, filepath.Join(filepath.Dir(elsewhere), "letter.txt")} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	local := func(string) bool { return false }
	own := boot{Program: "p.exe", Args: []string{"-data", installed}, Config: &service.Config{Data: installed, Log: logBeside(installed)}}
	e, err := entryOf(own, installed, local)
	if err != nil || e.Own != filepath.Dir(installed) || len(e.Writes) > 0 || len(e.Reads) > 0 || e.Program != "p.exe" || !slices.Equal(e.Args, own.Args) {
		t.Errorf("%+v, %v", e, err)
	}
	other := boot{Config: &service.Config{Data: elsewhere, Log: filepath.Join(folder, "log", "a.log"), CertFile: "c.pem", KeyFile: "k.pem"}, Mirror: filepath.Join(folder, "mirror")}
	e, err = entryOf(other, installed, local)
	if want := []string{filepath.Dir(elsewhere), elsewhere, elsewhere + ".backups", filepath.Join(folder, "log"), other.Mirror}; err != nil || e.Own != "" || !slices.Equal(e.Writes, want) || !slices.Equal(e.Reads, []string{"c.pem", "k.pem"}) {
		t.Errorf("%+v, %v", e, err)
	}

	for _, whole := range []*service.Config{{Data: "/office.db", Log: elsewhere}, {Data: elsewhere, Log: "/a.log"}} {
		if _, err := entryOf(boot{Config: whole}, installed, local); err == nil || !strings.Contains(service.Sentence(err), "根目录") {
			t.Errorf("a whole disk is given away: %v", err)
		}
	}
	if e, err := entryOf(boot{Config: &service.Config{Data: strings.ToUpper(installed), Log: logBeside(installed)}}, installed, local); err != nil || e.Own == "" {
		t.Errorf("the installed place in capitals: %+v, %v", e, err)
	}

	other.Mirror = `\\nas\backup`
	remote := func(path string) bool { return strings.HasPrefix(path, `\\`) || strings.HasPrefix(path, `Z:\`) }
	if e, err := entryOf(other, installed, remote); err != nil || slices.Contains(e.Writes, other.Mirror) {
		t.Errorf("a mirror on another machine: %+v, %v", e, err)
	}
	other.Mirror = `Z:\backup`
	if e, err := entryOf(other, installed, remote); err == nil || !strings.Contains(service.Sentence(err), `Z:\backup`) {
		t.Errorf("a mirror by a letter: %+v, %v", e, err)
	}
}

// TestHome: who names no file means the installed service's; where none is installed, in
// Linux the one that a command makes here.
func TestHome(t *testing.T) {
	there := filepath.Join(t.TempDir(), "certreissue.db")
	if err := os.WriteFile(there, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	missing := there + ".missing"
	for _, c := range []struct{ system, installed, want string }{{"linux", there, there}, {"linux", missing, ""}, {"windows", there, there}, {"windows", missing, missing},
		{"linux", filepath.Join(there, "certreissue.db"), filepath.Join(there, "certreissue.db")}} {
		if got := homeOf(c.system, c.installed); got != c.want {
			t.Errorf("%s, %s: %q", c.system, c.installed, got)
		}
	}
}

// TestLogOfService: a service that nobody sees has its log beside the data.
func TestLogOfService(t *testing.T) {
	if log := logBeside("/a/b.c/office.db"); log != "/a/b.c/office.log" {
		t.Error(log)
	}
	for want, flags := range map[string][]string{"b.log": {"-data", "a.db", "-log", "b.log", "-plain-http"}, "": {"-data", "a.db", "-log"}} {
		if log := logOf(flags); log != want {
			t.Errorf("%q: %q", flags, log)
		}
	}
	var said strings.Builder
	if code := (&Program{}).Run(t.Context(), scm.Command, nil, &said, &said); code != ExitFailed || !strings.Contains(said.String(), "service start") {
		t.Errorf("by hand: exit %d, %s", code, said.String())
	}
}
