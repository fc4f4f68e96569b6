package office

import (
	"net/url"
	"time"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showHandoutItem is one application at the counter, with the ID number in full:
// the clerk compares it with the paper.
func (p *Pages) showHandoutItem(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	a, ready, err := p.Store.ReadyBeside(v.Staff, id)
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
	use := v.RoleIs(reissue.RoleReviewer)
	data := templates.OfficeHandoutItem{Page: v.Page(), Path: handoutURL(id), Number: visit.Number(id), Exam: visit.ExamTitle(&a.Fields), State: a.Status.Word(),
		ReviewURL: applicationURL(id), Revision: a.Revision, History: visit.History(a, names), Next: sayHandout(a),
		Numbered: !a.ByProof(), HandOut: use && a.Status == reissue.Ready, Arrive: use && a.Status == reissue.InProduction,
		Collecting: p.collecting(v, a.Person), Person: whoCollects(a)}
	data.Box = counterBox(&data.Page, id)
	if others := len(ready.List) - waits(a); others > 0 {
		data.Together = &templates.Link{Text: sayTogether(others), URL: p.again(v, personURL(id))}
	}
	data.Elsewhere = sayReadyElsewhere(ready.Elsewhere)
	if a.Status == reissue.Ready || a.Status == reissue.HandedOut {
		data.SheetURL = sheetURL(a)
	}
	for _, field := range []string{reissue.FieldCertificateNumber, reissue.FieldLevel, reissue.FieldSpecialty} {
		data.Facts = append(data.Facts, templates.Pair{Label: reissue.Label(field), Value: a.Fields.Get(field)})
	}
	data.Facts = append(data.Facts, visit.Given(a)...)
	if a.Proof != 0 {
		data.ProofURL = proofURL(a.ID)
	}
	b, err := p.Store.BatchOf(a)
	if err != nil {
		return err
	}
	if b != nil {
		data.Facts = append(data.Facts, templates.Pair{Label: reissue.ColumnBatch, Value: b.Name})
	}
	if a.Photo.Given() {
		data.PhotoURL = applicationURL(id) + "/photo"
	}
	data.Done, data.MayLeave = done(a), use && a.MayLeaveProduction()
	if use && !(a.ByProof() && a.Status == reissue.Ready) { // which is made void in the review
		data.Undo = handoutUndo[a.Status]
		if data.Done != nil && !a.ByProof() {
			data.LeaveAfter = data.Undo.Title
		}
	}
	data.Numbering, data.NewNumber = v.RoleIs(reissue.RoleReviewer, reissue.RoleAdmin) && a.Numbered(), a.NewNumber()
	data.CollectNumber, data.TypedNumber, data.Clearable = data.NewNumber, data.NewNumber, data.NewNumber != "" && a.Status != reissue.HandedOut
	if v.Posted != nil {
		if err := p.refused(v, id, &data); err != nil {
			return err
		}
	}
	return v.Render(data)
}

// whoCollects is the holder, with the ID number in full.
func whoCollects(a *reissue.Application) []templates.Pair {
	return []templates.Pair{
		{Label: reissue.Label(reissue.FieldName), Value: a.Fields.Name},
		{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.Full()},
		{Label: reissue.Label(reissue.FieldPhone), Value: a.Fields.Phone},
		{Label: reissue.Label(reissue.FieldCity), Value: a.Fields.City},
	}
}

// sheetURL is the 领取签收单 of some applications.
func sheetURL(list ...*reissue.Application) string {
	return "/office/handout/sheet?" + applicationsQuery(list)
}

// applicationsQuery names some applications in an address.
func applicationsQuery(list []*reissue.Application) string {
	query := url.Values{}
	for _, a := range list {
		query.Add("application", visit.Number(a.ID))
	}
	return query.Encode()
}

// refused shows again the form that was posted, and leads to who has the new number
// that was refused.
func (p *Pages) refused(v *visit.Visit, id uint64, data *templates.OfficeHandoutItem) error {
	data.Revision, data.Act = v.Revision(), lastPart(v.R.URL.Path)
	typed := v.Value(reissue.FieldNewNumber)
	switch data.Act {
	case "collect":
		data.CollectNumber = typed
	case "number":
		data.TypedNumber = typed
		nameProblems(&data.Form, data.Act)
	default:
		nameProblems(&data.Form, data.Act, reissue.FieldNote)
		return nil
	}
	taken, err := p.Store.NumberHolder(v.Staff, id, typed)
	if taken == nil || err != nil {
		return err
	}
	data.Confirm, data.Form.Way = mayShare(v), wayToHolder(v, taken)
	return nil
}

// wayToHolder leads to who has a new number, where that is the staff member's work.
func wayToHolder(v *visit.Visit, taken *store.NumberTakenError) *templates.Link {
	switch {
	case !v.Staff.Covers(taken.City):
		return nil
	case taken.Application != 0:
		return &templates.Link{Text: sayToHolder, URL: handoutURL(taken.Application)}
	}
	return &templates.Link{Text: sayToLine, URL: certificateURL(taken.Certificate)}
}

// mayShare tells whether the form that was posted is the one by which two certificates may
// have one number, and an administrator's.
func mayShare(v *visit.Visit) bool {
	return lastPart(v.R.URL.Path) == "number" && v.RoleIs(reissue.RoleAdmin)
}

// postNumber notes the new number, or corrects it. That two may have one is an
// administrator's word.
func (p *Pages) postNumber(v *visit.Visit) error {
	shared := mayShare(v) && v.Value("confirm") == "1"
	return p.handOutAct(flashNumbered, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.Number(by, now, v.Value(reissue.FieldNewNumber), reissue.Clean(v.Value(reissue.FieldReason)), shared)
	})(v)
}

