package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"reflect"
	"testing"
	"time"

	"certreissue/reissue"
)

const year = 366 * 24 * time.Hour

// keep sets how long the office keeps things.
func (o *office) keep(r reissue.Retention) {
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Retention = r; return nil }))
}

// forget clears the file in a night that follows others.
func (o *office) forget(want Forgotten) {
	o.t.Helper()
	o.change(func(tx *txn) {
		o.must(setIdentity(tx.Tx, func(i *identity) { i.FirstNight, i.LastNight = 1, tx.moment-reissue.Moment(nightsApart.Milliseconds()) }))
	})
	if gone, err := o.Forget(o.t.Context()); err != nil || gone != want {
		o.t.Errorf("%+v went, want %+v: %v", gone, want, err)
	}
}

// handOut brings an application that waits in a batch to its end.
func handOut(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
	return a.HandOut(by, now, reissue.Collection{})
}

// TestForgetApplications: what is over goes with its photo and mails, and what
// was counted stays counted.
func TestForgetApplications(t *testing.T) {
	o := open(t)
	owner, produced := o.applied(1)
	o.decide(produced.ID, approve)
	o.batch(reissue.BatchLock, reissue.BatchReport, reissue.BatchArrive)
	o.decide(produced.ID, handOut)
	_, refused := o.applied(2)
	o.decide(refused.ID, approve)
	o.decide(refused.ID, takeBack)
	o.decide(refused.ID, refuse)
	_, waiting := o.applied(3)
	before, err := o.Desk(clerk())
	o.must(err)
	o.forward(year)
	_, lately := o.applied(4)
	o.decide(lately.ID, refuse)

	o.keep(reissue.Retention{PhotoMonths: 13})
	o.forget(Forgotten{})
	o.keep(reissue.Retention{PhotoMonths: 6})
	o.forget(Forgotten{Photos: 2})
	o.keep(reissue.Retention{PhotoMonths: 6, ApplicationMonths: 12}) // the photo's loss is no change that counts
	o.forget(Forgotten{Applications: 2})
	o.forget(Forgotten{})
	for _, c := range []struct {
		number uint64
		kept   bool
	}{{produced.ID, false}, {refused.ID, false}, {waiting.ID, true}, {lately.ID, true}} {
		if _, err := o.Application(clerk(), c.number); (err == nil) != c.kept {
			t.Errorf("application %d: %v", c.number, err)
		}
	}
	for _, m := range rows(o, &mails) {
		if m.Application == produced.ID || m.Application == refused.ID {
			t.Errorf("mail %d is still there: %s", m.ID, m.Body)
		}
	}
	b, members, err := o.ExportBatch(clerk(), 1)
	if err != nil || b.Members != 1 || b.Forgotten != 1 || len(members) != 0 {
		t.Errorf("the batch is %+v, %d members, %v", b, len(members), err)
	}
	o.countsAgree()
	o.forward(-year)
	after, err := o.Desk(clerk())
	o.must(err)
	if !reflect.DeepEqual(before.Months, after.Months) || !reflect.DeepEqual(before.Reasons, after.Reasons) {
		t.Errorf("the months were %v and are %v", before.Months, after.Months)
	}
	if n := after.Tally[reissue.HandedOut]; len(n) != 0 {
		t.Errorf("the counts of what there is: %v", after.Tally)
	}
	if _, err := o.Account(owner.ID); err != nil {
		t.Errorf("an open account went along: %v", err)
	}
}

// TestForgetAccounts: only what nobody has used for long, and what has no
// applications.
func TestForgetAccounts(t *testing.T) {
	o := open(t)
	unused, used := o.register(1), o.register(2)
	applicant, _ := o.applied(3)
	shut := o.register(4)
	o.must(o.CloseAccount(clerk(), shut.ID, ""))
	o.forward(year)
	young := o.register(5)
	o.signIn(SessionCandidate, used.ID, "token")

	o.forget(Forgotten{})
	o.keep(reissue.Retention{AccountMonths: 12})
	o.forget(Forgotten{Accounts: 2})
	for _, c := range []struct {
		account *reissue.Account
		kept    bool
	}{{unused, false}, {used, true}, {applicant, true}, {shut, false}, {young, true}} {
		if _, err := o.AccountDetails(clerk(), c.account.ID); (err == nil) != c.kept {
			t.Errorf("account %d: %v", c.account.ID, err)
		}
	}
}

