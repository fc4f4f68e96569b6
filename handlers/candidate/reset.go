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
	account, err := p.Store.ResetAccount(token)
	if errors.Is(err, reissue.ErrNotFound) {
		v.Status = http.StatusNotFound
		return v.Render(templates.Reset{Page: v.Page()})
	}
	if err != nil {
		return err
	}
	return resetPage(v, account, token)
}

// formReset shows the form again after a refused post.
func (p *Pages) formReset(v *visit.Visit) error {
	token := v.Value("token")
	account, err := p.Store.ResetAccount(token)
	if err != nil && !errors.Is(err, reissue.ErrNotFound) {
		return err
	}
	return resetPage(v, account, token)
}

// resetPage is the form; account is nil where the link works no more.
func resetPage(v *visit.Visit, account *reissue.Account, token string) error {
	page := v.Page()
	if account != nil {
		page.Login = account.Person.Number.Full()
	}
	return v.Render(templates.Reset{Page: page, Token: token})
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
