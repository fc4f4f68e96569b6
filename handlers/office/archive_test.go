package office

import (
	"errors"
	"io"
	"path/filepath"
	"testing"
	"time"

	"certreissue/reissue"
	"certreissue/sample"
	"certreissue/static"
	"certreissue/store"
	"certreissue/templates"
)

var errFull = errors.New("no room")

// full takes so many bytes and no more.
type full struct{ room int }

func (f *full) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, errFull
	}
	return len(b), nil
}

// TestArchiveUnfinished: an archive that was not finished is noted in the log, and its year
// not put away; one that was is, as of when it was begun.
func TestArchiveUnfinished(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	path := filepath.Join(t.TempDir(), "data.db")
	if err := sample.Make(t.Context(), path, 0, now, nil); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(path, store.Options{Now: func() time.Time { now = now.Add(time.Second); return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	pages, err := templates.New(static.Path)
	if err != nil {
		t.Fatal(err)
	}
	taken := func() reissue.Moment {
		t.Helper()
		years, err := st.ArchiveYears(reissue.Console())
		if err != nil || len(years) == 0 {
			t.Fatalf("%d years, %v", len(years), err)
		}
		return years[0].Taken
	}
	put := func(to io.Writer) error {
		return WriteArchive(t.Context(), st, pages, reissue.Console(), store.Archive{Year: 2026}, to)
	}
	for _, room := range []int{0, 100_000} {
		if err := put(&full{room}); !errors.Is(err, errFull) || taken() != 0 {
			t.Errorf("with room for %d bytes: %v, put away at %v", room, err, taken())
		}
	}
	left, err := st.AuditRows(store.AuditFilter{Object: "archive"}, "", 10)
	if err != nil || len(left.Rows) != 2 {
		t.Errorf("the log has %d rows, %v", len(left.Rows), err)
	}
	begun := reissue.At(now)
	if err := put(io.Discard); err != nil || taken() != begun+1000 {
		t.Errorf("finished: %v, put away at %v", err, taken())
	}
}
