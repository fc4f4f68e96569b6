package candidate

import (
	"errors"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showStart leads to where the visitor's work is.
func (p *Pages) showStart(v *visit.Visit) error {
	if v.SignedIn() {
		return v.Redirect("/apply")
	}
	return v.Redirect("/login")
}

func (p *Pages) showLogin(v *visit.Visit) error {
	if v.SignedIn() && v.Posted == nil {
		return v.Redirect("/apply")
	}
	return v.Render(templates.Login{Page: v.CaptchaPage()})
}

// postLogin signs a candidate in. Known and unknown numbers take the same way:
// a try is reserved, one hash is computed outside any transaction, and the
// answer is the same.
func (p *Pages) postLogin(v *visit.Visit) error {
	var problems reissue.Problems
	number := visit.ReadSignInNumber(v.Value("id_number"), reissue.Today(p.Store.Now()), &problems)
	if v.Value("password") == "" {
		problems.Add("password", visit.SayPasswordMissing)
	}
	v.TakeCaptcha(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	if err := p.Reserve(store.TrySignIn, number.Full(), "id_number"); err != nil {
		return err
	}
	account, err := p.Store.AccountByNumber(number)
	if err != nil && !errors.Is(err, reissue.ErrNotFound) {
		return err
	}
	stored := ""
	if account != nil {
		stored = account.Password
	}
	ok, renewed, err := p.Verify(v.R.Context(), stored, v.Value("password"))
	if err != nil {
		return err
	}
	if !ok {
		return reissue.Problems{{Field: "id_number", Message: sayWrongSignIn}}
	}
	if err := p.Store.SucceedTry(store.TrySignIn, number.Full()); err != nil {
		return err
	}
	if renewed != "" {
		if err := p.Store.RenewDigest(account.ID, stored, renewed); err != nil {
			return err
		}
		stored = renewed
	}
	if err := v.SignIn(account.ID, stored, ""); err != nil {
		return visit.LateSignIn(err, "id_number", sayWrongSignIn)
	}
	return v.Redirect("/apply")
}
