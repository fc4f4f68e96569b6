package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"testing"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// TestUpgradeResumes: an upgrade of many transactions that is stopped behind any of
// them goes on from there, and what is half way can be checked.
func TestUpgradeResumes(t *testing.T) {
	sealed, indexed := sealedAtOnce, indexedAtOnce
	sealedAtOnce, indexedAtOnce = 1, 1
	t.Cleanup(func() { sealedAtOnce, indexedAtOnce = sealed, indexed })
	for schema := 1; schema < len(migrations); schema++ {
		old, err := os.ReadFile(fmt.Sprintf("testdata/schema-%d.db", schema))
		if err != nil {
			t.Fatal(err)
		}
		parts := 0
		for upgradesAfter(t, old, parts) {
			parts++
		}
		if schema < firstWithSums && parts < 20 || schema < firstWithOffice && parts < 3 || parts == 0 {
			t.Errorf("the upgrade of schema %d had only %d parts", schema, parts)
		}
	}
}

// upgradesAfter stops the upgrade of an old file after so many parts and goes on; it
// answers whether there were more.
func upgradesAfter(t *testing.T, old []byte, parts int) (more bool) {
	t.Helper()
	path := write(t, old)
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	left, stopped := parts, errors.New("stopped")
	err = migrate(func(part func(*bolt.Tx) error) error {
		if left--; left < 0 {
			return stopped
		}
		return db.Update(part)
	})
	if more = errors.Is(err, stopped); err != nil && !more {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if found := checked(t, path); len(found) != 0 {
		t.Fatalf("after %d parts: %v", parts, found)
	}
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Check(t.Context(), func(finding Finding) { t.Errorf("upgraded after %d parts: %s", parts, finding) }, nil); err != nil {
		t.Fatal(err)
	}
	if !s.recordsAre(3) {
		t.Errorf("after %d parts something is lost", parts)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	// What is half way must not take the place of what was kept before.
	_, err = os.Stat(path + ".before-upgrade")
	if kept := err == nil; kept != (parts == 0) {
		t.Errorf("after %d parts kept as it was: %v", parts, kept)
	}
	return more
}

// TestEitherMetaIsEnough: after a clean stop the loss of one meta page, whichever,
// loses nothing.
func TestEitherMetaIsEnough(t *testing.T) {
	o := open(t)
	o.applied(1)
	o.must(o.Close())
	whole, err := os.ReadFile(o.path)
	o.must(err)
	for lost := range 2 {
		data := append([]byte(nil), whole...)
		clear(data[lost*os.Getpagesize() : (lost+1)*os.Getpagesize()])
		path := write(t, data)
		if found := checked(t, path); len(found) != 0 {
			t.Errorf("without meta page %d: %v", lost, found)
		}
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if s.Unclean() || !s.recordsAre(1) {
			t.Errorf("without meta page %d the state is another", lost)
		}
		o.must(s.Close())
	}
	if o.Store, err = Open(o.path, Options{}); err != nil {
		t.Fatal(err)
	}
}

// TestDamagedRecordStaysAlone: a record with a turned bit is neither shown nor
// changed, nothing else suffers, and the damage is known.
func TestDamagedRecordStaysAlone(t *testing.T) {
	o := open(t)
	_, spoilt := o.applied(1)
	_, other := o.applied(2)
	stored := make([]byte, 0)
	o.change(func(tx *txn) {
		stored = append(stored, bucket(tx.Tx, "applications").Get(key(spoilt.ID))...)
		o.must(turnBit(tx.Tx, "applications", key(spoilt.ID)))
	})
	var damage *RecordError
	if _, err := o.Application(clerk(), spoilt.ID); !errors.As(err, &damage) || damage.Table != "applications" {
		t.Errorf("shown: %v", err)
	}
	err := o.Change(clerk(), spoilt.ID, spoilt.Revision, returnIt)
	if !errors.As(err, &damage) {
		t.Errorf("changed: %v", err)
	}
	page, err := o.Queue(clerk(), Filter{}, "", 10)
	if err != nil || len(page.Rows) != 1 || page.Rows[0].ID != other.ID || page.Damaged == nil {
		t.Errorf("the queue has %d rows, damaged %v, %v", len(page.Rows), page.Damaged, err)
	}
	if err := o.EachApplication(clerk(), Filter{}, func(*reissue.Application) error { return nil }); !errors.As(err, &damage) {
		t.Errorf("exported in part: %v", err)
	}
	if known := o.KnownDamage(); len(known) != 1 || known[0] != findRecord("applications", key(spoilt.ID)) {
		t.Errorf("known: %v", known)
	}
	o.change(func(tx *txn) { o.must(bucket(tx.Tx, "applications").Put(key(spoilt.ID), stored)) })
}

// TestSequenceGivesNoTakenNumber: a sequence that damage has set back leads to no
// record that is there.
func TestSequenceGivesNoTakenNumber(t *testing.T) {
	o := open(t)
	owner, _ := o.applied(1)
	o.change(func(tx *txn) {
		o.must(bucket(tx.Tx, "accounts").SetSequence(owner.ID - 1))
		var damage *RecordError
		if _, err := accounts.next(tx.Tx); !errors.As(err, &damage) {
			t.Errorf("got %v", err)
		}
	})
	o.load(line(2))
	o.change(func(tx *txn) {
		o.must(bucket(tx.Tx, "certificates").SetSequence(0))
		number, err := certificates.draw(tx.Tx)
		o.must(err)
		var damage *RecordError
		if err := certificates.load(tx.Tx, []*reissue.Certificate{{ID: number}}, certificates.every); !errors.As(err, &damage) {
			t.Errorf("loaded over certificate %d: %v", number, err)
		}
		o.must(bucket(tx.Tx, "certificates").SetSequence(100))
	})
}

// TestSumIsOfKeyAndValue against the check value of CRC-32C: that of the digits from
// 1 to 9 is 0xE3069283 (RFC 3720, B.4 has others of the same polynomial).
func TestSumIsOfKeyAndValue(t *testing.T) {
	stored := seal([]byte("1234"), []byte("56789"))
	if want := []byte("56789\xe3\x06\x92\x83"); !bytes.Equal(stored, want) {
		t.Fatalf("stored %x, want %x", stored, want)
	}
	if value, err := unseal([]byte("1234"), stored); err != nil || string(value) != "56789" {
		t.Errorf("got %q, %v", value, err)
	}
	for name, of := range map[string]struct{ k, stored string }{
		"another key":   {"1235", string(stored)},
		"another value": {"1234", "66789\xe3\x06\x92\x83"},
		"another sum":   {"1234", "56789\xe3\x06\x92\x82"},
		"no sum":        {"1234", "567"},
		"nothing":       {"1234", ""},
	} {
		if _, err := unseal([]byte(of.k), []byte(of.stored)); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// TestCheckBesideWriters: a check beside others who write finds nothing in a sound file.
func TestCheckBesideWriters(t *testing.T) {
	o := open(t)
	o.applied(1)
	wrote := make(chan struct{})
	go func() {
		defer close(wrote)
		for n := range 30 {
			o.applied(2 + n)
		}
	}()
	for checks, over := 0, false; !over; checks++ {
		select {
		case <-wrote:
			over = true // and one more
		default:
		}
		if err := o.Check(t.Context(), func(finding Finding) { t.Errorf("check %d: %s", checks, finding) }, nil); err != nil {
			t.Errorf("check %d: %v", checks, err)
		}
	}
}

// TestCheckIsOfOneState: what is looked at is what the transaction sees, as long as
// the file says where that is.
func TestCheckIsOfOneState(t *testing.T) {
	o := open(t)
	o.applied(1)
	for commits, want := range map[int]error{0: nil, 1: nil, 2: errOvertaken} {
		tx, err := o.db.Begin(false)
		o.must(err)
		there := uint64(bucket(tx, "audit").Stats().KeyN)
		for range commits {
			o.must(o.Downloaded(reissue.System()))
		}
		x := &examination{ctx: t.Context(), path: o.path, report: func(finding Finding) { t.Errorf("%d commits later: %s", commits, finding) }}
		_, err = x.structure(tx, mostStructural)
		if !errors.Is(err, want) {
			t.Errorf("%d commits later: %v, want %v", commits, err, want)
		}
		if err == nil && x.sizes["audit"].entries != there {
			t.Errorf("%d commits later the log has %d rows, the transaction sees %d", commits, x.sizes["audit"].entries, there)
		}
		o.must(tx.Rollback())
	}
}
