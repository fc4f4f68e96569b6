package filing

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

// Holding is one certificate of an account's: what the register knows of it,
// the last application about it, or both.
type Holding struct {
	Line        *reissue.Certificate // nil: applied for by hand, or another's by now
	Exam        *reissue.Exam        // nil: the office does not know it
	Application *reissue.Application // nil: there is none, or it was withdrawn
	Standing    reissue.Standing
}

// Holdings are an account's certificates and applications, what needs the
// candidate first. Of what was applied for twice the last application counts, and
// none that was withdrawn.
func (d *Desk) Holdings(at At, exams []*reissue.Exam) ([]Holding, error) {
	lines, err := at.By.Certificates()
	if err != nil {
		return nil, err
	}
	applications, err := at.By.Applications()
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
	var list []Holding
	for _, line := range lines {
		h := Holding{Line: line, Exam: known[line.Exam]}
		h.Application = last[h.subject()]
		delete(last, h.subject())
		list = append(list, h)
	}
	for _, a := range applications {
		if last[a.SubjectKey()] == a {
			list = append(list, Holding{Exam: known[a.Exam], Application: a})
		}
	}
	today := reissue.Today(d.Store.Now())
	for i, h := range list {
		list[i].Standing = reissue.StandingOf(h.Line, h.Exam, h.Application, today)
	}
	slices.SortStableFunc(list, func(a, b Holding) int { return cmp.Compare(a.Standing, b.Standing) })
	return list, nil
}

// subject is what it is about, as reissue.Application.SubjectKey says it.
func (h Holding) subject() string {
	if h.Line != nil {
		return (&reissue.Application{Certificate: h.Line.ID}).SubjectKey()
	}
	return h.Application.SubjectKey()
}

// of tells whether it belongs to an exam.
func (h Holding) of(exam uint64) bool {
	if h.Line != nil {
		return h.Line.Exam == exam
	}
	return h.Application.Exam == exam
}

// Fields are what it is called by: the register's word before the application's.
func (h Holding) Fields() reissue.Fields {
	if h.Line != nil {
		return h.Line.Fields()
	}
	return h.Application.Fields
}

// cards show holdings, each with its state and the one thing to do next.
func cards(list []Holding, say func(*templates.Card, Holding) error) ([]templates.Card, error) {
	cards := make([]templates.Card, len(list))
	for i, h := range list {
		fields := h.Fields()
		card := templates.Card{Title: visit.ExamTitle(&fields) + apart(list, i)}
		for _, field := range reissue.FieldsFrom(reissue.FromRegister) {
			if value := fields.Get(field); value != "" || h.Line != nil {
				card.Rows = append(card.Rows, templates.Pair{Label: reissue.Label(field), Value: reissue.ShowField(field, value)})
			}
		}
		if h.Line != nil {
			card.Certificate = fmt.Sprint(h.Line.ID)
		}
		if a := h.Application; a != nil {
			card.Application = visit.Number(a.ID)
			card.Rows = append(card.Rows, templates.Pair{Label: sayNumber, Value: card.Application}, templates.Pair{Label: SaySince(a), Value: a.Since().String()})
		}
		if err := say(&card, h); err != nil {
			return nil, err
		}
		cards[i] = card
	}
	return cards, nil
}

// Again is where a new application about the same begins once one has ended, ""
// where none is taken or another is open.
func (d *Desk) Again(at At, a *reissue.Application) (string, error) {
	exams, err := d.Store.Exams()
	if err != nil {
		return "", err
	}
	list, err := d.Holdings(at, exams)
	if err != nil {
		return "", err
	}
	subject := a.SubjectKey()
	for _, h := range list {
		if h.subject() == subject {
			return h.Again(at, reissue.Today(d.Store.Now())), nil
		}
	}
	return at.FormURL(SelfForm), nil // by hand and withdrawn, or about a line that is another's now
}

// Again is the same for what is shown on a card.
func (h Holding) Again(at At, today string) string {
	switch {
	case h.Application != nil && h.Application.Status.Open():
	case h.Line != nil && reissue.StandingOf(h.Line, h.Exam, nil, today) == reissue.StandsApplicable:
		return at.CertificateURL(h.Line.ID)
	case h.Line == nil && h.Exam.Accept(today) == nil:
		return at.FormURL(SelfForm)
	}
	return ""
}

// apart is what tells the i-th from others of the same exam: level and specialty, else
// the certificate's number; "" where it is the only one.
func apart(list []Holding, i int) string {
	mine := list[i].Fields()
	parts := func(f reissue.Fields) string {
		return strings.Join(slices.DeleteFunc([]string{f.Level, f.Specialty}, func(s string) bool { return s == "" }), " ")
	}
	twin, same := false, false
	for j := range list {
		other := list[j].Fields()
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
