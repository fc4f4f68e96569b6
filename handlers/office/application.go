package office

import (
	"cmp"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// codeApplication is the same for the papers that the office prints.
func (p *Pages) codeApplication(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if _, err := p.Store.Application(v.Staff, id); err != nil {
		return err
	}
	return v.SendCode(visit.Number(id))
}

// noted lets a page be shown although its full disk did not take that somebody looks
// at it: the service's log has that instead.
func (p *Pages) noted(v *visit.Visit, err error) error {
	if file, ok := errors.AsType[*store.FileError](err); ok && file.Fault == store.Full {
		p.Log.Warn("a look that the full disk did not take", "staff", v.Staff.ID, "path", v.R.URL.Path)
		return nil
	}
	return err
}

// showApplication is the review screen. It shows the ID number in full, which is
// noted once a day for each clerk.
func (p *Pages) showApplication(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	r, err := p.Store.Review(v.Staff, id)
	if err != nil {
		return err
	}
	if err := p.noted(v, p.Store.Viewed(v.Staff.Actor(), id)); err != nil {
		return err
	}
	names, err := p.staffNames()
	if err != nil {
		return err
	}
	a, trail := r.Application, trailOf(v)
	data := templates.OfficeApplication{Page: v.Page(), Number: visit.Number(id), Exam: visit.ExamTitle(&a.Fields), State: a.Status.Word(), Path: applicationURL(id),
		Submitted: a.Submitted.String(), Waited: p.queueRow(a).Waited, Revision: a.Revision, Source: source(r),
		Person: []templates.Pair{
			{Label: reissue.Label(reissue.FieldName), Value: a.Fields.Name},
			{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.Full()},
			{Label: reissue.Label(reissue.FieldBirthMonth), Value: a.Fields.BirthMonth},
			{Label: reissue.Label(reissue.FieldSex), Value: a.Fields.Sex},
		},
		PhotoNotes: a.Photo.Hints, History: visit.History(a, names), Queue: trail.Encode(), BackURL: listURL(trail, ""),
	}
	if r.Account.Name != a.Fields.Name {
		data.Person = append(data.Person, templates.Pair{Label: sayAccountName, Value: r.Account.Name})
	}
	if r.Account.Email != "" {
		data.Person = append(data.Person, templates.Pair{Label: visit.SayEmail, Value: visit.SayAddress(reissue.MaskEmail(r.Account.Email), r.Account)})
	}
	if filing := a.Filing(); filing != nil {
		data.Person = append(data.Person, templates.Pair{Label: visit.SayFiling, Value: sayFiled(names[filing.By], filing.At)})
	}
	if a.Pledged != 0 {
		data.Person = append(data.Person, templates.Pair{Label: reissue.Label(reissue.FieldPledge), Value: visit.SayPledged(a.Pledged)})
	}
	if a.Person.Paper != reissue.IDCard {
		data.Person = append(data.Person, templates.Pair{Label: visit.SayPaper, Value: string(a.Person.Paper)})
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
		data.PhotoURL = applicationURL(id) + "/photo"
		data.PhotoCheckURL = address(data.PhotoURL+"/check", trail)
	}
	data.Letter = letterLink(a.Status, a)
	if slices.Contains([]reissue.Status{reissue.InProduction, reissue.Ready, reissue.HandedOut, reissue.Mailed}, a.Status) {
		data.HandoutURL = handoutURL(id)
	}
	if a.LeadsTo(r.Exam) == reissue.RouteProof {
		data.LeadsTo = visit.SayProof
	}
	if data.Proof, err = p.proofPanel(v, a); err != nil {
		return err
	}
	if data.Proof != nil && v.Posted != nil && lastPart(v.R.URL.Path) == "undo" {
		data.Act = "undo"
		nameProblems(&data.Form, data.Act, reissue.FieldNote)
	}
	data.Others, data.SamePhoto, data.SamePhone = p.visible(&r.Others), p.visible(&r.SamePhoto), p.visible(&r.SamePhone)
	p.neighbours(v, a, trail, &data)
	p.asidePanel(v, a, names, &data)
	p.decisionPanel(v, r, &data)
	if err := p.leavePanel(v, a, &data); err != nil {
		return err
	}
	return v.Render(data)
}

// visible are applications beside what a page shows.
func (p *Pages) visible(applications *store.Visible) (shown templates.Visible) {
	for _, a := range applications.List {
		shown.Rows = append(shown.Rows, p.queueRow(a))
	}
	if len(applications.Elsewhere) > 0 {
		shown.Elsewhere = sayAlsoElsewhere(applications.Elsewhere)
	}
	return shown
}

// source says what the application stands beside.
func source(r *store.Review) string {
	switch {
	case len(r.LineElsewhere) > 0:
		return sayLineElsewhere(r.LineElsewhere)
	case r.Application.Certificate != 0 && r.Line != nil:
		return sayFromRegister
	case r.Line != nil:
		return sayByHandBeside
	}
	return sayByHandAlone
}

// decisionPanel offers the acts of a reviewer on a pending application, and
// else says why there is nothing to decide.
func (p *Pages) decisionPanel(v *visit.Visit, r *store.Review, data *templates.OfficeApplication) {
	a := r.Application
	if decision := a.LastDecision(); decision != nil {
		data.Reasons, data.Note = visit.Reasons(decision), decision.Note
	}
	switch {
	case a.Status != reissue.Pending:
		data.Waiting = sayDecided(a.Status)
		if proofNow := r.Exam != nil && r.Exam.Route == reissue.RouteProof; a.Status == reissue.Approved && proofNow != a.ByProof() {
			data.Waiting += sayRouteNow
		}
		if a.Status == reissue.Approved && !a.ByProof() && v.RoleIs(reissue.RoleReviewer) {
			sentence, way := onward(a)
			data.Waiting, data.Way = data.Waiting+sentence, &way
		}
		if a.Status == reissue.Returned && r.Account.Closed == 0 && v.RoleIs(reissue.RoleReviewer, reissue.RoleAdmin) {
			data.Waiting += sayCounterCorrects
			data.Way = &templates.Link{Text: sayCorrectFor, URL: filing.AtCounter(v, a.Owner, accountURL(a.Owner)).FormURL(store.Form{Kind: store.FormEdit, Record: a.ID})}
		}
		data.TakeBack = v.RoleIs(reissue.RoleReviewer) && a.MayTakeBack()
		if v.Posted != nil && lastPart(v.R.URL.Path) == "take-back" {
			nameProblems(&data.Form, "takeback")
		}
		return
	case !v.RoleIs(reissue.RoleReviewer):
		data.Waiting = sayReviewersDecide
		return
	}
	data.Decide = &templates.Decide{Name: a.Fields.Name, Notes: p.Store.Settings().Notes, Spellings: spellings(a, r.Account)}
	if a.FiledBy(v.Staff.ID) {
		data.Decide.Barred = reissue.SayFilerApproves
	}
	if v.Posted != nil && act(v) != "" {
		data.Decide.Act = act(v)
		data.Held = v.Value("held")
		data.Revision = v.Revision()
		nameProblems(&data.Form, data.Decide.Act)
	}
	for _, reason := range reissue.Keyed(p.Store.Settings().Reasons) {
		option := templates.ReasonOption{Code: reason.Code, Text: reason.Label, Field: reissue.Label(reason.Field), Key: reason.Key}
		if reason.In(reissue.Correctable) && a.CanCorrect(reason.Field) {
			data.Decide.ReturnReasons = append(data.Decide.ReturnReasons, option)
		}
		if reason.In(reissue.Final) {
			data.Decide.RefuseReasons = append(data.Decide.RefuseReasons, option)
		}
	}
}

// onward is how an approved application goes on: into the next batch, or with the one
// that it was collected into.
func onward(a *reissue.Application) (sentence string, way templates.Link) {
	if a.Batch != 0 {
		return sayInBatch, templates.Link{Text: sayItsBatch, URL: batchURL(a.Batch)}
	}
	return sayForBatch, templates.Link{Text: sayNewBatch, URL: "/office/batches/new"}
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
func (p *Pages) neighbours(v *visit.Visit, a *reissue.Application, trail url.Values, data *templates.OfficeApplication) {
	if len(trail) == 0 && a.Status == reissue.Pending {
		trail = pendingTrail()
	}
	if len(trail) > 0 {
		data.PreviousURL, data.NextURL = beside("previous", a.ID, trail), beside("next", a.ID, trail)
	}
	if a.Status != reissue.Pending || !v.RoleIs(reissue.RoleReviewer) {
		return
	}
	if number, since := p.presence.open(a.ID, v.Staff.ID); number != 0 {
		if colleague, err := p.Store.Staff(number); err == nil {
			data.Marks = append(data.Marks, templates.Mark{Text: sayColleague(colleague.Name, p.Store.Now().Sub(since))})
		}
	}
}

// act is the last part of a decision's address.
func act(v *visit.Visit) string {
	path := v.R.URL.Path
	for _, act := range []string{"approve", "return", "refuse"} {
		if len(path) > len(act) && path[len(path)-len(act):] == act {
			return act
		}
	}
	return ""
}

func (p *Pages) postApprove(v *visit.Visit) error {
	note, name := note(v), v.Value(reissue.FieldName)
	return p.decide(v, flashApproved, func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		// The form starts with the account's spelling: a register's brackets stand
		// for what it could not write.
		return a.Approve(by, now, note, on, cmp.Or(name, on.Account.Name))
	})
}

func (p *Pages) postReturn(v *visit.Visit) error {
	note := note(v)
	return p.decide(v, flashReturned, func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		return a.Return(by, now, on.Settings.Reasons, v.Posted[reissue.FieldReason], note)
	})
}

