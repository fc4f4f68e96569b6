package handlers

import (
	"cmp"
	"errors"
	"maps"
	"net/url"
	"slices"
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
	names, err := s.staffNames()
	if err != nil {
		return err
	}
	a, trail := r.Application, v.trail()
	data := templates.Review{Page: v.page(), Number: number(id), Exam: examTitle(&a.Fields), State: a.Status.Word(), Path: officeURL(id),
		Submitted: a.Submitted.String(), Waited: s.queueRow(a).Waited, Revision: a.Revision, Source: source(r),
		Person: []templates.Pair{
			{Label: reissue.Label(reissue.FieldName), Value: a.Fields.Name},
			{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.Full()},
			{Label: reissue.Label(reissue.FieldBirthMonth), Value: a.Fields.BirthMonth},
			{Label: reissue.Label(reissue.FieldSex), Value: a.Fields.Sex},
		},
		PhotoNotes: a.Photo.Hints, History: history(a, names), Queue: trail.Encode(), BackURL: queueURL(trail, ""),
	}
	if r.Account.Name != a.Fields.Name {
		data.Person = append(data.Person, templates.Pair{Label: sayAccountName, Value: r.Account.Name})
	}
	if a.Pledged != 0 {
		data.Person = append(data.Person, templates.Pair{Label: reissue.Label(reissue.FieldPledge), Value: sayPledged(a.Pledged)})
	}
	if a.Person.Paper != reissue.IDCard {
		data.Person = append(data.Person, templates.Pair{Label: sayPaper, Value: string(a.Person.Paper)})
	}
	for _, row := range reissue.Compare(a, r.Line) {
		compare := templates.Compare{Label: reissue.Label(row.Field), Register: row.Register, Application: row.Applied, Differs: row.Disagree}
		switch {
		case row.Field == reissue.FieldName && row.Disagree && row.Applied == r.Account.Name && a.Certificate != 0:
			compare.Note = sayAccountSpelling
		case row.Disagree && row.Locked:
			compare.Note = sayMoved
		}
		data.Rows = append(data.Rows, compare)
	}
	for _, mark := range r.Marks() {
		data.Marks = append(data.Marks, templates.Mark(mark))
	}
	if a.Photo.Given() {
		data.PhotoURL = officeURL(id) + "/photo"
	}
	if slices.Contains([]reissue.Status{reissue.InProduction, reissue.Ready, reissue.HandedOut, reissue.Mailed}, a.Status) {
		data.HandoutURL = handoutURL(id)
	}
	for _, other := range r.Others {
		data.Others = append(data.Others, s.queueRow(other))
	}
	for _, other := range r.SamePhoto {
		data.SamePhoto = append(data.SamePhoto, s.queueRow(other))
	}
	for _, other := range r.SamePhone {
		data.SamePhone = append(data.SamePhone, s.queueRow(other))
	}
	s.neighbours(v, a, trail, &data)
	s.decisionPanel(v, r, &data)
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
func (s *Server) decisionPanel(v *visit, r *store.Review, data *templates.Review) {
	a := r.Application
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
	data.Decide = &templates.Decide{Name: a.Fields.Name, Notes: s.store.Settings().Notes, Spellings: spellings(a, r.Account)}
	if v.posted != nil {
		data.Decide.Act = v.act()
		data.Revision = v.revision()
		v.nameProblems(&data.Form, data.Decide.Act)
	}
	for _, reason := range s.store.Settings().Reasons {
		option := templates.ReasonOption{Code: reason.Code, Text: reason.Label, Field: reissue.Label(reason.Field)}
		if reason.In(reissue.Correctable) && a.CanCorrect(reason.Field) {
			data.Decide.ReturnReasons = append(data.Decide.ReturnReasons, option)
		}
		if reason.In(reissue.Final) {
			data.Decide.RefuseReasons = append(data.Decide.RefuseReasons, option)
		}
	}
}

// spellings are the ways to write the name that a reviewer picks from, each
// with whose it is.
func spellings(a *reissue.Application, owner *reissue.Account) (list []templates.Spelling) {
	for i, name := range a.Spellings(owner) {
		list = append(list, templates.Spelling{Name: name, Whose: spellingWords[i], Chosen: name == owner.Name})
	}
	return list
}

// neighbours lead on in the list that the clerk comes from; who comes from none
// and has something to decide is led through what waits. What a reviewer may
// decide is theirs for a while, unless a colleague has it open.
func (s *Server) neighbours(v *visit, a *reissue.Application, trail url.Values, data *templates.Review) {
	if len(trail) == 0 && a.Status == reissue.Pending {
		trail = pendingTrail()
	}
	if len(trail) > 0 {
		data.PreviousURL, data.NextURL = beside("previous", a.ID, trail), beside("next", a.ID, trail)
	}
	if a.Status != reissue.Pending || !v.roleIs(reissue.RoleReviewer) {
		return
	}
	if number, since := s.presence.open(a.ID, v.staff.ID); number != 0 {
		if colleague, err := s.store.Staff(number); err == nil {
			data.Marks = append(data.Marks, templates.Mark{Text: sayColleague(colleague.Name, s.store.Now().Sub(since))})
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
	note, name := v.note(), v.value(reissue.FieldName)
	return s.decide(v, flashApproved, func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		// The form starts with the account's spelling: a register's brackets stand
		// for what it could not write.
		return a.Approve(by, now, note, on.Account, cmp.Or(name, on.Account.Name))
	})
}

func (s *Server) postReturn(v *visit) error {
	note := v.note()
	return s.decide(v, flashReturned, func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		return a.Return(by, now, on.Settings.Reasons, v.posted[reissue.FieldReason], note)
	})
}

func (s *Server) postRefuse(v *visit) error {
	note := v.note()
	return s.decide(v, flashRefused, func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		return a.Refuse(by, now, on.Settings.Reasons, v.posted[reissue.FieldReason], note)
	})
}

