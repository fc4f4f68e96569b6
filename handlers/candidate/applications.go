package candidate

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showApplications is 审核状态查询.
func (p *Pages) showApplications(v *visit.Visit) error {
	list, err := p.Store.Holder(v.Account.ID).Applications()
	if err != nil {
		return err
	}
	data := templates.Applications{Page: v.Page()}
	for _, a := range list {
		row := templates.ApplicationRow{Number: visit.Number(a.ID), Exam: visit.ExamTitle(&a.Fields), State: a.Status.Word(), Submitted: a.Submitted.String(),
			URL: applicationURL(a.ID)}
		if row.Note, err = p.progress(a); err != nil {
			return err
		}
		if a.Status == reissue.Returned {
			row.Note = visit.Labels(a.LastDecision())
		}
		if a.Status.Editable() {
			row.EditURL = row.URL + "/edit"
		}
		data.Rows = append(data.Rows, row)
	}
	return v.Render(data)
}
