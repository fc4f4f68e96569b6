package office

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

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
	data := templates.OfficeSettings{Page: v.Page(), Securities: securityWords(), Seen: p.seen(settingsValues(p.Store.Settings()))}
	if loss != nil {
		data.Loss = &templates.Loss{Periods: periods(v), Sentence: sayLoss(*loss, p.Store.Settings().Backup.Hour, p.Demo)}
		if len(v.Problems) == 1 && v.Problems[0].Field == fieldConfirm {
			data.Form.Problems, data.Form.Question = nil, &templates.Question{Heading: sayConfirmLoss, Sentence: v.Problems[0].Message, Field: fieldConfirm}
		}
	}
	data.Form.Labels = settingLabels
	if v.Posted == nil || v.Posted.Has("test_to") {
		data.Form.Fill(settingsValues(p.Store.Settings()))
	}
	return v.Render(data)
}

// settingFields are the fields of the form in its order, the password left out.
var settingFields = []string{"system_name", "office_name", "telephone", "hours", "address", "notice", "announcement",
	"photo_year", "target_days", "mail_delay", "pledge",
	"photo_width", "photo_height", "photo_min_kb", "photo_max_kb", "photo_fail_below", "photo_clear_from",
	"photo_months", "application_months", "account_months", "listen",
	"public_url", "smtp_host", "smtp_port", "smtp_security", "smtp_username", "smtp_from"}

// settingsValues are the settings as the form shows them.
func settingsValues(s *reissue.Settings) map[string]string {
	values := map[string]string{
		"system_name": s.SystemName, "office_name": s.OfficeName, "telephone": s.Telephone, "hours": s.Hours, "address": s.Address,
		"notice": s.Notice, "photo_year": strconv.Itoa(s.PhotoYear), "target_days": strconv.Itoa(s.TargetDays),
		"mail_delay": strconv.Itoa(s.MailDelay), "pledge": s.Pledge, "public_url": s.PublicURL, "smtp_host": s.SMTP.Host,
		"smtp_username": s.SMTP.Username, "smtp_from": s.SMTP.From, "smtp_security": securities[s.SMTP.Security], "announcement": s.Announcement,
		"photo_width": strconv.Itoa(s.Photo.Width), "photo_height": strconv.Itoa(s.Photo.Height), "photo_min_kb": strconv.Itoa(s.Photo.MinKB),
		"photo_months": strconv.Itoa(s.Retention.PhotoMonths), "application_months": strconv.Itoa(s.Retention.ApplicationMonths),
		"account_months": strconv.Itoa(s.Retention.AccountMonths), "listen": s.Listen,
		"photo_max_kb": strconv.Itoa(s.Photo.MaxKB), "photo_fail_below": strconv.Itoa(s.Photo.FailBelow), "photo_clear_from": strconv.Itoa(s.Photo.ClearFrom),
	}
	if s.SMTP.Port != 0 {
		values["smtp_port"] = strconv.Itoa(s.SMTP.Port)
	}
	return values
}

