package store

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestDropParts: what killed acts have left beside a file goes when that is served
// next, however young; what others work on, or have there, stays.
func TestDropParts(t *testing.T) {
	o := open(t)
	held, err := newPart(o.Path())
	o.must(err)
	defer held.Close()
	mine := filepath.Base(held.Name())
	base := filepath.Base(o.Path())
	stay := []string{base, mine, base + ".part", base + ".20260101-000000", base + ".old.123.part", "other.db.123.part"}
	for _, name := range append(stay[2:], base+".123.part", base+".run.45.part", base+".before-upgrade.6.part") {
		o.must(os.WriteFile(filepath.Join(filepath.Dir(o.Path()), name), []byte("half"), 0o600))
	}
	o.must(os.Link(o.Path(), o.Path()+".7.part")) // became the file, and kept its first name
	o.DropParts()
	entries, err := os.ReadDir(filepath.Dir(o.Path()))
	o.must(err)
	var left []string
	for _, entry := range entries {
		left = append(left, entry.Name())
	}
	slices.Sort(stay)
	if !slices.Equal(left, stay) {
		t.Errorf("left are %q, want %q", left, stay)
	}
}
