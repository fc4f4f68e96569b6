package commands

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// clicked is a window that a double click has opened, on a machine where the installed
// place is a file of the test.
type clicked struct {
	program *command.Program
	mu      sync.Mutex
	browsed []string
	keys    int
}

func click(data string) *clicked {
	w := &clicked{}
	w.program = &command.Program{Now: time.Now, Installed: data, Home: data, Window: &command.Window{
		Browse: func(url string) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.browsed = append(w.browsed, url)
			return nil
		},
		Key:       func() { w.keys++ },
		Installed: func() ([]string, bool) { return nil, false },
		Running:   func() bool { return false },
	}}
	return w
}

func (w *clicked) run(ctx context.Context) (code int, said string) {
	var out rig.LockedBuffer
	code = w.program.Run(ctx, nil, strings.NewReader(""), &out, &out)
	return code, out.String()
}

// TestDoubleClick: the installed place's file is served, and the browser opened on the
// office's side without the one-time code; a second one opens it on the first one's, and
// is done.
func TestDoubleClick(t *testing.T) {
	data, address := rig.ListeningFile(t)
	t.Chdir(filepath.Dir(copied(t, rig.StaffedFile(t), t.TempDir(), "certreissue.db"))) // of which it knows nothing
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	first, second := click(data), click(data)
	ready, ended := make(chan string, 1), make(chan string, 1)
	first.program.OnReady = func(url string) { ready <- url }
	go func() {
		code, said := first.run(ctx)
		if code != command.ExitDone || first.keys != 0 {
			t.Errorf("exit %d, %d keys", code, first.keys)
		}
		ended <- said
	}()
	select {
	case <-ready:
	case said := <-ended:
		t.Fatal(said)
	}
	code, said := second.run(t.Context())
	want := []string{"http://" + address + "/office"}
	if code != command.ExitDone || second.keys != 0 || !slices.Equal(second.browsed, want) || !strings.Contains(said, "正在运行") {
		t.Errorf("the second one: exit %d, %d keys, %q, %s", code, second.keys, second.browsed, said)
	}
	stop()
	said = <-ended
	if !slices.Equal(first.browsed, want) {
		t.Errorf("browsed is %q", first.browsed)
	}
	for _, text := range []string{"证书补办申请系统", "关闭这个窗口", "Ctrl+C", data} {
		if !strings.Contains(said, text) {
			t.Errorf("no %q in %s", text, said)
		}
	}
}

// TestWindowStays: what is refused stays to be read until a key is pressed, or the window
// is closed.
func TestWindowStays(t *testing.T) {
	t.Parallel()
	data := rig.Write(t, "certreissue.db", []byte("no database"))
	w := click(data)
	code, said := w.run(t.Context())
	if code != command.ExitFailed || w.keys != 1 || len(w.browsed) > 0 || !strings.HasSuffix(said, "请按任意键关闭这个窗口。\n") || !strings.Contains(said, data+" 不是本系统的数据文件") {
		t.Errorf("exit %d, %d keys, %q: %s", code, w.keys, w.browsed, said)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int)
	w.program.Window.Key = func() { stop(); <-t.Context().Done() }
	go func() { code, _ := w.run(ctx); ended <- code }()
	select {
	case code := <-ended:
		if code != command.ExitFailed {
			t.Errorf("closed: exit %d", code)
		}
	case <-time.After(time.Minute):
		t.Error("a window that is closed waits for a key")
	}
	missing := filepath.Join(t.TempDir(), "none", "certreissue.db")
	near := click(missing)
	near.program.Window.Browse = func(string) error { return errors.New("no browser") }
	near.program.Window.Installed, near.program.Window.Running = func() ([]string, bool) { return nil, true }, func() bool { return true }
	code, said = near.run(t.Context())
	if code != command.ExitFailed || near.keys != 1 || !strings.Contains(said, "请自己用浏览器打开 http://127.0.0.1:8080/office") {
		t.Errorf("without a browser: exit %d, %d keys, %s", code, near.keys, said)
	}
}

