package office

import (
	"cmp"
	"slices"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showForms are the papers that the office files, one a sheet, with ID numbers
// in full.
func (p *Pages) showForms(v *visit.Visit) error {
	paper, err := p.printed(v, paperForms)
	if err != nil {
		return err
	}
	if err := p.noted(v, p.Store.ViewedAll(v.Staff.Actor(), paper.list)); err != nil {
		return err
	}
	names, err := p.staffNames()
	if err != nil {
		return err
	}
	data := templates.OfficeForms{Page: v.Page(), BackURL: paper.back, NextURL: paper.nextURL}
	for _, a := range paper.list {
		data.Forms = append(data.Forms, paperForm(a, p.Store.Settings(), names))
	}
	return v.Render(data)
}

// paperForm is one form; names are those of staff.
func paperForm(a *reissue.Application, settings *reissue.Settings, names map[uint64]string) templates.PaperForm {
	form := templates.PaperForm{Number: visit.Number(a.ID), State: a.Status.Word(), Code: templates.Picture{Address: applicationURL(a.ID) + "/code.svg"}, Submitted: a.Submitted.String(),
		OfficeName: settings.OfficeName}
	if filing := a.Filing(); filing != nil {
		form.Filed = sayFiled(names[filing.By], filing.At)
	}
	if a.Pledged != 0 {
		form.Pledge = settings.Pledge
	}
	if a.ByProof() {
		form.LeadsTo = visit.SayProof
	}
	if a.Photo.Given() {
		form.Photo = &templates.Picture{Address: applicationURL(a.ID) + "/photo"}
	}
	var cells []templates.Pair
	for _, field := range reissue.PaperFields {
		if value := a.Value(field); value != "" || !reissue.Optional(field) {
			cells = append(cells, templates.Pair{Label: reissue.Label(field), Value: value})
		}
	}
	form.Rows = slices.Collect(slices.Chunk(cells, 2))
	if decision := a.LastDecision(); decision != nil {
		form.Decision, form.Decided = a.ActWord(decision.Act), sayReviewed(cmp.Or(names[decision.By], decision.Role.Word()), decision.At)
		if why := visit.Labels(decision); why != "" {
			form.Decision += "：" + why
		}
		if decision.Note != "" {
			form.Decision += "（" + decision.Note + "）"
		}
	}
	if c := a.Collected(); c != nil {
		now := *c
		now.NewNumber = a.NewNumber()
		form.Collected = now.String() + "；" + a.Parting().At.String()
	}
	if tracking := a.Tracking(); tracking != "" {
		form.Mailed = visit.SayTrackingNumber(tracking) + "；" + a.Parting().At.String()
	}
	return form
}
