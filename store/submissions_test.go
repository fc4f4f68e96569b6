package store

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"certreissue/photo"
	"certreissue/reissue"
)

func draftWith(changes reissue.Draft) reissue.Draft {
	d := filled()
	maps.Copy(d, changes)
	return d
}

func TestApplyFromTheRegister(t *testing.T) {
	o := open(t)
	o.load(line(9), line(1, func(c *reissue.Certificate) { c.Number, c.City = "", "" })) // the first brings the city
	account := o.register(1)
	certificate := o.one(account)
	picture := shot(t, 1)
	a, err := o.Holder(account.ID).Apply(Form{FormCertificate, certificate},
		draftWith(reissue.Draft{"certificate_number": "b-7", "name": "李四", "exam_year": "2020", "level": "一级", "approval_date": "20200101"}), Upload{Photo: picture})

	o.must(err)
	stored, err := o.Holder(account.ID).Application(a.ID)
	o.must(err)
	want := reissue.Fields{Name: name(1), Sex: "男", BirthMonth: "199001", ExamYear: 2016, ExamName: "二级建造师", CertificateNumber: "B-7",
		ApprovalDate: "20160605", Level: "考全科", Specialty: "建筑工程", City: "石家庄市", Phone: "13800000000"}
	if stored.Fields != want {
		t.Errorf("%+v\nwant %+v", stored.Fields, want)
	}
	if stored.ID != reissue.NewNumber(2026, 1) || stored.Certificate != certificate || stored.Exam == 0 || stored.Round != 1 || stored.Revision != 1 ||
		stored.Status != reissue.Pending || stored.Queued != reissue.At(morning) || !stored.IsLocked("level") || stored.IsLocked("city") {
		t.Errorf("%+v", stored)
	}
	if jpeg, err := o.photo(a.ID, nil); err != nil || !bytes.Equal(jpeg, picture.JPEG()) {
		t.Errorf("the photo: %v", err)
	}
	other := o.register(2)
	if _, err := o.Holder(other.ID).Application(a.ID); !isNotFound(err) {
		t.Errorf("another person reads it: %v", err)
	}
	if list, err := o.Holder(other.ID).Applications(); err != nil || len(list) != 0 {
		t.Errorf("another person has %v, %v", list, err)
	}
}

