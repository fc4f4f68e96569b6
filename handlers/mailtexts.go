package handlers

import (
	"errors"
	"maps"

	"certreissue/reissue"
	"certreissue/templates"
)

// showMailTexts lists the mails whose text the office can word.
func (s *Server) showMailTexts(v *visit) error {
	settings := s.store.Settings()
	data := templates.MailTexts{Page: v.page()}
	for _, act := range reissue.MailActs {
		text, _ := settings.MailText(act)
		_, own := settings.MailTexts[act]
		data.Rows = append(data.Rows, templates.MailTextRow{URL: mailTextURL(act), Act: act.Word(), Subject: text.Subject, Own: own})
	}
	return v.render("office_mail_texts.html", data)
}

func mailTextURL(act reissue.Act) string { return "/office/settings/mail/" + string(act) }

// mailTextValues are a text as its form shows it.
func mailTextValues(text reissue.MailText) map[string]string {
	return map[string]string{reissue.FieldSubject: text.Subject, reissue.FieldBody: text.Body}
}

// showMailText is the form of one text.
func (s *Server) showMailText(v *visit) error { return s.mailTextPage(v, nil) }

func (s *Server) mailTextPage(v *visit, preview *templates.Preview) error {
	settings := s.store.Settings()
	act := reissue.Act(v.r.PathValue("act"))
	text, ok := settings.MailText(act)
	if !ok {
		return reissue.ErrNotFound
	}
	_, own := settings.MailTexts[act]
	data := templates.MailText{Page: v.page(), Path: mailTextURL(act), Act: act.Word(), Seen: s.seen(mailTextValues(text)), Own: own, Preview: preview}
	if v.posted == nil {
		data.Form.Fill(mailTextValues(text))
	}
	if preview != nil { // looking is not saving: what a colleague saves meanwhile is still unseen
		data.Seen = v.value("seen")
	}
	for _, name := range reissue.Placeholders {
		data.Placeholders = append(data.Placeholders, templates.Pair{Label: "{{" + name + "}}", Value: placeholderHints[name]})
	}
	return v.render("office_mail_text.html", data)
}

// postMailText saves a text, shows what it would become, or goes back to the
// default.
func (s *Server) postMailText(v *visit) error {
	act := reissue.Act(v.r.PathValue("act"))
	text := reissue.MailText{Subject: v.value(reissue.FieldSubject), Body: v.value(reissue.FieldBody)}
	if v.posted.Has("preview") {
		preview, err := s.previewMail(act, text)
		if err != nil {
			return err
		}
		return s.mailTextPage(v, preview)
	}
	if v.posted.Has("default") {
		text = reissue.DefaultMailText(act)
	}
	shown := func(settings *reissue.Settings) map[string]string {
		now, _ := settings.MailText(act)
		return mailTextValues(now)
	}
	err := s.changeSeen(v, shown, []string{reissue.FieldSubject, reissue.FieldBody}, func(settings *reissue.Settings) error {
		return settings.SetMailText(act, text)
	})
	if errors.Is(err, reissue.ErrStale) {
		return s.showMailText(v)
	}
	if err != nil {
		return err
	}
	v.flash(flashSettings)
	return v.redirect(mailTextURL(act))
}

// previewMail is the mail that the text makes of an invented application.
func (s *Server) previewMail(act reissue.Act, text reissue.MailText) (*templates.Preview, error) {
	settings := *s.store.Settings()
	settings.MailTexts = maps.Clone(settings.MailTexts)
	if err := settings.SetMailText(act, text); err != nil {
		return nil, err
	}
	text, _ = settings.MailText(act)
	event := reissue.Event{Act: act, Note: previewNote}
	class := map[reissue.Act]reissue.Class{reissue.ActReturn: reissue.Correctable, reissue.ActRefuse: reissue.Final}[act]
	for _, reason := range settings.Reasons {
		if class != "" && reason.Class == class && len(event.Reasons) < 2 {
			event.Reasons = append(event.Reasons, reason)
		}
	}
	a := reissue.Application{ID: reissue.NewNumber(s.store.Now().Year(), 123), Fields: previewFields}
	subject, body := text.Fill(a.MailValues(&event, &settings))
	return &templates.Preview{Subject: subject, Body: body}, nil
}
