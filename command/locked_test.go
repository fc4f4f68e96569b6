package command

import (
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"certreissue/locked"
	"certreissue/store"
)

// TestOpens: what was locked is held against what was to be locked, before it has a name.
func TestOpens(t *testing.T) {
	passphrase := locked.NewPassphrase()
	plain, path := filepath.Join(t.TempDir(), "plain.db"), filepath.Join(t.TempDir(), "locked.age")
	if err := os.WriteFile(plain, make([]byte, 200_000), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	if err := errors.Join(lock(file, plain, sum, passphrase), file.Close()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := opens(path, sum, passphrase); err != nil {
		t.Error(err)
	}
	if fault, ok := errors.AsType[*store.FileError](opens(path, sha256.New(), passphrase)); !ok || fault.Fault != store.BadCopy {
		t.Error("something else was to be in it")
	}
	content[len(content)/2]++
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if fault, ok := errors.AsType[*store.FileError](opens(path, sum, passphrase)); !ok || fault.Fault != store.BadCopy {
		t.Error("a byte of it is another one")
	}
}