func TestApplyRefused(t *testing.T) {
	o := open(t)
	o.load(line(1), line(2), line(3, func(c *reissue.Certificate) { c.Collected = false }), line(4), line(5))
	other := o.one(o.register(2))
	waiting := o.register(3)
	uncollected := o.one(waiting)
	account, applying := o.register(1), o.register(4)
	own, open := o.one(account), o.one(applying)
	applied, err := o.Holder(applying.ID).Apply(Form{FormCertificate, open}, filled(), Upload{Photo: shot(t, 1)})
	o.must(err)
	same := reissue.Draft{"exam_year": "2016", "exam_name": "二级 建造师", "level": "考全科", "specialty": "建筑工程", "approval_date": "20160605"}
	fault := photo.Finding{Code: "size"}

	before := count(o, &audits)
	for _, c := range []struct {
		reason  string
		account uint64
		form    Form
		draft   reissue.Draft
		upload  Upload
		is      func(error) bool
	}{
		{"not collected", waiting.ID, Form{FormCertificate, uncollected}, filled(), Upload{}, func(err error) bool { return errors.Is(err, ErrNotCollected) }},
		{"another person's", account.ID, Form{FormCertificate, other}, filled(), Upload{}, isNotFound},
		{"nobody's", account.ID, Form{FormCertificate, 999}, filled(), Upload{}, isNotFound},
		{"no account", 999, Form{FormCertificate, own}, filled(), Upload{}, isNotFound},
		{"open already", applying.ID, Form{FormCertificate, open}, draftWith(reissue.Draft{"phone": "13911111111"}), Upload{}, func(err error) bool {
			var second *OpenError
			return errors.As(err, &second) && second.Application == applied.ID
		}},
		{"by hand what the register shows", account.ID, Form{FormSelf, 0}, draftWith(same), Upload{Photo: shot(t, 1)}, func(err error) bool {
			var known *RegisteredLineError
			return errors.As(err, &known) && known.Certificate == own
		}},
		{"by hand what is not collected", waiting.ID, Form{FormSelf, 0}, draftWith(same), Upload{Photo: shot(t, 1)}, func(err error) bool {
			var known *RegisteredLineError
			return errors.As(err, &known) && known.Certificate == uncollected
		}},
		{"no photo", account.ID, Form{FormCertificate, own}, filled(), Upload{}, blames("photo")},
		{"a refused photo is not called missing", account.ID, Form{FormCertificate, own}, filled(), Upload{Faults: []photo.Finding{fault}}, func(err error) bool {
			var problems reissue.Problems
			return errors.As(err, &problems) && len(problems) == 1 && problems.Of("photo") == fault.Sentence()
		}},
		{"a bad phone", account.ID, Form{FormCertificate, own}, draftWith(reissue.Draft{"phone": "1"}), Upload{Photo: shot(t, 1)}, blames("phone")},
		{"everything at once", account.ID, Form{FormSelf, 0}, nil, Upload{Faults: []photo.Finding{fault}},
			blames("exam_year", "exam_name", "certificate_number", "approval_date", "level", "specialty", "city", "phone", "photo")},
	} {
		if _, err := o.Holder(c.account).Apply(c.form, c.draft, c.upload); !c.is(err) {
			t.Errorf("%s: %v", c.reason, err)
		}
	}
	if count(o, &audits) != before || count(o, &applications) != 1 {
		t.Error("a refused application left something behind")
	}
	next, err := o.Holder(account.ID).Apply(Form{FormCertificate, own}, filled(), Upload{Photo: shot(t, 2)})
	if err != nil || next.ID != reissue.NewNumber(2026, 2) {
		t.Errorf("the next number is %d, %v: the refused ones took some", next.ID, err)
	}
}

// blames tells whether an error is about these fields, in this order.
func blames(fields ...string) func(error) bool {
	return func(err error) bool {
		var problems reissue.Problems
		var found []string
		errors.As(err, &problems)
		for _, problem := range problems {
			found = append(found, problem.Field)
		}
		return slices.Equal(found, fields)
	}
}

// TestOneOpenApplication sends a form a hundred times at once, each time with another
// telephone, by every way in.
func TestOneOpenApplication(t *testing.T) {
	o := open(t)
	o.load(line(1))
	account := o.register(1)
	picture := shot(t, 1)
	for _, form := range []Form{{FormCertificate, o.one(account)}, {FormSelf, 0}} {
		var mu sync.Mutex
		var numbers, pointed []uint64
		var group sync.WaitGroup
		for n := range 100 {
			group.Go(func() {
				a, err := o.Holder(account.ID).Apply(form, draftWith(reissue.Draft{"phone": fmt.Sprint(13800000000 + n)}), Upload{Photo: picture})
				mu.Lock()
				defer mu.Unlock()
				var second *OpenError
				switch {
				case err == nil:
					numbers = append(numbers, a.ID)
				case errors.As(err, &second):
					pointed = append(pointed, second.Application)
				default:
					t.Error(err)
				}
			})
		}
		group.Wait()
		if len(numbers) != 1 || len(pointed) != 99 || slices.ContainsFunc(pointed, func(n uint64) bool { return n != numbers[0] }) {
			t.Errorf("form %v: %d applications, %d pointed elsewhere", form, len(numbers), len(pointed))
		}
	}
	if n := count(o, &applications); n != 2 {
		t.Errorf("%d applications", n)
	}
}

