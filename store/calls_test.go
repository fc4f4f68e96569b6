package store

import (
	"errors"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"
)

// calls are what a staff member is to tell, and what was told, in words.
func (o *office) calls(staff *reissue.Staff, told bool) (texts []string) {
	o.t.Helper()
	page, err := o.Calls(staff, told, "", 10)
	o.must(err)
	for _, call := range page.Rows {
		texts = append(texts, call.Application.Call(call.Event, o.Settings(), reissue.Today(o.now())))
	}
	return texts
}

// wants compares what is to be told with the beginnings of words in it.
func (o *office) wants(why string, want ...string) {
	o.t.Helper()
	got := o.calls(clerk(), false)
	if len(got) != len(want) {
		o.t.Errorf("%s: to be told are %q, want %q", why, got, want)
		return
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) {
			o.t.Errorf("%s: to be told is %q, want %q", why, got[i], want[i])
		}
	}
}

// unreachable takes an account's address away.
func (o *office) unreachable(account *reissue.Account) {
	o.change(func(tx *txn) {
		a, err := accounts.get(tx.Tx, key(account.ID))
		o.must(err)
		a.Email = ""
		o.must(accounts.put(tx.Tx, a))
	})
}

// TestCallsWithoutAddress: whoever has no address is told by telephone the latest that
// they must know, and nothing that has been overtaken.
func TestCallsWithoutAddress(t *testing.T) {
	o := open(t)
	o.options.MailAtOnce = true
	account, a := o.applied(1)
	o.due()
	o.unreachable(account)
	o.wants("submitted")
	o.decide(a.ID, returnIt)
	o.wants("returned", "审核未过，原因是：联系方式无法接通。")
	again, err := o.Holder(account.ID).Application(a.ID)
	o.must(err)
	_, err = o.Holder(account.ID).Save(a.ID, again.Revision, filled(), Upload{})
	o.must(err)
	o.wants("saved again")
	o.decide(a.ID, approve)
	o.wants("approved", "已审核通过")
	o.batch(reissue.BatchLock)
	o.wants("locked", "已审核通过")
	o.moveOn(a, reissue.BatchArrive)
	o.wants("arrived", "新证书已到，请带身份证件到石家庄市的窗口领取")
	collect := func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.HandOut(by, now, reissue.Collection{NewNumber: reissue.None})
	}
	o.decide(a.ID, collect)
	o.wants("collected")
	o.decide(a.ID, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.CorrectHandOut(by, now, "登记错人")
	})
	o.wants("not collected after all", "新证书已到")
	o.decide(a.ID, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.Mail(by, now, "EX1234567CN")
	})
	o.wants("mailed", "运单号 EX1234567CN")
	if m, err := o.NextMail(""); !isNotFound(err) {
		t.Errorf("a mail without an address leaves: %+v, %v", m, err)
	}
	// Taken back in time nobody need know; another city's reviewer need not either.
	if got := o.calls(of("保定"), false); got != nil {
		t.Errorf("another city tells %q", got)
	}
	if n, err := o.OpenCalls(of("石家庄")); n != 1 || err != nil {
		t.Errorf("its own counts %d, %v", n, err)
	}
}

// moveOn moves the batch of an application on.
func (o *office) moveOn(a *reissue.Application, act reissue.BatchAct) {
	o.t.Helper()
	now, err := o.Application(clerk(), a.ID)
	o.must(err)
	b, err := o.Batch(clerk(), now.Batch)
	o.must(err)
	_, err = o.MoveBatch(clerk(), b.ID, b.Revision, act, "")
	o.must(err)
}

// TestCallsWait: a decision that can still be taken back unseen is not told, nor one
// that was.
func TestCallsWait(t *testing.T) {
	o := open(t)
	account, a := o.applied(1)
	o.unreachable(account)
	o.decide(a.ID, returnIt)
	o.wants("within the ten minutes")
	o.forward(10 * time.Minute)
	o.wants("after them", "审核未过")
	o.decide(a.ID, takeBack)
	o.wants("taken back")
}

// TestCallsGivenUp: a mail that fails is a call once it was refused for good, or often
// enough; a later one that arrives, and a new address, end it.
func TestCallsGivenUp(t *testing.T) {
	o := open(t)
	account, a := o.applied(1)
	o.options.MailAtOnce = true
	fail := func(forGood bool) {
		t.Helper()
		m, err := o.NextMail("")
		o.must(err)
		o.must(o.MailFailed(m.ID, "邮箱不存在", forGood))
	}
	fail(true)
	o.wants("that it was received, they have seen")
	o.decide(a.ID, approve)
	for range mostAttempts - 1 {
		fail(false)
		o.forward(4 * time.Hour)
		o.postpone(a)
	}
	o.wants("not often enough")
	fail(false)
	o.wants("often enough", "已审核通过")
	o.decide(a.ID, takeBack)
	o.decide(a.ID, refuse)
	o.wants("another mail is on its way")
	fail(true)
	o.wants("refused for good", "不予受理")
	_, err := o.RetryFailed(clerk().Actor())
	o.must(err)
	o.wants("tried again", "不予受理")
	moved, err := o.CorrectEmail(clerk(), account.ID, "", "new@example.com")
	if err != nil || moved != 2 {
		t.Errorf("%d mails were moved, %v", moved, err)
	}
	o.wants("a new address")
	_, err = o.ChangeEmail(account.ID, "newer@example.com")
	o.must(err)
	left := map[string]bool{}
	for {
		m, err := o.NextMail("")
		if isNotFound(err) {
			break
		}
		o.must(err)
		left[m.Subject+" "+m.To] = true
		o.must(o.MailSent(m.ID))
	}
	// Each notice goes to the address that was left, however many follow.
	if !left["补证申请不予受理 newer@example.com"] || !left["邮箱已修改 "+account.Email] || !left["邮箱已修改 new@example.com"] || !left["请确认邮箱 newer@example.com"] || len(left) != 5 {
		t.Errorf("what left is %v", left)
	}
}

