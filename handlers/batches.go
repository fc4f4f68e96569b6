package handlers

import (
	"fmt"
	"net/url"
	"strconv"
	"unicode/utf8"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// batchRows is the length of a page of batches.
const batchRows = 30

// showBatches lists the batches and says how much waits to be put into one.
func (s *Server) showBatches(v *visit) error {
	page, err := s.store.Batches(v.staff, v.r.URL.Query().Get("page"), batchRows)
	if err != nil {
		return err
	}
	groups, err := s.store.Collectable(v.staff, store.Collect{})
	if err != nil {
		return err
	}
	data := templates.OfficeBatches{Page: v.page(), Use: v.roleIs(reissue.RoleReviewer), Admin: v.roleIs(reissue.RoleAdmin)}
	for _, g := range groups {
		data.Waiting += g.Count
	}
	for _, b := range page.Rows {
		data.Rows = append(data.Rows, templates.BatchRow{Name: b.Name, URL: batchURL(b.ID), State: b.Status.Word(), Count: b.Members,
			Cities: sayCities(b.Cities), Created: b.Created.String(), Expected: expected(b)})
	}
	if v.r.URL.Query().Get("page") != "" {
		data.FirstURL = "/office/batches"
	}
	if page.Next != "" {
		data.NextURL = "/office/batches?page=" + page.Next
	}
	return v.render("office_batches.html", data)
}

func batchURL(id uint64) string { return fmt.Sprintf("/office/batches/%d", id) }

// expected is the day on which a batch should come, "" once it has.
func expected(b *reissue.Batch) string {
	if b.Expected == "" || b.Status == reissue.BatchArrived {
		return ""
	}
	return reissue.ShowDate(b.Expected)
}

// showNewBatch chooses what goes into a new batch, or into the open one that the
// address names, and shows how many that would be.
func (s *Server) showNewBatch(v *visit) error {
	values := v.posted
	if values == nil {
		values = v.r.URL.Query()
	}
	data := templates.OfficeBatchNew{Page: v.page(), Action: "/office/batches"}
	into := v.r.PathValue("id")
	if into == "" {
		into = values.Get("batch")
	}
	if into != "" {
		id, err := strconv.ParseUint(into, 10, 64)
		if err != nil {
			return reissue.ErrNotFound
		}
		b, err := s.store.Batch(v.staff, id)
		if err != nil {
			return err
		}
		if !b.May(reissue.BatchAdd) {
			return store.ErrBatch
		}
		data.Batch, data.Name, data.Action, data.Revision = into, b.Name, batchURL(b.ID)+"/add", b.Revision
	}
	choice, problems := collectChoice(values)
	for _, problem := range problems {
		if v.posted == nil {
			data.Form.Problems = append(data.Form.Problems, templates.Problem{Field: problem.Field, Message: problem.Message})
		}
	}
	groups := []store.Group{}
	var err error
	if len(problems) == 0 {
		if groups, err = s.store.Collectable(v.staff, choice); err != nil {
			return err
		}
	}
	for _, g := range groups {
		data.Groups = append(data.Groups, templates.BatchGroup{Exam: g.Exam, City: g.City, Count: g.Count})
		data.Total += g.Count
	}
	data.Taken = min(data.Total, reissue.MaxBatch)
	if data.Cities, err = s.store.Cities(); err != nil {
		return err
	}
	exams, err := s.store.Exams()
	if err != nil {
		return err
	}
	data.Exams = examOptions(exams, choice.Exam)
	for _, field := range []string{"exam", "city", "from", "to"} {
		data.Form.Values.Set(field, values.Get(field))
		data.Filtered = data.Filtered || values.Get(field) != ""
	}
	return v.render("office_batch_new.html", data)
}

// collectChoice reads which applications are meant; days in any usual form.
func collectChoice(values url.Values) (choice store.Collect, problems reissue.Problems) {
	choice.City = values.Get("city")
	if exam := values.Get("exam"); exam != "" {
		// An exam that is none takes nothing.
		if choice.Exam, _ = strconv.ParseUint(exam, 10, 64); choice.Exam == 0 {
			choice.Exam = 1<<64 - 1
		}
	}
	for field, to := range map[string]*string{"from": &choice.From, "to": &choice.To} {
		typed := reissue.Clean(values.Get(field))
		if typed == "" {
			continue
		}
		day, err := reissue.ParseDate(typed)
		if err != nil {
			problems.Add(field, sayBadDay)
		}
		*to = day
	}
	return choice, problems
}

// postBatch makes a batch.
func (s *Server) postBatch(v *visit) error {
	plan := store.BatchPlan{Name: reissue.Clean(v.value("name"))}
	var problems reissue.Problems
	plan.Collect, problems = collectChoice(v.posted)
	if utf8.RuneCountInString(plan.Name) > 30 {
		problems.Add("name", sayLongName)
	}
	date, wrong := reissue.ParseExpected(v.value(reissue.FieldExpected), reissue.Today(s.store.Now()))
	plan.Expected, problems = date, append(problems, wrong...)
	if err := problems.Err(); err != nil {
		return err
	}
	b, err := s.store.MakeBatch(v.staff, plan)
	if err != nil {
		return err
	}
	v.flashBatch(reissue.BatchMake, b.Members)
	return v.redirect(batchURL(b.ID))
}

// postBatchAdd takes more into an open batch.
func (s *Server) postBatchAdd(v *visit) error {
	choice, problems := collectChoice(v.posted)
	if err := problems.Err(); err != nil {
		return err
	}
	return s.batchAct(v, reissue.BatchAdd, func(id, revision uint64) error {
		return s.store.AddToBatch(v.staff, id, revision, choice)
	})
}