// note is what was typed to explain a decision, else the sentence that was
// picked from the often-used ones.
func (v *visit) note() string {
	return cmp.Or(reissue.Clean(v.value("note")), reissue.Clean(v.value("common_note")))
}

// postTakeBack makes a decision undone; the application, which waits again, is
// what comes next.
func (s *Server) postTakeBack(v *visit) error {
	note := reissue.Clean(v.value("note"))
	id, err := s.change(v, flashTakenBack, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.TakeBack(by, now, note)
	})
	if err != nil {
		return err
	}
	return v.redirect(address(officeURL(id), v.trail()))
}

// decide runs an act and leads to the next pending application of the list that
// the clerk comes from, without a detour over the list itself.
func (s *Server) decide(v *visit, flash string, act store.Act) error {
	id, err := s.change(v, flash, act)
	if err != nil {
		return err
	}
	trail := v.trail()
	if len(trail) == 0 {
		return v.redirect(officeURL(id))
	}
	pending := maps.Clone(trail)
	pending.Set("status", reissue.Pending.Word())
	next, err := s.follow(v, pending, id, false)
	if err != nil || next == 0 {
		return v.redirect(queueURL(trail, ""))
	}
	return v.redirect(address(officeURL(next), trail))
}

// change runs an act on the application in the address.
func (s *Server) change(v *visit, flash string, act store.Act) (id uint64, err error) {
	if id, err = v.id(); err != nil {
		return 0, err
	}
	if err := s.store.Change(v.staff, id, v.revision(), act); err != nil {
		return 0, err
	}
	s.MailWaits()
	s.presence.leave(id, v.staff.ID)
	v.flashAbout(flash, id)
	return id, nil
}

// changes tells what became of the application in the address since the screen
// that posted a revision, value by value; nothing on other pages.
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
	seen := v.revision()
	if err != nil || seen == 0 || seen >= uint64(len(a.History)) {
		return nil
	}
	since := a.History[seen:]
	changes := []templates.Change{{Label: sayState, Was: a.History[seen-1].Status.Word(), Now: a.Status.Word()}}
	for _, change := range reissue.Changes(a, since) {
		row := templates.Change{Label: reissue.Label(change.Field), Was: change.Was, Now: change.Now}
		if change.Field == reissue.FieldPhoto {
			row.Was, row.Now = sayOldPhoto, sayNewPhoto
		}
		changes = append(changes, row)
	}
	if decision := a.LastDecision(); decision != nil && labels(decision)+decision.Note != "" {
		changes = append(changes, templates.Change{Label: sayOpinion, Now: join(labels(decision), decision.Note)})
	}
	last := since[len(since)-1]
	who := last.Role.Word()
	if v.staff != nil && last.Role != reissue.RoleCandidate {
		if colleague, err := v.s.store.Staff(last.By); err == nil {
			who = colleague.Name
		}
	}
	return append(changes, templates.Change{Label: sayLastChange, Was: a.History[seen-1].At.String(), Now: last.At.String() + "　" + who})
}

// backWays lead on from a decision that came too late: to the application as it
// is now, and onwards in the list.
func (v *visit) backWays() []templates.Link {
	id, err := v.id()
	if err != nil || v.staff == nil {
		return nil
	}
	trail := v.trail()
	ways := []templates.Link{{Text: sayToReview, URL: address(officeURL(id), trail)}}
	if len(trail) > 0 {
		ways = append(ways, templates.Link{Text: sayNext, URL: beside("next", id, trail)})
	}
	return append(ways, templates.Link{Text: sayToQueue, URL: queueURL(trail, "")})
}
