package store

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

// TestOthersOfADamagedFile: a file whose list of free pages says to be longer than memory
// is found as ever: a service that runs looks at it, too, and must live on.
func TestOthersOfADamagedFile(t *testing.T) {
	whole := smallFile(t, 12)
	place := filepath.Join(t.TempDir(), "data.db")
	near := filepath.Join(filepath.Dir(place), "near.db")
	if err := os.WriteFile(near, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(near)
	if err != nil {
		t.Fatal(err)
	}
	state, found := readState(file)
	if file.Close(); !found {
		t.Fatal("the file has no state")
	}
	const countAt, manyMore = 10, 0xffff // the number itself follows the page's head
	list := whole[state.freelist*uint64(state.pageSize):]
	binary.NativeEndian.PutUint16(list[countAt:], manyMore)
	binary.NativeEndian.PutUint64(list[pageHeader:], 1<<62) // which a test survives
	if err := os.WriteFile(near, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if others := Others(place, nil); len(others) != 1 || others[0].Path != near {
		t.Errorf("found %v", others)
	}
}
