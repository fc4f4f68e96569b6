package handlers

import (
	"net/url"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// mailRows is the length of a page of the outbox.
const mailRows = 50

// mailStates are the states by which the outbox can be filtered.
var mailStates = []store.MailState{store.MailWaiting, store.MailFailing, store.MailGone, store.MailCancelled}

// showMail is the outbox.
func (s *Server) showMail(v *visit) error {
	query := v.r.URL.Query()
	state := store.MailState(query.Get("state"))
	if _, known := mailStateWords[state]; state != "" && !known {
		return reissue.ErrNotFound
	}
	page, err := s.store.Outbox(state, query.Get("page"), mailRows)
	if err != nil {
		return err
	}
	unsent, err := s.store.Unsent()
	if err != nil {
		return err
	}
	data := templates.Outbox{Page: v.page(), Held: unsent.Held, NoServer: !s.CanMail(), Waiting: sayCount(unsent.Waiting), Continue: page.More}
	if unsent.Failed > 0 {
		data.Failed = sayCount(unsent.Failed)
	}
	for _, one := range mailStates {
		data.States = append(data.States, templates.Choice{Value: string(one), Text: mailStateWords[one], Chosen: one == state})
	}
	for _, m := range page.Rows {
		data.Rows = append(data.Rows, s.mailRow(m, unsent.Held))
	}
	if query.Get("page") != "" {
		data.FirstURL = mailURL(state, "")
	}
	if page.Next != "" {
		data.NextURL = mailURL(state, page.Next)
	}
	return v.render("office_mail.html", data)
}

func mailURL(state store.MailState, cursor string) string {
	query := url.Values{}
	if state != "" {
		query.Set("state", string(state))
	}
	if cursor != "" {
		query.Set("page", cursor)
	}
	if len(query) == 0 {
		return "/office/mail"
	}
	return "/office/mail?" + query.Encode()
}

func (s *Server) mailRow(m *store.Mail, held bool) templates.MailRow {
	state := m.State()
	row := templates.MailRow{ID: number(m.ID), Created: m.Created.String(), To: maskEmail(m.To), Subject: m.Subject, Body: m.Body,
		State: mailStateWords[state], Note: mailNote(m, reissue.At(s.store.Now()))}
	if m.Kind == store.MailReset {
		row.Subject = sayResetSubject
	}
	if m.Application != 0 {
		row.Application, row.URL = number(m.Application), officeURL(m.Application)
	}
	if state == store.MailWaiting || state == store.MailFailing {
		row.Retry = !held
		if held {
			row.State = sayHeld
		}
	}
	return row
}

// postMailRetry sends one mail now.
func (s *Server) postMailRetry(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.store.RetryMail(v.staff.Actor(), id); err != nil {
		return err
	}
	return s.mailsWait(v, flashRetry)
}

// postMailRetryAll sends now what has failed.
func (s *Server) postMailRetryAll(v *visit) error {
	n, err := s.store.RetryFailed(v.staff.Actor())
	if err != nil {
		return err
	}
	if n == 0 {
		return s.mailsWait(v, flashNoRetry)
	}
	return s.mailsWait(v, flashRetry)
}

// postMailRelease opens the outbox after a restore: somebody has looked at what
// would leave a second time.
func (s *Server) postMailRelease(v *visit) error {
	if err := s.store.ReleaseMail(v.staff.Actor()); err != nil {
		return err
	}
	return s.mailsWait(v, flashReleased)
}

func (s *Server) mailsWait(v *visit, flash string) error {
	s.MailWaits()
	v.flash(flash)
	return v.redirect("/office/mail")
}

// mailAlerts are for the desk: mail that does not leave.
func (s *Server) mailAlerts() (alerts []templates.Alert, err error) {
	unsent, err := s.store.Unsent()
	if unsent.Held {
		alerts = append(alerts, templates.Alert{Text: sayMailIsHeld, Link: templates.Link{Text: sayToMail, URL: "/office/mail"}})
	}
	if unsent.Failed > 0 {
		alerts = append(alerts, templates.Alert{Text: sayMailsFailed(unsent.Failed), Link: templates.Link{Text: sayToMail, URL: mailURL(store.MailFailing, "")}})
	}
	return alerts, err
}
