package candidate

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showStart leads to where the visitor's work is.
func (p *Pages) showStart(v *visit.Visit) error {
	if v.SignedIn() {
		return v.Redirect(v.Realm.Home)
	}
	return v.Redirect(v.Realm.Login)
}

func (p *Pages) showLogin(v *visit.Visit) error {
	if v.SignedIn() && v.Posted == nil {
		return v.Redirect(v.Realm.Home)
	}
	return v.Render(templates.Login{Page: v.CaptchaPage()})
}

// postLogin signs a candidate in.
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
	claim := visit.Claim{Try: store.CandidateTry(store.TrySignIn, number.Full()), Field: "id_number", Wrong: sayWrongSignIn}
	return p.SignIn(v, claim, func() (visit.Holder, error) {
		account, err := p.Store.AccountByNumber(number)
		if err != nil {
			return visit.Holder{}, err
		}
		return visit.Holder{Subject: account.ID, Stored: account.Password, Renew: func(stored, renewed string) error {
			return p.Store.RenewDigest(account.ID, stored, renewed)
		}}, nil
	})
}
