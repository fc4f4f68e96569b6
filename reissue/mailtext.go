package reissue

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MailText is the text of a mail with placeholders such as {{姓名}}.
type MailText struct {
	Subject string `cbor:"1,keyasint"`
	Body    string `cbor:"2,keyasint"`
}

// MailActs are the acts that tell the candidate by mail.
var MailActs = []Act{ActSubmit, ActReturn, ActRefuse, ActApprove, ActArrive, ActMail}

// The fields of a text's form, and how long the texts may be, in characters.
const (
	FieldSubject = "subject"
	FieldBody    = "body"
	maxSubject   = 60
	maxBody      = 2000
)

// MailText is the text of the mail of an act, as the office words it; false
// where the act sends none.
func (s *Settings) MailText(act Act) (MailText, bool) {
	if !slices.Contains(MailActs, act) {
		return MailText{}, false
	}
	if own, ok := s.MailTexts[act]; ok {
		return own, true
	}
	return DefaultMailText(act), true
}

// SetMailText gives the mail of an act its text; one equal to the default
// follows the default. What is wrong with it comes back as Problems.
func (s *Settings) SetMailText(act Act, text MailText) error {
	if !slices.Contains(MailActs, act) {
		return ErrNotFound
	}
	var problems Problems
	text.Subject = Clean(text.Subject)
	text.Body = strings.TrimSpace(strings.ReplaceAll(text.Body, "\r\n", "\n")) + "\n"
	for _, part := range []struct {
		field, text string
		limit       int
	}{{FieldSubject, text.Subject, maxSubject}, {FieldBody, text.Body, maxBody}} {
		unknown := unknownPlaceholder(part.text)
		switch {
		case strings.TrimSpace(part.text) == "":
			problems.Add(part.field, sayTextMissing)
		case utf8.RuneCountInString(part.text) > part.limit:
			problems.Add(part.field, sayTooLong(part.limit))
		case unknown != "":
			problems.Add(part.field, sayUnknownPlaceholder(unknown))
		}
	}
	if strings.ContainsAny(text.Subject, "\n\r\x00") {
		problems.Add(FieldSubject, sayOneLine)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if text == DefaultMailText(act) {
		delete(s.MailTexts, act)
		return nil
	}
	if s.MailTexts == nil {
		s.MailTexts = map[Act]MailText{}
	}
	s.MailTexts[act] = text
	return nil
}

var placeholder = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// unknownPlaceholder is the first placeholder, or stray brace, that Fill does not
// know; "" for none.
func unknownPlaceholder(text string) string {
	for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(Placeholders, found[1]) {
			return found[0]
		}
	}
	rest := placeholder.ReplaceAllString(text, "")
	for _, brace := range []string{"{{", "}}"} {
		if strings.Contains(rest, brace) {
			return brace
		}
	}
	return ""
}

// Fill puts the values into the text. A line of the body with a placeholder that
// has no value is left out, so that 说明：{{说明}} does not end in nothing.
func (t MailText) Fill(values map[string]string) (subject, body string) {
	put := func(line string) (filled string, blank bool) {
		filled = placeholder.ReplaceAllStringFunc(line, func(found string) string {
			value := values[placeholder.FindStringSubmatch(found)[1]]
			blank = blank || value == ""
			return value
		})
		return filled, blank
	}
	subject, _ = put(t.Subject)
	var b strings.Builder
	for line := range strings.Lines(t.Body) {
		if filled, blank := put(line); !blank {
			b.WriteString(filled)
		}
	}
	// A value may bring line breaks along; a subject is one line.
	return strings.Join(strings.Fields(subject), " "), b.String()
}

// MailValues are the values of the placeholders for a mail about what has just
// been done to an application.
func (a *Application) MailValues(event *Event, s *Settings) map[string]string {
	var reasons []string
	for _, reason := range event.Reasons {
		reasons = append(reasons, "· "+reason.Label)
	}
	exam := Exam{Year: a.Fields.ExamYear, Name: a.Fields.ExamName}
	return map[string]string{
		placeName: a.Fields.Name, placeNumber: strconv.FormatUint(a.ID, 10), placeExam: exam.Title(), placeCity: a.Fields.City,
		placeReasons: strings.Join(reasons, "\n"), placeNote: event.Note,
		placeOffice: s.OfficeName, placePhone: s.Telephone, placeHours: s.Hours, placeAddress: s.Address,
	}
}
