package unit

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"certreissue/reissue"
)

// machine is a systemd that notes what it is told; each of refuses fails.
func machine(t *testing.T, refuses ...string) (s System, told *[]string) {
	t.Helper()
	told = new([]string)
	return System{Units: t.TempDir(), Data: t.TempDir(), Booted: t.TempDir(), Known: func(string) bool { return false }, Run: func(name string, args ...string) (string, error) {
		line := strings.Join(append([]string{name}, args...), " ")
		*told = append(*told, line)
		if slices.ContainsFunc(refuses, func(begin string) bool { return strings.HasPrefix(line, begin) }) {
			return "Failed to do so.\n", errors.New("exit status 1")
		}
		return "", nil
	}}, told
}

func small() Unit {
	return Unit{Program: "/opt/certreissue/certreissue", Args: []string{"serve", "-data", "/var/lib/certreissue/certreissue.db"}}
}

// says wants an error to be a sentence with these words in it.
func says(t *testing.T, err error, words string) {
	t.Helper()
	if said, ok := reissue.Sentence(err); err == nil || !ok || !strings.Contains(said, words) {
		t.Errorf("%v: %q, want %q", err, said, words)
	}
}

// TestInstall: the unit is there, whole and for all to read, its user exists, and systemd
// has heard of it; nothing is started.
func TestInstall(t *testing.T) {
	s, told := machine(t)
	for range 2 {
		if err := s.Install(small()); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(s.file())
		if info, statErr := os.Stat(s.file()); err != nil || statErr != nil || info.Mode().Perm() != 0o644 || string(text) != small().Text() {
			t.Errorf("%v, %v, %v: %s", err, statErr, info, text)
		}
		if list, _ := os.ReadDir(s.Units); len(list) != 1 {
			t.Errorf("left behind: %v", list)
		}
		if got := strings.Join(*told, "; "); !strings.HasPrefix(got, "useradd --system ") || !strings.HasSuffix(got, " certreissue; systemctl daemon-reload; systemctl enable --quiet certreissue") {
			t.Errorf("the system was told %q", got)
		}
		*told = nil
	}
	s.Known = func(name string) bool { return name == User }
	s.Data = filepath.Join(s.Data, "none")
	if err := s.Install(small()); err != nil || len(*told) != 3 || (*told)[0] != "install --directory --mode=0700 --owner=certreissue --group=certreissue "+s.Data {
		t.Errorf("without the folder: %v, %q", err, *told)
	}
	*told, s.Data = nil, s.Units
	if err := s.Install(small()); err != nil || len(*told) != 2 {
		t.Errorf("with the user there: %v, %q", err, *told)
	}
}

// TestInstallRefused: where a step fails nothing comes after it, and a machine without
// systemd is left alone.
func TestInstallRefused(t *testing.T) {
	s, told := machine(t, "useradd")
	says(t, s.Install(small()), "useradd --system")
	if _, err := os.Stat(s.file()); err == nil || len(*told) != 1 {
		t.Errorf("without a user: %v, %q", err, *told)
	}
	s, told = machine(t)
	booted := s.Booted
	s.Booted = filepath.Join(booted, "none")
	for what, err := range map[string]error{"install": s.Install(small()), "uninstall": s.Uninstall(), "start": s.Start(), "stop": s.Stop()} {
		t.Log(what)
		says(t, err, "没有用 systemd 启动")
	}
	s.Booted = booted
	for what, err := range map[string]error{"uninstall": s.Uninstall(), "start": s.Start(), "stop": s.Stop()} {
		t.Log(what)
		says(t, err, "还没有安装")
	}
	if len(*told) > 0 {
		t.Errorf("the system was told %q", *told)
	}
}

// TestStart: a service that ends at once, as one whose file is damaged, was not started.
func TestStart(t *testing.T) {
	for refused, want := range map[string]string{"": "", "systemctl start": "systemctl start certreissue 没有成功（Failed to do so.）", "systemctl is-active": "又停止了"} {
		s, told := machine(t)
		if refused != "" {
			s, told = machine(t, refused)
		}
		if err := s.Install(small()); err != nil {
			t.Fatal(err)
		}
		*told = nil
		err := s.Start()
		if want == "" && (err != nil || !slices.Equal(*told, []string{"systemctl reset-failed certreissue", "systemctl start certreissue", "systemctl is-active --quiet certreissue"})) {
			t.Errorf("%v, %q", err, *told)
		} else if want != "" {
			says(t, err, want)
		}
	}
}

// TestStop: only where systemd has stopped it, it is.
func TestStop(t *testing.T) {
	s, told := machine(t)
	if err := s.Install(small()); err != nil {
		t.Fatal(err)
	}
	*told = nil
	if err := s.Stop(); err != nil || !slices.Equal(*told, []string{"systemctl stop certreissue"}) {
		t.Errorf("%v, %q", err, *told)
	}
	s, _ = machine(t, "systemctl stop")
	if err := s.Install(small()); err != nil {
		t.Fatal(err)
	}
	says(t, s.Stop(), "systemctl stop certreissue 没有成功")
}

// TestUninstall: the service is stopped and gone, the unit too.
func TestUninstall(t *testing.T) {
	s, told := machine(t)
	if err := s.Install(small()); err != nil {
		t.Fatal(err)
	}
	*told = nil
	if err := s.Uninstall(); err != nil || s.Installed() || !slices.Equal(*told, []string{"systemctl disable --now --quiet certreissue", "systemctl daemon-reload"}) {
		t.Errorf("%v, %t, %q", err, s.Installed(), *told)
	}
}

// TestText: a right to a low port is there where it is needed and nowhere else, and
// what is written to elsewhere is open.
func TestText(t *testing.T) {
	text := small().Text()
	for _, line := range []string{"ExecStart=/opt/certreissue/certreissue serve -data /var/lib/certreissue/certreissue.db", "User=certreissue", "StateDirectory=certreissue",
		"ProtectSystem=strict", "Restart=on-failure", "AmbientCapabilities=", "CapabilityBoundingSet=", "NoNewPrivileges=yes"} {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("no line %q", line)
		}
	}
	if strings.Contains(text, "CAP_") || strings.Contains(text, "ReadWritePaths") {
		t.Errorf("it may more than it needs:\n%s", text)
	}
	text = odd().Text()
	for _, line := range []string{`ExecStart="/opt/证书 补办/certreissue" serve -data "/srv/100%% \"own\"/a.db" -public-url https://bz.example.cn/$$x`, "AmbientCapabilities=CAP_NET_BIND_SERVICE",
		`RequiresMountsFor=/var/lib/certreissue "/srv/100%% \"own\""`, `ReadWritePaths="/srv/100%% \"own\"" "-/mnt/a b/镜像"`} {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, text)
		}
	}
}

// odd is a unit with what is hard to write down.
func odd() Unit {
	return Unit{Program: "/opt/证书 补办/certreissue", LowPort: true, Needs: []string{`/srv/100% "own"`}, Writes: []string{"/mnt/a b/镜像"},
		Args: []string{"serve", "-data", `/srv/100% "own"/a.db`, "-public-url", "https://bz.example.cn/$x"}}
}
