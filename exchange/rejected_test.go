package exchange

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/spool"
	"certreissue/store"
)

// TestRejects: they come back in the file's order, in which they are not found, or it is
// said that they do not.
func TestRejects(t *testing.T) {
	const many = 60_000
	folder := spool.Of(filepath.Join(t.TempDir(), "data.db"))
	for _, fails := range []bool{false, true} {
		r, err := newRejects(folder)
		if err != nil {
			t.Fatal(err)
		}
		if fails {
			inside, err := filepath.Glob(filepath.Join(string(folder), "*"))
			if err != nil || len(inside) != 1 {
				t.Fatal(inside, err)
			}
			if err := errors.Join(os.Remove(inside[0]), os.WriteFile(inside[0], nil, 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		for n := range many {
			r.add(store.Reject{Line: many - n, Column: "列", Reason: strings.Repeat("因", n%3)})
		}
		line := 0
		for reject, fault := range r.all() {
			if err = fault; err != nil {
				break
			}
			if line++; reject != (store.Reject{Line: line, Column: "列", Reason: strings.Repeat("因", (many-line)%3)}) {
				t.Fatalf("the reject number %d is %+v", line, reject)
			}
		}
		if fails != (err != nil) || !fails && line != many {
			t.Errorf("%d came back, then %v", line, err)
		}
		r.close()
	}
}
