package main

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"certreissue/handlers"
	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/store"
)

// outbox sends what the store's outbox holds: when told, and every half minute
// for what was delayed or failed.
type outbox struct {
	st        *store.Store
	send      func(context.Context, mail.Message) error
	canSend   func() bool
	publicURL func() string
	waits     chan struct{}
	log       *slog.Logger
}

const outboxEvery = 30 * time.Second

// newOutbox makes the outbox of a service. A demo writes mail on stderr; an
// office without SMTP keeps it unsent.
func (p *program) newOutbox(st *store.Store, demo bool, publicURL string, log *slog.Logger) *outbox {
	o := &outbox{st: st, log: log, waits: make(chan struct{}, 1)}
	o.publicURL = func() string {
		if publicURL != "" {
			return publicURL
		}
		return st.Settings().PublicURL
	}
	if demo {
		o.canSend = func() bool { return true }
		o.send = func(_ context.Context, m mail.Message) error { p.tellMail(m); return nil }
		return o
	}
	o.canSend = func() bool { return st.Settings().SMTP.Host != "" }
	o.send = func(ctx context.Context, m mail.Message) error { return handlers.SMTP(st).Send(ctx, m) }
	return o
}

// wake tells that there may be mail; it never waits.
func (o *outbox) wake() {
	select {
	case o.waits <- struct{}{}:
	default:
	}
}

// run sends until ctx ends. What is being sent then is finished or tried again
// after the next start.
func (o *outbox) run(ctx context.Context) {
	ticker := time.NewTicker(outboxEvery)
	defer ticker.Stop()
	for {
		o.sendDue(ctx)
		select {
		case <-ctx.Done():
			return
		case <-o.waits:
		case <-ticker.C:
		}
	}
}

func (o *outbox) sendDue(ctx context.Context) {
	for o.canSend() && ctx.Err() == nil {
		m, err := o.st.NextMail(o.publicURL())
		if errors.Is(err, reissue.ErrNotFound) {
			return
		}
		if err != nil {
			o.log.Error("outbox", "error", err)
			return
		}
		if m.Cancelled != 0 {
			continue
		}
		err = o.send(ctx, mail.Message{To: m.To, Subject: m.Subject, Body: m.Body})
		if err == nil {
			err = o.st.MailSent(m.ID)
		} else {
			o.log.Warn("mail failed", "mail", m.ID, "error", err)
			err = o.st.MailFailed(m.ID, sentence(err))
		}
		if err != nil {
			o.log.Error("outbox", "error", err)
			return
		}
	}
}

// tellCaptcha and tellMail write what a demo keeps no secret, one JSON line
// each.
func (p *program) tellCaptcha(id, answer string) {
	p.tell(struct {
		Msg    string `json:"msg"`
		ID     string `json:"id"`
		Answer string `json:"answer"`
	}{"captcha", id, answer})
	if p.onCaptcha != nil {
		p.onCaptcha(id, answer)
	}
}

func (p *program) tellMail(m mail.Message) {
	p.tell(struct {
		Msg     string `json:"msg"`
		To      string `json:"to"`
		Subject string `json:"subject"`
		Body    string `json:"body"`
	}{"mail", m.To, m.Subject, m.Body})
	if p.onMail != nil {
		p.onMail(m)
	}
}

func (p *program) tell(line any) {
	// Strings always encode; a closed stderr has nobody to tell.
	encoded, _ := json.Marshal(line)
	_, _ = p.stderr.Write(append(encoded, '\n'))
}
