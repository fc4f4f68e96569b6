package store

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// route gives the exam of applied another route.
func (o *office) route(route reissue.Route) {
	o.t.Helper()
	list, err := o.Exams()
	o.must(err)
	exam := list[slices.IndexFunc(list, func(e *reissue.Exam) bool { return e.Year == 2016 })]
	_, err = o.ChangeExam(reissue.System(), exam.ID, exam.Revision, reissue.ExamForm{reissue.ExamRoute: route.Word()})
	o.must(err)
}

// proven is the n-th person's application for an exam without certificates, approved.
func (o *office) proven(n int) *reissue.Application {
	o.t.Helper()
	_, a := o.applied(n)
	o.route(reissue.RouteProof)
	o.decide(a.ID, approve)
	return o.application(a.ID)
}

func (o *office) application(number uint64) *reissue.Application {
	o.t.Helper()
	a, err := o.Application(clerk(), number)
	o.must(err)
	return a
}

// print prints the proof of an application as it is.
func (o *office) print(number uint64) *reissue.Application {
	o.t.Helper()
	o.must(o.PrintProofs(clerk(), Picked{number, o.application(number).Revision}))
	return o.application(number)
}

func (o *office) undoProof(number uint64) *reissue.Application {
	o.t.Helper()
	o.must(o.UndoProof(clerk(), number, o.application(number).Revision, "打错"))
	return o.application(number)
}

// TestProofsInNoBatch: what leads to a proof is neither counted nor collected, and a
// route that changes meanwhile changes nothing for what is approved.
func TestProofsInNoBatch(t *testing.T) {
	o := open(t)
	proof := o.proven(1)
	o.route(reissue.RoutePaper)
	groups, err := o.Collectable(clerk(), Collect{})
	o.must(err)
	if _, err := o.MakeBatch(clerk(), BatchPlan{}); err == nil || len(groups) != 0 {
		t.Errorf("collected %v, made a batch: %v", groups, err)
	}
	_, paper := o.applied(2)
	o.decide(paper.ID, approve)
	o.route(reissue.RouteProof)
	b, err := o.MakeBatch(clerk(), BatchPlan{})
	o.must(err)
	if a := o.application(paper.ID); b.Members != 1 || a.Batch != b.ID {
		t.Errorf("%d in the batch, among them the one that was approved for paper: %v", b.Members, a.Batch == b.ID)
	}
	if _, err := o.AddToBatch(clerk(), b.ID, b.Revision, Collect{}); err == nil || o.application(proof.ID).Batch != 0 {
		t.Error("a proof was added to a batch")
	}
	if err := o.PrintProofs(clerk(), Picked{paper.ID, o.application(paper.ID).Revision}); !errors.Is(err, reissue.ErrState) {
		t.Errorf("the proof of a paper: %v", err)
	}
	for _, finding := range o.findings() {
		t.Error(finding)
	}
}

// TestProofNumbersNeverTwice: not after it was undone, not after the application is
// deleted, not in the next year, not when everything of a transaction rolls back.
func TestProofNumbersNeverTwice(t *testing.T) {
	o := open(t)
	a := o.print(o.proven(1).ID)
	if got := reissue.ShowProofNumber(a.Proof); got != "2026-000001" {
		t.Fatalf("the first is %s", got)
	}
	o.undoProof(a.ID)
	a = o.print(a.ID)
	second := o.proven(2)
	if err := o.PrintProofs(clerk(), Picked{second.ID, second.Revision}, Picked{a.ID, a.Revision - 1}); !errors.Is(err, reissue.ErrStale) || o.application(second.ID).Proof != 0 {
		t.Errorf("one of two is stale: %v", err)
	}
	o.decide(a.ID, handOut)
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Retention.ApplicationMonths = 36; return nil }))
	o.forward(4 * 366 * 24 * time.Hour)
	o.forget(Forgotten{Applications: 1})
	o.must(o.PrintProofs(clerk(), Picked{second.ID, second.Revision}))
	stubs, err := o.Stubs(clerk(), StubFilter{}, "", 10)
	o.must(err)
	var shown []string
	for _, stub := range stubs.Rows {
		state := "good"
		if stub.Voided != 0 {
			state = "void"
		}
		if stub.Application == nil {
			state += ", forgotten"
		}
		shown = append(shown, reissue.ShowProofNumber(stub.Number)+" "+state)
	}
	if want := []string{"2030-000001 good", "2026-000002 good, forgotten", "2026-000001 void, forgotten"}; !slices.Equal(shown, want) {
		t.Errorf("stubs %q, want %q", shown, want)
	}
	for _, finding := range o.findings() {
		t.Error(finding)
	}
	restored := openWith(t, o.backup(), Options{})
	restored.must(restored.AfterRestore())
	if got := reissue.ShowProofNumber(restored.print(restored.undoProof(second.ID).ID).Proof); got != "2026-001003" {
		t.Errorf("after a restore the next is %s", got)
	}
}

