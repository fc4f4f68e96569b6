package store

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"
)

// confirmTokens sends what is due and gives the tokens of the confirming mails, with
// the address each went to.
func (o *office) confirmTokens() (tokens, to []string) {
	for {
		m, err := o.NextMail("https://office.example")
		if isNotFound(err) {
			return tokens, to
		}
		o.must(err)
		o.must(o.MailSent(m.ID))
		if _, rest, ok := strings.Cut(m.Body, "https://office.example/confirm-email?token="); ok {
			token, _, _ := strings.Cut(rest, "\n")
			tokens, to = append(tokens, token), append(to, m.To)
		}
	}
}

// TestConfirmEmail: an address is confirmed by the link that was sent to it, once its
// holder says so, and no more with another address.
func TestConfirmEmail(t *testing.T) {
	o := open(t)
	o.options.MailAtOnce = true
	account, other := o.register(1), o.register(2)
	if waiting := rows(o, &mails); len(waiting) != 2 || waiting[0].Body != "" || waiting[0].Kind != MailConfirm {
		t.Fatalf("the outbox has %+v", waiting)
	}
	tokens, to := o.confirmTokens()
	if len(tokens) != 2 || to[0] != account.Email {
		t.Fatalf("mails to %v", to)
	}
	for range 2 {
		if found, err := o.ConfirmableAccount(tokens[0]); err != nil || found.ID != account.ID || found.Confirmed != 0 {
			t.Errorf("looking at the link: %+v, %v", found, err)
		}
	}
	first := reissue.At(o.now())
	for range 2 { // a second click is no fault, and changes nothing
		o.must(o.ConfirmEmail(tokens[0]))
		if a, _ := o.Account(account.ID); a.Confirmed != first {
			t.Errorf("confirmed at %v", a.Confirmed)
		}
		o.forward(time.Hour)
	}
	if a, _ := o.Account(other.ID); a.Confirmed != 0 {
		t.Error("the other address is confirmed, too")
	}
	var problems reissue.Problems
	if err := o.AskConfirmation(account.ID); !errors.As(err, &problems) {
		t.Errorf("asked for what is confirmed: %v", err)
	}

	o.must(errOf(o.ChangeEmail(account.ID, account.Email)))
	if a, _ := o.Account(account.ID); a.Confirmed != first {
		t.Error("the same address is not confirmed any more")
	}
	o.must(errOf(o.ChangeEmail(account.ID, "new@example.com")))
	if a, _ := o.Account(account.ID); a.Confirmed != 0 {
		t.Error("an address is confirmed by the link of another one")
	}
	renewed, to := o.confirmTokens()
	if len(renewed) != 1 || to[0] != "new@example.com" {
		t.Fatalf("after the change mails to %v", to)
	}
	raw, _ := base64.RawURLEncoding.DecodeString(renewed[0])
	raw[len(raw)-1] ^= 1
	for reason, token := range map[string]string{"of the old address": tokens[0], "tampered with": base64.RawURLEncoding.EncodeToString(raw), "short": renewed[0][:20],
		"of nobody": base64.RawURLEncoding.EncodeToString(key(uint64(9), first, raw[16:])), "no base64": "*", "empty": ""} {
		if _, err := o.ConfirmableAccount(token); !isNotFound(err) {
			t.Errorf("a link %s: %v", reason, err)
		}
		if err := o.ConfirmEmail(token); !errors.As(err, &problems) || problems.Of("token") == "" {
			t.Errorf("a link %s: %v", reason, err)
		}
	}
	o.forward(confirmLife)
	if _, err := o.ConfirmableAccount(renewed[0]); err != nil {
		t.Errorf("a link of seven days: %v", err)
	}
	o.forward(time.Second)
	if _, err := o.ConfirmableAccount(renewed[0]); !isNotFound(err) {
		t.Errorf("a link of more than seven days: %v", err)
	}
}

// TestConfirmLimit: whoever types an address cannot have its owner flooded, and what
// has not left is replaced.
func TestConfirmLimit(t *testing.T) {
	o := open(t)
	o.options.MailAtOnce = true
	account := o.register(1)
	for range 5 {
		o.must(o.AskConfirmation(account.ID))
	}
	if tokens, _ := o.confirmTokens(); len(tokens) != 1 {
		t.Errorf("%d mails left after five asks at once", len(tokens))
	}
	for range mostConfirms - 1 {
		o.must(o.AskConfirmation(account.ID))
		o.confirmTokens()
	}
	var problems reissue.Problems
	if err := o.AskConfirmation(account.ID); !errors.As(err, &problems) {
		t.Errorf("one too many: %v", err)
	}
	o.must(errOf(o.ChangeEmail(account.ID, "new@example.com")))
	if tokens, _ := o.confirmTokens(); len(tokens) != 0 {
		t.Error("another address makes room for more")
	}
	o.forward(confirmPatience + time.Second)
	o.must(o.AskConfirmation(account.ID))
	o.forward(confirmPatience + time.Second)
	if tokens, _ := o.confirmTokens(); len(tokens) != 0 {
		t.Error("a mail left that came too late")
	}
	o.must(o.AskConfirmation(account.ID))
	if tokens, _ := o.confirmTokens(); len(tokens) != 1 {
		t.Error("none left on the next day")
	}
}

// TestConfirmWithoutMail: an office without a mail server keeps no address for later.
func TestConfirmWithoutMail(t *testing.T) {
	o := open(t)
	account := o.register(1)
	o.must(errOf(o.ChangeEmail(account.ID, "new@example.com")))
	for _, m := range rows(o, &mails) {
		if m.Kind == MailConfirm {
			t.Errorf("the outbox has %+v", m)
		}
	}
}
