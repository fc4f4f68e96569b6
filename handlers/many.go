package handlers

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// errOutcomesGone is told of many decisions whose outcome is kept no more.
var errOutcomesGone = errors.New("the outcome of the decisions is kept no more")

// outcome is what became of one of many decisions.
type outcome struct {
	act    string
	id     uint64
	why    string // it was not done
	parent string // the list it was picked from
}

// pick is a row of the list as its box posts it: the application and the
// revision that the list showed.
func pick(a *reissue.Application) string { return number(a.ID) + "." + number(a.Revision) }

// mostPicked is more than a page of the queue shows.
const mostPicked = 500

// postMany approves or returns what was picked in the queue, each application in
// a transaction of its own, so that one that has moved meanwhile holds up no
// other. What became of each is kept and shown on a page of its own, which can
// be loaded again without deciding anything.
func (s *Server) postMany(v *visit) error {
	picked, name, note := v.posted["application"], v.value("act"), v.note()
	act, problems := s.manyAct(name, v.posted[reissue.FieldReason], note)
	if len(picked) == 0 || len(picked) > mostPicked {
		problems = append(reissue.Problems{{Field: "pick-all", Message: sayNothingPicked}}, problems...)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	outcomes := make([]outcome, 0, len(picked))
	for _, value := range picked {
		first, second, _ := strings.Cut(value, ".")
		id, ok := reissue.ParseNumber(first)
		revision, err := strconv.ParseUint(second, 10, 64)
		if !ok || err != nil {
			return reissue.ErrNotFound
		}
		done := outcome{act: name, id: id, parent: v.value("queue")}
		if err := s.store.Change(v.staff, id, revision, act); err != nil {
			if done.why, ok = whyNot(err); !ok {
				return err
			}
		} else {
			s.presence.leave(id, v.staff.ID)
		}
		outcomes = append(outcomes, done)
	}
	s.MailWaits()
	return v.redirect("/office/applications/many?result=" + s.outcomes.keep(outcomes, v.staff.ID))
}

// manyAct is the act to run on each, or what is wrong with the form as a whole:
// a reason that is missing is missed once and not fifty times.
func (s *Server) manyAct(name string, codes []string, note string) (store.Act, reissue.Problems) {
	switch name {
	case "approve":
		return func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
			return a.Approve(by, now, note, on.Account, "")
		}, nil
	case "return":
		_, problems := reissue.PickReasons(s.store.Settings().Reasons, reissue.Correctable, codes, note)
		return func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
			return a.Return(by, now, on.Settings.Reasons, codes, note)
		}, problems
	}
	return nil, reissue.Problems{{Message: sayNoAct}}
}

// whyNot is why one of many was not done, in words; ok is false for what is no
// answer but a failure.
func whyNot(err error) (why string, ok bool) {
	var problems reissue.Problems
	switch {
	case errors.Is(err, reissue.ErrState):
		return sayManyState, true
	case errors.Is(err, reissue.ErrStale):
		return sayManyStale, true
	case errors.Is(err, reissue.ErrNotFound):
		return sayManyGone, true
	case errors.As(err, &problems):
		return problems[0].Message, true
	}
	return "", false
}

// showMany lists what was done and what was not, and why.
func (s *Server) showMany(v *visit) error {
	outcomes, ok := s.outcomes.find(v.r.URL.Query().Get("result"), v.staff.ID)
	if !ok {
		return errOutcomesGone
	}
	data := templates.OfficeMany{Page: v.page(), Act: manyWords[outcomes[0].act], BackURL: "/office/applications?" + outcomes[0].parent}
	for _, o := range outcomes {
		row := templates.ManyRow{Number: number(o.id), URL: officeURL(o.id), Why: o.why}
		a, err := s.store.Application(v.staff, o.id)
		if err != nil && !errors.Is(err, reissue.ErrNotFound) {
			return err
		}
		if a != nil {
			row.Name, row.Exam, row.State = a.Fields.Name, examTitle(&a.Fields), a.Status.Word()
		}
		if o.why == "" {
			data.Done = append(data.Done, row)
		} else {
			data.Left = append(data.Left, row)
		}
	}
	return v.render("office_many.html", data)
}