// TestStubs: filters, the cities' scope and the pages of the list.
func TestStubs(t *testing.T) {
	o := open(t)
	for n := range 5 {
		o.print(o.proven(n).ID)
	}
	elsewhere := clerk()
	elsewhere.Cities = []string{"保定市"}
	for _, c := range []struct {
		reason string
		by     *reissue.Staff
		filter StubFilter
		want   int
	}{
		{"all", clerk(), StubFilter{}, 5}, {"of the year", clerk(), StubFilter{Year: 2026}, 5}, {"of another", clerk(), StubFilter{Year: 2025}, 0},
		{"the next year", clerk(), StubFilter{Year: 2027}, 0}, {"one", clerk(), StubFilter{Number: reissue.NewProofNumber(2026, 3)}, 1},
		{"one of another year", clerk(), StubFilter{Number: reissue.NewProofNumber(2026, 3), Year: 2025}, 0}, {"none", clerk(), StubFilter{Number: 7}, 0}, {"of other cities", elsewhere, StubFilter{}, 0},
	} {
		n := 0
		for cursor, more := "", true; more; {
			page, err := o.Stubs(c.by, c.filter, cursor, 2)
			o.must(err)
			for _, stub := range page.Rows {
				if c.filter.Number != 0 && stub.Number != c.filter.Number {
					t.Errorf("%s: %d", c.reason, stub.Number)
				}
			}
			n += len(page.Rows)
			cursor, more = page.Next, page.Next != ""
		}
		if n != c.want {
			t.Errorf("%s: %d stubs, want %d", c.reason, n, c.want)
		}
	}
	a := o.application(rows(o, &applications)[0].ID)
	if _, err := o.Proof(elsewhere, a.ID); !isNotFound(err) {
		t.Errorf("another city's proof: %v", err)
	}
	if err := o.PrintProofs(elsewhere, Picked{a.ID, a.Revision}); !isNotFound(err) {
		t.Errorf("another city's proof, once more: %v", err)
	}
	if err := o.UndoProof(elsewhere, a.ID, a.Revision, "x"); !isNotFound(err) {
		t.Errorf("another city's proof, undone: %v", err)
	}
}

// TestStubOfMovedApplication: who saw to an application as long as it was his city's is
// told of its proof and of nobody any more.
func TestStubOfMovedApplication(t *testing.T) {
	o := open(t)
	a := o.print(o.proven(1).ID)
	before := clerk()
	before.Cities = []string{a.Fields.City}
	o.change(func(tx *txn) {
		a.Fields.City = "保定市"
		o.must(applications.put(tx.Tx, a))
	})
	page, err := o.Stubs(before, StubFilter{}, "", 9)
	o.must(err)
	if len(page.Rows) != 1 || page.Rows[0].Application != nil || page.Rows[0].Forgotten {
		t.Errorf("told are %+v", page.Rows)
	}
	o.change(func(tx *txn) {
		a.Fields.City = before.Cities[0]
		o.must(applications.put(tx.Tx, a))
	})
}

// TestProofsWaiting: what is to be printed is listed and counted, by city, until it is.
func TestProofsWaiting(t *testing.T) {
	o := open(t)
	first, second := o.proven(1), o.proven(2)
	elsewhere, here := clerk(), clerk()
	elsewhere.Cities, here.Cities = []string{"保定市"}, []string{"石家庄"}
	for _, c := range []struct {
		by   *reissue.Staff
		want int
	}{{clerk(), 2}, {here, 2}, {elsewhere, 0}} {
		page, err := o.ProofsWaiting(c.by, "", 10)
		o.must(err)
		desk, err := o.Desk(c.by)
		o.must(err)
		if len(page.Rows) != c.want || desk.Proofs != c.want {
			t.Errorf("%v: %d listed, %d counted, want %d", c.by.Cities, len(page.Rows), desk.Proofs, c.want)
		}
	}
	o.must(o.PrintProofs(clerk(), Picked{first.ID, first.Revision}, Picked{second.ID, second.Revision}))
	if desk, err := o.Desk(clerk()); err != nil || desk.Proofs != 0 {
		t.Errorf("printed, and still %d wait, %v", desk.Proofs, err)
	}
}

