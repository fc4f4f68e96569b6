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
	o.must(o.AskReset(account.Person.Number))
	if _, err := o.ResetAccount(older); err != nil {
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
	if wait, err := o.ReserveTry(CandidateTry(TrySignIn, account.Person.Number.Full())); wait != 0 || err != nil {
		t.Errorf("after the reset the number waits %v, %v", wait, err)
	}
	if m, err := o.NextMail("https://office.example"); !isNotFound(err) {
		t.Errorf("a mail that had not left yet leaves: %+v, %v", m, err)
	}
	for reason, token := range map[string]string{"used": token, "another of the account": older, "unknown": "no such token", "empty": ""} {
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

// TestResetLimit: three links of an account work at a time, or are on their way, and
// no ask changes what is there.
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
	works := func(tokens ...string) (n int) {
		for _, token := range tokens {
			if _, err := o.ResetAccount(token); err == nil {
				n++
			}
		}
		return n
	}
	ask("the first", 1)
	first := o.resetToken(t)
	o.forward(10 * time.Minute)
	ask("the second", 1)
	ask("the third, before the second has left", 1)
	ask("the fourth, while two wait", 0)
	second, third := o.resetToken(t), o.resetToken(t)
	ask("the fourth", 0)
	if n := works(first, second, third); n != 3 {
		t.Errorf("%d of three links work", n)
	}
	o.forward(10 * time.Minute)
	ask("at the end of the first", 0)
	o.forward(time.Second)
	ask("after the first", 1)
	ask("again", 0)
	fourth := o.resetToken(t)
	if n := works(second, third, fourth); n != 3 || works(first) != 0 {
		t.Errorf("%d of three links work, and the first: %d", n, works(first))
	}
	if n := count(o, &resets); n != 3 {
		t.Errorf("%d links are kept", n)
	}
	o.forward(10 * time.Minute)
	ask("after two more", 1)
	ask("after two more, again", 1)
	ask("after two more, a third time", 0)

	before := count(o, &audits)
	o.must(o.AskReset(human(2).Number))
	if count(o, &audits) != before+1 {
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

// TestResetMailFails: each attempt to send has a link in the place of the one before,
// and counts no more than once. A mail that nobody sends any more does not count.
func TestResetMailFails(t *testing.T) {
	o := open(t)
	account := o.register(1)
	o.must(o.AskReset(account.Person.Number))
	var tokens []string
	for range 3 {
		m, err := o.NextMail("https://office.example")
		o.must(err)
		_, rest, _ := strings.Cut(m.Body, "token=")
		token, _, _ := strings.Cut(rest, "\n")
		tokens = append(tokens, token)
		o.must(o.MailFailed(m.ID, "no server", false))
		o.forward(5 * time.Minute)
	}
	for i, token := range tokens {
		if _, err := o.ResetAccount(token); (err == nil) != (i == 2) {
			t.Errorf("the link of attempt %d: %v", i+1, err)
		}
	}
	for range 5 {
		o.must(o.AskReset(account.Person.Number))
	}
	if n := count(o, &mails); n != mostResets {
		t.Errorf("%d mails, want %d", n, mostResets)
	}
	o.forward(resetPatience + time.Second)
	o.must(o.AskReset(account.Person.Number))
	if n := count(o, &mails); n != mostResets+1 {
		t.Errorf("%d mails after those that came too late, want one more", n)
	}
}

// TestResetsEnd: whatever changes who may sign in ends all links of the account, those
// that wait in the outbox too, and of no other.
func TestResetsEnd(t *testing.T) {
	for _, c := range []struct {
		reason string
		act    func(o *office, a *reissue.Account) error
		stays  bool
	}{
		{"a new password", func(o *office, a *reissue.Account) error {
			return o.ChangePassword(a.ID, a.Password, "new", nil)
		}, false},
		{"a new address", func(o *office, a *reissue.Account) error {
			return errOf(o.ChangeEmail(a.ID, "new@example.com"))
		}, false},
		{"the address that it was", func(o *office, a *reissue.Account) error {
			return errOf(o.ChangeEmail(a.ID, a.Email))
		}, true},
		{"a reset at the counter", func(o *office, a *reissue.Account) error { return o.ResetAtCounter(clerk(), a.ID, "", "one-time") }, false},
		{"a new address at the counter", func(o *office, a *reissue.Account) error {
			return errOf(o.CorrectEmail(clerk(), a.ID, "", "new@example.com"))
		}, false},
		{"another name", func(o *office, a *reissue.Account) error {
			return o.CorrectHolder(clerk(), a.ID, "", reissue.Holder{Person: a.Person, Name: "李四"})
		}, false},
		{"unlocked at the counter", func(o *office, a *reissue.Account) error { return o.UnlockAccount(clerk(), a.ID, "") }, false},
		{"the true owner", func(o *office, a *reissue.Account) error {
			_, err := o.AttachNumber(clerk(), a.ID, "", "李四", "", "one-time")
			return err
		}, false},
		{"closed at the counter", func(o *office, a *reissue.Account) error { return o.CloseAccount(clerk(), a.ID, "") }, false},
		{"left", func(o *office, a *reissue.Account) error { return o.Leave(a.ID) }, false},
		{"a sign-in that renews the digest", func(o *office, a *reissue.Account) error { return o.RenewDigest(a.ID, a.Password, "renewed") }, true},
	} {
		o := open(t)
		account, other := o.register(1), o.register(2)
		var tokens []string
		for _, a := range []*reissue.Account{account, account, other} {
			o.must(o.AskReset(a.Person.Number))
			tokens = append(tokens, o.resetToken(t))
		}
		o.must(o.AskReset(account.Person.Number))
		if err := c.act(o, account); err != nil {
			t.Fatalf("%s: %v", c.reason, err)
		}
		for i, token := range tokens {
			if _, err := o.ResetAccount(token); (err == nil) != (c.stays || i == 2) {
				t.Errorf("%s: link %d: %v", c.reason, i, err)
			}
		}
		waiting := 0
		for _, m := range rows(o, &mails) {
			if m.Kind == MailReset && m.unsent() {
				waiting++
			}
		}
		if (waiting == 1) != c.stays {
			t.Errorf("%s: %d mails with a link wait", c.reason, waiting)
		}
		if err := o.Reset(tokens[2], "new"); err != nil {
			t.Errorf("%s: the other account's link: %v", c.reason, err)
		}
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
