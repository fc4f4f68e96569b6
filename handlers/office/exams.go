package office

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// examFilter is which exams the list shows: of a year, or of the years from one to
// another, and with a text in the name.
type examFilter struct{ year, yearTo, q string }

func examFilterOf(query url.Values) examFilter {
	return examFilter{query.Get("year"), query.Get("year_to"), reissue.Clean(query.Get("q"))}
}

func (f examFilter) passes(exam *reissue.Exam) bool {
	from, wrong := strconv.Atoi(cmp.Or(f.year, "0"))
	to, wrongTo := strconv.Atoi(cmp.Or(f.yearTo, f.year, "9999"))
	return wrong == nil && wrongTo == nil && exam.Year >= from && exam.Year <= to && strings.Contains(reissue.Key(exam.Name), reissue.Key(f.q))
}

func (f examFilter) url(page string) string {
	query := url.Values{}
	for name, value := range map[string]string{"year": f.year, "year_to": f.yearTo, "q": f.q} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if len(query) == 0 {
		return page
	}
	return address(page, query)
}

// showExams lists the exams that the filter wants, with what can be set for many of them.
func (p *Pages) showExams(v *visit.Visit) error {
	exams, err := p.Store.Exams()
	if err != nil {
		return err
	}
	filter := examFilterOf(v.R.URL.Query())
	page := examPage(v)
	data := templates.OfficeExams{Page: page.Page, Edit: page.Edit, Routes: page.Routes, Photos: page.Photos, ManyURL: filter.url(examsManyURL), Q: filter.q}
	data.Form.Labels = page.Form.Labels
	for _, field := range reissue.ExamClearable {
		data.Clear = append(data.Clear, templates.Choice{Value: field, Text: reissue.ExamLabel(field), Chosen: slices.Contains(v.Posted["clear"], field)})
	}
	for _, exam := range exams {
		year := strconv.Itoa(exam.Year)
		if n := len(data.Years); n == 0 || data.Years[n-1].Value != year {
			data.Years = append(data.Years, templates.ExamOption{Value: year, Text: year, Selected: year == filter.year})
			data.YearsTo = append(data.YearsTo, templates.ExamOption{Value: year, Text: year, Selected: year == filter.yearTo})
		}
		if !filter.passes(exam) {
			continue
		}
		picked := pickExam(exam)
		data.Rows = append(data.Rows, templates.ExamRow{URL: examURL(exam.ID), Year: year, Name: exam.Name, LastDay: exam.LastDay,
			Route: exam.Route.Word(), Window: exam.WindowWords(), Photo: exam.Photo.Word(), Told: exam.Sentence,
			Pick: picked, Picked: slices.Contains(v.Posted["exam"], picked)})
	}
	return v.Render(data)
}

// examOptions are the exams as a list's filter offers them.
func examOptions(exams []*reissue.Exam, chosen uint64) (options []templates.ExamOption) {
	for _, exam := range exams {
		options = append(options, templates.ExamOption{Value: visit.Number(exam.ID), Text: exam.Title(), Selected: exam.ID == chosen})
	}
	return options
}

func examURL(id uint64) string { return fmt.Sprintf("/office/exams/%d", id) }
