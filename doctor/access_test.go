package doctor

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/owner"
)

// TestOpenInWindows: who may reach the folder is named with the command against it, and
// what lies in it is looked at where the folder is shut.
func TestOpenInWindows(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "office.db")
	for _, name := range []string{data, data + ".run", filepath.Join(folder, "letter.txt")} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	users := []owner.Other{{SID: "S-1-5-32-545", Name: `BUILTIN\Users`}, {SID: "S-1-5-11", Name: "Authenticated Users"}}
	for _, c := range []struct {
		what string
		open map[string][]owner.Other
		says []string
	}{
		{"nothing", nil, nil},
		{"the folder, and all in it", map[string][]owner.Other{folder: users, data: users, data + ".run": users}, []string{folder + "，"}},
		{"a file", map[string][]owner.Other{data + ".run": users}, []string{data + ".run，"}},
		{"what is none of ours", map[string][]owner.Other{filepath.Join(folder, "letter.txt"): users}, nil},
	} {
		said := openInWindows(data, func(path string) ([]owner.Other, error) { return c.open[path], nil })
		if len(said) != len(c.says) {
			t.Errorf("%s: %q", c.what, said)
			continue
		}
		for i, path := range c.says {
			for _, text := range []string{path, `BUILTIN\Users、Authenticated Users`, "/remove:g *S-1-5-32-545 *S-1-5-11"} {
				if !strings.Contains(said[i], text) {
					t.Errorf("%s: no %q in %s", c.what, text, said[i])
				}
			}
		}
	}
	said := openInWindows(data, func(string) ([]owner.Other, error) { return nil, errors.New("Access is denied.") })
	if len(said) != 1 || !strings.Contains(said[0], "Access is denied.") {
		t.Errorf("what cannot be looked at: %q", said)
	}
}
