package wine

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

var trying = flag.Bool("wine", false, "try the program for Windows under wine, with a display of Xvfb")

// machine is a Windows of wine.
type machine struct {
	top     string // the folder of all that it is made of
	display string
	end     func()
}

var started = sync.OnceValues(boot)

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if *trying {
		if here, _ := started(); here != nil {
			here.end()
		}
	}
	os.Exit(code)
}

// windows is the one machine of all tests, with an empty installed place.
func windows(t *testing.T) *machine {
	t.Helper()
	if !*trying {
		t.Skip("takes long, and needs wine and Xvfb; run with -wine")
	}
	w, err := started()
	if err != nil {
		t.Fatal(err)
	}
	w.reboot(t)
	t.Cleanup(func() {
		w.command("wineserver", "-k").Run() // with whatever runs there still
		for _, path := range []string{w.installed(""), w.drive("browsed.txt")} {
			if err := os.RemoveAll(path); err != nil {
				t.Error(err)
			}
		}
	})
	return w
}

// boot makes a Windows with the program in C:\program, of which the browser is a script
// that notes where it is sent.
func boot() (w *machine, err error) {
	top, err := os.MkdirTemp("", "certreissue-wine-")
	if err != nil {
		return nil, err
	}
	w = &machine{top: top}
	xvfb := exec.Command("Xvfb", "-displayfd", "1", "-screen", "0", "1024x768x24")
	number, err := xvfb.StdoutPipe()
	if err == nil {
		err = xvfb.Start()
	}
	if err != nil {
		return nil, err
	}
	w.end = func() {
		w.command("wineserver", "-k").Run()
		xvfb.Process.Kill()
		xvfb.Wait()
		os.RemoveAll(top)
	}
	if _, err := fmt.Fscan(number, &w.display); err != nil {
		return w, err
	}
	if err := w.command("wine", "wineboot", "-i").Run(); err != nil {
		return w, fmt.Errorf("wineboot: %w", err)
	}
	random := w.drive("windows", "system32", "bcryptprimitives.dll")
	if _, err := os.Stat(random); err != nil {
		if err := os.WriteFile(random, forwardingDLL("bcryptprimitives.dll", "ProcessPrng", "ADVAPI32.SystemFunction036"), 0o600); err != nil {
			return w, err
		}
	}
	for room, program := range map[string]string{"../..": "certreissue.exe", "./poke": "poke.exe"} {
		build := exec.Command("go", "build", "-o", w.drive("program", program), ".")
		build.Dir, build.Env = room, append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
		if said, err := build.CombinedOutput(); err != nil {
			return w, fmt.Errorf("building: %w, %s", err, said)
		}
	}
	browser := filepath.Join(top, "browser")
	script := "#!/bin/sh\necho \"$1\" >> '" + w.drive("browsed.txt") + "'\n"
	if err := os.WriteFile(browser, []byte(script), 0o700); err != nil {
		return w, err
	}
	return w, w.command("wine", "reg", "add", `HKCU\Software\Wine\WineBrowser`, "/v", "Browsers", "/d", browser, "/f").Run()
}

func (w *machine) drive(path ...string) string {
	return filepath.Join(append([]string{w.top, "prefix", "drive_c"}, path...)...)
}

// installed is a file of the installed place, or the place.
func (w *machine) installed(name string) string {
	return w.drive("ProgramData", "certreissue", name)
}

func (w *machine) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "WINEPREFIX="+filepath.Join(w.top, "prefix"), "WINEDEBUG=-all", "DISPLAY=:"+w.display,
		"WINEDLLOVERRIDES=winemenubuilder.exe,mscoree,mshtml=")
	if _, err := os.Stat(w.drive("program")); err == nil {
		c.Dir = w.drive("program")
	}
	return c
}

// reboot ends whatever runs, and starts what starts with the machine. It stays on, also
// while nobody does anything.
func (w *machine) reboot(t *testing.T) {
	t.Helper()
	w.command("wineserver", "-k").Run() // where none runs it says so
	if err := w.command("wineserver", "-p").Run(); err != nil {
		t.Fatal(err)
	}
}

// run runs a command of the program to its end.
func (w *machine) run(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	// A file and no pipe: what wine starts besides has it, too, and stays.
	out, err := os.CreateTemp(w.top, "said-")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	c := w.command("wine", append([]string{"certreissue.exe"}, args...)...)
	c.Stdout, c.Stderr = out, out
	if exit := (*exec.ExitError)(nil); !errors.As(c.Run(), &exit) && c.ProcessState == nil {
		t.Fatal("wine does not run")
	}
	text, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), string(text)
}

// wants runs a command and wants an exit code, and something said.
func (w *machine) wants(t *testing.T, code int, says string, args ...string) {
	t.Helper()
	if got, said := w.run(t, args...); got != code || !strings.Contains(said, says) {
		t.Errorf("%q: exit %d, want %d and %q in\n%s", args, got, code, says, said)
	}
}

// click starts something as a double click on the desktop does, in a window of its own.
func (w *machine) click(t *testing.T, words ...string) {
	t.Helper()
	if err := w.command("wine", append([]string{"start"}, words...)...).Run(); err != nil {
		t.Fatal(err)
	}
}

// poke tells whether the program runs, or presses a key in its window.
func (w *machine) poke(do string) bool {
	return w.command("wine", "poke.exe", do, "certreissue.exe").Run() == nil
}

// waits until something is so.
func waits(t *testing.T, what string, so func() bool) {
	t.Helper()
	for range 600 { // a minute, for busy machines
		if so() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal(what)
}

// browsed are the addresses that the browser was sent to, so many of them.
func (w *machine) browsed(t *testing.T, n int) (addresses []string) {
	t.Helper()
	waits(t, "the browser is not opened", func() bool {
		content, _ := os.ReadFile(w.drive("browsed.txt"))
		addresses = strings.Fields(string(content))
		return len(addresses) >= n
	})
	return addresses
}

// put lays a file into the installed place.
func (w *machine) put(t *testing.T, content []byte) {
	t.Helper()
	if err := os.MkdirAll(w.installed(""), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.installed("certreissue.db"), content, 0o600); err != nil {
		t.Fatal(err)
	}
}
