package store

import (
	"context"
	"errors"
	"testing"

	"certreissue/reissue"
)

// large are so many lines that an import of them is a large one, the last people first.
func large() (rows []certificateRow) {
	for n := deferredFrom; n > 0; n-- {
		rows = append(rows, line(n))
	}
	return rows
}

// broken imports lines and stops behind a step, as a stop of the program does.
func (o *office) broken(at int, rows ...certificateRow) {
	o.t.Helper()
	ctx, stop := context.WithCancel(o.t.Context())
	_, err := imported(ctx, o.Store, Load{By: reissue.System(), Alone: true, Reject: func(Reject) {}, Progress: func(done, _ int) {
		if done >= at {
			stop()
		}
	}}, rows...)
	if !errors.Is(err, context.Canceled) {
		o.t.Fatalf("the import ends with %v", err)
	}
}

// byName counts the lines that a search finds by the beginning of all names.
func (o *office) byName() (n int) {
	o.t.Helper()
	o.must(o.EachCertificate(clerk(), RegisterFilter{Query: "王"}, func(*reissue.Certificate) error { n++; return nil }))
	return n
}

// TestDeferredImport: wherever a large import is stopped the file is sound, and says that not
// all is found; whatever comes next makes it be found.
func TestDeferredImport(t *testing.T) {
	rows := large()
	for _, c := range []struct {
		reason string
		at     int
		next   func(*office)
		want   int // lines found then, -1 for all that there are
		state  ImportState
	}{
		{"among its lines, and the service goes on", deferredFrom / 2, func(o *office) { o.must(o.EnterDeferred(t.Context(), reissue.System())) }, -1, ImportBroken},
		{"behind its lines, and the service goes on", deferredFrom, func(o *office) { o.must(o.EnterDeferred(t.Context(), reissue.System())) }, deferredFrom + 1, ImportDone},
		{"among what it enters, and the service goes on", deferredFrom + 1, func(o *office) { o.must(o.EnterDeferred(t.Context(), reissue.System())) }, deferredFrom + 1, ImportDone},
		{"among its lines, and it is run again", deferredFrom / 2, func(o *office) { o.load(rows...) }, deferredFrom + 1, ImportBroken},
		{"among what it enters, and another one follows", deferredFrom + 1, func(o *office) { o.load(line(deferredFrom + 2)) }, deferredFrom + 2, ImportDone},
		{"among its lines, and it is taken back", deferredFrom / 2, func(o *office) { o.must(o.TakeBack(t.Context(), reissue.System(), 2)) }, 1, ImportUndone},
		{"among what it enters, and it is taken back", deferredFrom + 1, func(o *office) { o.must(o.TakeBack(t.Context(), reissue.System(), 2)) }, 1, ImportUndone},
	} {
		t.Run(c.reason, func(t *testing.T) {
			t.Parallel()
			o := open(t)
			o.load(line(0))
			o.broken(c.at, rows...)
			if deferred, err := o.DeferredImport(); deferred != 2 || err != nil {
				t.Fatalf("import %d is deferred, %v", deferred, err)
			}
			for _, finding := range o.findings() {
				t.Errorf("stopped: %s", finding)
			}
			there := 0
			o.must(o.EachCertificate(clerk(), RegisterFilter{}, func(*reissue.Certificate) error { there++; return nil }))
			if found := o.byName(); found == there {
				t.Errorf("all %d lines are found: the import was not stopped where it should be", found)
			}
			c.next(o)
			if c.want < 0 {
				c.want = there
			}
			if found := o.byName(); found != c.want {
				t.Errorf("%d lines are found, want %d", found, c.want)
			}
			if deferred, err := o.DeferredImport(); deferred != 0 || err != nil {
				t.Errorf("import %d is deferred, %v", deferred, err)
			}
			if kept, err := o.CertificateImport(2); err != nil || kept.State(false) != c.state {
				t.Errorf("it is %d, want %d: %v", kept.State(false), c.state, err)
			}
		})
	}
}

// TestDeferredCheck: what an import has still to enter is no finding; what is missing of
// other lines is, and so is a stray entry.
func TestDeferredCheck(t *testing.T) {
	o := open(t)
	o.load(line(0))
	o.broken(deferredFrom/2, large()...)
	c := line(0).Certificate
	entry := append(key(c.Name), key(uint64(1))...)
	o.change(func(tx *txn) { o.must(certificates.indexBucket(tx.Tx, "name").Delete(entry)) })
	if found := o.findings(); len(found) != 2 { // it, and the count
		t.Errorf("a missing entry of an older line: %q", found)
	}
	o.change(func(tx *txn) { o.must(certificates.indexBucket(tx.Tx, "name").Put(entry, nil)) })
	stray := append(key(c.Name), key(uint64(1<<40))...)
	o.change(func(tx *txn) { o.must(certificates.indexBucket(tx.Tx, "name").Put(stray, nil)) })
	if found := o.findings(); len(found) != 1 {
		t.Errorf("a stray entry: %q", found)
	}
	o.change(func(tx *txn) { o.must(certificates.indexBucket(tx.Tx, "name").Delete(stray)) })
}

// TestDeferredFinished: an import that has still to enter something has not ended.
func TestDeferredFinished(t *testing.T) {
	o := open(t)
	o.broken(deferredFrom, large()...)
	if kept, err := o.CertificateImport(1); err != nil || kept.State(false) != ImportBroken || kept.Counts.Added != deferredFrom {
		t.Errorf("it is %d with %d lines: %v", kept.State(false), kept.Counts.Added, err)
	}
}

// TestDeferredWaits: while the register is held nothing is entered, and nobody hears of an error.
func TestDeferredWaits(t *testing.T) {
	o := open(t)
	o.broken(deferredFrom/2, large()...)
	free, err := o.holdRegister(0)
	o.must(err)
	o.must(o.EnterDeferred(t.Context(), reissue.System()))
	if deferred, err := o.DeferredImport(); deferred != 1 || err != nil {
		t.Errorf("import %d is deferred, %v", deferred, err)
	}
	free()
	o.must(o.EnterDeferred(t.Context(), reissue.System()))
	if deferred, err := o.DeferredImport(); deferred != 0 || err != nil || o.Changing() != 0 {
		t.Errorf("import %d is deferred, %d is being changed, %v", deferred, o.Changing(), err)
	}
}

// TestDeferredAdded: what was added and what was changed is found by what it is now.
func TestDeferredAdded(t *testing.T) {
	o := open(t)
	o.load(line(1), line(2))
	rows := large()
	last := &rows[len(rows)-1]
	last.Certificate.Number = "NEW-1"
	o.load(rows...)
	if found := o.byName(); found != deferredFrom {
		t.Errorf("%d lines are found, want %d", found, deferredFrom)
	}
	for number, want := range map[string]int{"NEW-1": 1, "A-1": 0, "A-2": 1, "A-9000": 1} {
		page, err := o.Certificates(clerk(), RegisterFilter{Query: number}, "", 5)
		if err != nil || len(page.Rows) != want {
			t.Errorf("%s is found %d times, %v", number, len(page.Rows), err)
		}
	}
}
