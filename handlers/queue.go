package handlers

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"

	"certreissue/idcard"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// queueRows is the length of a page of the queue.
const queueRows = 50

// showQueue lists applications. The filters stand in the address, so that they
// can be bookmarked; an ID number never does.
func (s *Server) showQueue(v *visit) error {
	trail, cursor := v.trail(), v.r.URL.Query().Get("page")
	if v.posted != nil {
		cursor = v.posted.Get("page")
	} else if found := s.hidden(v, "/office/applications"); found != "" {
		return v.redirect(found)
	}
	filter, err := s.filter(v, trail)
	if err != nil {
		return err
	}
	page, err := s.store.Queue(filter, cursor, queueRows)
	if err != nil {
		return err
	}
	data := templates.OfficeApplications{Page: v.page(), Continue: page.More, Queue: trail.Encode(), PageCursor: cursor,
		Newest: filter.Newest, ExportURL: address("/office/applications.xlsx", trail), CSVURL: address("/office/applications.csv", trail)}
	for _, name := range trailNames {
		if name != "search" {
			data.Form.Values.Set(name, trail.Get(name))
			data.Filtered = data.Filtered || name != "sort" && trail.Get(name) != ""
		}
	}
	if err := s.queueChoices(filter, &data); err != nil {
		return err
	}
	if filter.Number != "" {
		data.Found, data.Filtered = sayFoundNumber(filter.Number), true
	}
	// The trail of an unfiltered list is not empty, so that its rows know that
	// they belong to one.
	onward := maps.Clone(trail)
	if onward.Get("sort") == "" {
		onward.Set("sort", sortOldest)
	}
	marks, err := s.store.Marks(page.Rows)
	if err != nil {
		return err
	}
	for _, a := range page.Rows {
		row := templates.PickRow{QueueRow: s.trailRow(a, onward)}
		for _, mark := range marks[a.ID] {
			row.Marks = append(row.Marks, templates.Mark(mark))
		}
		if a.Status == reissue.Pending {
			row.Pick = pick(a)
			row.Picked = slices.Contains(v.posted["application"], row.Pick)
		}
		data.Rows = append(data.Rows, row)
	}
	if v.roleIs(reissue.RoleReviewer) {
		s.queueActs(filter, onward, &data)
	}
	if cursor != "" {
		data.FirstURL = queueURL(onward, "")
	}
	if page.Next != "" {
		data.NextURL = queueURL(onward, page.Next)
	}
	return v.render("office_applications.html", data)
}

// queueChoices are what the filters offer.
func (s *Server) queueChoices(filter store.Filter, data *templates.OfficeApplications) (err error) {
	for _, status := range reissue.Statuses {
		data.Statuses = append(data.Statuses, status.Word())
	}
	if data.Cities, err = s.citiesOf(filter.For); err != nil {
		return err
	}
	exams, err := s.store.Exams()
	if err != nil {
		return err
	}
	data.Exams = examOptions(exams, filter.Exam)
	for _, exam := range exams {
		if year := strconv.Itoa(exam.Year); !slices.Contains(data.Years, year) {
			data.Years = append(data.Years, year)
		}
	}
	return nil
}

// citiesOf are the cities whose applications a staff member sees.
func (s *Server) citiesOf(staff *reissue.Staff) ([]string, error) {
	if len(staff.Cities) > 0 {
		return staff.Cities, nil
	}
	return s.store.Cities()
}

