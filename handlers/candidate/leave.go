package candidate

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showLeave says what closing one's account means, before it can be done.
func (p *Pages) showLeave(v *visit.Visit) error {
	list, err := p.Store.Holder(v.Account.ID).Applications()
	if err != nil {
		return err
	}
	data := templates.Leave{Page: v.Page(), Kept: len(list), Retention: saySpan(p.Store.Settings().Retention.ApplicationMonths)}
	for _, a := range list {
		if a.Status.Open() {
			data.Open = append(data.Open, templates.Link{Text: sayApplicationOf(a), URL: applicationURL(a.ID)})
		}
	}
	return v.Render(data)
}

// postLeave closes the account of who proves to be its holder and ticks that
// there is no way back.
func (p *Pages) postLeave(v *visit.Visit) error {
	if v.Value("understood") == "" {
		problems := reissue.Problems{{Field: "understood", Message: sayUnderstood}}
		if v.Value("password") == "" {
			problems.Add("password", visit.SayPasswordMissing)
		}
		return problems
	}
	if err := p.ProveSelf(v); err != nil {
		return err
	}
	if err := p.Store.Leave(v.Account.ID); err != nil {
		return err
	}
	p.MailWaits()
	v.Flash(flashLeft)
	return v.Redirect("/login")
}