func TestPhotoOfAnApplication(t *testing.T) {
	o := open(t)
	o.load(line(1), line(2, func(c *reissue.Certificate) { c.ExamYear, c.ApprovalDate = 2020, "20201122" }))
	account, later := o.register(1), o.register(2)
	form := Form{FormCertificate, o.one(account)}
	kept := shot(t, 1)
	o.must(o.Holder(account.ID).KeepDraft(form, filled(), Upload{Photo: kept}))
	a, err := o.Holder(account.ID).Apply(form, filled(), Upload{})
	o.must(err)
	if jpeg, err := o.photo(a.ID, nil); err != nil || !bytes.Equal(jpeg, kept.JPEG()) {
		t.Errorf("the kept photo: %v", err)
	}
	if n := count(o, &drafts); n != 0 {
		t.Errorf("%d drafts are left after the application", n)
	}
	for _, upload := range []Upload{{Photo: shot(t, 2)}, {Faults: []photo.Finding{{Code: "size"}}}} {
		b, err := o.Holder(later.ID).Apply(Form{FormCertificate, o.one(later)}, filled(), upload)
		o.must(err)
		if b.Photo.Given() {
			t.Error("a photo is kept where none is asked for")
		}
		if _, err := o.photo(b.ID, nil); !isNotFound(err) {
			t.Errorf("a photo is stored where none is asked for: %v", err)
		}
		o.must(o.Holder(later.ID).Withdraw(b.ID, b.Revision))
	}
}

func TestSave(t *testing.T) {
	o := open(t)
	account, a := o.applied(1)
	other := o.register(2)
	for _, c := range []struct {
		reason   string
		account  uint64
		revision uint64
		draft    reissue.Draft
		is       func(error) bool
	}{
		{"another person's", other.ID, 1, filled(), isNotFound},
		{"a stale screen", account.ID, 7, filled(), func(err error) bool { return errors.Is(err, reissue.ErrStale) }},
		{"a bad phone", account.ID, 1, reissue.Draft{"phone": "1"}, blames("phone")},
	} {
		if _, err := o.Holder(c.account).Save(a.ID, c.revision, c.draft, Upload{}); !c.is(err) {
			t.Errorf("%s: %v", c.reason, err)
		}
	}
	o.forward(time.Hour)
	saved, err := o.Holder(account.ID).Save(a.ID, 1, draftWith(reissue.Draft{"phone": "0311-8686868", "name": "李四", "level": "一级", "certificate_number": "Z9", "city": "保定"}), Upload{})
	o.must(err)
	want := a.Fields
	want.Phone = "0311-8686868"
	if saved.Fields != want || saved.Queued != a.Queued || saved.Revision != 2 || !bytes.Equal(saved.Photo.Sum, a.Photo.Sum) {
		t.Errorf("saved while it waits: %+v", saved)
	}

	o.decide(a.ID, returnIt)
	o.forward(time.Hour)
	o.must(o.Holder(account.ID).KeepDraft(Form{FormEdit, a.ID}, filled(), Upload{}))
	picture := shot(t, 9)
	saved, err = o.Holder(account.ID).Save(a.ID, 3, filled(), Upload{Photo: picture})
	o.must(err)
	if saved.Status != reissue.Pending || saved.Queued != reissue.At(morning.Add(2*time.Hour)) || !slices.Equal(saved.History[3].Changed, []string{"phone", "photo"}) {
		t.Errorf("saved after a return: %+v", saved)
	}
	if jpeg, err := o.photo(a.ID, nil); err != nil || !bytes.Equal(jpeg, picture.JPEG()) || count(o, &drafts) != 0 {
		t.Errorf("the new photo: %v", err)
	}

	o.decide(a.ID, approve)
	for _, revision := range []uint64{5, 1} {
		if _, err := o.Holder(account.ID).Save(a.ID, revision, filled(), Upload{}); !errors.Is(err, reissue.ErrState) {
			t.Errorf("approved, saved at revision %d: %v", revision, err)
		}
		if err := o.Holder(account.ID).Withdraw(a.ID, revision); !errors.Is(err, reissue.ErrState) {
			t.Errorf("approved, withdrawn at revision %d: %v", revision, err)
		}
	}
}

