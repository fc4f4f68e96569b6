package handlers

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"certreissue/reissue"
	"certreissue/templates"
)

// showApplications is 审核状态查询.
func (s *Server) showApplications(v *visit) error {
	list, err := s.store.ApplicationsOf(v.account.ID)
	if err != nil {
		return err
	}
	data := templates.Applications{Page: v.page()}
	for _, a := range list {
		row := templates.ApplicationRow{Number: number(a.ID), Exam: examTitle(&a.Fields), State: a.Status.Word(), Submitted: a.Submitted.String(),
			URL: applicationURL(a.ID)}
		if row.Note, err = s.progress(a); err != nil {
			return err
		}
		if a.Status == reissue.Returned {
			row.Note = labels(a.LastDecision())
		}
		if a.Status.Editable() {
			row.EditURL = row.URL + "/edit"
		}
		data.Rows = append(data.Rows, row)
	}
	return v.render("applications.html", data)
}

func number(id uint64) string { return strconv.FormatUint(id, 10) }

func applicationURL(id uint64) string { return fmt.Sprintf("/applications/%d", id) }

func examTitle(f *reissue.Fields) string {
	exam := reissue.Exam{Year: f.ExamYear, Name: f.ExamName}
	return exam.Title()
}

// labels are a decision's reasons in a row.
func labels(event *reissue.Event) string {
	if event == nil {
		return ""
	}
	words := make([]string, len(event.Reasons))
	for i, reason := range event.Reasons {
		words[i] = reason.Label
	}
	return strings.Join(words, "、")
}

// own is the application in the address, if it is the visitor's.
func (v *visit) own() (*reissue.Application, error) {
	id, err := v.id()
	if err != nil {
		return nil, err
	}
	return v.s.store.ApplicationOf(v.account.ID, id)
}

// showApplication is one application and its history.
func (s *Server) showApplication(v *visit) error {
	a, err := v.own()
	if err != nil {
		return err
	}
	data := templates.Application{Page: v.page(), Number: number(a.ID), Exam: examTitle(&a.Fields), State: a.Status.Word(),
		Rows: facts(a), History: history(a, nil), Revision: a.Revision}
	if data.Next, err = s.progress(a); err != nil {
		return err
	}
	if decision := a.LastDecision(); decision != nil {
		data.Reasons, data.Note = reasons(decision), decision.Note
	}
	url := applicationURL(a.ID)
	if a.Photo.Given() {
		data.PhotoURL = url + "/photo"
	}
	if a.Status.Editable() {
		data.EditURL, data.WithdrawURL = url+"/edit", url+"/withdraw"
	}
	if a.Status.Open() {
		data.SlipURL = url + "/slip"
	} else {
		data.AgainURL = "/apply"
		if a.Certificate == 0 {
			data.AgainURL = "/apply/self"
		}
	}
	return v.render("application.html", data)
}

// facts are the application's fields, those of the exam's own kind left out
// where the exam has none.
func facts(a *reissue.Application) []templates.Pair {
	pairs := []templates.Pair{{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.Full()}}
	for _, field := range reissue.FieldNames {
		value := a.Fields.Get(field)
		if value == "" && (field == reissue.FieldLevel || field == reissue.FieldSpecialty) {
			continue
		}
		pairs = append(pairs, templates.Pair{Label: reissue.Label(field), Value: value})
	}
	// The name comes first, then the number.
	pairs[0], pairs[1] = pairs[1], pairs[0]
	if a.Pledged != 0 {
		pairs = append(pairs, templates.Pair{Label: reissue.Label(reissue.FieldPledge), Value: sayPledged(a.Pledged)})
	}
	return pairs
}

func reasons(event *reissue.Event) []templates.Reason {
	var list []templates.Reason
	for _, reason := range event.Reasons {
		list = append(list, templates.Reason{Text: reason.Label, Field: reissue.Label(reason.Field)})
	}
	return list
}

// history tells what happened, the newest first. staff are the names of the
// office's people, for the office; nil is for candidates, who are told what the
// office did, but not by whom, and no note of it but those meant for them.
func history(a *reissue.Application, staff map[uint64]string) []templates.Event {
	office := staff != nil
	var events []templates.Event
	for i := len(a.History) - 1; i >= 0; i-- {
		e := &a.History[i]
		event := templates.Event{When: e.At.String(), What: e.Act.Word(), Note: labels(e)}
		switch {
		case office && (e.Role == reissue.RoleCandidate || e.Role == reissue.RoleSystem):
			event.Who = e.Role.Word()
		case office:
			event.Who = cmp.Or(staff[e.By], e.Role.Word())
		}
		forBoth := e.Act == reissue.ActApprove || e.Act == reissue.ActReturn || e.Act == reissue.ActRefuse
		if e.Act == reissue.ActMail {
			event.Note = sayTrackingNumber(e.Note)
			events = append(events, event)
			continue
		}
		if office && e.Collection != nil {
			event.Note = e.Collection.String()
		}
		if e.Note != "" && (office || forBoth) {
			event.Note = join(event.Note, e.Note)
		}
		if len(e.Changed) > 0 {
			event.Note = join(event.Note, sayChangedBy(e))
		}
		events = append(events, event)
	}
	return events
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "；" + b
}

// showSubmitted is step 3.
func (s *Server) showSubmitted(v *visit) error {
	a, err := v.own()
	if err != nil {
		return err
	}
	data := templates.Submitted{Page: v.page(), Number: number(a.ID), Exam: examTitle(&a.Fields), Time: a.Submitted.String(),
		URL: applicationURL(a.ID), Next: whatHappens(s.store.Settings().TargetDays, v.account.Email != "")}
	if a.Exam != 0 {
		exam, err := s.store.Exam(a.Exam)
		if err != nil && !errors.Is(err, reissue.ErrNotFound) {
			return err
		}
		if hint := reissue.DateHint(&a.Fields, exam); hint != "" {
			data.Hints = append(data.Hints, hint)
		}
	}
	data.Hints = append(data.Hints, a.Photo.Hints...)
	return v.render("submitted.html", data)
}

func (s *Server) photoApplication(v *visit) error {
	a, err := v.own()
	if err != nil {
		return err
	}
	return v.sendPhoto(s.store.Photo(a.ID))
}

func (s *Server) postWithdraw(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.store.Withdraw(v.account.ID, id, v.revision()); err != nil {
		return err
	}
	v.flash(flashWithdrawn)
	return v.redirect(applicationURL(id))
}
