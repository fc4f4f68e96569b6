package office

import (
	"cmp"
	"errors"
	"math"
	"net/url"
	"slices"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/idcard"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// moreFilters are the filters of the queue that its form folds away.
var moreFilters = []string{"mark", "overdue", "submitted_from", "submitted_to", "decided_from", "decided_to", "by", "batch", "held"}

// What is none, and what nothing is of: what was typed as a year, a staff member or a
// batch and is none finds nothing, with the form still there to put it right.
const (
	noYear = -1
	noOne  = math.MaxUint64
)

// filter reads a trail for what goes on from a list. Where something of it cannot be
// read, the list says so.
func (p *Pages) filter(v *visit.Visit, trail url.Values) (store.Filter, error) {
	filter, problems, err := p.readFilter(v, trail)
	if err == nil && len(problems) > 0 {
		err = &visit.Elsewhere{URL: listURL(trail, "")}
	}
	return filter, err
}

// readFilter reads a trail. An unknown word finds nothing, rather than all.
func (p *Pages) readFilter(v *visit.Visit, trail url.Values) (filter store.Filter, problems reissue.Problems, err error) {
	filter = store.Filter{City: trail.Get("city"), Query: reissue.Clean(trail.Get("q")), Newest: trail.Get("sort") == sortNewest,
		Mark: trail.Get("mark"), Overdue: trail.Get("overdue") != "", Held: trail.Get("held") != ""}
	if word := trail.Get("status"); word != "" {
		status, ok := reissue.StatusOf(word)
		if !ok {
			return filter, nil, reissue.ErrNotFound
		}
		filter.Status = status
	}
	if exam := trail.Get("exam"); exam != "" {
		if filter.Exam, err = strconv.ParseUint(exam, 10, 64); err != nil {
			return filter, nil, reissue.ErrNotFound
		}
	}
	if typed := trail.Get("year"); typed != "" {
		year, ok := reissue.ParseYear(typed)
		if !ok {
			year = noYear
		}
		filter.Year = year
	}
	if search := trail.Get("search"); search != "" {
		text, ok := p.searches.Find(search, v.Staff.ID)
		if !ok {
			return filter, nil, reissue.ErrNotFound
		}
		filter.Number = idcard.Number(text)
	}
	if number := trail.Get("batch"); number != "" {
		if filter.Batch, err = strconv.ParseUint(number, 10, 64); err != nil || filter.Batch == 0 {
			filter.Batch = noOne
		}
	}
	if name := trail.Get("by"); name != "" {
		staff, err := p.Store.StaffByName(name)
		switch {
		case errors.Is(err, reissue.ErrNotFound):
			filter.By = noOne
		case err != nil:
			return filter, nil, err
		default:
			filter.By = staff.ID
		}
	}
	filter.Submitted = readDays(trail, "submitted_from", "submitted_to", &problems)
	filter.Decided = readDays(trail, "decided_from", "decided_to", &problems)
	return filter, problems, nil
}

// readDays reads two days in any usual form.
func readDays(trail url.Values, from, to string, problems *reissue.Problems) (days store.Days) {
	for field, day := range map[string]*string{from: &days.From, to: &days.To} {
		if typed := trail.Get(field); reissue.Clean(typed) != "" {
			var err error
			if *day, err = reissue.ParseDate(typed); err != nil {
				problems.Add(field, sayBadDate)
			}
		}
	}
	if days.From != "" && days.To != "" && days.From > days.To {
		problems.Add(to, sayDaysTurned)
	}
	return days
}

// queueChoices are what the filters offer, and which of them are set.
func (p *Pages) queueChoices(v *visit.Visit, filter store.Filter, trail url.Values, data *templates.OfficeApplications) (err error) {
	for _, status := range reissue.Statuses {
		data.Statuses = append(data.Statuses, status.Word())
	}
	if data.Cities, err = p.citiesOf(v.Staff); err != nil {
		return err
	}
	exams, err := p.Store.Exams()
	if err != nil {
		return err
	}
	data.Exams = examOptions(exams, filter.Exam)
	for _, exam := range exams {
		if year := strconv.Itoa(exam.Year); !slices.Contains(data.Years, year) {
			data.Years = append(data.Years, year)
		}
	}
	data.Marks = option(data.Marks, reissue.MarkAny, sayAnyMark, filter.Mark)
	for _, word := range reissue.MarkWords() {
		data.Marks = option(data.Marks, word, word, filter.Mark)
	}
	staff, err := p.Store.AllStaff()
	if err != nil {
		return err
	}
	for _, one := range staff {
		if slices.Contains(one.Roles, reissue.RoleReviewer) || one.Name == trail.Get("by") {
			data.Deciders = option(data.Deciders, one.Name, one.Name, trail.Get("by"))
		}
	}
	batches, err := p.Store.Batches(v.Staff, "", batchRows)
	if err != nil {
		return err
	}
	for _, b := range batches.Rows {
		data.Batches = option(data.Batches, visit.Number(b.ID), b.Name, trail.Get("batch"))
	}
	if filter.Batch != 0 && filter.Batch != noOne && !slices.ContainsFunc(data.Batches, func(o templates.Choice) bool { return o.Chosen }) {
		b, err := p.Store.Batch(v.Staff, filter.Batch)
		if err == nil {
			data.Batches = option(data.Batches, visit.Number(b.ID), b.Name, trail.Get("batch"))
		} else if !errors.Is(err, reissue.ErrNotFound) {
			return err
		}
	}
	chosenFilters(filter, trail, data)
	return nil
}

func option(list []templates.Choice, value, text, chosen string) []templates.Choice {
	return append(list, templates.Choice{Value: value, Text: text, Chosen: value == chosen})
}

// chosenFilters says what the list is narrowed by, each with the way without it.
func chosenFilters(filter store.Filter, trail url.Values, data *templates.OfficeApplications) {
	shown := map[string]string{"overdue": sayOverdueFilter(filter.Status), "held": sayHeldFilter}
	for _, exam := range data.Exams {
		if exam.Selected {
			shown["exam"] = exam.Text
		}
	}
	for name, options := range map[string][]templates.Choice{"mark": data.Marks, "batch": data.Batches} {
		for _, option := range options {
			if option.Chosen {
				shown[name] = option.Text
			}
		}
	}
	for name, day := range map[string]string{"submitted_from": filter.Submitted.From, "submitted_to": filter.Submitted.To,
		"decided_from": filter.Decided.From, "decided_to": filter.Decided.To} {
		if day != "" {
			shown[name] = reissue.ShowDate(day)
		}
	}
	if filter.Number != "" {
		shown["search"] = filter.Number.String()
	}
	for _, name := range trailNames {
		if name == "sort" || trail.Get(name) == "" {
			continue
		}
		without := url.Values{}
		for other, values := range trail {
			if other != name {
				without[other] = values
			}
		}
		data.Chosen = append(data.Chosen, templates.ChosenFilter{Label: filterWords[name], Value: cmp.Or(shown[name], trail.Get(name)), ClearURL: listURL(without, "")})
		data.More = data.More || slices.Contains(moreFilters, name)
	}
}