// TestCallsAttached: what the owner of a number must know of the applications that a
// stranger made under it is told after all: by mail where there is an address, else by
// telephone.
func TestCallsAttached(t *testing.T) {
	for _, c := range []struct {
		why, from, to string
		calls         int
	}{
		{"neither has an address", "", "", 1},
		{"the owner has one", "", "true@example.com", 0},
		{"the stranger alone has one, where it waits", "kept", "", 1},
		{"both have one", "kept", "true@example.com", 0},
	} {
		o := open(t)
		o.options.MailAtOnce = true
		stranger, a := o.applied(1)
		o.due()
		if c.from == "" {
			o.unreachable(stranger)
		}
		o.decide(a.ID, returnIt)
		_, err := o.AttachNumber(clerk(), stranger.ID, "", name(1), c.to, "one-time")
		o.must(err)
		if got := o.calls(clerk(), false); len(got) != c.calls {
			t.Errorf("%s: to be told are %q", c.why, got)
		}
		to := map[string]string{}
		for {
			m, err := o.NextMail("")
			if isNotFound(err) {
				break
			}
			o.must(err)
			to[m.Subject] = m.To
			o.must(o.MailSent(m.ID))
		}
		if to["补证申请需要修改"] != c.to {
			t.Errorf("%s: went to %q", c.why, to)
		}
	}
}

// TestCallsNotice: who changes the address while mail is held does not get what is to
// warn the former one.
func TestCallsNotice(t *testing.T) {
	o := open(t)
	account, _ := o.applied(1)
	o.due()
	holder := reissue.Holder{Person: account.Person, Name: name(2), BirthMonth: account.BirthMonth, Sex: account.Sex}
	o.must(o.CorrectHolder(clerk(), account.ID, "", holder))
	if moved, err := o.ChangeEmail(account.ID, "new@example.com"); moved != 0 || err != nil {
		t.Errorf("%d were moved, %v", moved, err)
	}
	for range 2 {
		m, err := o.NextMail("")
		o.must(err)
		if m.To != account.Email || m.Application != 0 {
			t.Errorf("%q goes to %s", m.Subject, m.To)
		}
		o.must(o.MailSent(m.ID))
	}
}

// postpone lets the mail that was received wait for ever, so that others come first.
func (o *office) postpone(a *reissue.Application) {
	o.change(func(tx *txn) {
		m, err := mails.get(tx.Tx, key(a.History[0].Mail))
		o.must(err)
		m.Due = tx.moment + millis(1000*time.Hour)
		o.must(mails.put(tx.Tx, m))
	})
}

// TestTell ticks a call off, once, and takes that back: by mail where there is an
// address meanwhile.
func TestTell(t *testing.T) {
	o := open(t)
	o.options.MailAtOnce = true
	o.signIn(SessionStaff, clerk().ID, "clerk")
	account, a := o.applied(1)
	_, other := o.applied(2)
	o.due()
	o.unreachable(account)
	o.decide(a.ID, returnIt)
	page, err := o.Calls(clerk(), false, "", 10)
	o.must(err)
	call := page.Rows[0].ID
	if err := o.Tell(of("保定"), []uint64{call}); !isNotFound(err) {
		t.Errorf("another city: %v", err)
	}
	if err := o.Tell(clerk(), []uint64{call, other.History[0].Mail}); !errors.Is(err, ErrCallOver) {
		t.Errorf("one that needs none: %v", err)
	}
	o.wants("all or none", "审核未过")
	o.must(o.Tell(clerk(), []uint64{call}))
	o.wants("told")
	told, err := o.Calls(clerk(), true, "", 10)
	o.must(err)
	if len(told.Rows) != 1 || told.Rows[0].By != "made" || told.Rows[0].Told != reissue.At(o.Now()) {
		t.Errorf("told was %+v", told.Rows)
	}
	if err := o.Tell(clerk(), []uint64{call}); !errors.Is(err, ErrCallOver) {
		t.Errorf("twice: %v", err)
	}
	o.must(o.Untell(clerk(), call))
	o.wants("taken back", "审核未过")
	o.must(o.Tell(clerk(), []uint64{call}))
	if moved, err := o.ChangeEmail(account.ID, "new@example.com"); moved != 0 || err != nil {
		t.Errorf("%d mails of what was told were moved, %v", moved, err)
	}
	if got := o.due(); len(got) != 1 || got[0] != "请确认邮箱" {
		t.Errorf("told and sent, too: %v", got)
	}
	o.must(o.Untell(clerk(), call))
	if got := o.due(); len(got) != 1 || got[0] != "补证申请需要修改" {
		t.Errorf("with an address meanwhile leaves %v", got)
	}
	if err := o.Untell(clerk(), call); !errors.Is(err, ErrCallOver) {
		t.Errorf("taken back after it arrived: %v", err)
	}
}
