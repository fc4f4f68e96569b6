package office

import (
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
	a, err := p.Store.Application(v.Staff, id)
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
		ReviewURL: applicationURL(id), Revision: a.Revision, History: visit.History(a, names), Next: sayHandout(a.Status),
		HandOut: use && a.Status == reissue.Ready, Arrive: use && a.Status == reissue.InProduction,
		Person: []templates.Pair{
			{Label: reissue.Label(reissue.FieldName), Value: a.Fields.Name},
			{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.Full()},
			{Label: reissue.Label(reissue.FieldPhone), Value: a.Fields.Phone},
			{Label: reissue.Label(reissue.FieldCity), Value: a.Fields.City},
		}}
	for _, field := range []string{reissue.FieldCertificateNumber, reissue.FieldLevel, reissue.FieldSpecialty} {
		data.Facts = append(data.Facts, templates.Pair{Label: reissue.Label(field), Value: a.Fields.Get(field)})
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
	data.Done = done(a)
	if use {
		data.Undo = handoutUndo[a.Status]
	}
	if v.Posted != nil {
		data.Revision, data.Act = v.Revision(), lastPart(v.R.URL.Path)
		nameProblems(&data.Form, data.Act, reissue.FieldNote)
	}
	return v.Render(data)
}

// done says who collected, the agent's number in full, or how it was sent.
func done(a *reissue.Application) []templates.Pair {
	if tracking := a.Tracking(); tracking != "" {
		return []templates.Pair{{Label: sayTrackingLabel, Value: tracking}, {Label: sayMailedAt, Value: a.Updated.String()}}
	}
	c := a.Collected()
	if c == nil {
		return nil
	}
	pairs := []templates.Pair{{Label: sayCollector, Value: sayHolder}}
	if c.Agent != "" {
		pairs = []templates.Pair{{Label: sayCollector, Value: sayAgent + " " + c.Agent}, {Label: sayAgentNumber, Value: c.AgentPerson.Number.Full()}}
	}
	return append(pairs, templates.Pair{Label: sayNewNumber, Value: c.NewNumber}, templates.Pair{Label: sayCollectedAt, Value: a.Updated.String()})
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

// postCollect hands the certificate out. The form is judged inside the act, so
// that a state that does not fit is told before a field.
func (p *Pages) postCollect(v *visit.Visit) error {
	return p.handOutAct(flashHandedOut, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		c, problems := reissue.ParseCollection(v.Value, reissue.Today(now))
		if err := a.HandOut(by, now, c); err != nil {
			return err
		}
		return problems.Err()
	})(v)
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