// TestRegisterMovesOn: an open application takes over the register's values when
// it is saved, and not before.
func TestRegisterMovesOn(t *testing.T) {
	o := open(t)
	account, a := o.applied(1)
	o.load(line(1, func(c *reissue.Certificate) { c.ApprovalDate = "20160606" }))
	if same, err := o.Holder(account.ID).Application(a.ID); err != nil || same.Fields.ApprovalDate != "20160605" {
		t.Errorf("%+v, %v", same, err)
	}
	review, err := o.Review(clerk(), a.ID)
	o.must(err)
	moved := slices.ContainsFunc(reissue.Compare(review.Application, review.Line), func(d reissue.Difference) bool {
		return d.Field == "approval_date" && d.Disagree && d.Locked
	})
	if !moved {
		t.Error("the review does not show that the register has moved")
	}
	if saved, err := o.Holder(account.ID).Save(a.ID, 1, filled(), Upload{}); err != nil || saved.Fields.ApprovalDate != "20160606" {
		t.Errorf("%+v, %v", saved, err)
	}
}

func TestSaveByHand(t *testing.T) {
	o := open(t)
	o.load(line(9)) // brings the city
	account := o.register(1)
	a, err := o.Holder(account.ID).Apply(Form{FormSelf, 0}, filled(), Upload{Photo: shot(t, 1)})
	o.must(err)
	second, err := o.Holder(account.ID).Apply(Form{FormSelf, 0}, draftWith(reissue.Draft{"level": "二级"}), Upload{Photo: shot(t, 1)})
	o.must(err)
	if _, err := o.Holder(account.ID).Save(second.ID, 1, filled(), Upload{}); err == nil {
		t.Error("two open applications for one subject")
	} else if open := new(OpenError); !errors.As(err, &open) || open.Application != a.ID {
		t.Errorf("a correction into the other's subject: %v", err)
	}
	saved, err := o.Holder(account.ID).Save(a.ID, 1, draftWith(reissue.Draft{"exam_year": "2014", "approval_date": "20141122", "name": "李四"}), Upload{})
	o.must(err)
	if saved.Fields.ExamYear != 2014 || saved.Fields.Name != name(1) || saved.Exam != 0 {
		t.Errorf("%+v", saved)
	}
}

func TestWithdrawAndAgain(t *testing.T) {
	o := open(t)
	account, a := o.applied(1)
	other := o.register(2)
	if err := o.Holder(other.ID).Withdraw(a.ID, 1); !isNotFound(err) {
		t.Errorf("by another person: %v", err)
	}
	if err := o.Holder(account.ID).Withdraw(a.ID, 9); !errors.Is(err, reissue.ErrStale) {
		t.Errorf("a stale screen: %v", err)
	}
	o.must(o.Holder(account.ID).Withdraw(a.ID, 1))
	form := Form{FormCertificate, o.one(account)}
	o.forward(time.Hour)
	again, err := o.Holder(account.ID).Apply(form, filled(), Upload{Photo: shot(t, 1)})
	if err != nil || again.Round != 1 {
		t.Fatalf("after a withdrawal: %+v, %v", again, err)
	}
	o.decide(again.ID, approve)
	o.batch(reissue.BatchLock, reissue.BatchArrive)
	o.decide(again.ID, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.HandOut(by, now, reissue.Collection{NewNumber: reissue.None})
	})
	third, err := o.Holder(account.ID).Apply(form, filled(), Upload{Photo: shot(t, 1)})
	if err != nil || third.Round != 2 {
		t.Errorf("after the new certificate was lost: %+v, %v", third, err)
	}
	mine, err := o.Holder(account.ID).Applications()
	if err != nil || len(mine) != 3 || mine[0].ID != third.ID || mine[2].ID != a.ID {
		t.Errorf("the newest is not the first of %d, %v", len(mine), err)
	}
}
