package office

import (
	"errors"
	"maps"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// mailTextValues are a text as its form shows it.
func mailTextValues(text reissue.MailText) map[string]string {
	return map[string]string{reissue.FieldSubject: text.Subject, reissue.FieldBody: text.Body}
}

// showMailText is the form of one text.
func (p *Pages) showMailText(v *visit.Visit) error { return p.mailTextPage(v, nil) }

func (p *Pages) mailTextPage(v *visit.Visit, preview *templates.Preview) error {
	settings := p.Store.Settings()
	act := reissue.Act(v.R.PathValue("act"))
	text, ok := settings.MailText(act)
	if !ok {
		return reissue.ErrNotFound
	}
	_, own := settings.MailTexts[act]
	data := templates.OfficeMailText{Page: v.Page(), Path: mailTextURL(act), Act: act.Word(), Seen: p.seen(mailTextValues(text)), Own: own, Preview: preview}
	if v.Posted == nil {
		data.Form.Fill(mailTextValues(text))
	}
	if preview != nil { // looking is not saving: what a colleague saves meanwhile is still unseen
		data.Seen = v.Value("seen")
	}
	for _, name := range reissue.Placeholders {
		data.Placeholders = append(data.Placeholders, templates.Pair{Label: "{{" + name + "}}", Value: placeholderHints[name]})
	}
	return v.Render(data)
}

// postMailText saves a text, shows what it would become, or goes back to the
// default.
func (p *Pages) postMailText(v *visit.Visit) error {
	act := reissue.Act(v.R.PathValue("act"))
	text := reissue.MailText{Subject: v.Value(reissue.FieldSubject), Body: v.Value(reissue.FieldBody)}
	if v.Posted.Has("preview") {
		preview, err := p.previewMail(act, text)
		if err != nil {
			return err
		}
		return p.mailTextPage(v, preview)
	}
	if v.Posted.Has("default") {
		text = reissue.DefaultMailText(act)
	}
	shown := func(settings *reissue.Settings) map[string]string {
		now, _ := settings.MailText(act)
		return mailTextValues(now)
	}
	err := changeSeen(p, v, shown, []string{reissue.FieldSubject, reissue.FieldBody}, func(settings *reissue.Settings) error {
		return settings.SetMailText(act, text)
	})
	if errors.Is(err, reissue.ErrStale) {
		return p.showMailText(v)
	}
	if err != nil {
		return err
	}
	v.Flash(flashSettings)
	return v.Redirect(mailTextURL(act))
}

// previewMail is the mail that the text makes of an invented application.
func (p *Pages) previewMail(act reissue.Act, text reissue.MailText) (*templates.Preview, error) {
	settings := *p.Store.Settings()
	settings.MailTexts = maps.Clone(settings.MailTexts)
	if err := settings.SetMailText(act, text); err != nil {
		return nil, err
	}
	text, _ = settings.MailText(act)
	event := reissue.Event{Act: act, Note: previewNote, Status: reissue.MailStatus(act)}
	class := map[reissue.Act]reissue.Class{reissue.ActReturn: reissue.Correctable, reissue.ActRefuse: reissue.Final,
		reissue.ActLeaveReturn: reissue.Correctable, reissue.ActLeaveRefuse: reissue.Final, reissue.ActLapse: reissue.Final}[act]
	for _, reason := range settings.Reasons {
		if class != "" && reason.Class == class && len(event.Reasons) < 2 {
			event.Reasons = append(event.Reasons, reason)
		}
	}
	event.At = reissue.At(p.Store.Now())
	a := reissue.Application{ID: reissue.NewNumber(p.Store.Now().Year(), 123), Fields: previewFields, Status: event.Status, History: []reissue.Event{event}}
	subject, body := text.Fill(a.MailValues(&event, &settings, p.PublicAddress()))
	return &templates.Preview{Subject: subject, Body: body}, nil
}
