package candidate

import (
	"errors"
	"net/http"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showConfirmEmail shows the button of a link that confirms an address. Looking does
// not confirm: programs that read mails follow links too.
func (p *Pages) showConfirmEmail(v *visit.Visit) error {
	token := v.R.URL.Query().Get("token")
	account, err := p.Store.ConfirmableAccount(token)
	if errors.Is(err, reissue.ErrNotFound) {
		v.Status = http.StatusNotFound
		return v.Render(templates.ConfirmEmail{Page: v.Page()})
	}
	if err != nil {
		return err
	}
	return v.Render(templates.ConfirmEmail{Page: v.Page(), Token: token, Address: reissue.MaskEmail(account.Email), Done: account.Confirmed != 0})
}

// formConfirmEmail answers a post by a link that works no more.
func (p *Pages) formConfirmEmail(v *visit.Visit) error {
	return v.Render(templates.ConfirmEmail{Page: v.Page()})
}

func (p *Pages) postConfirmEmail(v *visit.Visit) error {
	if err := p.Store.ConfirmEmail(v.Value("token")); err != nil {
		return err
	}
	return v.Redirect("/confirm-email?token=" + v.Value("token"))
}

// postAskConfirmation sends the mail with the link once more.
func (p *Pages) postAskConfirmation(v *visit.Visit) error {
	if !p.canMailLink() {
		return reissue.Problems{{Message: sayNoConfirmation}}
	}
	if err := p.Store.AskConfirmation(v.Account.ID); err != nil {
		return err
	}
	p.MailWaits()
	v.Flash(flashConfirmation)
	return v.Redirect("/profile")
}
