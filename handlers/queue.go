package handlers

import (
	"fmt"
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
	query := v.r.URL.Query()
	filter, err := s.filter(v, query)
	if err != nil {
		return err
	}
	page, err := s.store.Queue(filter, query.Get("page"), queueRows)
	if err != nil {
		return err
	}
	data := templates.OfficeApplications{Page: v.page(), Continue: page.More}
	for _, name := range []string{"status", "city", "exam", "q"} {
		if v.posted == nil {
			data.Form.Values.Set(name, query.Get(name))
		}
		data.Filtered = data.Filtered || query.Get(name) != ""
	}
	for _, status := range reissue.Statuses {
		data.Statuses = append(data.Statuses, status.Word())
	}
	if data.Cities, err = s.store.Cities(); err != nil {
		return err
	}
	exams, err := s.store.Exams()
	if err != nil {
		return err
	}
	for _, exam := range exams {
		value := strconv.FormatUint(exam.ID, 10)
		data.Exams = append(data.Exams, templates.ExamOption{Value: value, Text: exam.Title(), Selected: exam.ID == filter.Exam})
	}
	if filter.Number != "" {
		data.Found, data.Filtered = sayFoundNumber(filter.Number), true
	}
	for _, a := range page.Applications {
		data.Rows = append(data.Rows, s.queueRow(a))
	}
	if query.Get("page") != "" {
		data.FirstURL = queueURL(query, "")
	}
	if page.Next != "" {
		data.NextURL = queueURL(query, page.Next)
	}
	return v.render("office_applications.html", data)
}

// filter reads the address. An unknown word finds nothing, rather than all.
func (s *Server) filter(v *visit, query url.Values) (store.Filter, error) {
	filter := store.Filter{City: query.Get("city"), Query: reissue.Clean(query.Get("q")), For: v.staff}
	if word := query.Get("status"); word != "" {
		status, ok := reissue.StatusOf(word)
		if !ok {
			return filter, reissue.ErrNotFound
		}
		filter.Status = status
	}
	if exam := query.Get("exam"); exam != "" {
		number, err := strconv.ParseUint(exam, 10, 64)
		if err != nil {
			return filter, reissue.ErrNotFound
		}
		filter.Exam = number
	}
	if search := query.Get("search"); search != "" {
		text, ok := s.searches.find(search, v.staff.ID)
		if !ok {
			return filter, reissue.ErrNotFound
		}
		filter.Number = idcard.Number(text)
	}
	return filter, nil
}

func queueURL(query url.Values, cursor string) string {
	next := url.Values{}
	for _, name := range []string{"status", "city", "exam", "q", "search"} {
		if value := query.Get(name); value != "" {
			next.Set(name, value)
		}
	}
	if cursor != "" {
		next.Set("page", cursor)
	}
	return "/office/applications?" + next.Encode()
}

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
	}
	return row
}

func officeURL(id uint64) string { return fmt.Sprintf("/office/applications/%d", id) }

// postSearch finds the applications of an ID number, which must not stand in an
// address: the answer leads to one with an opaque id.
func (s *Server) postSearch(v *visit) error {
	typed := v.value("id_number")
	var problems reissue.Problems
	number, err := idcard.ParseRegister(typed, reissue.Today(s.store.Now()))
	if err != nil {
		if normal := idcard.Normalise(typed); reissue.ValidPaperNumber(normal) && !looksLikeIDNumber(normal) {
			number, err = idcard.Number(normal), nil
		}
	}
	problems.AddFault("id_number", err)
	if err := problems.Err(); err != nil {
		return err
	}
	return v.redirect("/office/applications?search=" + s.searches.keep(number.Full(), v.staff.ID))
}

// roleIs tells whether the staff member holds one of the roles.
func (v *visit) roleIs(roles ...reissue.Role) bool {
	return slices.ContainsFunc(roles, func(r reissue.Role) bool { return slices.Contains(v.staff.Roles, r) })
}
