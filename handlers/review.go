package handlers

import (
	"errors"
	"time"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showReview is the review screen. It shows the ID number in full, which is
// noted once a day for each clerk.
func (s *Server) showReview(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	r, err := s.store.Review(v.staff, id)
	if err != nil {
		return err
	}
	if err := s.store.Viewed(v.staff.Actor(), id); err != nil {
		return err
	}
	a := r.Application
	data := templates.Review{Page: v.page(), Number: number(id), Exam: examTitle(&a.Fields), State: a.Status.Word(), Path: officeURL(id),
		Submitted: a.Submitted.String(), Waited: s.queueRow(a).Waited, Revision: a.Revision, Source: source(r),
		Person: []templates.Pair{
			{Label: reissue.Label(reissue.FieldName), Value: a.Fields.Name},
			{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.Full()},
			{Label: reissue.Label(reissue.FieldBirthMonth), Value: a.Fields.BirthMonth},
			{Label: reissue.Label(reissue.FieldSex), Value: a.Fields.Sex},
		},
		PhotoNotes: a.Photo.Hints, History: history(a, true),
	}
	if a.Person.Paper != reissue.IDCard {
		data.Person = append(data.Person, templates.Pair{Label: sayPaper, Value: string(a.Person.Paper)})
	}
	for _, row := range reissue.Compare(a, r.Line) {
		compare := templates.Compare{Label: reissue.Label(row.Field), Register: row.Register, Application: row.Applied, Differs: row.Disagree}
		if row.Disagree && row.Locked {
			compare.Note = sayMoved
		}
		data.Rows = append(data.Rows, compare)
	}
	for _, mark := range reissue.Marks(a, r.Line, r.Exam, r.Account.Name) {
		data.Marks = append(data.Marks, templates.Mark{Text: mark})
	}
	if a.Photo.Given() {
		data.PhotoURL = officeURL(id) + "/photo"
	}
	for _, other := range r.Others {
		data.Others = append(data.Others, s.queueRow(other))
	}
	s.decisionPanel(v, a, &data)
	return v.render("office_application.html", data)
}

// source says what the application stands beside.
func source(r *store.Review) string {
	switch {
	case r.Application.Certificate != 0 && r.Line != nil:
		return sayFromRegister
	case r.Line != nil:
		return sayByHandBeside
	}
	return sayByHandAlone
}

// decisionPanel offers the acts of a reviewer on a pending application, and
// else says why there is nothing to decide.
func (s *Server) decisionPanel(v *visit, a *reissue.Application, data *templates.Review) {
	if decision := a.LastDecision(); decision != nil {
		data.Reasons, data.Note = reasons(decision), decision.Note
	}
	switch {
	case a.Status != reissue.Pending:
		data.Waiting = sayDecided(a.Status)
		data.TakeBack = v.roleIs(reissue.RoleReviewer) && a.MayTakeBack()
		v.nameProblems(&data.Form, "takeback")
		return
	case !v.roleIs(reissue.RoleReviewer):
		data.Waiting = sayReviewersDecide
		return
	}
	data.Decide = &templates.Decide{}
	if v.posted != nil {
		data.Decide.Act = v.act()
		data.Revision = v.revision()
		v.nameProblems(&data.Form, data.Decide.Act)
	}
	for _, reason := range s.store.Settings().Reasons {
		option := templates.ReasonOption{Code: reason.Code, Text: reason.Label, Field: reissue.Label(reason.Field)}
		if reason.In(reissue.Correctable) {
			data.Decide.ReturnReasons = append(data.Decide.ReturnReasons, option)
		}
		if reason.In(reissue.Final) {
			data.Decide.RefuseReasons = append(data.Decide.RefuseReasons, option)
		}
	}
}

// nameProblems gives problems the ids of one of several forms on a page: the
// form's name before the field's.
func (v *visit) nameProblems(form *templates.Form, name string) {
	for i := range form.Problems {
		if problem := &form.Problems[i]; problem.Field != "" {
			problem.Field = name + "-" + problem.Field
		}
	}
}

// act is the last part of a decision's address.
func (v *visit) act() string {
	path := v.r.URL.Path
	for _, act := range []string{"approve", "return", "refuse"} {
		if len(path) > len(act) && path[len(path)-len(act):] == act {
			return act
		}
	}
	return ""
}

func (s *Server) photoReview(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if _, err := s.store.Application(v.staff, id); err != nil {
		return err
	}
	return v.sendPhoto(s.store.Photo(id))
}

func (s *Server) postApprove(v *visit) error {
	note := reissue.Clean(v.value("note"))
	return s.decide(v, flashApproved, func(a *reissue.Application, by reissue.Actor, now time.Time, _ *reissue.Settings) error {
		return a.Approve(by, now, note)
	})
}

func (s *Server) postReturn(v *visit) error {
	note := reissue.Clean(v.value("note"))
	return s.decide(v, flashReturned, func(a *reissue.Application, by reissue.Actor, now time.Time, settings *reissue.Settings) error {
		return a.Return(by, now, settings.Reasons, v.posted[reissue.FieldReason], note)
	})
}

func (s *Server) postRefuse(v *visit) error {
	note := reissue.Clean(v.value("note"))
	return s.decide(v, flashRefused, func(a *reissue.Application, by reissue.Actor, now time.Time, settings *reissue.Settings) error {
		return a.Refuse(by, now, settings.Reasons, v.posted[reissue.FieldReason], note)
	})
}

func (s *Server) postTakeBack(v *visit) error {
	note := reissue.Clean(v.value("note"))
	return s.decide(v, flashTakenBack, func(a *reissue.Application, by reissue.Actor, now time.Time, _ *reissue.Settings) error {
		return a.TakeBack(by, now, note)
	})
}

// decide runs an act and leads to the next pending application, so that a clerk
// goes on without a detour over the queue.
func (s *Server) decide(v *visit, flash string, act store.Act) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.store.Change(v.staff, id, v.revision(), act); err != nil {
		return err
	}
	s.MailWaits()
	v.flash(flash)
	return v.redirect(officeURL(id))
}

// changes tells what happened to the application in the address since the
// screen that posted a revision; nothing on other pages.
func (v *visit) changes() []templates.Change {
	id, err := v.id()
	if err != nil || v.posted == nil {
		return nil
	}
	var a *reissue.Application
	switch {
	case v.staff != nil:
		a, err = v.s.store.Application(v.staff, id)
	case v.account != nil:
		a, err = v.s.store.ApplicationOf(v.account.ID, id)
	default:
		err = errors.New("nobody is signed in")
	}
	if err != nil {
		return nil
	}
	var changes []templates.Change
	for i := int(min(v.revision(), uint64(len(a.History)))); i < len(a.History); i++ {
		change := templates.Change{Label: a.History[i].At.String() + " " + a.History[i].Act.Word(), Now: a.History[i].Status.Word()}
		if i > 0 {
			change.Was = a.History[i-1].Status.Word()
		}
		if fields := a.History[i].Changed; len(fields) > 0 {
			change.Now += "；" + sayChanged(fields)
		}
		changes = append(changes, change)
	}
	return changes
}