// queueActs offers a reviewer what can be done from the list, if something in it
// can.
func (s *Server) queueActs(filter store.Filter, trail url.Values, data *templates.OfficeApplications) {
	if !slices.ContainsFunc(data.Rows, func(row templates.PickRow) bool { return row.Pick != "" }) {
		return
	}
	data.Many = true
	for _, reason := range s.store.Settings().Reasons {
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

// filter reads a trail. An unknown word finds nothing, rather than all.
func (s *Server) filter(v *visit, trail url.Values) (store.Filter, error) {
	filter := store.Filter{City: trail.Get("city"), Query: reissue.Clean(trail.Get("q")), Newest: trail.Get("sort") == sortNewest, For: v.staff}
	if word := trail.Get("status"); word != "" {
		status, ok := reissue.StatusOf(word)
		if !ok {
			return filter, reissue.ErrNotFound
		}
		filter.Status = status
	}
	if exam := trail.Get("exam"); exam != "" {
		number, err := strconv.ParseUint(exam, 10, 64)
		if err != nil {
			return filter, reissue.ErrNotFound
		}
		filter.Exam = number
	}
	if typed := trail.Get("year"); typed != "" {
		year, err := strconv.Atoi(reissue.HalfWidth(reissue.Clean(typed)))
		if err != nil || year <= 0 {
			year = noYear
		}
		filter.Year = year
	}
	if search := trail.Get("search"); search != "" {
		text, ok := s.searches.find(search, v.staff.ID)
		if !ok {
			return filter, reissue.ErrNotFound
		}
		filter.Number = idcard.Number(text)
	}
	return filter, nil
}

// noYear is the year of no exam: what was typed as a year and is none finds
// nothing, with the form still there to put it right.
const noYear = -1

// queueRow is an application in a list, its ID number masked.
func (s *Server) queueRow(a *reissue.Application) templates.QueueRow {
	row := templates.QueueRow{Number: number(a.ID), URL: officeURL(a.ID), Name: a.Fields.Name, IDNumber: a.Person.Number.String(),
		Exam: examTitle(&a.Fields), City: a.Fields.City, State: a.Status.Word(), Submitted: a.Submitted.String()}
	if len(a.Fields.BirthMonth) >= 4 {
		row.BirthYear = a.Fields.BirthMonth[:4]
	}
	if a.Status == reissue.Pending {
		now := s.store.Now()
		row.Waited = sayDays(reissue.DaysBetween(a.Queued, reissue.At(now)))
		row.Overdue = s.store.Settings().Overdue(a.Queued, now)
		if a.Queued != a.Submitted { // it waits since it was corrected
			row.Submitted = sayResubmitted(a.Queued)
		}
	}
	return row
}

func officeURL(id uint64) string { return fmt.Sprintf("/office/applications/%d", id) }

// postSearch finds the applications of an ID number, which must not stand in an
// address: the answer leads to one with an opaque id.
func (s *Server) postSearch(v *visit) error {
	number, err := s.typedNumber(v)
	if err != nil {
		return err
	}
	return v.redirect(s.searchURL(v, "/office/applications", number))
}

func (s *Server) searchURL(v *visit, path string, number idcard.Number) string {
	return path + "?search=" + s.searches.keep(number.Full(), v.staff.ID)
}

// hidden is where to find an ID number that was typed into the free search: it
// leaves the address at once. Otherwise it is "".
func (s *Server) hidden(v *visit, path string) string {
	number, err := idcard.ParseRegister(v.r.URL.Query().Get("q"), reissue.Today(s.store.Now()))
	if err != nil {
		return ""
	}
	return s.searchURL(v, path, number)
}

// typedNumber reads the number of any paper that was posted for a search.
func (s *Server) typedNumber(v *visit) (idcard.Number, error) {
	typed := v.value("id_number")
	var problems reissue.Problems
	number, err := idcard.ParseRegister(typed, reissue.Today(s.store.Now()))
	if err != nil {
		if normal := idcard.Normalise(typed); reissue.ValidPaperNumber(normal) && !looksLikeIDNumber(normal) {
			number, err = idcard.Number(normal), nil
		}
	}
	problems.AddFault("id_number", err)
	return number, problems.Err()
}

// roleIs tells whether the staff member holds one of the roles.
func (v *visit) roleIs(roles ...reissue.Role) bool {
	return slices.ContainsFunc(roles, func(r reissue.Role) bool { return slices.Contains(v.staff.Roles, r) })
}
