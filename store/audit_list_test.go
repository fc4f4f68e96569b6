package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
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

// TestVerifyAudit: the verification finds a row that was changed, also where its
// checksum and its own hash were made to fit, a row or the end that is gone, and,
// by a copy's head, a chain that was computed anew from there on. Each time the file
// is one that reads well: it is the chain that tells.
func TestVerifyAudit(t *testing.T) {
	const rows = 5
	o := open(t)
	for range rows {
		o.must(o.Exported(clerk().Actor(), "applications", nil, 1))
	}
	row, hash, found, err := o.VerifyAudit(clerk().Actor())
	if err != nil || len(found) != 0 || row != rows || len(hash) != 32 {
		t.Fatalf("a sound log: row %d, %x, %v, %v", row, hash, found, err)
	}
	if again, err := o.AuditHash(rows); err != nil || string(again) != string(hash) {
		t.Errorf("the hash of the head's row: %x, %v", again, err)
	}
	original := filepath.Join(t.TempDir(), "original.db")
	o.must(o.snapshot(original))

	somebodyElse := func(row *Audit) bool { row.By += map[uint64]uint64{3: 1}[row.ID]; return true }
	third := func(tx *bolt.Tx, change func(before, row *Audit) error) error {
		before, err := audits.get(tx, key(uint64(2)))
		if err != nil {
			return err
		}
		row, err := audits.get(tx, key(uint64(3)))
		if err != nil {
			return err
		}
		row.By++
		if err := change(before, row); err != nil {
			return err
		}
		return audits.put(tx, row)
	}
	for why, c := range map[string]struct {
		tamper        func(*bolt.Tx) error
		alone, beside string // what is found without a copy, and with one
	}{
		"nothing": {func(*bolt.Tx) error { return nil }, "", ""},
		"a row is changed": {func(tx *bolt.Tx) error {
			return third(tx, func(_, _ *Audit) error { return nil })
		}, "第 3 条", "第 3 条"},
		"a row is changed, with its hash": {func(tx *bolt.Tx) error {
			return third(tx, func(before, row *Audit) (err error) {
				row.Hash, err = rowHash(before.Hash, *row)
				return err
			})
		}, "第 4 条", "第 4 条"},
		"the last row is changed, with its hash": {func(tx *bolt.Tx) error {
			last, err := audits.get(tx, key(uint64(rows+1)))
			if err != nil {
				return err
			}
			before, err := audits.get(tx, key(uint64(rows)))
			if err != nil {
				return err
			}
			last.By++
			if last.Hash, err = rowHash(before.Hash, *last); err != nil {
				return err
			}
			return audits.put(tx, last)
		}, sayChainShortened, "第 7 条"},
		"a row is gone":              {func(tx *bolt.Tx) error { return audits.delete(tx, key(uint64(3))) }, "第 4 条", "第 4 条"},
		"the last row is gone":       {func(tx *bolt.Tx) error { return audits.delete(tx, key(uint64(rows+1))) }, sayChainShortened, "第 7 条"},
		"the chain is computed anew": {func(tx *bolt.Tx) error { rewriteLog(t, tx, somebodyElse); return nil }, "", "20260101-030000.db"},
		"the end is cut, with the head": {func(tx *bolt.Tx) error {
			rewriteLog(t, tx, func(row *Audit) bool { return row.ID <= 3 })
			return nil
		}, "", "20260101-030000.db"},
	} {
		t.Run(why, func(t *testing.T) {
			changed := filepath.Join(t.TempDir(), "changed.db")
			o.must(o.snapshot(changed))
			meddle(t, changed, c.tamper)
			s, err := Open(changed, Options{Now: o.now})
			o.must(err)
			defer s.Abandon()
			verify := func(want string) {
				t.Helper()
				_, _, found, err := s.VerifyAudit(clerk().Actor())
				if all := fmt.Sprint(found); err != nil || want == "" && len(found) > 0 || !strings.Contains(all, want) {
					t.Errorf("found %v, want %q, %v", found, want, err)
				}
			}
			verify(c.alone)
			copied, err := os.ReadFile(original)
			o.must(err)
			o.must(os.Mkdir(s.CopiesFolder(), 0o700))
			o.must(os.WriteFile(filepath.Join(s.CopiesFolder(), "20260101-030000.db"), copied, 0o600))
			verify(c.beside)
		})
	}
}