// postSettings changes what this form has, and nothing that another page has.
func (p *Pages) postSettings(v *visit.Visit) error {
	loss, err := p.loss(v)
	if err != nil {
		return err
	}
	err = p.changeSeen(v, settingsValues, settingFields, func(settings *reissue.Settings) error {
		var problems reissue.Problems
		readOffice(v, settings, &problems)
		readRules(v, settings, &problems)
		readPhotoLimits(v, &settings.Photo, &problems)
		readRetention(v, &settings.Retention, &problems)
		if loss != nil && v.Value(fieldConfirm) != periods(v) {
			problems.Add(fieldConfirm, sayConfirm)
		}
		readText(v, "listen", 60, &settings.Listen, &problems)
		if settings.Listen != "" && !reissue.ValidListen(settings.Listen, p.AnyAddress) {
			problems.Add("listen", sayBadListen)
		}
		readText(v, "public_url", 100, &settings.PublicURL, &problems)
		if settings.PublicURL != "" && !reissue.ValidPublicURL(settings.PublicURL) {
			problems.Add("public_url", sayBadURL)
		}
		readSMTP(v, &settings.SMTP, &problems)
		return problems.Err()
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

func readText(v *visit.Visit, name string, limit int, to *string, problems *reissue.Problems) {
	*to = reissue.Clean(v.Value(name))
	if utf8.RuneCountInString(*to) > limit {
		problems.Add(name, sayTooLong(limit))
	}
}

func readNumber(v *visit.Visit, name string, least, most int, to *int, problems *reissue.Problems) {
	n, err := strconv.Atoi(reissue.HalfWidth(reissue.Clean(v.Value(name))))
	if err != nil || n < least || n > most {
		problems.Add(name, sayNumberBetween(least, most))
	}
	*to = n
}

func readOffice(v *visit.Visit, settings *reissue.Settings, problems *reissue.Problems) {
	for _, name := range []struct {
		field string
		limit int
		to    *string
	}{{"system_name", 30, &settings.SystemName}, {"office_name", 40, &settings.OfficeName}} {
		readText(v, name.field, name.limit, name.to, problems)
		if *name.to == "" {
			problems.Add(name.field, sayFillIn)
		}
	}
	readText(v, "telephone", 30, &settings.Telephone, problems)
	readText(v, "hours", 60, &settings.Hours, problems)
	readText(v, "address", 80, &settings.Address, problems)
	readText(v, "notice", 500, &settings.Notice, problems)
	readText(v, "announcement", 1000, &settings.Announcement, problems)
}

func readRules(v *visit.Visit, settings *reissue.Settings, problems *reissue.Problems) {
	readNumber(v, "photo_year", 1949, 2999, &settings.PhotoYear, problems)
	readNumber(v, "target_days", 1, 365, &settings.TargetDays, problems)
	readNumber(v, "mail_delay", 0, 1440, &settings.MailDelay, problems)
	readText(v, "pledge", 2000, &settings.Pledge, problems)
}

// readPhotoLimits reads the rules for a photo. The bounds keep what one check
// costs within what package photo allows.
func readPhotoLimits(v *visit.Visit, limits *reissue.PhotoLimits, problems *reissue.Problems) {
	before := len(*problems)
	readNumber(v, "photo_width", 100, 1500, &limits.Width, problems)
	readNumber(v, "photo_height", 100, 2000, &limits.Height, problems)
	readNumber(v, "photo_min_kb", 1, 1024, &limits.MinKB, problems)
	readNumber(v, "photo_max_kb", 1, 1024, &limits.MaxKB, problems)
	readNumber(v, "photo_fail_below", 0, 100, &limits.FailBelow, problems)
	readNumber(v, "photo_clear_from", 0, 100, &limits.ClearFrom, problems)
	if len(*problems) > before { // what is no number is not compared
		return
	}
	if limits.MinKB >= limits.MaxKB {
		problems.Add("photo_max_kb", sayMaxBelowMin)
	}
	if limits.ClearFrom < limits.FailBelow {
		problems.Add("photo_clear_from", sayClearBelowFail)
	}
}

// securityWords are the ways to secure the connection to a mail server, as the
// form offers them.
func securityWords() (words []string) {
	for _, security := range reissue.SMTPSecurities {
		words = append(words, securities[security])
	}
	return words
}

// securityOf is the way with the word; what is none stays as it was typed.
func securityOf(word string) string {
	for security, known := range securities {
		if known == word {
			return security
		}
	}
	return word
}

// readRetention reads how many months things are kept, 0 for ever.
func readRetention(v *visit.Visit, r *reissue.Retention, problems *reissue.Problems) {
	readNumber(v, "photo_months", 0, mostMonths, &r.PhotoMonths, problems)
	for _, kept := range []struct {
		name   string
		months *int
	}{{"application_months", &r.ApplicationMonths}, {"account_months", &r.AccountMonths}} {
		if readNumber(v, kept.name, 0, mostMonths, kept.months, problems); *kept.months > 0 && *kept.months < reissue.LeastMonths {
			problems.Add(kept.name, sayMonths(reissue.LeastMonths, mostMonths))
		}
	}
}

const mostMonths = 600

// fieldConfirm is the box by which somebody lets records go. Its value are the
// periods that it was shown for, so that it stands for no others.
const fieldConfirm = "confirm_retention"

// periods are the posted retention periods, in one word.
func periods(v *visit.Visit) string {
	var r reissue.Retention
	readRetention(v, &r, &reissue.Problems{})
	return fmt.Sprintf("%d-%d-%d", r.PhotoMonths, r.ApplicationMonths, r.AccountMonths)
}

// loss is what the posted periods would delete, where some of it is kept by the
// stored ones; else, and where they are no periods, nil. It is counted before
// anything is changed, so that nobody who writes waits for it.
func (p *Pages) loss(v *visit.Visit) (*store.Forgotten, error) {
	var next reissue.Retention
	var problems reissue.Problems
	if readRetention(v, &next, &problems); len(problems) > 0 {
		return nil, nil
	}
	due, more, err := p.Store.Due(next)
	if err != nil || !more {
		return nil, err
	}
	return &due, nil
}

// readSMTP reads the mail server. Without a host there is none; an empty
// password leaves the one that is there.
func readSMTP(v *visit.Visit, smtp *reissue.SMTP, problems *reissue.Problems) {
	password := smtp.Password
	*smtp = reissue.SMTP{Host: reissue.Clean(v.Value("smtp_host")), Username: reissue.Clean(v.Value("smtp_username")),
		From: reissue.Clean(v.Value("smtp_from")), Security: securityOf(v.Value("smtp_security")), Password: password}
	if typed := v.Value("smtp_password"); typed != "" {
		smtp.Password = typed
	}
	if smtp.Host == "" {
		return
	}
	port, err := strconv.Atoi(v.Value("smtp_port"))
	if err != nil || port < 1 || port > 65535 {
		problems.Add("smtp_port", sayNumberBetween(1, 65535))
	}
	smtp.Port = port
	if !slices.Contains(reissue.SMTPSecurities, smtp.Security) {
		problems.Add("smtp_security", saySecurity)
	}
	_, err = mail.ParseAddress(smtp.From)
	problems.AddFault("smtp_from", err)
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
