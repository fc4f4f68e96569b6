package handlers

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/templates"
)

// showSettings is what the office decides for itself.
func (s *Server) showSettings(v *visit) error {
	data := templates.Settings{Page: v.page(), Securities: reissue.SMTPSecurities}
	if v.posted == nil || v.posted.Has("test_to") {
		for name, value := range settingsValues(s.store.Settings()) {
			data.Form.Values[name] = value
		}
	}
	return v.render("office_settings.html", data)
}

// settingsValues are the settings as the form shows them, the password left
// out.
func settingsValues(s *reissue.Settings) url.Values {
	values := url.Values{}
	for name, value := range map[string]string{
		"system_name": s.SystemName, "office_name": s.OfficeName, "telephone": s.Telephone, "hours": s.Hours, "address": s.Address,
		"notice": s.Notice, "photo_year": strconv.Itoa(s.PhotoYear), "target_days": strconv.Itoa(s.TargetDays),
		"mail_delay": strconv.Itoa(s.MailDelay), "pledge": s.Pledge, "public_url": s.PublicURL, "smtp_host": s.SMTP.Host,
		"smtp_username": s.SMTP.Username, "smtp_from": s.SMTP.From, "smtp_security": s.SMTP.Security,
	} {
		values.Set(name, value)
	}
	if s.SMTP.Port != 0 {
		values.Set("smtp_port", strconv.Itoa(s.SMTP.Port))
	}
	return values
}

func (s *Server) postSettings(v *visit) error {
	next := *s.store.Settings()
	var problems reissue.Problems
	text := func(name string, limit int, to *string) {
		*to = reissue.Clean(v.value(name))
		if utf8.RuneCountInString(*to) > limit {
			problems.Add(name, sayTooLong(limit))
		}
	}
	number := func(name string, least, most int, to *int) {
		n, err := strconv.Atoi(reissue.HalfWidth(reissue.Clean(v.value(name))))
		if err != nil || n < least || n > most {
			problems.Add(name, sayNumberBetween(least, most))
		}
		*to = n
	}
	text("system_name", 30, &next.SystemName)
	text("office_name", 40, &next.OfficeName)
	for name, value := range map[string]string{"system_name": next.SystemName, "office_name": next.OfficeName} {
		if value == "" {
			problems.Add(name, sayFillIn)
		}
	}
	text("telephone", 30, &next.Telephone)
	text("hours", 60, &next.Hours)
	text("address", 80, &next.Address)
	text("notice", 500, &next.Notice)
	number("photo_year", 1949, 2999, &next.PhotoYear)
	number("target_days", 1, 365, &next.TargetDays)
	number("mail_delay", 0, 1440, &next.MailDelay)
	text("pledge", 2000, &next.Pledge)
	text("public_url", 100, &next.PublicURL)
	if next.PublicURL != "" && !ValidPublicURL(next.PublicURL) {
		problems.Add("public_url", sayBadURL)
	}
	v.readSMTP(&next.SMTP, &problems)
	if err := problems.Err(); err != nil {
		return err
	}
	if err := s.store.ChangeSettings(v.staff.Actor(), func(current *reissue.Settings) {
		next.Reasons = current.Reasons
		*current = next
	}); err != nil {
		return err
	}
	s.MailWaits()
	v.flash(flashSettings)
	return v.redirect("/office/settings")
}

// ValidPublicURL tells whether an address can begin the links of mails: scheme
// and host, and nothing behind them.
func ValidPublicURL(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.Path == "" && u.RawQuery == "" && u.User == nil
}

// readSMTP reads the mail server. Without a host there is none; an empty
// password leaves the one that is there.
func (v *visit) readSMTP(smtp *reissue.SMTP, problems *reissue.Problems) {
	password := smtp.Password
	*smtp = reissue.SMTP{Host: reissue.Clean(v.value("smtp_host")), Username: reissue.Clean(v.value("smtp_username")),
		From: reissue.Clean(v.value("smtp_from")), Security: v.value("smtp_security"), Password: password}
	if typed := v.value("smtp_password"); typed != "" {
		smtp.Password = typed
	}
	if smtp.Host == "" {
		return
	}
	port, err := strconv.Atoi(v.value("smtp_port"))
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
func (s *Server) postTestMail(v *visit) error {
	to, err := mail.ParseAddress(v.value("test_to"))
	var problems reissue.Problems
	problems.AddFault("test_to", err)
	if err := problems.Err(); err != nil {
		return err
	}
	if s.store.Settings().SMTP.Host == "" {
		return reissue.Problems{{Field: "smtp_host", Message: sayNoSMTP}}
	}
	ctx, cancel := context.WithTimeout(v.r.Context(), testMailTime)
	defer cancel()
	err = SMTP(s.store).Send(ctx, mail.Message{To: to, Subject: sayTestSubject, Body: sayTestBody})
	problems.AddFault("test_to", err)
	if err := problems.Err(); err != nil {
		return err
	}
	v.flash(flashTestMail)
	return v.redirect("/office/settings")
}
