package locked

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// lock is some bytes under a passphrase.
func lock(t *testing.T, plain []byte, passphrase string) []byte {
	t.Helper()
	from, err := Lock(bytes.NewReader(plain), passphrase)
	if err != nil {
		t.Fatal(err)
	}
	made, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func unlock(from io.Reader, passphrase string) ([]byte, error) {
	plain, err := Unlock(from, passphrase)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(plain)
}

// TestLock: what is locked comes back, and is as long as it was said to be.
func TestLock(t *testing.T) {
	passphrase := NewPassphrase()
	for _, length := range []int{0, 1, piece - 1, piece, piece + 1, 3*piece + 5} {
		plain := bytes.Repeat([]byte("测试"), length)[:length]
		made := lock(t, plain, passphrase)
		if int64(len(made)) != Size(int64(length)) {
			t.Errorf("%d bytes become %d, said were %d", length, len(made), Size(int64(length)))
		}
		if length > 1 && bytes.Contains(made, []byte("测试")) {
			t.Errorf("%d bytes are there to be read", length)
		}
		if !bytes.Contains(made[:header], []byte(" 15\n")) {
			t.Errorf("the work is another one: %q", made[:header])
		}
		if back, err := unlock(bytes.NewReader(made), passphrase); err != nil || !bytes.Equal(back, plain) {
			t.Errorf("of %d bytes %d come back, %v", length, len(back), err)
		}
	}
}

// TestUnlockFaults: what cannot be opened says why.
func TestUnlockFaults(t *testing.T) {
	const passphrase = "ABCD-EFGH-JKLM-NPQR-STUV"
	plain := bytes.Repeat([]byte("x"), 2*piece)
	made := lock(t, plain, passphrase)
	dearer := func(work string) []byte { return bytes.Replace(made, []byte(" 15\n"), []byte(" "+work+"\n"), 1) }
	last := bytes.Clone(made)
	last[len(last)-1]++
	for reason, c := range map[string]struct {
		file       []byte
		passphrase string
		want       Fault
	}{
		"another passphrase":        {made, "ABCD-EFGH-JKLM-NPQR-STUW", Wrong},
		"no passphrase":             {made, "", Wrong},
		"other work than it was":    {dearer("14"), passphrase, Wrong},
		"work 19":                   {dearer("19"), passphrase, TooDear},
		"work beyond all machines":  {dearer("60"), passphrase, TooDear},
		"work that is no number":    {dearer("x5"), passphrase, Damaged},
		"nothing":                   {nil, passphrase, Damaged},
		"a text":                    {[]byte("没有加密\n"), passphrase, Damaged},
		"half a header":             {made[:header/2], passphrase, Damaged},
		"nothing but a header":      {made[:header], passphrase, Damaged},
		"half":                      {made[:len(made)/2], passphrase, Damaged},
		"all but the last piece":    {made[:header+piece+seal], passphrase, Damaged},
		"all but the last byte":     {made[:len(made)-1], passphrase, Damaged},
		"something behind it":       {append(bytes.Clone(made), 'x'), passphrase, Damaged},
		"another byte at its end":   {last, passphrase, Damaged},
		"for somebody else's key":   {[]byte(intro + "-> X25519 aGk\naGk\n--- " + strings.Repeat("A", 43) + "\n"), passphrase, Damaged},
		"for a passphrase and more": {bytes.Replace(made, []byte("\n---"), []byte("\n-> x y\naGk\n---"), 1), passphrase, Damaged},
	} {
		if _, err := unlock(bytes.NewReader(c.file), c.passphrase); err != c.want {
			t.Errorf("%s: %v, want %v", reason, err, c.want)
		}
	}
	disk := &os.PathError{Op: "read", Path: "x", Err: os.ErrPermission}
	if _, err := unlock(io.MultiReader(bytes.NewReader(made[:len(made)/2]), iotest.ErrReader(disk)), passphrase); !errors.Is(err, os.ErrPermission) {
		t.Errorf("a disk that does not read: %v", err)
	}
}

func TestIs(t *testing.T) {
	folder := t.TempDir()
	for name, c := range map[string]struct {
		content string
		want    bool
	}{
		"a.age": {"", true}, "b.AGE": {"x", true}, "c.db": {intro + "-> ", true}, "d.db": {"no", false}, "e.age.db": {intro[:8], false},
	} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := Is(path); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if Is(filepath.Join(folder, "missing.db")) {
		t.Error("a missing file is one")
	}
}

func TestPassphrase(t *testing.T) {
	seen := map[rune]bool{}
	for range 200 {
		made := NewPassphrase()
		if len(made) != signs+signs/group-1 || strings.Count(made, "-") != signs/group-1 || Passphrase(made) != made {
			t.Fatalf("%q", made)
		}
		for _, r := range made {
			seen[r] = true
		}
	}
	delete(seen, '-')
	// 32 signs, 20 of them: 100 bits.
	if len(seen) != 32 {
		t.Errorf("%d signs are in use", len(seen))
	}
	for _, r := range "01IOio" {
		if seen[r] {
			t.Errorf("%c is taken for another one", r)
		}
	}
	const made = "ABCD-EFGH-JKLM-NPQR-ST23"
	for line, want := range map[string]string{
		made: made, made + "\r\n": made, "abcd efgh jklm npqr st23": made, "ABCDEFGHJKLMNPQRST23": made, "ＡＢＣＤ－efgh—jklm　npqrst２３": made,
		"ABCD-EFGH-JKLM-NPQR-ST2": "ABCD-EFGH-JKLM-NPQR-ST2", "ABCD-EFGH-JKLM-NPQR-ST230": "ABCD-EFGH-JKLM-NPQR-ST230", "correct horse": "correct horse", "": "",
	} {
		if got := Passphrase(line); got != want {
			t.Errorf("%q is %q, want %q", line, got, want)
		}
	}
}

func TestFaultsSpeak(t *testing.T) {
	for f := Wrong; f <= Damaged; f++ {
		if f.Error() == "locked: " || f.Sentence() == "" {
			t.Errorf("fault %d says %q and %q", f, f.Error(), f.Sentence())
		}
	}
}
