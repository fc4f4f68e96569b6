package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showHandout is the counter: a number typed or scanned leads to its
// application; below stands what is ready to be collected.
func (s *Server) showHandout(v *visit) error {
	query := v.r.URL.Query()
	data := templates.OfficeHandout{Page: v.page(), Use: v.roleIs(reissue.RoleReviewer), Number: query.Get("number"), City: query.Get("city")}
	if data.Number != "" {
		id, ok := reissue.ParseNumber(data.Number)
		if ok {
			_, err := s.store.Application(v.staff, id)
			if err == nil {
				return v.redirect(handoutURL(id))
			}
			if !errors.Is(err, reissue.ErrNotFound) {
				return err
			}
		}
		v.status = http.StatusNotFound
		data.Form.Problems = append(data.Form.Problems, templates.Problem{Field: "number", Message: sayNoSuchNumber(ok)})
	}
	filter := store.Filter{Status: reissue.Ready, City: data.City, For: v.staff}
	page, err := s.store.Queue(filter, query.Get("page"), queueRows)
	if err != nil {
		return err
	}
	for _, a := range page.Rows {
		row := s.queueRow(a)
		row.URL = handoutURL(a.ID)
		data.Rows = append(data.Rows, row)
	}
	if data.Cities, err = s.store.Cities(); err != nil {
		return err
	}
	city := url.Values{}
	if data.City != "" {
		city.Set("city", data.City)
	}
	data.SheetURL, data.FormsURL = "/office/handout/sheet?"+city.Encode(), "/office/forms?"+city.Encode()
	if query.Get("page") != "" {
		data.FirstURL = "/office/handout?" + city.Encode()
	}
	if page.Next != "" {
		city.Set("page", page.Next)
		data.NextURL = "/office/handout?" + city.Encode()
	}
	return v.render("office_handout.html", data)
}

func handoutURL(id uint64) string { return fmt.Sprintf("/office/handout/%d", id) }

// showHandoutItem is one application at the counter, with the ID number in full:
// the clerk compares it with the paper.
func (s *Server) showHandoutItem(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	a, err := s.store.Application(v.staff, id)
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
	use := v.roleIs(reissue.RoleReviewer)
	data := templates.HandoutItem{Page: v.page(), Path: handoutURL(id), Number: number(id), Exam: examTitle(&a.Fields), State: a.Status.Word(),
		ReviewURL: officeURL(id), Revision: a.Revision, History: history(a, names), Next: sayHandout(a.Status),
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
	b, err := s.store.BatchOf(a)
	if err != nil {
		return err
	}
	if b != nil {
		data.Facts = append(data.Facts, templates.Pair{Label: reissue.ColumnBatch, Value: b.Name})
	}
	if a.Photo.Given() {
		data.PhotoURL = officeURL(id) + "/photo"
	}
	data.Done = done(a)
	if use {
		data.Undo = handoutUndo[a.Status]
	}
	if v.posted != nil {
		data.Revision, data.Act = v.revision(), lastPart(v.r.URL.Path)
		for i := range data.Form.Problems {
			if problem := &data.Form.Problems[i]; problem.Field == reissue.FieldNote {
				problem.Field = data.Act + "-note"
			}
		}
	}
	return v.render("office_handout_one.html", data)
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
func handOutAct(flash string, act store.Act) func(*Server, *visit) error {
	return func(s *Server, v *visit) error {
		id, err := v.id()
		if err != nil {
			return err
		}
		if err := s.store.Change(v.staff, id, v.revision(), act); err != nil {
			return err
		}
		s.MailWaits()
		v.flash(flash)
		return v.redirect(handoutURL(id))
	}
}

// postCollect hands the certificate out. The form is judged inside the act, so
// that a state that does not fit is told before a field.
func (s *Server) postCollect(v *visit) error {
	return handOutAct(flashHandedOut, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		c, problems := reissue.ParseCollection(v.value, reissue.Today(now))
		if err := a.HandOut(by, now, c); err != nil {
			return err
		}
		return problems.Err()
	})(s, v)
}

func (s *Server) postMailed(v *visit) error {
	return handOutAct(flashMailed, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.Mail(by, now, v.value(reissue.FieldTracking))
	})(s, v)
}

func (s *Server) postArrived(v *visit) error {
	return handOutAct(flashArrived, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.Arrive(by, now)
	})(s, v)
}

// undoAct is handOutAct for an act that leads back for a reason.
func undoAct(undo func(*reissue.Application, reissue.Actor, time.Time, string) error) func(*Server, *visit) error {
	return func(s *Server, v *visit) error {
		return handOutAct(flashCorrected, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
			return undo(a, by, now, reissue.Clean(v.value("note")))
		})(s, v)
	}
}
