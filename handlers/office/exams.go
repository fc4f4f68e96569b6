package office

import (
	"fmt"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showExams lists the exams, all or of one year.
func (p *Pages) showExams(v *visit.Visit) error {
	exams, err := p.Store.Exams()
	if err != nil {
		return err
	}
	chosen := v.R.URL.Query().Get("year")
	data := templates.OfficeExams{Page: v.Page(), Edit: v.RoleIs(reissue.RoleAdmin)}
	for _, exam := range exams {
		year := strconv.Itoa(exam.Year)
		if n := len(data.Years); n == 0 || data.Years[n-1].Value != year {
			data.Years = append(data.Years, templates.ExamOption{Value: year, Text: year, Selected: year == chosen})
		}
		if chosen != "" && year != chosen {
			continue
		}
		data.Rows = append(data.Rows, templates.ExamRow{URL: examURL(exam.ID), Year: year, Name: exam.Name, LastDay: exam.LastDay,
			Route: exam.Route.Word(), Window: exam.WindowWords(), Photo: exam.Photo.Word(), Told: exam.Sentence})
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
