package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
		number := row.ID
		keep := change(row)
		err := audits.delete(tx, key(number))
		if err != nil {
			t.Fatal(err)
		}
		if row.Hash, err = rowHash(head.Hash, *row); err != nil {
			t.Fatal(err)
		}
		if !keep {
			continue
		}
		if err := audits.put(tx, row); err != nil {
			t.Fatal(err)
		}
		head = &chainHead{Row: row.ID, Hash: row.Hash}
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

// TestLogAfterRestore: copies made before a restore went another way; what was made
// since tells of a log that was cut, or computed anew, as ever, however the rows before
// are numbered then.
func TestLogAfterRestore(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	before, after := t.TempDir(), t.TempDir()
	o.must(o.snapshot(filepath.Join(before, "early.db")))
	backup := filepath.Join(t.TempDir(), "backup.db")
	o.must(o.snapshot(backup))
	o.must(o.Viewed(clerk().Actor(), a.ID))
	o.must(o.Exported(clerk().Actor(), "applications", nil, 1))
	o.forward(time.Hour)
	o.must(o.Exported(clerk().Actor(), "applications", nil, 1))
	o.must(o.snapshot(filepath.Join(before, "late.db")))
	restored := openWith(t, backup, Options{})
	o.must(restored.AfterRestore())
	for range 3 {
		o.must(restored.Exported(clerk().Actor(), "certificates", nil, 1))
	}
	o.must(restored.snapshot(filepath.Join(after, "copy.db")))

	for why, c := range map[string]struct {
		change func(*Audit) bool
		told   bool
	}{
		"nothing":               {func(*Audit) bool { return true }, false},
		"its end was taken off": {func(row *Audit) bool { return row.Object != "certificates" || row.ID%3 != 0 }, true},
		"all since was taken":   {func(row *Audit) bool { return row.Object != "certificates" }, true},
		"the restore, too":      {func(row *Audit) bool { return row.Object != "certificates" && row.Act != actRestore }, true},
		"one before was changed": {func(row *Audit) bool {
			row.By += map[string]uint64{"submit": 1}[row.Act]
			return true
		}, true},
		"one before was taken, and the others numbered anew": {func(row *Audit) bool {
			if row.Act == "submit" {
				return false
			}
			if row.Act == actRestore || row.Object == "certificates" {
				row.ID--
			}
			return true
		}, true},
	} {
		t.Run(why, func(t *testing.T) {
			changed := filepath.Join(t.TempDir(), "changed.db")
			o.must(restored.snapshot(changed))
			meddle(t, changed, func(tx *bolt.Tx) error { rewriteLog(t, tx, c.change); return nil })
			s, err := Open(changed, Options{ReadOnly: true})
			o.must(err)
			defer s.Abandon()
			var told []Finding
			o.must(s.CheckHeads([]string{after}, func(f Finding) { told = append(told, f) }))
			if (len(told) > 0) != c.told {
				t.Errorf("by the copy made since: %v", told)
			}
		})
	}
	var told []Finding
	o.must(restored.CheckHeads([]string{before}, func(f Finding) { told = append(told, f) }))
	if len(told) > 0 {
		t.Errorf("by copies made before: %v", told)
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
	kind := func(to string) {
		o.change(func(tx *txn) {
			rewriteLog(t, tx.Tx, func(row *Audit) bool {
				if row.Object == objectBatch {
					row.Kind = to
				}
				return true
			})
		})
	}
	kind("system")
	if found := o.findings(); fmt.Sprint(found) != fmt.Sprint([]Finding{findBatch(b.ID, sayAuditDiffers)}) {
		t.Errorf("by somebody else: %v", found)
	}
	kind("staff")
}