// TestWindowOfService: where Windows runs the service by itself the browser is opened on
// that one, whose file may be hidden; one that does not run is not run by a click.
func TestWindowOfService(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		flags []string
		want  string
	}{
		{[]string{"-addr", "0.0.0.0:443", "-tls-cert", "a.pem", "-tls-key", "b.pem", "-public-url", "https://bz.example.cn/"}, "https://bz.example.cn/office"},
		{[]string{"-addr", "0.0.0.0:8099", "-plain-http"}, "http://127.0.0.1:8099/office"},
		{[]string{"-addr", "0.0.0.0:443", "-acme", "bz.example.cn"}, "https://bz.example.cn/office"},
		{nil, "http://127.0.0.1:8080/office"},
	} {
		w := click(filepath.Join(t.TempDir(), "none.db"))
		ctx, stop := context.WithCancel(t.Context())
		w.program.OnReady = func(string) { stop() } // which would serve on
		w.program.Window.Installed = func() ([]string, bool) {
			return append([]string{"-data", filepath.Join(t.TempDir(), "a.db")}, c.flags...), true
		}
		code, said := w.run(ctx)
		if code != command.ExitFailed || w.keys != 1 || len(w.browsed) > 0 || !strings.Contains(said, "service start") {
			t.Errorf("one that does not run: exit %d, %q, %s", code, w.browsed, said)
		}
		w.program.Window.Running = func() bool { return true }
		if code, said := w.run(ctx); code != command.ExitDone || !slices.Equal(w.browsed, []string{c.want}) {
			t.Errorf("%q: exit %d, %q, %s", c.flags, code, w.browsed, said)
		}
		stop()
	}
}

// TestDataChosen: who names no data file has that of the working directory where there is
// one, else the installed place's, and is told which.
func TestDataChosen(t *testing.T) {
	t.Chdir(t.TempDir())
	home := filepath.Join(t.TempDir(), "none", "certreissue.db")
	run := func(args ...string) (code int, stdout, stderr string) {
		var out, err strings.Builder
		p := &command.Program{Now: time.Now, Installed: home, Home: home}
		code = p.Run(t.Context(), args, strings.NewReader("guanli-pass1\n"), &out, &err)
		return code, out.String(), err.String()
	}
	if code, out, said := run("staff", "add", "guanli", "-role", "admin", "-password-stdin"); code != command.ExitDone || said != "数据文件："+home+"\n" {
		t.Errorf("exit %d, %s%s", code, out, said)
	}
	here := copied(t, rig.StaffedFile(t), ".", "certreissue.db")
	here, _ = filepath.Abs(here)
	for _, c := range []struct {
		args        []string
		says, holds string
	}{
		{[]string{"staff", "list"}, "数据文件：" + here + "\n", "shenhe"},
		{[]string{"check"}, "数据文件：" + here + "\n", "没有发现问题"},
		{[]string{"check", home}, "", "没有发现问题"},
		{[]string{"staff", "list", "-data", home}, "", "guanli"},
		{[]string{"version"}, "", "certreissue"},
	} {
		if code, out, said := run(c.args...); code != command.ExitDone || said != c.says || !strings.Contains(out, c.holds) {
			t.Errorf("%q: exit %d, %q, %q", c.args, code, out, said)
		}
	}
	if err := os.Remove(here); err != nil {
		t.Fatal(err)
	}
	if _, out, _ := run("staff", "list"); strings.Contains(out, "shenhe") || !strings.Contains(out, "guanli") {
		t.Errorf("without one here: %s", out)
	}
}

// TestHomeIsMade: the service makes the installed place's folder when it is first run, for
// nobody else.
func TestHomeIsMade(t *testing.T) {
	t.Chdir(t.TempDir())
	home := filepath.Join(t.TempDir(), "none", "certreissue.db")
	ctx, stop := context.WithCancel(t.Context())
	p := &command.Program{Now: time.Now, Installed: home, Home: home, OnReady: func(string) { stop() }}
	var out rig.LockedBuffer
	if code := p.Run(ctx, []string{"-addr", "127.0.0.1:0"}, strings.NewReader(""), &out, &out); code != command.ExitDone {
		t.Errorf("exit %d: %s", code, out.String())
	}
	made := func() {
		t.Helper()
		if info, err := os.Stat(filepath.Dir(home)); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%v, %v", info, err)
		}
	}
	made()
	// A lost disk comes back without it.
	if err := os.Rename(home, "copy.db"); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Dir(home)); err != nil {
		t.Fatal(err)
	}
	if code := p.Run(t.Context(), []string{"restore", "copy.db"}, strings.NewReader(""), &out, &out); code != command.ExitDone {
		t.Errorf("exit %d: %s", code, out.String())
	}
	made()
}
