package office

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// mostTogether is how many certificates can be handed out in one go.
const mostTogether = 50

// showCounterPerson is all that is ready of the holder of an application, ticked, and
// below it how the holder's others stand.
func (p *Pages) showCounterPerson(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	return p.personPage(v, id)
}

func (p *Pages) personPage(v *visit.Visit, id uint64) error {
	a, ready, err := p.Store.ReadyBeside(v.Staff, id)
	if err != nil {
		return err
	}
	if err := p.noted(v, p.Store.ViewedAll(v.Staff.Actor(), append(ready.List, a))); err != nil {
		return err
	}
	data := templates.OfficeCounterPerson{Page: v.Page(), Collecting: p.collecting(v, a.Person), Use: v.RoleIs(reissue.RoleReviewer), Name: a.Fields.Name, Says: sayPerson(a, len(ready.List)), Person: whoCollects(a)}
	data.Box = counterBox(&data.Page, 0)
	data.Elsewhere = sayReadyElsewhere(ready.Elsewhere)
	posted := readTogether(v)
	for _, one := range ready.List {
		data.Ready = append(data.Ready, p.counterRow(v, one, posted))
	}
	if i := slices.IndexFunc(data.Ready, func(row templates.CounterRow) bool { return row.Numbered }); i >= 0 {
		data.Ready[i].First = true
	}
	if len(ready.List) > 0 {
		data.SheetURL = sheetURL(ready.List...)
	}
	all, err := p.Store.Queue(v.Staff, store.Filter{Number: a.Person.Number, Newest: true}, "", queueRows)
	if err != nil {
		return err
	}
	for _, other := range all.Rows {
		if other.Person == a.Person && other.Status != reissue.Ready {
			data.Others = append(data.Others, p.handoutRow(other))
		}
	}
	return v.Render(data)
}

// counterRow is a certificate that can be handed out with others.
func (p *Pages) counterRow(v *visit.Visit, a *reissue.Application, posted []together) templates.CounterRow {
	row := templates.CounterRow{QueueRow: p.handoutRow(a), Pick: pick(a), Picked: v.Posted == nil, Numbered: !a.ByProof(), NewNumber: a.NewNumber()}
	for _, value := range []string{a.Fields.Level, a.Fields.Specialty, a.Fields.CertificateNumber} {
		if value != reissue.None {
			row.About = visit.Join(row.About, value)
		}
	}
	if a.Proof != 0 {
		row.Proof = reissue.ShowProofNumber(a.Proof)
	}
	for _, one := range posted {
		if one.Application == a.ID {
			row.Picked, row.NewNumber = one.picked, one.number
			// What has moved is shown as it is now, to be looked at and sent again.
			if one.Revision != 0 && v.Problems.Of(idOf(a)) == "" {
				row.Pick = visit.Number(a.ID) + "." + visit.Number(one.Revision)
			}
		}
	}
	return row
}

// together is an application of the form that hands out several, as it was posted.
type together struct {
	store.Picked
	picked, numbered bool // ticked; its new number came along
	number           string
}

// readTogether reads which applications are to be handed out in one go, in the order in which the form
// lists them, each with its new number. A form that lists none means those that are picked; one 无 for
// several means each of them. What is no number of an application is left away.
func readTogether(v *visit.Visit) (list []together) {
	picked, numbers := v.Posted["application"], v.Posted[reissue.FieldNewNumber]
	listed := v.Posted["listed"]
	if len(listed) == 0 {
		listed = picked
	}
	for i, value := range listed {
		first, _, _ := strings.Cut(value, ".")
		id, ok := reissue.ParseNumber(first)
		if !ok || slices.ContainsFunc(list, func(other together) bool { return other.Application == id }) {
			continue
		}
		one := together{Picked: store.Picked{Application: id}}
		switch number, _ := reissue.ParseCertificateNumber(v.Value(reissue.FieldNewNumber)); {
		case len(numbers) == 1 && number == reissue.None:
			one.number, one.numbered = number, true
		case i < len(numbers):
			one.number, one.numbered = numbers[i], true
		}
		for _, value := range picked {
			first, revision, _ := strings.Cut(value, ".")
			if number, ok := reissue.ParseNumber(first); ok && number == id {
				one.picked = true
				one.Revision, _ = strconv.ParseUint(revision, 10, 64)
			}
		}
		list = append(list, one)
	}
	return list
}