// done says who collected, the agent's number in full, or how it was sent.
func done(a *reissue.Application) []templates.Pair {
	parting := a.Parting()
	if parting == nil {
		return nil
	}
	at, c := parting.At.String(), parting.Collection
	switch {
	case c == nil:
		return []templates.Pair{{Label: sayTrackingLabel, Value: a.Tracking()}, {Label: sayMailedAt, Value: at}}
	case c.Agent == "":
		return []templates.Pair{{Label: sayCollector, Value: sayHolder}, {Label: sayCollectedAt, Value: at}}
	}
	return []templates.Pair{{Label: sayCollector, Value: sayAgent + " " + c.Agent}, {Label: sayAgentNumber, Value: c.AgentPerson.Number.Full()},
		{Label: sayCollectedAt, Value: at}}
}

// handOutAct runs an act of the counter and leads back to the application, where
// it can be seen and put right.
func (p *Pages) handOutAct(flash string, act store.Act) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		id, err := v.ID()
		if err != nil {
			return err
		}
		if err := p.Store.Change(v.Staff, id, v.Revision(), act); err != nil {
			return err
		}
		p.MailWaits()
		v.Flash(flash)
		return v.Redirect(handoutURL(id))
	}
}

// postCollect hands the certificate out.
func (p *Pages) postCollect(v *visit.Visit) error {
	return p.handOutAct(flashHandedOut, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return handOut(a, by, now, v.Value)
	})(v)
}

// handOut hands a certificate out. The form is judged inside the act, so that a state
// that does not fit is told before a field.
func handOut(a *reissue.Application, by reissue.Actor, now time.Time, value func(field string) string) error {
	c, problems := reissue.ParseCollection(value, !a.ByProof(), reissue.Today(now))
	if err := a.HandOut(by, now, c); err != nil {
		return err
	}
	return problems.Err()
}

func (p *Pages) postMailed(v *visit.Visit) error {
	return p.handOutAct(flashMailed, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.Mail(by, now, v.Value(reissue.FieldTracking))
	})(v)
}

func (p *Pages) postArrived(v *visit.Visit) error {
	return p.handOutAct(flashArrived, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.Arrive(by, now)
	})(v)
}

// undoAct is handOutAct for an act that leads back for a reason.
func (p *Pages) undoAct(undo func(*reissue.Application, reissue.Actor, time.Time, string) error) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		return p.handOutAct(flashCorrected, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
			return undo(a, by, now, reissue.Clean(v.Value("note")))
		})(v)
	}
}