// TestForgetWaits: a leap of the clock deletes nothing, however much looks over
// then, until another night says the same.
func TestForgetWaits(t *testing.T) {
	o := open(t)
	o.register(1)
	o.keep(reissue.Retention{AccountMonths: 12})
	const night = 24 * time.Hour
	for _, c := range []struct {
		why     string
		forward time.Duration
		want    Forgotten
	}{
		{"the first night", 0, Forgotten{Waits: true}},
		{"the second night", night, Forgotten{}},
		{"in a wrong year", 2 * year, Forgotten{Waits: true}},
		{"an hour later", time.Hour, Forgotten{}},
		{"put right", -2 * year, Forgotten{Waits: true}},
		{"the night after", night, Forgotten{}},
		{"after a summer", 2 * year, Forgotten{Waits: true}},
		{"and still the same year", night, Forgotten{Accounts: 1}},
	} {
		o.forward(c.forward)
		if gone, err := o.Forget(t.Context()); err != nil || gone != c.want {
			t.Errorf("%s: %+v went, want %+v: %v", c.why, gone, c.want, err)
		}
	}
}

// TestForgetKnowsNoEarlierUse: a file of an older version did not note how its
// accounts were used.
func TestForgetKnowsNoEarlierUse(t *testing.T) {
	o := open(t)
	o.register(1)
	o.keep(reissue.Retention{AccountMonths: 12})
	o.forward(2 * year)
	const step, last = 6, 372
	for day := 0; day <= last; day += step {
		gone, err := o.Forget(t.Context())
		if went := gone.Accounts > 0; err != nil || went != (day == last) {
			t.Errorf("day %d: %+v, %v", day, gone, err)
		}
		o.forward(step * 24 * time.Hour)
	}
}

// TestForgetSparesWhoComesBack: an old account that somebody has just had to do
// with stays, though nobody has signed in yet.
func TestForgetSparesWhoComesBack(t *testing.T) {
	link := func(o *office, a *reissue.Account) {
		o.must(o.AskReset(a.Person.Number))
		o.forward(time.Minute)
		o.must(o.Reset(o.resetToken(o.t), "new hash"))
	}
	for _, c := range []struct {
		why  string
		use  func(*office, *reissue.Account)
		left int
	}{
		{"nothing", func(*office, *reissue.Account) {}, 0},
		{"reset at the counter", func(o *office, a *reissue.Account) { o.must(o.ResetAtCounter(clerk(), a.ID, "", "one-time")) }, 1},
		{"asked for a link", func(o *office, a *reissue.Account) { o.must(o.AskReset(a.Person.Number)) }, 1},
		{"set a password by a link", link, 1},
		{"changed by an import", func(o *office, _ *reissue.Account) { o.loadAccounts(accountRow(1, "newer")) }, 1},
	} {
		o := open(t)
		o.loadAccounts(accountRow(1, "one"))
		account, err := o.AccountByNumber(human(1).Number)
		o.must(err)
		o.keep(reissue.Retention{AccountMonths: 12})
		o.forward(year)
		c.use(o, account)
		if used, err := o.Account(account.ID); err != nil || (used.Used == reissue.At(o.now())) != (c.left == 1) {
			t.Errorf("%s: used %v, %v", c.why, used.Used, err)
		}
		o.forward(time.Hour)
		o.forget(Forgotten{Accounts: 1 - c.left})
		if n := count(o, &accounts); n != c.left {
			t.Errorf("%s: %d accounts are left, want %d", c.why, n, c.left)
		}
	}
}

