package candidate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// holding is one certificate of the visitor's: what the register knows of it,
// the last application about it, or both.
type holding struct {
	line        *reissue.Certificate // nil: applied for by hand, or another's by now
	exam        *reissue.Exam        // nil: the office does not know it
	application *reissue.Application // nil: there is none, or it was withdrawn
	standing    reissue.Standing
}

// holdings are an account's certificates and applications, what needs the
// candidate first. Of what was applied for twice the last application counts, and
// none that was withdrawn.
func (p *Pages) holdings(account uint64, exams []*reissue.Exam) ([]holding, error) {
	lines, err := p.Store.CertificatesOf(account)
	if err != nil {
		return nil, err
	}
	applications, err := p.Store.ApplicationsOf(account)
	if err != nil {
		return nil, err
	}
	known := map[uint64]*reissue.Exam{}
	for _, exam := range exams {
		known[exam.ID] = exam
	}
	last := map[string]*reissue.Application{}
	for _, a := range slices.Backward(applications) { // the newest comes last, and stays
		last[a.SubjectKey()] = a
	}
	maps.DeleteFunc(last, func(_ string, a *reissue.Application) bool { return a.Status == reissue.Withdrawn })
	var list []holding
	for _, line := range lines {
		h := holding{line: line, exam: known[line.Exam]}
		h.application = last[h.subject()]
		delete(last, h.subject())
		list = append(list, h)
	}
	for _, a := range applications {
		if last[a.SubjectKey()] == a {
			list = append(list, holding{exam: known[a.Exam], application: a})
		}
	}
	today := reissue.Today(p.Store.Now())
	for i, h := range list {
		list[i].standing = reissue.StandingOf(h.line, h.exam, h.application, today)
	}
	slices.SortStableFunc(list, func(a, b holding) int { return cmp.Compare(a.standing, b.standing) })
	return list, nil
}

// subject is what it is about, as reissue.Application.SubjectKey says it.
func (h holding) subject() string {
	if h.line != nil {
		return (&reissue.Application{Certificate: h.line.ID}).SubjectKey()
	}
	return h.application.SubjectKey()
}

// of tells whether it belongs to an exam.
func (h holding) of(exam uint64) bool {
	if h.line != nil {
		return h.line.Exam == exam
	}
	return h.application.Exam == exam
}

// fields are what it is called by: the register's word before the application's.
func (h holding) fields() reissue.Fields {
	if h.line != nil {
		return h.line.Fields()
	}
	return h.application.Fields
}

// cards show holdings, each with its state and the one thing to do next.
func (p *Pages) cards(list []holding) ([]templates.Card, error) {
	cards := make([]templates.Card, len(list))
	for i, h := range list {
		fields := h.fields()
		card := templates.Card{Title: visit.ExamTitle(&fields) + apart(list, i)}
		for _, field := range reissue.FieldsFrom(reissue.FromRegister) {
			if value := fields.Get(field); value != "" || h.line != nil {
				card.Rows = append(card.Rows, templates.Pair{Label: reissue.Label(field), Value: reissue.ShowField(field, value)})
			}
		}
		if h.line != nil {
			card.Certificate = fmt.Sprint(h.line.ID)
		}
		if a := h.application; a != nil {
			card.Application = visit.Number(a.ID)
			card.Rows = append(card.Rows, templates.Pair{Label: sayNumber, Value: card.Application}, templates.Pair{Label: saySince(a), Value: a.Since().String()})
		}
		if err := p.say(&card, h); err != nil {
			return nil, err
		}
		cards[i] = card
	}
	return cards, nil
}

// say puts on a card where its certificate stands, what comes next, and the way there.
func (p *Pages) say(card *templates.Card, h holding) (err error) {
	fields, settings, today := h.fields(), p.Store.Settings(), reissue.Today(p.Store.Now())
	if a := h.application; a != nil {
		card.State = a.Status.Word()
		card.Act = templates.Link{Text: sayLook, URL: applicationURL(a.ID)}
		if card.Says, err = p.progress(a); err != nil {
			return err
		}
		if decision := a.LastDecision(); decision != nil && (h.standing == reissue.StandsReturned || h.standing == reissue.StandsRefused) {
			card.Reasons, card.Note = visit.Reasons(decision), decision.Note
		}
	}
	switch h.standing {
	case reissue.StandsReturned:
		card.Act, card.Loud = templates.Link{Text: sayToCorrect, URL: applicationURL(h.application.ID) + "/edit"}, true
	case reissue.StandsReady:
		card.Place = visit.Place(settings, fields.City)
	case reissue.StandsUnderway:
		if h.application.Status == reissue.Pending {
			card.Says = sayUnderReview(reissue.StartOf(h.application.Queued.Date(), settings.TargetDays).Date(), today)
		}
	case reissue.StandsRefused, reissue.StandsFinished:
		card.Again = h.again(today)
	case reissue.StandsApplicable:
		card.State = sayApplicable
		if h.exam != nil {
			card.Says = h.exam.Told()
		}
		card.Act, card.Loud = templates.Link{Text: sayApply, URL: certificateURL(h.line.ID)}, true
	case reissue.StandsUncollected:
		card.State, card.Dead = sayNotApplicable, true
		card.Says, card.Place = sayNotCollectedYet, visit.Place(settings, fields.City)
	case reissue.StandsNotAccepted:
		card.State, card.Dead = sayNotApplicable, true
		card.Says, card.Act = notAcceptedWords(h.exam.Accept(today))
		card.Loud = card.Act.URL != ""
	}
	return nil
}

// again is where a new application about the same begins once one has ended, ""
// where none is taken or another is open.
func (p *Pages) again(account uint64, a *reissue.Application) (string, error) {
	exams, err := p.Store.Exams()
	if err != nil {
		return "", err
	}
	list, err := p.holdings(account, exams)
	if err != nil {
		return "", err
	}
	subject := a.SubjectKey()
	for _, h := range list {
		if h.subject() == subject {
			return h.again(reissue.Today(p.Store.Now())), nil
		}
	}
	return "/apply/self", nil // by hand and withdrawn, or about a line that is another's now
}

// again is the same for what is shown on a card.
func (h holding) again(today string) string {
	switch {
	case h.application != nil && h.application.Status.Open():
	case h.line != nil && reissue.StandingOf(h.line, h.exam, nil, today) == reissue.StandsApplicable:
		return certificateURL(h.line.ID)
	case h.line == nil && h.exam.Accept(today) == nil:
		return "/apply/self"
	}
	return ""
}

// apart is what tells the i-th from others of the same exam: level and specialty, else
// the certificate's number; "" where it is the only one.
func apart(list []holding, i int) string {
	mine := list[i].fields()
	parts := func(f reissue.Fields) string {
		return strings.Join(slices.DeleteFunc([]string{f.Level, f.Specialty}, func(s string) bool { return s == "" }), " ")
	}
	twin, same := false, false
	for j := range list {
		other := list[j].fields()
		if j == i || other.ExamYear != mine.ExamYear || reissue.Key(other.ExamName) != reissue.Key(mine.ExamName) {
			continue
		}
		twin, same = true, same || parts(other) == parts(mine)
	}
	if !twin {
		return ""
	}
	said := parts(mine)
	if number := mine.CertificateNumber; (said == "" || same) && number != reissue.None {
		said = cmp.Or(number, said)
	}
	if said == "" {
		return ""
	}
	return "（" + said + "）"
}

func certificateURL(id uint64) string { return fmt.Sprintf("/apply/certificates/%d", id) }
