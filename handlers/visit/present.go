package visit

import (
	"cmp"
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

// Facts are the application's fields and the person's number, those left out
// that it may lack and does.
func Facts(a *reissue.Application) []templates.Pair {
	var pairs []templates.Pair
	for _, field := range reissue.AllFields {
		if value := a.Value(field); value != "" || !reissue.MayLack(field) {
			pairs = append(pairs, templates.Pair{Label: reissue.Label(field), Value: value})
		}
	}
	if a.Pledged != 0 {
		pairs = append(pairs, templates.Pair{Label: reissue.Label(reissue.FieldPledge), Value: SayPledged(a.Pledged)})
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

// History tells what happened, the newest first. staff are the names of the
// office's people, for the office; nil is for candidates, who are told what the
// office did, but not by whom, and no note of it but those meant for them.
func History(a *reissue.Application, staff map[uint64]string) []templates.Event {
	office := staff != nil
	var events []templates.Event
	for i := len(a.History) - 1; i >= 0; i-- {
		e := &a.History[i]
		event := templates.Event{When: e.At.String(), What: e.Act.Word(), Note: Labels(e)}
		switch {
		case office && (e.Role == reissue.RoleCandidate || e.Role == reissue.RoleSystem):
			event.Who = e.Role.Word()
		case office:
			event.Who = cmp.Or(staff[e.By], e.Role.Word())
		}
		forBoth := e.Act == reissue.ActApprove || e.Act == reissue.ActReturn || e.Act == reissue.ActRefuse
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
		if len(e.Changed) > 0 {
			event.Note = Join(event.Note, sayChangedBy(e))
		}
		events = append(events, event)
	}
	return events
}

func Join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "；" + b
}