// showTogether shows again the form that was refused.
func (p *Pages) showTogether(v *visit.Visit) error {
	if list := readTogether(v); len(list) > 0 {
		return p.personPage(v, list[0].Application)
	}
	return p.counterPage(v, nil)
}

// postTogether hands out several certificates of one person: all or none.
func (p *Pages) postTogether(v *visit.Visit) error {
	var picked []store.Picked
	list := readTogether(v)
	query := url.Values{}
	for _, one := range list {
		if one.picked {
			picked = append(picked, one.Picked)
			query.Add("application", visit.Number(one.Application))
		}
	}
	switch {
	case len(list) == 0: // there is no form to show again
		return reissue.Problems{{Message: sayPickTogether(mostTogether)}}
	case len(picked) == 0 || len(picked) > mostTogether:
		return reissue.Problems{{Field: "ready", Message: sayPickTogether(mostTogether)}}
	}
	err := p.Store.HandOutTogether(v.Staff, picked, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		one := list[slices.IndexFunc(list, func(one together) bool { return one.Application == a.ID })]
		return handOut(a, by, now, func(field string) string {
			if field != reissue.FieldNewNumber {
				return v.Value(field)
			}
			if !one.numbered {
				return a.NewNumber()
			}
			return one.number
		})
	})
	if against, is := errors.AsType[*store.TogetherError](err); is {
		p.against(v, against)
		return p.showTogether(v)
	}
	if err != nil {
		return err
	}
	p.MailWaits()
	v.FlashAbout(flashTogether, uint64(len(picked)))
	return v.Redirect(counterPath + "?" + query.Encode())
}

// against says at each application what stands against it; of what concerns all of them, once.
func (p *Pages) against(v *visit.Visit, e *store.TogetherError) {
	v.Status = http.StatusUnprocessableEntity
	add := func(field, message string) {
		if !slices.Contains(v.Problems, reissue.Problem{Field: field, Message: message}) {
			v.Problems.Add(field, message)
		}
	}
	for _, one := range e.Each {
		number := visit.Number(one.ID)
		var problems reissue.Problems
		taken, isTaken := errors.AsType[*store.NumberTakenError](one.Err)
		switch {
		case isTaken:
			problems.Add(reissue.FieldNewNumber, taken.Sentence(v.Staff))
			v.Way = cmp.Or(v.Way, wayToHolder(v, taken))
		case errors.As(one.Err, &problems):
		default: // stale, or in another state
			v.Status = http.StatusConflict
			add(idOf(one.Application), sayMovedTogether(one.Application))
		}
		for _, problem := range problems {
			switch problem.Field {
			case reissue.FieldNewNumber:
				add(reissue.FieldNewNumber+"-"+number, sayOfApplication(one.ID, problem.Message))
			case "":
				add(idOf(one.Application), sayOfApplication(one.ID, problem.Message))
			default:
				add(problem.Field, problem.Message)
			}
		}
	}
	slices.SortStableFunc(v.Problems, func(a, b reissue.Problem) int { return place(a.Field) - place(b.Field) })
}

// idOf is the box of an application, where the page still has one.
func idOf(a *reissue.Application) string {
	if a.Status == reissue.Ready {
		return "application-" + visit.Number(a.ID)
	}
	return ""
}

// place is 1 for the fields beside the list of certificates.
func place(field string) int {
	if strings.Contains(field, "-") || field == "" {
		return 0
	}
	return 1
}

// collectedRows are what was handed out in one go, as the address names it.
func (p *Pages) collectedRows(v *visit.Visit, numbers []string, data *templates.OfficeCounter) error {
	var list []*reissue.Application
	for _, value := range numbers[:min(len(numbers), mostTogether)] {
		number, _ := reissue.ParseNumber(value)
		a, err := p.Store.Application(v.Staff, number)
		if err != nil {
			return err
		}
		list = append(list, a)
	}
	if len(list) == 0 {
		return nil
	}
	data.Collected = &templates.Collected{SheetURL: sheetURL(list...)}
	for _, a := range list {
		row := templates.CollectedRow{QueueRow: p.handoutRow(a), NewNumber: a.NewNumber()}
		if a.Proof != 0 {
			row.NewNumber = reissue.ShowProofNumber(a.Proof)
		}
		if c := a.Collected(); c != nil {
			row.Collector = sayHolder
			if c.Agent != "" {
				row.Collector = sayAgent + " " + c.Agent
			}
		}
		data.Collected.Rows = append(data.Collected.Rows, row)
	}
	return nil
}
