package office

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"time"

	"certreissue/handlers/visit"
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
func pick(a *reissue.Application) string { return visit.Number(a.ID) + "." + visit.Number(a.Revision) }

// mostPicked is more than a page of the queue shows.
const mostPicked = 500

// postMany approves or returns what was picked in the queue, each application in
// a transaction of its own, so that one that has moved meanwhile holds up no
// other. What became of each is kept and shown on a page of its own, which can
// be loaded again without deciding anything.
func (p *Pages) postMany(v *visit.Visit) error {
	picked, name, note := v.Posted["application"], v.Value("act"), note(v)
	act, problems := p.manyAct(name, v.Posted[reissue.FieldReason], note)
	if len(picked) == 0 || len(picked) > mostPicked {
		problems = append(reissue.Problems{{Field: "pick-all", Message: sayNothingPicked}}, problems...)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	outcomes, revisions := make([]outcome, len(picked)), make([]uint64, len(picked))
	for i, value := range picked { // all, before the first is decided
		first, second, _ := strings.Cut(value, ".")
		id, ok := reissue.ParseNumber(first)
		revision, err := strconv.ParseUint(second, 10, 64)
		if !ok || err != nil {
			return reissue.ErrNotFound
		}
		outcomes[i], revisions[i] = outcome{act: name, id: id, parent: v.Value("queue")}, revision
	}
	told, failed := 0, error(nil)
	for i := range outcomes {
		one := &outcomes[i]
		err := p.Store.Change(v.Staff, one.id, revisions[i], act)
		if err == nil {
			p.presence.leave(one.id, v.Staff.ID)
		} else if one.why = whyNot(err); one.why == "" {
			p.Log.Error("one of many", "request", v.Number(), "error", err)
			one.why = cmp.Or(visit.NotSaved(err), sayManyFailed)
			failed = cmp.Or(failed, err)
			continue
		}
		told++
	}
	if told == 0 {
		return failed
	}
	p.MailWaits()
	return v.Redirect("/office/applications/many?result=" + p.outcomes.Keep(outcomes, v.Staff.ID))
}

// manyAct is the act to run on each, or what is wrong with the form as a whole:
// a reason that is missing is missed once and not fifty times.
func (p *Pages) manyAct(name string, codes []string, note string) (store.Act, reissue.Problems) {
	switch name {
	case "approve":
		return func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
			return a.Approve(by, now, note, on.Account, "")
		}, nil
	case "return":
		_, problems := reissue.PickReasons(p.Store.Settings().Reasons, reissue.Correctable, codes, note)
		return func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
			return a.Return(by, now, on.Settings.Reasons, codes, note)
		}, problems
	}
	return nil, reissue.Problems{{Message: sayNoAct}}
}

// whyNot is why one of many was not done, in words; "" for what is no answer but a
// failure.
func whyNot(err error) string {
	var problems reissue.Problems
	switch {
	case errors.Is(err, reissue.ErrState):
		return sayManyState
	case errors.Is(err, reissue.ErrStale):
		return sayManyStale
	case errors.Is(err, reissue.ErrNotFound):
		return sayManyGone
	case errors.As(err, &problems):
		return problems[0].Message
	}
	return ""
}

// showMany lists what was done and what was not, and why.
func (p *Pages) showMany(v *visit.Visit) error {
	outcomes, ok := p.outcomes.Find(v.R.URL.Query().Get("result"), v.Staff.ID)
	if !ok {
		return errOutcomesGone
	}
	data := templates.OfficeMany{Page: v.Page(), Act: manyWords[outcomes[0].act], BackURL: "/office/applications?" + outcomes[0].parent}
	for _, o := range outcomes {
		row := templates.ManyRow{Number: visit.Number(o.id), URL: applicationURL(o.id), Why: o.why}
		a, err := p.Store.Application(v.Staff, o.id)
		if err != nil && !errors.Is(err, reissue.ErrNotFound) {
			return err
		}
		if a != nil {
			row.Name, row.Exam, row.State = a.Fields.Name, visit.ExamTitle(&a.Fields), a.Status.Word()
		}
		if o.why == "" {
			data.Done = append(data.Done, row)
		} else {
			data.Left = append(data.Left, row)
		}
	}
	return v.Render(data)
}
