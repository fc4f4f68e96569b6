package office

import (
	"net/http"
	"net/url"
	"strconv"
	"unicode/utf8"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// expected is the day on which a batch should come, "" once it has.
func expected(b *reissue.Batch) string {
	if b.Expected == "" || b.Status == reissue.BatchArrived {
		return ""
	}
	return reissue.ShowDate(b.Expected)
}

// showNewBatch chooses what goes into a new batch, or into the open one that the
// address names, and shows how many that would be.
func (p *Pages) showNewBatch(v *visit.Visit) error {
	values := v.Posted
	if values == nil {
		values = v.R.URL.Query()
	}
	data := templates.OfficeBatchNew{Page: v.Page(), Action: "/office/batches"}
	into := v.R.PathValue("id")
	if into == "" {
		into = values.Get("batch")
	}
	if into != "" {
		id, err := strconv.ParseUint(into, 10, 64)
		if err != nil {
			return reissue.ErrNotFound
		}
		b, err := p.Store.Batch(v.Staff, id)
		if err != nil {
			return err
		}
		if !b.May(reissue.BatchAdd) {
			return store.ErrBatch
		}
		data.Batch, data.Name, data.Action, data.Revision = into, b.Name, batchURL(b.ID)+"/add", b.Revision
	}
	choice, problems := collectChoice(values)
	if v.Posted == nil && len(problems) > 0 {
		v.Status = http.StatusUnprocessableEntity
		for _, problem := range problems {
			data.Form.Problems = append(data.Form.Problems, templates.Problem{Field: problem.Field, Message: problem.Message})
		}
	}
	groups := []store.Group{}
	var err error
	if len(problems) == 0 {
		if groups, err = p.Store.Collectable(v.Staff, choice); err != nil {
			return err
		}
	}
	for _, g := range groups {
		data.Groups = append(data.Groups, templates.BatchGroup{Exam: g.Exam, City: g.City, Count: g.Count})
		data.Total += g.Count
	}
	data.Taken = min(data.Total, reissue.MaxBatch)
	if data.Cities, err = p.citiesOf(v.Staff); err != nil {
		return err
	}
	exams, err := p.Store.Exams()
	if err != nil {
		return err
	}
	data.Exams = examOptions(exams, choice.Exam)
	for _, field := range []string{"exam", "city", "from", "to"} {
		data.Form.Values.Set(field, values.Get(field))
		data.Filtered = data.Filtered || values.Get(field) != ""
	}
	return v.Render(data)
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
	days := readDays(values, "from", "to", &problems)
	choice.From, choice.To = days.From, days.To
	return choice, problems
}

// postBatch makes a batch.
func (p *Pages) postBatch(v *visit.Visit) error {
	plan := store.BatchPlan{Name: reissue.Clean(v.Value("name"))}
	var problems reissue.Problems
	plan.Collect, problems = collectChoice(v.Posted)
	if utf8.RuneCountInString(plan.Name) > 30 {
		problems.Add("name", sayLongName)
	}
	date, wrong := reissue.ParseExpected(v.Value(reissue.FieldExpected), reissue.Today(p.Store.Now()))
	plan.Expected, problems = date, append(problems, wrong...)
	if err := problems.Err(); err != nil {
		return err
	}
	b, err := p.Store.MakeBatch(v.Staff, plan)
	if err != nil {
		return err
	}
	flashBatch(v, reissue.BatchMake, b.Members)
	return v.Redirect(batchURL(b.ID))
}

// postBatchAdd takes more into an open batch.
func (p *Pages) postBatchAdd(v *visit.Visit) error {
	choice, problems := collectChoice(v.Posted)
	if err := problems.Err(); err != nil {
		return err
	}
	return p.batchAct(v, reissue.BatchAdd, func(id, revision uint64) (int, error) {
		return p.Store.AddToBatch(v.Staff, id, revision, choice)
	})
}
