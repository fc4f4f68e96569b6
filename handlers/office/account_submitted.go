package office

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// filed is the application in the address, of the account in it.
func (p *Pages) filed(do func(*visit.Visit, *atCounter, *reissue.Application) error) func(*visit.Visit) error {
	return p.file(func(v *visit.Visit, at *atCounter) error {
		number, err := record(v)
		if err != nil {
			return err
		}
		a, err := at.By.Application(number)
		if err != nil {
			return err
		}
		return do(v, at, a)
	})
}

// showAccountSubmitted is step 3 at the counter: what is to be printed, signed and handed over.
func (p *Pages) showAccountSubmitted(v *visit.Visit, at *atCounter, a *reissue.Application) error {
	data := templates.OfficeAccountSubmitted{Page: v.Page(), Of: at.holder(), Number: visit.Number(a.ID), Exam: visit.ExamTitle(&a.Fields), Time: a.Submitted.String(),
		URL: applicationURL(a.ID), SlipURL: at.ApplicationURL(a.ID) + "/slip", EditURL: at.ApplicationURL(a.ID) + "/edit"}
	var err error
	data.Hints, err = p.forms.Hints(a)
	if err != nil {
		return err
	}
	return v.Render(data)
}
