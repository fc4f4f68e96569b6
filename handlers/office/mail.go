package office

import (
	"net/url"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

const mailPage = "/office/mail"

// mailRows is the length of a page of the outbox.
const mailRows = 50

// mailStates are the states by which the outbox can be filtered.
var mailStates = []store.MailState{store.MailWaiting, store.MailFailing, store.MailGone, store.MailHomeless, store.MailTold, store.MailCancelled}

// showMail is the outbox.
func (p *Pages) showMail(v *visit.Visit) error {
	query := v.R.URL.Query()
	state := store.MailState(query.Get("state"))
	if state != "" && state.Word() == "" {
		return reissue.ErrNotFound
	}
	page, err := p.Store.Outbox(state, query.Get("page"), mailRows)
	if err != nil {
		return err
	}
	unsent, err := p.Store.Unsent()
	if err != nil {
		return err
	}
	data := templates.OfficeMail{Page: v.Page(), Held: unsent.Held, NoServer: !p.CanMail(), Waiting: sayCount(unsent.Waiting), Continue: page.More}
	if unsent.Failed > 0 {
		data.Failed = sayCount(unsent.Failed)
	}
	for _, one := range mailStates {
		data.States = append(data.States, templates.Choice{Value: string(one), Text: one.Word(), Chosen: one == state})
	}
	for _, m := range page.Rows {
		data.Rows = append(data.Rows, p.mailRow(m, unsent.Held))
	}
	if query.Get("page") != "" {
		data.FirstURL = mailURL(state, "")
	}
	if page.Next != "" {
		data.NextURL = mailURL(state, page.Next)
	}
	return v.Render(data)
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
		return mailPage
	}
	return mailPage + "?" + query.Encode()
}

func (p *Pages) mailRow(m *store.Mail, held bool) templates.MailRow {
	state := m.State()
	row := templates.MailRow{ID: visit.Number(m.ID), Created: m.Created.String(), To: reissue.MaskEmail(m.To), Subject: m.Subject, Body: m.Body,
		State: state.Word(), Note: mailNote(m, reissue.At(p.Store.Now()))}
	row.Subject = visit.SaySubject(m)
	if m.Application != 0 {
		row.Application, row.URL = visit.Number(m.Application), applicationURL(m.Application)
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
func (p *Pages) postMailRetry(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if err := p.Store.RetryMail(v.Staff.Actor(), id); err != nil {
		return err
	}
	return p.mailsWait(v, flashRetry, mailPage)
}

// postMailRetryAll sends now what has failed.
func (p *Pages) postMailRetryAll(v *visit.Visit) error {
	n, err := p.Store.RetryFailed(v.Staff.Actor())
	if err != nil {
		return err
	}
	if n == 0 {
		return p.mailsWait(v, flashNoRetry, mailPage)
	}
	return p.mailsWait(v, flashRetry, mailPage)
}

// postMailRelease opens the outbox after a restore: somebody has looked at what
// would leave a second time.
func (p *Pages) postMailRelease(v *visit.Visit) error {
	if err := p.Store.ReleaseMail(v.Staff.Actor()); err != nil {
		return err
	}
	return p.mailsWait(v, flashReleased, mailPage)
}

func (p *Pages) mailsWait(v *visit.Visit, flash, page string) error {
	p.MailWaits()
	v.Flash(flash)
	return v.Redirect(page)
}

// mailAlerts are for the desk: mail that does not leave.
func (p *Pages) mailAlerts() (alerts []templates.Alert, err error) {
	unsent, err := p.Store.Unsent()
	if unsent.Held {
		alerts = append(alerts, templates.Alert{Text: sayMailIsHeld, Link: templates.Link{Text: sayToMail, URL: mailPage}})
	}
	if unsent.Failed > 0 {
		alerts = append(alerts, templates.Alert{Text: sayMailsFailed(unsent.Failed), Link: templates.Link{Text: sayToMail, URL: mailURL(store.MailFailing, "")}})
	}
	return alerts, err
}
