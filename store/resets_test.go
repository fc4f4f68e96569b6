package store

import (
	"errors"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"
)

// resetToken sends the next mail, which must be a reset mail, and gives the token
// of its link.
func (o *office) resetToken(t *testing.T) string {
	t.Helper()
	for {
		m, err := o.NextMail("https://office.example")
		o.must(err)
		o.must(o.MailSent(m.ID))
		if _, rest, ok := strings.Cut(m.Body, "https://office.example/reset?token="); ok {
			token, _, _ := strings.Cut(rest, "\n")
			return token
		}
	}
}

func TestReset(t *testing.T) {
	o := open(t)
	account := o.register(1)
	o.locksItself(account)
	o.must(o.AskReset(account.Person.Number))
	if waiting := rows(o, &mails); len(waiting) != 1 || waiting[0].Body != "" || waiting[0].Subject != "" || count(o, &resets) != 0 {
		t.Errorf("a link lies in the outbox: %+v", waiting)
	}
	older := o.resetToken(t)
	o.must(o.AskReset(account.Person.Number))
	token := o.resetToken(t)
	if _, err := o.ResetAccount(older); !isNotFound(err) {
		t.Errorf("the older link: %v", err)
	}
	for range 2 {
		if found, err := o.ResetAccount(token); err != nil || found.ID != account.ID {
			t.Errorf("looking at the link: %v", err)
		}
	}
	for _, m := range rows(o, &mails) {
		if strings.Contains(m.Body, token) {
			t.Error("the token stands in the file")
		}
	}

	o.must(o.Reset(token, "new hash"))
	changed, err := o.Account(account.ID)
	if err != nil || changed.Password != "new hash" {
		t.Errorf("%+v, %v", changed, err)
	}
	if _, state, _ := o.Session(SessionCandidate, "cookie"); state != SessionEnded {
		t.Error("a session outlived the reset")
	}
	if wait, err := o.ReserveTry(TrySignIn, account.Person.Number.Full()); wait != 0 || err != nil {
		t.Errorf("after the reset the number waits %v, %v", wait, err)
	}
	for reason, token := range map[string]string{"used": token, "unknown": "no such token", "empty": ""} {
		var problems reissue.Problems
		if err := o.Reset(token, "another"); !errors.As(err, &problems) || problems.Of("token") == "" {
			t.Errorf("%s link: %v", reason, err)
		}
	}
}

func TestResetLinkLives20Minutes(t *testing.T) {
	for _, c := range []struct {
		reason string
		wait   time.Duration
		good   bool
	}{
		{"at once", 0, true},
		{"after 20 minutes", 20 * time.Minute, true},
		{"a second later", 20*time.Minute + time.Second, false},
		{"after the clock went back an hour", -time.Hour, false},
	} {
		o := open(t)
		account := o.register(1)
		o.must(o.AskReset(account.Person.Number))
		o.forward(10 * time.Minute) // it counts from the sending
		token := o.resetToken(t)
		o.forward(c.wait)
		if err := o.Reset(token, "new"); (err == nil) != c.good {
			t.Errorf("%s: %v", c.reason, err)
		}
	}
}

func TestResetLimit(t *testing.T) {
	o := open(t)
	account := o.register(1)
	ask := func(reason string, posted int) {
		t.Helper()
		before := count(o, &mails)
		o.must(o.AskReset(account.Person.Number))
		if got := count(o, &mails) - before; got != posted {
			t.Errorf("%s: %d mails", reason, got)
		}
	}
	for range resetLimit {
		ask("one of three", 1)
	}
	ask("the fourth", 0)
	o.forward(59 * time.Minute)
	ask("within the hour", 0)
	o.forward(2 * time.Minute)
	ask("after the hour", 1)

	before := count(o, &audits)
	o.must(o.AskReset(human(2).Number))
	if count(o, &audits) != before+1 || count(o, &tries) != 2 {
		t.Error("an unknown number is not written down as a known one is")
	}
	o.must(o.AskReset("E1234567"))

	silent, err := o.Register(reissue.Account{Person: human(3), Name: name(3)})
	o.must(err)
	before = count(o, &mails)
	o.must(o.AskReset(silent.Person.Number))
	if count(o, &mails) != before {
		t.Error("a mail to nowhere")
	}
}

// TestResetMailTooLate: a mail that could not leave for an hour is not sent, and
// neither stops the mails behind it nor goes out empty.
func TestResetMailTooLate(t *testing.T) {
	o := open(t)
	late, other := o.register(1), o.register(2)
	o.must(o.AskReset(late.Person.Number))
	o.forward(61 * time.Minute)
	o.must(o.AskReset(other.Person.Number))
	m, err := o.NextMail("https://office.example")
	if err != nil || m.To != other.Email || m.Body == "" {
		t.Fatalf("next is %+v, %v", m, err)
	}
	o.must(o.MailSent(m.ID))
	if m, err := o.NextMail("https://office.example"); !isNotFound(err) {
		t.Errorf("then %+v, %v", m, err)
	}
}
