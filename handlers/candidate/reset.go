package candidate

import (
	"errors"
	"net/http"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showReset shows the form of a reset link. Looking does not use the link up.
func (p *Pages) showReset(v *visit.Visit) error {
	token := v.R.URL.Query().Get("token")
	if _, err := p.Store.ResetAccount(token); errors.Is(err, reissue.ErrNotFound) {
		v.Status, token = http.StatusNotFound, ""
	} else if err != nil {
		return err
	}
	return v.Render(templates.Reset{Page: v.Page(), Token: token})
}

// formReset shows the form again after a refused post.
func (p *Pages) formReset(v *visit.Visit) error {
	return v.Render(templates.Reset{Page: v.Page(), Token: v.Value("token")})
}

func (p *Pages) postReset(v *visit.Visit) error {
	token := v.Value("token")
	account, err := p.Store.ResetAccount(token)
	number := ""
	if err == nil {
		number = account.Person.Number.Full()
	} else if !errors.Is(err, reissue.ErrNotFound) {
		return err
	}
	var problems reissue.Problems
	v.CheckNewPassword(number, &problems)
	if err := problems.Err(); err != nil {
		return err
	}
	hashed, err := p.Hash(v.R.Context(), v.Value("password"))
	if err != nil {
		return err
	}
	if err := p.Store.Reset(token, hashed); err != nil {
		return err
	}
	v.Flash(flashReset)
	return v.Redirect("/login")
}
