package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"
)

// due are the subjects of the mails that leave now, in order.
func (o *office) due() (subjects []string) {
	o.t.Helper()
	for {
		m, err := o.NextMail("https://office.example")
		if isNotFound(err) {
			return subjects
		}
		o.must(err)
		o.must(o.MailSent(m.ID))
		subjects = append(subjects, m.Subject)
	}
}

func TestDecisionMails(t *testing.T) {
	const received, approved, returned, refused = "补证申请已收到", "补证申请审核通过", "补证申请需要修改", "补证申请不予受理"
	for _, c := range []struct {
		reason string
		at     bool // once
		then   func(o *office, number uint64)
		now    []string // what leaves at once
		later  []string // and after the delay
	}{
		{"submitted", false, func(*office, uint64) {}, []string{received}, nil},
		{"approved", false, func(o *office, n uint64) { o.decide(n, approve) }, []string{received}, []string{approved}},
		{"returned", false, func(o *office, n uint64) { o.decide(n, returnIt) }, []string{received}, []string{returned}},
		{"refused", false, func(o *office, n uint64) { o.decide(n, refuse) }, []string{received}, []string{refused}},
		{"at once", true, func(o *office, n uint64) { o.decide(n, refuse) }, []string{received, refused}, nil},
		{"taken back in time", false, func(o *office, n uint64) { o.decide(n, approve); o.decide(n, takeBack) }, []string{received}, nil},
		{"taken back and decided again", false, func(o *office, n uint64) { o.decide(n, approve); o.decide(n, takeBack); o.decide(n, refuse) }, []string{received}, []string{refused}},
		{"locked into a batch", false, func(o *office, n uint64) {
			o.decide(n, approve)
			o.batch(reissue.BatchLock)
		}, []string{received}, []string{approved}},
	} {
		o := open(t)
		_, a := o.applied(1)
		o.options.MailAtOnce = c.at
		c.then(o, a.ID)
		if got := o.due(); !slices.Equal(got, c.now) {
			t.Errorf("%s: at once %v, want %v", c.reason, got, c.now)
		}
		o.forward(10*time.Minute - time.Millisecond)
		if got := o.due(); got != nil {
			t.Errorf("%s: before the delay is over %v", c.reason, got)
		}
		o.forward(time.Millisecond)
		if got := o.due(); !slices.Equal(got, c.later) {
			t.Errorf("%s: after the delay %v, want %v", c.reason, got, c.later)
		}
	}
}

func TestTakenBackTooLate(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	o.decide(a.ID, approve)
	o.forward(11 * time.Minute)
	o.due()
	o.decide(a.ID, takeBack)
	for _, m := range rows(o, &mails) {
		if m.Sent == 0 || m.Cancelled != 0 {
			t.Errorf("a mail that has left: %+v", m)
		}
	}
}

func TestDecisionMailSaysLittle(t *testing.T) {
	o := open(t)
	account, a := o.applied(1)
	o.decide(a.ID, func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		return a.Return(by, now, on.Settings.Reasons, []string{"photo_unclear", "phone"}, "请重拍")
	})
	list := rows(o, &mails)
	m := list[len(list)-1]
	for _, part := range []string{name(1), "照片不清晰", "联系方式无法接通", "请重拍", o.Settings().OfficeName} {
		if !strings.Contains(m.Body, part) {
			t.Errorf("the mail lacks %q: %s", part, m.Body)
		}
	}
	for _, part := range []string{account.Person.Number.Full(), "13800000000", "199001"} {
		if strings.Contains(m.Subject+m.Body, part) {
			t.Errorf("the mail tells %q: %s", part, m.Body)
		}
	}
	if m.To != account.Email || m.Application != a.ID {
		t.Errorf("%+v", m)
	}
}

func TestMailFails(t *testing.T) {
	o := open(t)
	account := o.register(1)
	o.must(errOf(o.ChangeEmail(account.ID, "new@example.com")))
	for attempt, minutes := range []int{1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240} {
		m, err := o.NextMail("")
		if err != nil || m.Attempts != attempt {
			t.Fatalf("attempt %d: %+v, %v", attempt, m, err)
		}
		o.must(o.MailFailed(m.ID, "no route", false))
		wait := time.Duration(minutes) * time.Minute
		o.forward(wait - time.Second)
		if m, err := o.NextMail(""); !isNotFound(err) {
			t.Errorf("attempt %d is repeated too early: %+v, %v", attempt, m, err)
		}
		o.forward(time.Second)
	}
	m, err := o.NextMail("")
	if err != nil || m.Failure != "no route" {
		t.Errorf("%+v, %v", m, err)
	}
	o.must(o.MailSent(m.ID))
	if m := rows(o, &mails)[0]; m.Sent == 0 || m.Failure != "" {
		t.Errorf("sent at last: %+v", m)
	}
}

// TestMailOfWhoLeaves: a mail that is on its way while its owner leaves holds
// nobody else's up, and does not come back.
func TestMailOfWhoLeaves(t *testing.T) {
	o := open(t)
	for n, note := range []func(number uint64) error{o.MailSent, func(number uint64) error { return o.MailFailed(number, "no route", false) }} {
		account := o.register(n)
		o.must(errOf(o.ChangeEmail(account.ID, "new@example.com")))
		m, err := o.NextMail("")
		o.must(err)
		o.must(o.Leave(account.ID))
		o.must(note(m.ID))
		if left := count(o, &mails); left != 0 {
			t.Errorf("%d mails are left", left)
		}
	}
}
