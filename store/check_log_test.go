package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// rewriteLog changes rows of the log, and computes the chain anew behind them, as
// whoever holds the file could.
func rewriteLog(t *testing.T, tx *bolt.Tx, change func(*Audit) (keep bool)) {
	t.Helper()
	var rows []*Audit
	for row, err := range audits.all(tx) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	head := &chainHead{}
	for _, row := range rows {
		keep := change(row)
		var err error
		if row.Hash, err = rowHash(head.Hash, *row); err != nil {
			t.Fatal(err)
		}
		if !keep {
			err = audits.delete(tx, key(row.ID))
		} else if err = audits.put(tx, row); err == nil {
			head = &chainHead{Row: row.ID, Hash: row.Hash}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := chainHeads.put(tx, head); err != nil {
		t.Fatal(err)
	}
}

// TestRewrittenLog: a log that was changed, with its chain computed anew, is found by
// the histories of the records, or by the last row of a copy.
func TestRewrittenLog(t *testing.T) {
	const unchanged = ""
	for why, c := range map[string]struct {
		change func(*Audit) bool
		check  string // what the check finds
		copies string // what the copies tell
	}{
		"nothing":               {func(*Audit) bool { return true }, unchanged, unchanged},
		"another clerk decided": {func(row *Audit) bool { row.By += map[string]uint64{"return": 1}[row.Act]; return true }, sayAuditDiffers, "日志第"},
		"another kind of actor": {func(row *Audit) bool {
			row.Kind = map[bool]string{true: "system", false: row.Kind}[row.Act == "submit"]
			return true
		}, sayAuditDiffers, "日志第"},
		"at another time": {func(row *Audit) bool { row.At += map[string]reissue.Moment{"return": 1}[row.Act]; return true }, sayAuditDiffers, "日志第"},
		"another act": {func(row *Audit) bool {
			row.Act = map[bool]string{true: "approve", false: row.Act}[row.Act == "return"]
			return true
		}, sayAuditDiffers, "日志第"},
		"somebody else looked":  {func(row *Audit) bool { row.By += map[string]uint64{"viewed": 1}[row.Act]; return true }, unchanged, "日志第"},
		"its end was taken off": {func(row *Audit) bool { return row.Act != "export" }, unchanged, "日志第"},
		"after a restore of that": {func(row *Audit) bool {
			row.Object, row.Act = map[bool]string{true: "file", false: row.Object}[row.Act == "export"], strings.Replace(row.Act, "export", "restore", 1)
			return true
		}, unchanged, unchanged},
	} {
		t.Run(why, func(t *testing.T) {
			o := open(t)
			_, a := o.applied(1)
			o.decide(a.ID, returnIt)
			o.must(o.Viewed(clerk().Actor(), a.ID))
			o.must(o.Exported(clerk().Actor(), "applications", nil, 1))
			folder := t.TempDir()
			o.must(o.snapshot(filepath.Join(folder, "copy.db")))
			changed := filepath.Join(t.TempDir(), "changed.db")
			o.must(o.snapshot(changed))
			meddle(t, changed, func(tx *bolt.Tx) error { rewriteLog(t, tx, c.change); return nil })

			s, err := Open(changed, Options{ReadOnly: true})
			o.must(err)
			defer s.Abandon()
			find := func(how string, want string, check func(report func(Finding)) error) {
				var found []Finding
				o.must(check(func(f Finding) { found = append(found, f) }))
				if all := fmt.Sprint(found); want == unchanged && len(found) > 0 || !strings.Contains(all, want) {
					t.Errorf("%s: found %v, want %q", how, found, want)
				}
			}
			find("check", c.check, func(report func(Finding)) error { return s.Check(t.Context(), report, nil) })
			find("copies", c.copies, func(report func(Finding)) error { return s.CheckHeads([]string{folder, "/nowhere"}, report) })
		})
	}
}

// TestBatchLog: what the log says of a batch is what the batch says itself.
func TestBatchLog(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	o.decide(a.ID, approve)
	b, err := o.MakeBatch(clerk(), BatchPlan{})
	o.must(err)
	o.change(func(tx *txn) {
		b.History[0].By++
		o.must(batches.put(tx.Tx, b))
	})
	if found := o.findings(); fmt.Sprint(found) != fmt.Sprint([]Finding{findBatch(b.ID, sayAuditDiffers)}) {
		t.Errorf("found %v", found)
	}
	o.change(func(tx *txn) {
		b.History[0].By--
		o.must(batches.put(tx.Tx, b))
	})
}
