package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"
)

const day = 24 * time.Hour

// rounds looks at what waits for candidates once on each of so many days.
func (o *office) rounds(days int) (all Reminded) {
	o.t.Helper()
	for range days {
		o.forward(day)
		done, err := o.Remind(o.t.Context())
		o.must(err)
		all.Mails, all.Lapsed = all.Mails+done.Mails, all.Lapsed+done.Lapsed
	}
	return all
}

// withTerm is an office with a term of 30 days, and a returned application whose holder has
// an address.
func withTerm(t *testing.T) (*office, *reissue.Account, *reissue.Application) {
	t.Helper()
	o := open(t)
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.TermDays = 30; return nil }))
	account, a := o.applied(1)
	o.rounds(1) // the first look makes sure of the clock
	o.decide(a.ID, returnIt)
	return o, account, a
}

// posted are the mails about an application with a word in their subject, that were not
// cancelled.
func (o *office) posted(number uint64, word string) (list []*Mail) {
	o.t.Helper()
	for _, m := range rows(o, &mails) {
		if m.Application == number && m.Cancelled == 0 && strings.Contains(m.Subject, word) {
			list = append(list, m)
		}
	}
	return list
}

// leave lets every mail that is waiting go.
func (o *office) leave() {
	o.t.Helper()
	for _, m := range rows(o, &mails) {
		if m.unsent() {
			o.must(o.MailSent(m.ID))
		}
	}
}

// TestLapse: reminded three times, each mail once, then closed by the system, which the
// candidate is told; staff can take it back.
func TestLapse(t *testing.T) {
	o, _, a := withTerm(t)
	if done := o.rounds(15); done != (Reminded{}) {
		t.Errorf("before the first day: %+v", done)
	}
	for range 3 { // on one day, by whoever looks
		o.rounds(0)
		o.must(errOf(o.Remind(t.Context())))
	}
	if done := o.rounds(13); done.Mails != 3 || done.Lapsed != 0 {
		t.Errorf("until the 29th day: %+v", done)
	}
	if list := o.posted(a.ID, "还没有修改"); len(list) != 3 || !strings.Contains(list[0].Body, "最晚 2026 年 2 月 15 日") {
		t.Errorf("%+v", list)
	}
	if done := o.rounds(5); done.Lapsed != 0 {
		t.Errorf("closed before the reminder has left: %+v", done)
	}
	o.leave() // a week after the last day: whoever reads it has none left
	if done := o.rounds(1); done != (Reminded{Mails: 1}) {
		t.Errorf("reminded by a mail that came too late: %+v", done)
	}
	if list := o.posted(a.ID, "还没有修改"); len(list) != 4 || !strings.Contains(list[3].Body, "最晚 2026 年 3 月 5 日") {
		t.Errorf("anew: %+v", list[len(list)-1])
	}
	var done Reminded
	for range 15 { // from now on mails leave
		o.leave()
		now := o.rounds(1)
		done.Mails, done.Lapsed = done.Mails+now.Mails, done.Lapsed+now.Lapsed
	}
	if done != (Reminded{2, 1}) {
		t.Errorf("in the days that are left: %+v", done)
	}
	closed, err := o.Application(clerk(), a.ID)
	o.must(err)
	last := closed.History[len(closed.History)-1]
	if closed.Status != reissue.Refused || last.Act != reissue.ActLapse || last.Mail == 0 || last.By != 0 {
		t.Errorf("%+v", closed)
	}
	if list := o.posted(a.ID, "逾期未补正"); len(list) != 1 || !strings.Contains(list[0].Body, "逾期未补正") {
		t.Errorf("%+v", list)
	}
	row := rows(o, &audits)
	i := slices.IndexFunc(row, func(r *Audit) bool { return r.Act == string(reissue.ActLapse) })
	if i < 0 || row[i].Kind != "system" || row[i].ObjectID != a.ID {
		t.Errorf("the log has %v", i)
	}
	o.decide(a.ID, takeBack)
	if list := o.posted(a.ID, "逾期未补正"); len(list) != 0 {
		t.Errorf("taken back, and told: %+v", list)
	}
	if done := o.rounds(40); done != (Reminded{}) {
		t.Errorf("what waits for the office: %+v", done)
	}
}

// TestReminderNeedless: who has corrected it, or withdrawn, is not reminded by a mail that
// had not left.
func TestReminderNeedless(t *testing.T) {
	o, account, a := withTerm(t)
	o.rounds(16)
	if len(o.posted(a.ID, "还没有修改")) != 1 {
		t.Fatal("there is no reminder")
	}
	o.must(o.Holder(account.ID).Withdraw(a.ID, 2))
	if list := o.posted(a.ID, "还没有修改"); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}

// TestLapseWithoutAddress: who has no address was told of no day, and nothing is closed.
func TestLapseWithoutAddress(t *testing.T) {
	o, account, a := withTerm(t)
	o.change(func(tx *txn) {
		owner, err := accounts.get(tx.Tx, key(account.ID))
		o.must(err)
		owner.Email = ""
		o.must(accounts.put(tx.Tx, owner))
	})
	o.leave()
	if done := o.rounds(90); done != (Reminded{}) {
		t.Errorf("%+v", done)
	}
	if a, err := o.Application(clerk(), a.ID); err != nil || a.Status != reissue.Returned {
		t.Errorf("%+v, %v", a, err)
	}
}

// TestRoundsWait: after a clock that jumped, after a week without a look, and while mail is
// held, nobody is reminded and nothing closed.
func TestRoundsWait(t *testing.T) {
	o, _, a := withTerm(t)
	look := func() Reminded {
		done, err := o.Remind(t.Context())
		o.must(err)
		return done
	}
	o.forward(40 * day)
	if done := look(); done != (Reminded{}) {
		t.Errorf("at once after a jump: %+v", done)
	}
	o.forward(5 * time.Hour)
	if done := look(); done != (Reminded{}) {
		t.Errorf("five hours later: %+v", done)
	}
	o.change(func(tx *txn) { o.must(setIdentity(tx.Tx, func(i *identity) { i.MailHeld = true })) })
	o.forward(2 * time.Hour)
	if done := look(); done != (Reminded{}) {
		t.Errorf("while mail is held: %+v", done)
	}
	o.must(o.ReleaseMail(reissue.System()))
	if done := look(); done.Mails != 1 || done.Lapsed != 0 {
		t.Errorf("after it: %+v", done)
	}
	if list := o.posted(a.ID, "还没有修改"); len(list) != 1 || !strings.Contains(list[0].Body, "3 月") {
		t.Errorf("%+v", list)
	}
	if n, err := o.OverTerm(30); n != 1 || err != nil {
		t.Errorf("%d are over, %v", n, err)
	}
	if n, err := o.OverTerm(60); n != 0 || err != nil {
		t.Errorf("%d are over 60 days, %v", n, err)
	}
}

// TestRemindUncollected: who was told that it came is reminded after 30 and 60 days.
func TestRemindUncollected(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	o.rounds(1)
	o.decide(a.ID, approve)
	o.batch(reissue.BatchLock, reissue.BatchArrive)
	if done := o.rounds(31); done.Mails != 0 {
		t.Errorf("who was not told that it came: %+v", done)
	}
	o.leave()
	if done := o.rounds(40); done.Mails != 2 {
		t.Errorf("in 71 days: %+v", done)
	}
	if list := o.posted(a.ID, "请来领取"); len(list) != 3 { // with the first
		t.Errorf("%+v", list)
	}
}
