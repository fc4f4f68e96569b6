package visit

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"certreissue/reissue"
	"certreissue/templates"
)

func Number(id uint64) string { return strconv.FormatUint(id, 10) }

func ExamTitle(f *reissue.Fields) string {
	exam := reissue.Exam{Year: f.ExamYear, Name: f.ExamName}
	return exam.Title()
}

// Labels are a decision's reasons in a row.
func Labels(event *reissue.Event) string {
	if event == nil {
		return ""
	}
	words := make([]string, len(event.Reasons))
	for i, reason := range event.Reasons {
		words[i] = reason.Label
	}
	return strings.Join(words, "、")
}

// Facts are the application's fields and the person's number as candidates read them,
// those left out that it may lack and does.
func Facts(a *reissue.Application) []templates.Pair {
	var pairs []templates.Pair
	for _, field := range reissue.AllFields {
		if value := a.Value(field); value != "" || !reissue.MayLack(field) {
			pairs = append(pairs, templates.Pair{Label: reissue.Label(field), Value: reissue.ShowField(field, value)})
		}
	}
	if a.Filing() != nil {
		pairs = append(pairs, templates.Pair{Label: SayFiling, Value: sayFiledForYou})
	}
	if a.Pledged != 0 {
		pairs = append(pairs, templates.Pair{Label: reissue.Label(reissue.FieldPledge), Value: SayPledged(a.Pledged)})
	}
	return pairs
}

// Given are the numbers of what the application has led to, where there are any.
func Given(a *reissue.Application) (pairs []templates.Pair) {
	if number := a.NewNumber(); number != "" {
		pairs = append(pairs, templates.Pair{Label: reissue.Label(reissue.FieldNewNumber), Value: number})
	}
	if a.Proof != 0 {
		pairs = append(pairs, templates.Pair{Label: SayProofNumber, Value: reissue.ShowProofNumber(a.Proof)})
	}
	return pairs
}

func Reasons(event *reissue.Event) []templates.Reason {
	var list []templates.Reason
	for _, reason := range event.Reasons {
		list = append(list, templates.Reason{Text: reason.Label, Field: reissue.Label(reason.Field)})
	}
	return list
}

// forCandidates are the acts whose notes are meant for the candidate, too.
var forCandidates = []reissue.Act{reissue.ActApprove, reissue.ActReturn, reissue.ActRefuse, reissue.ActPrintProof, reissue.ActLeaveReturn, reissue.ActLeaveApprove, reissue.ActLeaveRefuse}

// History tells what happened, the newest first. staff are the names of the
// office's people, for the office; nil is for candidates, who are told what the
// office did, but not by whom, and no note of it but those meant for them.
func History(a *reissue.Application, staff map[uint64]string) []templates.Event {
	office, number := staff != nil, a.NewNumber()
	var events []templates.Event
	asides := a.Asides
	for i := len(a.History) - 1; i >= 0; i-- {
		e := &a.History[i]
		for office && len(asides) > 0 && asides[len(asides)-1].At >= e.At {
			events, asides = append(events, asideEvent(&asides[len(asides)-1], staff)), asides[:len(asides)-1]
		}
		event := templates.Event{When: e.At.String(), What: a.EventWord(e), Note: Labels(e)}
		switch {
		case office && (e.Role == reissue.RoleCandidate || e.Role == reissue.RoleSystem):
			event.Who = e.Role.Word()
		case office:
			event.Who = cmp.Or(staff[e.By], e.Role.Word())
		}
		forBoth := slices.Contains(forCandidates, e.Act)
		if e.Act == reissue.ActMail {
			event.Note = SayTrackingNumber(e.Note)
			events = append(events, event)
			continue
		}
		if office && e.Collection != nil {
			event.Note = e.Collection.String()
		}
		if e.Note != "" && (office || forBoth) {
			event.Note = Join(event.Note, e.Note)
		}
		if e.Void != "" {
			event.Note, number = Join(event.Note, sayVoid(e.Void)), e.Void
		}
		if was, renumbered := e.Renumbered(); renumbered {
			if office && e.Collection == nil {
				event.Note = Join(sayRenumbered(was, number), event.Note)
			}
			number = was
		} else if len(e.Changed) > 0 {
			event.Note = Join(event.Note, sayChangedBy(e))
		}
		events = append(events, event)
	}
	for i := len(asides) - 1; office && i >= 0; i-- { // under a clock that was wrong
		events = append(events, asideEvent(&asides[i], staff))
	}
	return events
}

// asideEvent tells the office what it has noted for itself.
func asideEvent(aside *reissue.Aside, staff map[uint64]string) templates.Event {
	event := templates.Event{When: aside.At.String(), What: aside.Act.Word(), Who: cmp.Or(staff[aside.By], reissue.RoleSystem.Word()), Note: aside.Text}
	if aside.Until != "" {
		event.Note = sayUntil(aside.Until, aside.Text)
	}
	return event
}

// Join puts two parts of a note together; either may be "".
func Join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "；" + b
}
