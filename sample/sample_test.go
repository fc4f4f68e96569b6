package sample

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/idcard"
	"certreissue/password"
	"certreissue/reissue"
	"certreissue/store"
)

// noon is when the sample ends in these tests.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.FixedZone("CST", 8*3600))

// made makes a sample and opens it at noon.
func made(t *testing.T, extra int) *store.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample.db")
	last, total := 0, 0
	if err := Make(t.Context(), path, extra, noon, func(done, of int) { last, total = done, of }); err != nil {
		t.Fatal(err)
	}
	if last == 0 || last != total {
		t.Errorf("progress ended at %d of %d", last, total)
	}
	s, err := store.Open(path, store.Options{Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if s.Unclean() || !s.IsDemo() {
		t.Errorf("unclean %v, demo %v", s.Unclean(), s.IsDemo())
	}
	err = s.Check(t.Context(), func(f store.Finding) { t.Errorf("check: %s", f) })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// all reads the whole queue, the newest first.
func all(t *testing.T, s *store.Store) (list []*reissue.Application) {
	t.Helper()
	for cursor := ""; ; {
		page, err := s.Queue(store.Filter{Newest: true}, cursor, 1000)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, page.Applications...)
		if cursor = page.Next; cursor == "" {
			return list
		}
	}
}

func TestMake(t *testing.T) {
	s := made(t, 0)
	start := time.Now()
	exams, err := s.Exams()
	if err != nil || len(exams) < 12 || exams[0].Year != 2025 || exams[len(exams)-1].Year != 2008 {
		t.Errorf("%d exams, %v", len(exams), err)
	}
	if n := len(register) + len(register2025); n < 40 {
		t.Errorf("%d certificates", n)
	}
	_ = start
	counts, oldest, err := s.Waiting()
	if err != nil {
		t.Fatal(err)
	}
	for _, status := range reissue.Statuses {
		if counts[status] == 0 {
			t.Errorf("no application is %s", status.Word())
		}
	}
	if !s.Settings().Overdue(oldest, noon) {
		t.Error("no application waits too long")
	}
	t.Log(counts)
}

var _ = context.Background
var _ = strings.Cut
var _ idcard.Number
var _ = password.Check
