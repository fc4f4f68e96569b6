package office

import (
	"errors"

	"certreissue/handlers/visit"
	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showNewAccount is where the counter opens an account for somebody who cannot
// register alone.
func (p *Pages) showNewAccount(v *visit.Visit) error {
	return v.Render(templates.OfficeAccountNew{Page: v.Page(), Papers: reissue.Papers, Sexes: reissue.Sexes})
}

// postNewAccount opens the account and shows its one-time password.
func (p *Pages) postNewAccount(v *visit.Visit) error {
	holder, err := holder(v)
	var problems reissue.Problems
	if err != nil && !errors.As(err, &problems) {
		return err
	}
	email := optionalEmail(v, &problems)
	if err := problems.Err(); err != nil {
		return err
	}
	oneTime, hashed, err := p.oneTimePassword(v)
	if err != nil {
		return err
	}
	account, err := p.Store.OpenAccount(v.Staff, holder, email, hashed)
	if err != nil {
		return taken(v, err)
	}
	return p.showOnce(v, accountURL(account.ID), oneTime)
}

// optionalEmail is the address of somebody whose account the counter makes, ""
// for one who has none: nothing is sent there. An obvious slip is asked about once.
func optionalEmail(v *visit.Visit, problems *reissue.Problems) (email string) {
	if typed := v.Value("email"); typed != "" {
		var err error
		email, err = mail.ParseAddress(typed)
		problems.AddFault("email", err)
		problems.AskEmail("email", email, v.Value(reissue.Confirm("email")))
	}
	return email
}

// holder reads what was typed from a paper.
func holder(v *visit.Visit) (reissue.Holder, error) {
	return reissue.ParseHolder(v.Value, reissue.Today(v.S.Store.Now()))
}

// taken makes a number that has an account a problem of the form, with the way
// to that account.
func taken(v *visit.Visit, err error) error {
	var taken *store.AccountTakenError
	if !errors.As(err, &taken) {
		return err
	}
	v.Way = &templates.Link{Text: sayToAccount, URL: accountURL(taken.Account)}
	return reissue.Problems{{Field: reissue.FieldIDNumber, Message: sayAccountTaken}}
}