// TestProofChecks plants one fault of proofs at a time, wants it found, and wants a
// repair to leave none.
func TestProofChecks(t *testing.T) {
	for _, c := range []struct {
		reason string
		plant  func(*txn, *reissue.Application, *reissue.Proof) error
		found  string
	}{
		{"a stub is gone", func(tx *txn, _ *reissue.Application, p *reissue.Proof) error {
			return proofs.delete(tx.Tx, key(p.Number))
		}, sayProofMissing},
		{"a stub is void", func(tx *txn, _ *reissue.Application, p *reissue.Proof) error {
			p.Voided = 5
			return proofs.put(tx.Tx, p)
		}, sayProofMissing},
		{"an application is past printing without a number", func(tx *txn, a *reissue.Application, _ *reissue.Proof) error {
			a.Proof = 0
			return applications.put(tx.Tx, a)
		}, sayProofUnfit},
		{"a proof is in a batch", func(tx *txn, a *reissue.Application, _ *reissue.Proof) error {
			a.Batch = 3
			return applications.put(tx.Tx, a)
		}, sayProofUnfit},
		{"a stub is of no application", func(tx *txn, _ *reissue.Application, p *reissue.Proof) error {
			p.Number++
			p.Application = 7
			return errors.Join(proofs.put(tx.Tx, p), proofSequences.put(tx.Tx, &sequence{map[int]uint64{2026: 2}}))
		}, sayMailStray},
		{"a second number is good", func(tx *txn, _ *reissue.Application, p *reissue.Proof) error {
			p.Number++
			return errors.Join(proofs.put(tx.Tx, p), proofSequences.put(tx.Tx, &sequence{map[int]uint64{2026: 2}}))
		}, sayStubUnfit},
		{"a reprint is not counted", func(tx *txn, _ *reissue.Application, p *reissue.Proof) error {
			p.Reprints = 0
			return proofs.put(tx.Tx, p)
		}, sayReprintsUnfit},
		{"the sequence was set back", func(tx *txn, _ *reissue.Application, p *reissue.Proof) error {
			return proofSequences.put(tx.Tx, &sequence{map[int]uint64{2026: 0}})
		}, sayProofSequence},
	} {
		t.Run(c.reason, func(t *testing.T) {
			o := &office{clock: &clock{t: morning}, t: t}
			s, err := Open(filepath.Join(t.TempDir(), "data.db"), Options{Create: true, Now: o.now})
			o.must(err)
			o.Store = s
			t.Cleanup(func() { o.Close() })
			a := o.print(o.print(o.proven(1).ID).ID)
			if found := o.findings(); len(found) > 0 {
				t.Fatalf("before any fault: %v", found)
			}
			o.change(func(tx *txn) {
				p, err := proofs.get(tx.Tx, key(a.Proof))
				o.must(err)
				o.must(c.plant(tx, a, p))
			})
			var all []string
			for _, finding := range o.findings() {
				all = append(all, string(finding))
			}
			if !strings.Contains(strings.Join(all, "\n"), c.found) {
				t.Errorf("found %q, want %q", all, c.found)
			}
		})
	}
}

// TestRepairProofs: a stub that is lost, and the sequence with it, are made anew from
// the applications, and no number comes twice.
func TestRepairProofs(t *testing.T) {
	o := open(t)
	first := o.print(o.print(o.undoProof(o.print(o.proven(1).ID).ID).ID).ID)
	o.print(o.proven(2).ID)
	o.must(o.Close())
	meddle(t, o.Path(), func(tx *bolt.Tx) error {
		return errors.Join(bucket(tx, "proofs").Put(key(first.Proof), []byte{0xff}), bucket(tx, "proofs").Delete(key(first.Proof-1)), bucket(tx, singles).Delete([]byte(proofSequences.name)))
	})
	path, _, said := repaired(t, o.Path())
	var err error
	o.Store, err = Open(path, Options{Now: o.now})
	o.must(err)
	for _, finding := range o.findings() {
		t.Errorf("%s\nsaid %v", finding, said)
	}
	stubs, err := o.Stubs(clerk(), StubFilter{}, "", 10)
	o.must(err)
	if len(stubs.Rows) != 3 || stubs.Rows[1].Reprints != 1 || stubs.Rows[1].Voided != 0 || stubs.Rows[2].Voided == 0 || stubs.Rows[1].By != clerk().ID {
		t.Errorf("%+v", stubs.Rows)
	}
	if a := o.print(o.undoProof(first.ID).ID); a.Proof <= reissue.NewProofNumber(2026, numbersSkipped) { // any of which may be on paper
		t.Errorf("the next number is %s", reissue.ShowProofNumber(a.Proof))
	}
}
