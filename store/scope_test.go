package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"certreissue/reissue"
)

// of is a reviewer who is limited to cities.
func of(cities ...string) *reissue.Staff {
	return &reissue.Staff{ID: 71, Roles: []reissue.Role{reissue.RoleReviewer}, Cities: cities}
}

// TestScopeOfPersons: a person is of the cities of their certificates and
// applications, and of those of the account from before it was corrected.
func TestScopeOfPersons(t *testing.T) {
	o := open(t)
	in := func(city string) func(*reissue.Certificate) {
		return func(c *reissue.Certificate) { c.City = city }
	}
	o.load(line(1), line(2, in("保定市")), line(2, in("石家庄"), func(c *reissue.Certificate) { c.ExamYear = 2015 }), line(3, in("")), line(5, in("沧州")))
	one, two, blank, none := o.register(1), o.register(2), o.register(3), o.register(4)
	byHand := func(account *reissue.Account, city string) {
		draft := filled()
		draft["city"] = city
		_, err := o.Holder(account.ID).Apply(Form{Kind: FormSelf}, draft, Upload{Photo: shot(t, 1)})
		o.must(err)
	}
	serve := func(why string, account *reissue.Account, yes, no []string) {
		t.Helper()
		for _, city := range slices.Concat(yes, no) {
			_, err := o.AccountDetails(of(city), account.ID)
			found, searched := o.SearchAccounts(of(city), account.Person.Number.Full())
			served := slices.Contains(yes, city)
			if (err == nil) != served || !served && !isNotFound(err) || searched != nil || (len(found.List) == 1) != served || (len(found.Elsewhere) == 0) != served {
				t.Errorf("%s, in %s: %v, %+v, %v", why, city, err, found, searched)
			}
		}
	}
	serve("one certificate", one, []string{"石家庄", "石家庄市"}, []string{"保定"})
	serve("two", two, []string{"石家庄", "保定"}, []string{"沧州"})
	serve("a certificate without a city", blank, []string{"石家庄", "保定"}, nil)
	serve("nothing", none, []string{"石家庄", "保定"}, nil)
	byHand(none, "保定")
	serve("an application", none, []string{"保定"}, []string{"石家庄"})
	_, err := o.AccountDetails(of("沧州", "保定"), none.ID)
	o.must(err)

	holder := reissue.Holder{Person: human(6), Name: name(6)}
	for why, act := range map[string]func(staff *reissue.Staff, account uint64) error{
		"reset":  func(staff *reissue.Staff, account uint64) error { return o.ResetAtCounter(staff, account, "", "x") },
		"unlock": func(staff *reissue.Staff, account uint64) error { return o.UnlockAccount(staff, account, "") },
		"email": func(staff *reissue.Staff, account uint64) error {
			return errOf(o.CorrectEmail(staff, account, "", "x@example.com"))
		},
		"correct": func(staff *reissue.Staff, account uint64) error { return o.CorrectHolder(staff, account, "", holder) },
		"close":   func(staff *reissue.Staff, account uint64) error { return o.CloseAccount(staff, account, "") },
		"attach": func(staff *reissue.Staff, account uint64) error {
			_, err := o.AttachNumber(staff, account, "", "李四", "", "x")
			return err
		},
	} {
		if err := act(of("保定"), one.ID); !isNotFound(err) {
			t.Errorf("%s: %v", why, err)
		}
	}
	// An account is neither opened for, nor moved to, a person of another city.
	elsewhere := func(why string, err error) {
		t.Helper()
		var problems reissue.Problems
		if !errors.As(err, &problems) || fmt.Sprint(problems[0].Message) != "该考生由沧州窗口办理。" {
			t.Errorf("%s: %v", why, err)
		}
	}
	far := reissue.Holder{Person: human(5), Name: name(5)}
	_, err = o.OpenAccount(of("保定"), far, "", "x")
	elsewhere("opened", err)
	elsewhere("moved", o.CorrectHolder(of("保定"), none.ID, "", far))
	_, err = o.OpenAccount(of("沧州"), far, "", "x")
	o.must(err)

	passport := reissue.Holder{Person: reissue.Person{Paper: "护照", Number: "E12345678"}, Name: name(7)}
	o.load(line(7, in("沧州"), func(c *reissue.Certificate) { c.Person = passport.Person }))
	_, err = o.OpenAccount(of("沧州"), passport, "", "x")
	o.must(err)
	passport.Person.Paper = "军官证"
	_, err = o.OpenAccount(of("保定"), passport, "", "x")
	elsewhere("under another paper", err)

	// What was applied for before a correction still tells: it stays under its number.
	var mine []*reissue.Application
	mine, err = o.Holder(none.ID).Applications()
	o.must(err)
	o.must(o.Holder(none.ID).Withdraw(mine[0].ID, mine[0].Revision))
	o.must(o.CorrectHolder(of("保定"), none.ID, "", holder))
	moved, err := o.Account(none.ID)
	o.must(err)
	serve("corrected", moved, []string{"保定"}, []string{"石家庄"})

	// And when the account has been closed: a new one would take it over.
	o.must(o.CloseAccount(of("保定"), none.ID, ""))
	_, err = o.OpenAccount(of("沧州"), holder, "", "x")
	if problems := (reissue.Problems{}); !errors.As(err, &problems) || problems[0].Message != "该考生由保定窗口办理。" {
		t.Errorf("opened after it was closed: %v", err)
	}
	other := o.register(8)
	if err := o.CorrectHolder(of("沧州"), other.ID, "", holder); err == nil {
		t.Error("an account is moved to whom another city serves")
	}
	reopened, err := o.OpenAccount(of("保定"), holder, "", "x")
	o.must(err)
	if _, err := o.AccountDetails(of("沧州"), reopened.ID); !isNotFound(err) {
		t.Errorf("opened again, from another city: %v", err)
	}
}

