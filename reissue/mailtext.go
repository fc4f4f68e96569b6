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

// MailActs are the acts that tell the candidate by mail, each with a text of its own.
var MailActs = []Act{ActSubmit, ActReturn, ActRefuse, ActApprove, MailApproveProof, ActArrive, ActPrintProof, ActMail, MailMailProof, ActLeaveReturn, ActLeaveApprove, ActLeaveRefuse, ActRemindReturn, ActLapse, ActRemindCollect}

// The names of the texts that approval and mailing have where they lead to a 合格证明.
const (
	MailApproveProof Act = "approve_proof"
	MailMailProof    Act = "mail_proof"
)

// MailOf is the name of the text of the mail that an act sends about an application.
func (a *Application) MailOf(act Act) Act {
	switch {
	case a.ByProof() && act == ActApprove:
		return MailApproveProof
	case a.ByProof() && act == ActMail:
		return MailMailProof
	}
	return act
}

// mailStates are where each mail finds its application.
var mailStates = map[Act]Status{ActSubmit: Pending, ActReturn: Returned, ActRefuse: Refused, ActApprove: Approved, MailApproveProof: Approved, ActArrive: Ready, ActPrintProof: Ready,
	ActMail: Mailed, MailMailProof: Mailed, ActLeaveReturn: Returned, ActLeaveApprove: Approved, ActLeaveRefuse: Refused,
	ActRemindReturn: Returned, ActLapse: Refused, ActRemindCollect: Ready}

// MailStatus is the state of an application that the mail of an act tells of.
func MailStatus(act Act) Status { return mailStates[act] }

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
	text.Subject, text.Body = Clean(text.Subject), cleanBody(text.Body)
	problems := judgeWords(Placeholders, worded{field: FieldSubject, text: text.Subject, limit: maxSubject}, worded{field: FieldBody, text: text.Body, limit: maxBody})
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

// worded is a part of a text that the office words.
type worded struct {
	field, text string
	limit       int // of characters
	lines       int // at most; 0 for any number
}

// judgeWords is what is wrong with the parts of a text, one problem for each at most;
// known are the placeholders that it may have.
func judgeWords(known []string, parts ...worded) (problems Problems) {
	for _, part := range parts {
		unknown := unknownPlaceholder(part.text, known)
		switch {
		case strings.TrimSpace(part.text) == "":
			problems.Add(part.field, sayTextMissing)
		case utf8.RuneCountInString(part.text) > part.limit:
			problems.Add(part.field, sayTooLong(part.limit))
		case part.lines > 0 && strings.Count(part.text, "\n") > part.lines:
			problems.Add(part.field, sayTooManyLines(part.lines))
		case unknown != "":
			problems.Add(part.field, sayUnknownPlaceholder(unknown))
		}
	}
	return problems
}

// cleanBody is a text of lines as it is kept.
func cleanBody(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) + "\n"
}

var placeholder = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// unknownPlaceholder is the first placeholder, or stray brace, that is not known;
// "" for none.
func unknownPlaceholder(text string, known []string) string {
	for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(known, found[1]) {
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

// Fill puts the values into the text.
func (t MailText) Fill(values map[string]string) (subject, body string) {
	return fillLine(t.Subject, values), fillLines(t.Body, values)
}

// fillLine puts the values into what is one line, though they may bring line breaks
// along.
func fillLine(text string, values map[string]string) string {
	filled, _ := put(text, values)
	return strings.Join(strings.Fields(filled), " ")
}

// fillLines puts the values into a text. A line with a placeholder that has no value
// is left out, so that 说明：{{说明}} does not end in nothing.
func fillLines(text string, values map[string]string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if filled, blank := put(line, values); !blank {
			b.WriteString(filled)
		}
	}
	return b.String()
}

// put is a line with the values in it; blank where one of them is.
func put(line string, values map[string]string) (filled string, blank bool) {
	filled = placeholder.ReplaceAllStringFunc(line, func(found string) string {
		value := values[placeholder.FindStringSubmatch(found)[1]]
		blank = blank || value == ""
		return value
	})
	return filled, blank
}

// MailValues are the values of the placeholders for a mail about what has just
// been done to an application. publicURL begins the address of its page; "" has none.
func (a *Application) MailValues(event *Event, s *Settings, publicURL string) map[string]string {
	var reasons []string
	for _, reason := range event.Reasons {
		reasons = append(reasons, "· "+reason.Label)
	}
	proof := ""
	if a.Proof != 0 {
		proof = ShowProofNumber(a.Proof)
	}
	exam := Exam{Year: a.Fields.ExamYear, Name: a.Fields.ExamName}
	page := ""
	if publicURL != "" {
		page = publicURL + "/applications/" + strconv.FormatUint(a.ID, 10)
	}
	deadline := ""
	if day := a.Deadline(s, event.At.Date()); day != "" {
		deadline = ShowDate(day)
	}
	place := s.PlaceOf(a.Fields.City)
	return map[string]string{
		placeState: event.Status.Word(), placePage: page,
		placeName: a.Fields.Name, placeNumber: strconv.FormatUint(a.ID, 10), placeExam: exam.Title(), placeCity: a.Fields.City,
		placeReasons: strings.Join(reasons, "\n"), placeNote: event.Note, placeProof: proof, placeDeadline: deadline,
		placeOffice: s.OfficeName, placePhone: place.Telephone, placeHours: place.Hours, placeAddress: place.Address,
	}
}
