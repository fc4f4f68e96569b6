package handlers

import (
	"errors"
	"net/url"
	"path"

	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showNewAccount is where the counter opens an account for somebody who cannot
// register alone.
func (s *Server) showNewAccount(v *visit) error {
	return v.render("office_account_new.html", templates.NewAccount{Page: v.page(), Papers: reissue.Papers, Sexes: reissue.Sexes})
}

// postNewAccount opens the account and shows its one-time password.
func (s *Server) postNewAccount(v *visit) error {
	holder, err := v.holder()
	var problems reissue.Problems
	if err != nil && !errors.As(err, &problems) {
		return err
	}
	email := v.optionalEmail(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	oneTime, hashed, err := s.oneTimePassword(v)
	if err != nil {
		return err
	}
	account, err := s.store.OpenAccount(v.staff.Actor(), holder, email, hashed)
	if err != nil {
		return v.taken(err)
	}
	return v.showOnce(accountURL(account.ID), oneTime)
}

// optionalEmail is the address of somebody whose account the counter makes, ""
// for one who has none: nothing is sent there.
func (v *visit) optionalEmail(problems *reissue.Problems) (email string) {
	if typed := v.value("email"); typed != "" {
		var err error
		email, err = mail.ParseAddress(typed)
		problems.AddFault("email", err)
	}
	return email
}

// postAccountCorrect corrects a name or a number after the paper was seen.
func (s *Server) postAccountCorrect(v *visit) error {
	holder, err := v.holder()
	if err != nil {
		return err
	}
	err = s.counterAct(v, func(by reissue.Actor, account uint64) error { return s.store.CorrectHolder(by, account, holder) })
	if err != nil {
		return v.taken(err)
	}
	v.flash(flashCorrected)
	return v.redirect("/office/accounts/" + v.r.PathValue("id"))
}

func (s *Server) postAccountClose(v *visit) error {
	if err := s.counterAct(v, s.store.CloseAccount); err != nil {
		return err
	}
	v.flash(flashClosed)
	return v.redirect("/office/accounts/" + v.r.PathValue("id"))
}

// holder reads what was typed from a paper.
func (v *visit) holder() (reissue.Holder, error) {
	return reissue.ParseHolder(v.value, reissue.Today(v.s.store.Now()))
}

// taken makes a number that has an account a problem of the form, with the way
// to that account.
func (v *visit) taken(err error) error {
	var taken *store.AccountTakenError
	if !errors.As(err, &taken) {
		return err
	}
	v.way = &templates.Link{Text: sayToAccount, URL: accountURL(taken.Account)}
	return reissue.Problems{{Field: reissue.FieldIDNumber, Message: sayAccountTaken}}
}

// holderForm tells the account's page which of its forms was refused, and gives
// the form that corrects the holder: as it was posted, or as the account is.
func (v *visit) holderForm(a *reissue.Account, data *templates.Account) templates.Form {
	data.Papers, data.Sexes = reissue.Papers, reissue.Sexes
	if len(v.problems) > 0 {
		data.Act = path.Base(v.r.URL.Path)
	}
	switch data.Act {
	case "correct":
		return data.Form
	case "attach":
		for i := range data.Form.Problems {
			data.Form.Problems[i].Field = "attach-" + data.Form.Problems[i].Field
		}
	}
	return templates.Form{Values: url.Values{
		reissue.FieldPaper: {string(a.Person.Paper)}, reissue.FieldIDNumber: {a.Person.Number.Full()}, reissue.FieldName: {a.Name},
		reissue.FieldBirthMonth: {a.BirthMonth}, reissue.FieldSex: {a.Sex},
	}}
}