// TestScopeOfOpenApplications: what an open application of another city stands in the way
// of tells who handles it, and not its number.
func TestScopeOfOpenApplications(t *testing.T) {
	o := open(t)
	both := o.register(1)
	o.load(line(1, func(c *reissue.Certificate) { c.City = "保定" }), line(3))
	byHand := func(account *reissue.Account, city string) *reissue.Application {
		draft := filled()
		draft["city"] = city
		a, err := o.Holder(account.ID).Apply(Form{Kind: FormSelf}, draft, Upload{Photo: shot(t, 1)})
		o.must(err)
		return a
	}
	sentence := func(err error) string {
		var problems reissue.Problems
		errors.As(err, &problems)
		return fmt.Sprintf("%+v", []reissue.Problem(problems))
	}
	refused := func(what string, err error, number uint64) {
		t.Helper()
		if said := sentence(err); strings.Contains(said, fmt.Sprint(number)) || !strings.Contains(said, "由石家庄窗口办理") {
			t.Errorf("%s tells %q, %v", what, said, err)
		}
	}
	far := byHand(both, "石家庄")
	refused("closing", o.CloseAccount(of("保定"), both.ID, ""), far.ID)
	if said := sentence(o.CloseAccount(of("石家庄"), both.ID, "")); !strings.Contains(said, fmt.Sprint(far.ID)) {
		t.Errorf("closing tells its own city %q", said)
	}

	// One that was made from a line keeps the account from being corrected.
	o.load(line(4), line(5, func(c *reissue.Certificate) { c.Person, c.City, c.ExamYear = human(4), "保定", 2015 }))
	lined := o.register(4)
	var register uint64
	for _, c := range rows(o, &certificates) {
		if c.Person == human(4) && c.City == "石家庄市" {
			register = c.ID
		}
	}
	made, err := o.Holder(lined.ID).Apply(Form{FormCertificate, register}, filled(), Upload{Photo: shot(t, 4)})
	o.must(err)
	refused("correcting", o.CorrectHolder(of("保定"), lined.ID, "", reissue.Holder{Person: human(6), Name: name(6)}), made.ID)
}

// TestScopeOfLines: beside an application, a line of the register of another city is told
// by its city; one of no city is shown.
func TestScopeOfLines(t *testing.T) {
	o := open(t)
	in := func(city string) func(*reissue.Certificate) {
		return func(c *reissue.Certificate) { c.City, c.ExamYear = city, 2015 }
	}
	o.load(line(1, in("石家庄")), line(2, in("")), line(3, in("保定")))
	for n, shown := range map[int]bool{1: false, 2: true, 3: true} {
		account, draft := o.register(n), filled()
		draft["city"] = "保定"
		a, err := o.Holder(account.ID).Apply(Form{Kind: FormSelf}, draft, Upload{Photo: shot(t, n)})
		o.must(err)
		r, err := o.Review(of("保定"), a.ID)
		o.must(err)
		if (r.Line != nil) != shown || (len(r.LineElsewhere) == 0) != shown || !shown && r.LineElsewhere.Windows() != "石家庄窗口" {
			t.Errorf("%d: beside it stands %+v, elsewhere %v", n, r.Line, r.LineElsewhere)
		}
		for _, mark := range r.Marks() {
			if mark.Word == "档案无" || !shown && mark.Word == "原证未领" {
				t.Errorf("%d is marked %s", n, mark.Word)
			}
		}
		if r, err = o.Review(clerk(), a.ID); err != nil || r.Line == nil || r.LineElsewhere != nil {
			t.Errorf("%d: who sees all is shown %+v, %v", n, r, err)
		}
	}
}

