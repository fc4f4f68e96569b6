package office

import (
	"context"
	"errors"
	"net/http"
	"time"

	"certreissue/handlers/visit"
	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showSettings is what the office decides for itself.
func (p *Pages) showSettings(v *visit.Visit) error { return p.settingsPage(v, nil) }

// settingsPage is the form, with what its periods let go that is kept now: nil
// for nothing. That alone is no fault, but wants a second look.
func (p *Pages) settingsPage(v *visit.Visit, loss *store.Forgotten) error {
	settings := p.Store.Settings()
	data := templates.OfficeSettings{Page: v.Page(), Securities: reissue.SecurityWords(), Seen: p.seen(settings.Form()), StepsHidden: settings.StepsHidden}
	over, err := p.Store.OverTerm(settings.TermDays)
	if err != nil {
		return err
	}
	if over > 0 {
		data.TermSays = sayOverTerm(over, settings.TermDays, settings.Grace())
	}
	if loss != nil {
		form := settingsForm(v)
		data.Loss = &templates.Loss{Periods: form.Periods(), Sentence: sayLoss(*loss, settings.Backup.Hour, p.Demo)}
		next, _ := form.Retention()
		years, err := p.Store.WouldLeave(next)
		if err != nil {
			return err
		}
		if len(years) > 0 {
			data.Loss.Archive = sayArchiveFirst(years)
		}
		if len(v.Problems) == 1 && v.Problems[0].Field == reissue.FieldConfirm {
			data.Form.Problems, data.Form.Question = nil, &templates.Question{Heading: sayConfirmLoss, Sentence: v.Problems[0].Message, Field: reissue.FieldConfirm}
		}
	}
	data.Form.Labels = reissue.SettingsLabels
	if v.Posted == nil || v.Posted.Has("test_to") {
		data.Form.Fill(settings.Form())
	}
	return v.Render(data)
}

// settingsForm is what was posted, as typed.
func settingsForm(v *visit.Visit) reissue.SettingsForm {
	form := reissue.SettingsForm{}
	for field := range v.Posted {
		form[field] = v.Value(field)
	}
	return form
}

// postSettings changes what this form has, and nothing that another page has.
func (p *Pages) postSettings(v *visit.Visit) error {
	form := settingsForm(v)
	loss, err := p.loss(form)
	if err != nil {
		return err
	}
	err = changeSeen(p, v, (*reissue.Settings).Form, reissue.SettingsFields, func(settings *reissue.Settings) error {
		return form.Fill(settings, reissue.SettingsBasis{AnyAddress: p.AnyAddress, Loses: loss != nil, MailAddress: func(address string) error {
			_, err := mail.ParseAddress(address)
			return err
		}})
	})
	var problems reissue.Problems
	switch {
	case errors.Is(err, reissue.ErrStale):
		return p.settingsPage(v, loss)
	case errors.As(err, &problems):
		v.Status, v.Problems = http.StatusUnprocessableEntity, problems
		return p.settingsPage(v, loss)
	case err != nil:
		return err
	}
	p.MailWaits()
	v.Flash(flashSettings)
	return v.Redirect("/office/settings")
}

// loss is what the form's periods would delete, where some of it is kept by the
// stored ones; else, and where they are no periods, nil. It is counted before
// anything is changed, so that nobody who writes waits for it.
func (p *Pages) loss(form reissue.SettingsForm) (*store.Forgotten, error) {
	next, ok := form.Retention()
	if !ok {
		return nil, nil
	}
	due, more, err := p.Store.Due(next)
	if err != nil || !more {
		return nil, err
	}
	return &due, nil
}

// testMailTime is how long the test mail may take.
const testMailTime = 20 * time.Second

// postTestMail sends a mail with the saved settings at once, and says how it
// went.
func (p *Pages) postTestMail(v *visit.Visit) error {
	to, err := mail.ParseAddress(v.Value("test_to"))
	var problems reissue.Problems
	problems.AddFault("test_to", err)
	if err := problems.Err(); err != nil {
		return err
	}
	if p.Store.Settings().SMTP.Host == "" {
		return reissue.Problems{{Field: "smtp_host", Message: sayNoSMTP}}
	}
	ctx, cancel := context.WithTimeout(v.R.Context(), testMailTime)
	defer cancel()
	err = p.SendMail(ctx, mail.Message{To: to, Subject: sayTestSubject, Body: sayTestBody})
	problems.AddFault("test_to", err)
	if err := problems.Err(); err != nil {
		return err
	}
	v.Flash(flashTestMail)
	return v.Redirect("/office/settings")
}