func (p *Pages) postRefuse(v *visit.Visit) error {
	note := note(v)
	return p.decide(v, flashRefused, func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		return a.Refuse(by, now, on.Settings.Reasons, v.Posted[reissue.FieldReason], note)
	})
}

// note is what was typed to explain a decision, else the sentence that was
// picked from the often-used ones.
func note(v *visit.Visit) string {
	return cmp.Or(reissue.Clean(v.Value("note")), reissue.Clean(v.Value("common_note")))
}

// postTakeBack makes a decision undone; the application, which waits again, is
// what comes next.
func (p *Pages) postTakeBack(v *visit.Visit) error {
	note := reissue.Clean(v.Value("note"))
	return p.backAfter(v, flashTakenBack, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.TakeBack(by, now, note)
	})
}

// backAfter runs an act and shows the application as it is now.
func (p *Pages) backAfter(v *visit.Visit, flash string, act store.Act) error {
	id, err := p.change(v, flash, act)
	if err != nil {
		return err
	}
	return v.Redirect(address(applicationURL(id), trailOf(v)))
}

// decide runs an act and leads on, without a detour over the list itself.
func (p *Pages) decide(v *visit.Visit, flash string, act store.Act) error {
	id, err := p.change(v, flash, store.AsShown(v.Value("held"), act))
	if err != nil {
		return err
	}
	return p.goOn(v, id)
}

