package commands

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/store"
)

// TestHangUp: a terminal that is closed stops the service cleanly, unless it was
// started to go on.
func TestHangUp(t *testing.T) {
	if testing.Short() {
		t.Skip("building the program is left out of a short run")
	}
	if signal.Ignored(syscall.SIGHUP) {
		t.Skip("this run itself ignores hang-ups (nohup), and what it starts would, too")
	}
	t.Parallel()
	program := filepath.Join(t.TempDir(), "certreissue")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", program, "certreissue").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for how, goesOn := range map[string]bool{"": false, "trap '' HUP; ": true} {
		data := filepath.Join(t.TempDir(), "a.db")
		rig.Must(t, "guanli-pass1\n", "staff", "add", "guanli", "-role", "admin", "-password-stdin", "-data", data)
		service := exec.Command("sh", "-c", how+`exec "$0" serve -addr 127.0.0.1:0 -data "$1"`, program, data)
		if err := service.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- service.Wait() }()
		// A task is carried out once the service is ready.
		for {
			_, err := os.Stat(data + ".run") // first: else the command may have opened the file itself
			if code, _, _ := rig.Command(t, "", "staff", "list", "-data", data); code == 0 && err == nil {
				break
			}
			select {
			case err := <-ended:
				t.Fatalf("the service ended: %v", err)
			case <-time.After(20 * time.Millisecond):
			}
		}
		service.Process.Signal(syscall.SIGHUP)
		if goesOn {
			rig.Must(t, "", "staff", "list", "-data", data)
			if unclean, err := store.Peek(data); err == nil {
				t.Errorf("the service has let go of the file, unclean %v", unclean)
			}
			service.Process.Signal(syscall.SIGTERM)
		}
		if err := <-ended; err != nil {
			t.Errorf("%q: the service ended with %v", how, err)
		}
		if unclean, err := store.Peek(data); err != nil || unclean {
			t.Errorf("%q: unclean %v, %v", how, unclean, err)
		}
	}
}
