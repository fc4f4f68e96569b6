package office

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"certreissue/handlers/visit"
	"certreissue/idcard"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// queueRows is the length of a page of the queue.
const queueRows = 50

// showApplications lists applications. The filters stand in the address, so that they
// can be bookmarked; an ID number never does.
func (p *Pages) showApplications(v *visit.Visit) error {
	trail, cursor := trailOf(v), v.R.URL.Query().Get("page")
	if v.Posted != nil {
		cursor = v.Posted.Get("page")
	} else if found := p.hidden(v, "/office/applications"); found != "" {
		return v.Redirect(found)
	}
	filter, problems, err := p.readFilter(v, trail)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		v.Status, v.Problems = http.StatusUnprocessableEntity, append(v.Problems, problems...)
	}
	data := templates.OfficeApplications{Page: v.Page(), Newest: filter.Newest, Queue: trail.Encode(), PageCursor: cursor}
	for _, name := range trailNames {
		if name != "search" {
			data.Form.Values.Set(name, trail.Get(name))
		}
	}
	if err := p.queueChoices(v, filter, trail, &data); err != nil {
		return err
	}
	if len(problems) > 0 {
		return v.Render(data)
	}
	page, err := p.Store.Queue(v.Staff, filter, cursor, queueRows)
	if err != nil {
		return err
	}
	data.Continue, data.ExportURL, data.CSVURL = page.More, address("/office/applications.xlsx", trail), address("/office/applications.csv", trail)
	// The trail of an unfiltered list is not empty, so that its rows know that
	// they belong to one.
	onward := maps.Clone(trail)
	if onward.Get("sort") == "" {
		onward.Set("sort", sortOldest)
	}
	marks, err := p.Store.Marks(v.Staff, page.Rows)
	if err != nil {
		return err
	}
	for _, a := range page.Rows {
		row := templates.PickRow{QueueRow: p.trailRow(a, onward)}
		for _, mark := range marks[a.ID] {
			row.Marks = append(row.Marks, templates.Mark(mark))
		}
		if a.Status == reissue.Pending && !a.Held() {
			row.Pick = pick(a)
			row.Picked = slices.Contains(v.Posted["application"], row.Pick)
		}
		data.Rows = append(data.Rows, row)
	}
	data.Letters = letterLink(filter.Status, page.Rows...)
	if v.RoleIs(reissue.RoleReviewer) {
		p.queueActs(filter, onward, &data)
	}
	if cursor != "" {
		data.FirstURL = listURL(onward, "")
	}
	if page.Next != "" {
		data.NextURL = listURL(onward, page.Next)
	}
	return v.Render(data)
}

// citiesOf are the cities whose applications a staff member sees.
func (p *Pages) citiesOf(staff *reissue.Staff) ([]string, error) {
	if staff.Limited() {
		return staff.Cities, nil
	}
	return p.Store.Cities()
}

// queueActs offers a reviewer what can be done from the list, if something in it
// can.
func (p *Pages) queueActs(filter store.Filter, trail url.Values, data *templates.OfficeApplications) {
	if !slices.ContainsFunc(data.Rows, func(row templates.PickRow) bool { return row.Pick != "" }) {
		return
	}
	data.Many = true
	for _, reason := range p.Store.Settings().Reasons {
		if reason.In(reissue.Correctable) {
			data.Reasons = append(data.Reasons, templates.ReasonOption{Code: reason.Code, Text: reason.Label, Field: reissue.Label(reason.Field)})
		}
	}
	if filter.Status == "" {
		trail = maps.Clone(trail)
		trail.Set("status", reissue.Pending.Word())
	}
	data.StartURL = address("/office/applications/next", trail)
}

// queueRow is an application in a list, its ID number masked.
func (p *Pages) queueRow(a *reissue.Application) templates.QueueRow {
	row := templates.QueueRow{Number: visit.Number(a.ID), URL: applicationURL(a.ID), Name: a.Fields.Name, IDNumber: a.Person.Number.String(),
		Exam: visit.ExamTitle(&a.Fields), City: a.Fields.City, State: a.Status.Word(), Submitted: a.Submitted.String()}
	if len(a.Fields.BirthMonth) >= 4 {
		row.BirthYear = a.Fields.BirthMonth[:4]
	}
	if a.Status == reissue.Pending {
		now := p.Store.Now()
		row.Waited = sayDays(reissue.DaysBetween(a.WaitsSince(), reissue.At(now)))
		row.Overdue = !a.Held() && p.Store.Settings().Overdue(a.WaitsSince(), now)
		if a.Held() {
			row.Held = sayHeldUntil(a.HeldUntil)
		}
		if at, _ := a.Resubmitted(); at != 0 {
			row.Submitted = sayResubmitted(at)
		}
	}
	return row
}

func applicationURL(id uint64) string { return fmt.Sprintf("/office/applications/%d", id) }

// postSearch finds the applications of an ID number, which must not stand in an
// address: the answer leads to one with an opaque id.
func (p *Pages) postSearch(v *visit.Visit) error {
	number, err := p.typedNumber(v)
	if err != nil {
		return err
	}
	return v.Redirect(p.searchURL(v, "/office/applications", number))
}

func (p *Pages) searchURL(v *visit.Visit, path string, number idcard.Number) string {
	return path + "?search=" + p.searches.Keep(number.Full(), v.Staff.ID)
}

// hidden is where to find an ID number that was typed into the free search: it
// leaves the address at once. Otherwise it is "".
func (p *Pages) hidden(v *visit.Visit, path string) string {
	number, err := idcard.ParseRegister(v.R.URL.Query().Get("q"), reissue.Today(p.Store.Now()))
	if err != nil {
		return ""
	}
	return p.searchURL(v, path, number)
}

// typedNumber reads the number of any paper that was posted for a search.
func (p *Pages) typedNumber(v *visit.Visit) (idcard.Number, error) {
	typed := v.Value("id_number")
	var problems reissue.Problems
	number, err := idcard.ParseRegister(typed, reissue.Today(p.Store.Now()))
	if err != nil {
		if normal := idcard.Normalise(typed); reissue.ValidPaperNumber(normal) && !visit.LooksLikeIDNumber(normal) {
			number, err = idcard.Number(normal), nil
		}
	}
	problems.AddFault("id_number", err)
	return number, problems.Err()
}
