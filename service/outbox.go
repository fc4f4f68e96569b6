package service

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

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
func (s *Service) newOutbox(st *store.Store, demo bool, publicURL string, log *slog.Logger) *outbox {
	o := &outbox{st: st, log: log, waits: make(chan struct{}, 1)}
	o.publicURL = func() string { return cmp.Or(publicURL, st.Settings().PublicURL) }
	if demo {
		o.canSend = func() bool { return true }
		o.send = func(_ context.Context, m mail.Message) error { s.tellMail(m); return nil }
		return o
	}
	o.canSend = func() bool { return st.Settings().SMTP.Host != "" }
	o.send = officeMail(st)
	return o
}

// officeMail sends a mail by the server that the office has set when it is sent.
func officeMail(st *store.Store) func(context.Context, mail.Message) error {
	return func(ctx context.Context, m mail.Message) error {
		return officeServer(st).Send(ctx, m)
	}
}

// officeServer is the mail server that the office has set.
func officeServer(st *store.Store) mail.SMTP {
	settings := st.Settings()
	return mail.SMTP{Host: settings.SMTP.Host, Port: settings.SMTP.Port, Username: settings.SMTP.Username, Password: settings.SMTP.Password,
		From: settings.SMTP.From, FromName: settings.OfficeName, Security: mail.Security(settings.SMTP.Security)}
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
			o.log.Error(logOutbox, logWhy, Sentence(err))
			return
		}
		if m.Cancelled != 0 {
			continue
		}
		err = o.send(ctx, mail.Message{To: m.To, Subject: m.Subject, Body: m.Body})
		if err == nil {
			err = o.st.MailSent(m.ID)
		} else {
			o.log.Warn(logMailFailed, logMail, m.ID, logWhy, Sentence(err), logDetail, err)
			fault, told := errors.AsType[mail.Fault](err)
			err = o.st.MailFailed(m.ID, Sentence(err), told && fault.Permanent())
		}
		if err != nil {
			o.log.Error(logOutbox, logWhy, Sentence(err))
			return
		}
	}
}

// tellCaptcha and tellMail write what a demo keeps no secret, one JSON line
// each.
func (s *Service) tellCaptcha(id, answer string) {
	s.tell(struct {
		Msg    string `json:"msg"`
		ID     string `json:"id"`
		Answer string `json:"answer"`
	}{"captcha", id, answer})
	if s.OnCaptcha != nil {
		s.OnCaptcha(id, answer)
	}
}

func (s *Service) tellMail(m mail.Message) {
	s.tell(struct {
		Msg     string `json:"msg"`
		To      string `json:"to"`
		Subject string `json:"subject"`
		Body    string `json:"body"`
	}{"mail", m.To, m.Subject, m.Body})
	if s.OnMail != nil {
		s.OnMail(m)
	}
}

func (s *Service) tell(line any) {
	// Strings always encode; a closed stderr has nobody to tell.
	encoded, _ := json.Marshal(line)
	_, _ = s.Err.Write(append(encoded, '\n'))
}