// goOn leads to the next pending application of the list that the clerk comes from.
func (p *Pages) goOn(v *visit.Visit, id uint64) error {
	if result := v.Value("many"); result != "" { // one of many, and the others are there
		return v.Redirect(manyURL(result, v.Value("queue")))
	}
	trail := trailOf(v)
	if len(trail) == 0 {
		return v.Redirect(applicationURL(id))
	}
	pending := maps.Clone(trail)
	pending.Set("status", reissue.Pending.Word())
	next, on, err := p.follow(v, pending, id, false)
	switch {
	case err != nil:
		on = listURL(trail, "")
	case next != 0:
		on = address(applicationURL(next), trail)
	}
	return v.Redirect(cmp.Or(on, listURL(trail, "")))
}

// change runs an act on the application in the address.
func (p *Pages) change(v *visit.Visit, flash string, act store.Act) (id uint64, err error) {
	if id, err = v.ID(); err != nil {
		return 0, err
	}
	if err := p.Store.Change(v.Staff, id, v.Revision(), act); err != nil {
		return 0, err
	}
	p.MailWaits()
	p.presence.leave(id, v.Staff.ID)
	v.FlashAbout(flash, id)
	return id, nil
}

// backWays lead on from a decision that came too late: to the application as it
// is now, and onwards in the list.
func backWays(v *visit.Visit) []templates.Link {
	id, err := v.ID()
	if err != nil || v.Staff == nil {
		return nil
	}
	trail := trailOf(v)
	ways := []templates.Link{{Text: sayToReview, URL: address(applicationURL(id), trail)}}
	switch {
	case v.Value("many") != "": // one of many, and the others are there
		ways = slices.Insert(ways, 0, templates.Link{Text: sayToOutcome, URL: manyURL(v.Value("many"), v.Value("queue"))})
	case strings.HasPrefix(v.R.URL.Path, handoutURL(id)):
		ways = slices.Insert(ways, 0, templates.Link{Text: sayToItem, URL: handoutURL(id)})
	}
	if len(trail) > 0 {
		ways = append(ways, templates.Link{Text: sayNext, URL: beside("next", id, trail)})
	}
	return append(ways, templates.Link{Text: sayToQueue, URL: listURL(trail, "")})
}