// TestLeave: what somebody who goes leaves behind.
func TestLeave(t *testing.T) {
	o := open(t)
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.SMTP.Host = "mail.example.com"; return nil }))
	alone := o.register(1)
	o.must(o.Holder(alone.ID).KeepDraft(Form{Kind: FormSelf}, reissue.Draft{"phone": "13900000000"}, Upload{}))
	o.must(errOf(o.ChangeEmail(alone.ID, "new@example.com")))
	o.signIn(SessionCandidate, alone.ID, "token")
	applicant, a := o.applied(2)
	var problems reissue.Problems
	if err := o.Leave(applicant.ID); !errors.As(err, &problems) {
		t.Errorf("leaving an open application behind: %v", err)
	}
	o.decide(a.ID, refuse)

	o.must(o.Leave(alone.ID))
	if _, err := o.AccountDetails(clerk(), alone.ID); !isNotFound(err) {
		t.Errorf("an account without applications: %v", err)
	}
	for _, row := range rows(o, &audits) {
		if row.Act == "forget" {
			t.Errorf("who has left is forgotten by the office, too: %+v", row)
		}
	}
	if n := count(o, &drafts) + count(o, &sessions); n != 0 {
		t.Errorf("%d drafts and sessions are left", n)
	}
	o.must(o.Leave(applicant.ID))
	d, err := o.AccountDetails(clerk(), applicant.ID)
	o.must(err)
	if d.Account.Closed == 0 || d.Account.Email != "" || d.Account.Password != "" || len(d.Applications.List) != 1 {
		t.Errorf("what is left is %+v with %d applications", d.Account, len(d.Applications.List))
	}
	if err := o.Leave(applicant.ID); !isNotFound(err) {
		t.Errorf("leaving twice: %v", err)
	}

	// The farewells are all that is left of the addresses, until they are sent.
	farewells := 0
	for _, m := range rows(o, &mails) {
		if m.Kind == MailFarewell {
			farewells++
		} else if m.To != "" {
			t.Errorf("mail %d still knows %s", m.ID, m.To)
		}
	}
	first, err := o.NextMail("")
	o.must(err)
	o.must(o.MailSent(first.ID))
	o.forward(25 * time.Hour)
	if m, err := o.NextMail(""); !isNotFound(err) {
		t.Errorf("a farewell comes a day late: %+v, %v", m, err)
	}
	for _, m := range rows(o, &mails) {
		if m.Kind == MailFarewell {
			t.Error("a farewell is kept")
		}
	}
	if farewells != 2 {
		t.Errorf("%d farewells", farewells)
	}

	o.forward(year)
	o.keep(reissue.Retention{ApplicationMonths: 12})
	o.forget(Forgotten{Applications: 1})
	if _, err := o.AccountDetails(clerk(), applicant.ID); !isNotFound(err) {
		t.Errorf("with its last application the closed account stays: %v", err)
	}
}

// TestFarewellGoesUnsent: an address that nobody sends to is kept no longer
// than one that is tried.
func TestFarewellGoesUnsent(t *testing.T) {
	o := open(t)
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.SMTP.Host = "mail.example.com"; return nil }))
	o.must(o.Leave(o.register(1).ID))
	for _, c := range []struct {
		forward time.Duration
		left    int
	}{{time.Hour, 1}, {24 * time.Hour, 0}} {
		o.forward(c.forward)
		o.forget(Forgotten{})
		if n := count(o, &mails); n != c.left {
			t.Errorf("%v later %d farewells are left", c.forward, n)
		}
	}
}

// TestPurgedBytes: the mark that a purge leaves, and what compaction does to the
// free pages.
func TestPurgedBytes(t *testing.T) {
	o := open(t)
	const people = 100
	for n := range people {
		o.register(n)
	}
	o.forward(2 * year)
	o.keep(reissue.Retention{AccountMonths: 12})
	o.forget(Forgotten{Accounts: people})
	if purged, err := o.Purged(); err != nil || !purged {
		t.Fatalf("purged: %v, %v", purged, err)
	}
	o.must(o.Close())
	holds := func() bool {
		file, err := os.ReadFile(o.Path())
		o.must(err)
		for n := range people {
			if bytes.Contains(file, []byte(human(n).Number.Full())) {
				return true
			}
		}
		return false
	}
	if !holds() {
		t.Error("this test cannot fail: no free page holds a number")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	was, err := os.Stat(o.Path())
	o.must(err)
	// What the free pages hold is no sign here: opening the file may write on them.
	_, _, err = compact(ended, o.Path())
	if is, failed := os.Stat(o.Path()); !errors.Is(err, context.Canceled) || failed != nil || !os.SameFile(was, is) {
		t.Errorf("compacted though nobody waits: %v, %v", err, failed)
	}
	if _, _, err := compact(t.Context(), o.Path()); err != nil {
		t.Fatal(err)
	}
	if holds() {
		t.Error("the compacted file still holds a number")
	}
	s, err := Open(o.Path(), Options{Now: o.now})
	o.must(err)
	o.Store = s
	if purged, err := o.Purged(); err != nil || purged {
		t.Errorf("the compacted file is purged: %v, %v", purged, err)
	}
}
