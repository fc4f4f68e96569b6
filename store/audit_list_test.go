package store

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// opened is a new file on a clock of the test; at the end it must be sound.
func opened(t *testing.T, clock *time.Time) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "office.db"), Options{Create: true, Now: func() time.Time { return *clock }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Check(context.Background(), func(f Finding) { t.Errorf("the file is not sound: %s", f) }, nil); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func staffActor(id uint64) reissue.Actor {
	return reissue.Actor{ID: id, Roles: []reissue.Role{reissue.RoleAdmin}}
}

func TestAuditRows(t *testing.T) {
	start := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	clock := start
	s := opened(t, &clock)
	for i := range 90 {
		clock = start.AddDate(0, 0, i/3)
		if i == 45 {
			clock = start // the machine's clock was set back for one act
		}
		if err := s.Exported(staffActor(uint64(1+i%3)), "applications", nil, 1); err != nil {
			t.Fatal(err)
		}
	}
	day := func(n int) reissue.Moment { return reissue.At(start.AddDate(0, 0, n)) }
	for _, c := range []struct {
		why    string
		filter AuditFilter
		want   int
	}{
		{"everything", AuditFilter{}, 90},
		{"one clerk", AuditFilter{Kind: "staff", By: 2}, 30},
		{"nobody", AuditFilter{Kind: "candidate", By: 2}, 0},
		{"one kind", AuditFilter{Kind: "staff"}, 90},
		{"three days", AuditFilter{From: day(2), To: day(5)}, 9},
		{"one clerk's three days", AuditFilter{Kind: "staff", By: 3, From: day(2), To: day(5)}, 3},
		{"the row of the wrong clock is on its own day", AuditFilter{To: day(1)}, 4},
		{"another act", AuditFilter{Act: "viewed"}, 0},
		{"another object", AuditFilter{Object: "staff", ObjectID: 1}, 0},
	} {
		seen := map[uint64]bool{}
		last := reissue.Moment(1 << 60)
		for cursor, more := "", true; more; {
			page, err := s.AuditRows(c.filter, cursor, 7)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range page.Rows {
				if seen[row.ID] || row.At > last {
					t.Errorf("%s: row %d twice or out of order", c.why, row.ID)
				}
				seen[row.ID], last = true, row.At
			}
			cursor, more = page.Next, page.Next != ""
		}
		if len(seen) != c.want {
			t.Errorf("%s: %d rows, want %d", c.why, len(seen), c.want)
		}
	}
}

// TestAuditRowsOfALongLog asks for days that lie further apart than one page
// walks: those before and after them are not walked through.
func TestAuditRowsOfALongLog(t *testing.T) {
	clock := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	s := opened(t, &clock)
	first := reissue.At(clock)
	for _, rows := range []int{1, maxSteps + 1, 1} {
		err := s.update(staffActor(1), func(tx *txn) error {
			for range rows {
				if err := tx.audit(Audit{Act: "export", Object: "applications"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		clock = clock.AddDate(0, 0, 1)
	}
	last := reissue.At(clock.AddDate(0, 0, -1))
	for _, filter := range []AuditFilter{{To: first + 1}, {From: last}, {Kind: "staff", By: 1, To: first + 1}, {Kind: "staff", By: 1, From: last}} {
		if page, err := s.AuditRows(filter, "", 5); len(page.Rows) != 1 || page.Next != "" || err != nil {
			t.Errorf("%+v: %d rows, next %q, %v", filter, len(page.Rows), page.Next, err)
		}
	}
	page, err := s.AuditRows(AuditFilter{Act: "verify"}, "", 5)
	if len(page.Rows) != 0 || !page.More || err != nil {
		t.Errorf("a search through all: %d rows, more %v, %v", len(page.Rows), page.More, err)
	}
	if page, err = s.AuditRows(AuditFilter{Act: "verify"}, page.Next, 5); len(page.Rows) != 0 || page.Next != "" || err != nil {
		t.Errorf("its end: %d rows, next %q, %v", len(page.Rows), page.Next, err)
	}
}

func TestVerifyAudit(t *testing.T) {
	clock := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	s := opened(t, &clock)
	for range 5 {
		if err := s.Exported(staffActor(1), "applications", nil, 1); err != nil {
			t.Fatal(err)
		}
	}
	row, hash, found, err := s.VerifyAudit(staffActor(2))
	if err != nil || len(found) != 0 || row != 5 || len(hash) != 32 {
		t.Fatalf("a sound log: row %d, %x, %v, %v", row, hash, found, err)
	}
	if again, err := s.AuditHash(5); err != nil || string(again) != string(hash) {
		t.Errorf("the hash of the head's row: %x, %v", again, err)
	}
	for why, tamper := range map[string]func(*bolt.Bucket) error{
		"a row is gone":        func(b *bolt.Bucket) error { return b.Delete(key(3)) },
		"a row is unreadable":  func(b *bolt.Bucket) error { return b.Put(key(3), []byte{0xff}) },
		"a row was exchanged":  func(b *bolt.Bucket) error { return b.Put(key(3), b.Get(key(2))) },
		"the last row is gone": func(b *bolt.Bucket) error { return b.Delete(key(5)) },
	} {
		tx, err := s.db.Begin(true)
		if err != nil {
			t.Fatal(err)
		}
		if err := tamper(tx.Bucket([]byte(audits.name))); err != nil {
			t.Fatal(err)
		}
		n := 0
		x := &examination{ctx: t.Context(), report: func(Finding) { n++ }}
		audits.check(tx, x)
		checkAudit(tx, x)
		if n == 0 {
			t.Errorf("%s: nothing found", why)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
}
