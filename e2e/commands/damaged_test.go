package commands

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/command"
)

// TestDamagedProgram: a program of which the weights have lost a bit on their way does not
// work with them, and says what to do.
func TestDamagedProgram(t *testing.T) {
	program := filepath.Join(t.TempDir(), "certreissue.exe")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", program, "certreissue").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	content, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	weights, err := os.ReadFile("../../face/face_detection_short_range.tflite")
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(content, weights)
	if at < 0 {
		t.Fatal("the program does not carry the weights")
	}
	if out, err := exec.Command(program, "version").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	content[at+len(weights)/2] ^= 1
	if err := os.WriteFile(program, content, 0o700); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, "version").CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != command.ExitFailed {
		t.Errorf("it ends with %v", err)
	}
	if said := string(out); strings.Count(said, "\n") != 1 || !strings.Contains(said, "重新下载") {
		t.Errorf("it says %q", said)
	}
}