// TestScopeOfPhotos: a photo is its owner's, and that of the staff of its city.
func TestScopeOfPhotos(t *testing.T) {
	o := open(t)
	account, a := o.applied(1)
	other := o.register(2)
	for why, c := range map[string]struct {
		load func() ([]byte, error)
		may  bool
	}{
		"the owner":         {func() ([]byte, error) { return o.PhotoOf(account.ID, a.ID) }, true},
		"another candidate": {func() ([]byte, error) { return o.PhotoOf(other.ID, a.ID) }, false},
		"its city":          {func() ([]byte, error) { return o.PhotoFor(of("石家庄"), a.ID) }, true},
		"another city":      {func() ([]byte, error) { return o.PhotoFor(of("保定"), a.ID) }, false},
		"all cities":        {func() ([]byte, error) { return o.PhotoFor(clerk(), a.ID) }, true},
	} {
		if jpeg, err := c.load(); (err == nil && len(jpeg) > 0) != c.may || !c.may && !isNotFound(err) {
			t.Errorf("%s: %d bytes, %v", why, len(jpeg), err)
		}
	}
}

// TestScopeOfEmptyBatches: a batch stays its city's when its last application leaves,
// is taken back, or when it is dissolved; one that never was of any is for those who
// see all.
func TestScopeOfEmptyBatches(t *testing.T) {
	o := open(t)
	home, other := of("石家庄"), of("保定")
	seen := func(when string, number uint64, staff *reissue.Staff, may bool) {
		t.Helper()
		_, err := o.Batch(staff, number)
		page, listed := o.Batches(staff, "", 50)
		o.must(listed)
		there := slices.ContainsFunc(page.Rows, func(b *reissue.Batch) bool { return b.ID == number })
		if (err == nil) != may || err != nil && !isNotFound(err) || there != may {
			t.Errorf("%s: batch %d of %v: %v, listed %t", when, number, staff.Cities, err, there)
		}
	}
	for i, empty := range []func(b *reissue.Batch, a *reissue.Application){
		func(b *reissue.Batch, a *reissue.Application) {
			o.must(o.RemoveFromBatch(home, b.ID, b.Revision, []uint64{a.ID}))
		},
		func(_ *reissue.Batch, a *reissue.Application) { o.decide(a.ID, takeBack) },
	} {
		_, a := o.applied(i + 1)
		o.decide(a.ID, approve)
		made, err := o.MakeBatch(home, BatchPlan{})
		o.must(err)
		seen("made", made.ID, home, true)
		seen("made", made.ID, other, false)
		empty(made, a)
		b, err := o.Batch(home, made.ID)
		o.must(err)
		if b.Members != 0 {
			t.Fatalf("%d are left", b.Members)
		}
		seen("emptied", b.ID, other, false)
		if _, err := o.MoveBatch(other, b.ID, b.Revision, reissue.BatchDissolve, "x"); !isNotFound(err) {
			t.Errorf("dissolved from another city: %v", err)
		}
		_, err = o.MoveBatch(home, b.ID, b.Revision, reissue.BatchDissolve, "张三来电")
		o.must(err)
		for staff, may := range map[*reissue.Staff]bool{home: true, other: false, of("石家庄", "保定"): true, clerk(): true} {
			seen("dissolved", b.ID, staff, may)
		}
		if a, _ = o.Application(clerk(), a.ID); a.Status == reissue.Approved {
			o.decide(a.ID, takeBack)
		}
	}
	var number uint64
	o.must(o.update(clerk().Actor(), func(tx *txn) (err error) {
		if number, err = batches.next(tx.Tx); err != nil {
			return err
		}
		b := &reissue.Batch{ID: number, Name: "x"}
		return errors.Join(b.Do(reissue.BatchMake, tx.by, tx.now, ""), tx.recordBatch(b, nil, string(reissue.BatchMake)))
	}))
	seen("of nobody", number, other, false)
	seen("of nobody", number, clerk(), true)
}
