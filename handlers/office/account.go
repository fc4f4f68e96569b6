package office

import (
	"cmp"
	"net/url"
	"path"

	"certreissue/handlers/visit"
	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/templates"
)

// showAccount is the counter's view of one account, with the ID number in full:
// the clerk compares it with the paper.
func (p *Pages) showAccount(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	d, err := p.Store.AccountDetails(v.Staff, id)
	if err != nil {
		return err
	}
	if err := p.noted(v, p.Store.ViewedAccount(v.Staff.Actor(), id)); err != nil {
		return err
	}
	a := d.Account
	data := templates.OfficeAccount{Page: v.Page(), Path: accountURL(id), Name: a.Name, State: accountState(a, d.LockedUntil), Email: a.Email, OneTime: p.shownOnce(v), Use: a.Closed == 0,
		Facts: []templates.Pair{
			{Label: visit.SayPaper, Value: string(a.Person.Paper)},
			{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.Full()},
			{Label: visit.SayEmail, Value: a.Email},
			{Label: visit.SayCreated, Value: a.Created.String() + "（" + visit.OriginWords[a.Origin] + "）"},
			{Label: sayLastLogin, Value: cmp.Or(d.LastLogin.String(), sayNotLately)},
		}}
	if d.LockedUntil != 0 {
		data.LockedUntil = d.LockedUntil.String()
	}
	data.Correct = holderForm(v, a, &data)
	data.Applications = p.visible(&d.Applications)
	for _, deed := range d.Deeds {
		data.History = append(data.History, templates.Event{When: deed.At.String(), What: visit.AuditWhat(deed.Audit), Who: cmp.Or(deed.Name, visit.ActorWords[deed.Kind])})
	}
	return v.Render(data)
}

// counterAct runs an act of the counter on the account in the address.
func (p *Pages) counterAct(v *visit.Visit, act func(by *reissue.Staff, account uint64) error) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if err := act(v.Staff, id); err != nil {
		return err
	}
	p.MailWaits()
	return nil
}

// postAccountReset gives a one-time password, which the next page shows once.
func (p *Pages) postAccountReset(v *visit.Visit) error {
	oneTime, hashed, err := p.oneTimePassword(v)
	if err != nil {
		return err
	}
	err = p.counterAct(v, func(by *reissue.Staff, account uint64) error { return p.Store.ResetAtCounter(by, account, hashed) })
	if err != nil {
		return err
	}
	return p.showOnce(v, "/office/accounts/"+v.R.PathValue("id"), oneTime)
}

func (p *Pages) postAccountUnlock(v *visit.Visit) error {
	if err := p.counterAct(v, p.Store.UnlockAccount); err != nil {
		return err
	}
	v.Flash(flashUnlocked)
	return v.Redirect("/office/accounts/" + v.R.PathValue("id"))
}

func (p *Pages) postAccountEmail(v *visit.Visit) error {
	email, err := mail.ParseAddress(v.Value("email"))
	var problems reissue.Problems
	problems.AddFault("email", err)
	if err := problems.Err(); err != nil {
		return err
	}
	err = p.counterAct(v, func(by *reissue.Staff, account uint64) error { return p.Store.CorrectEmail(by, account, email) })
	if err != nil {
		return err
	}
	v.Flash(flashCorrected)
	return v.Redirect("/office/accounts/" + v.R.PathValue("id"))
}

// postAccountAttach gives a number that somebody else registered to its true
// owner, and shows the new account's one-time password.
func (p *Pages) postAccountAttach(v *visit.Visit) error {
	var problems reissue.Problems
	name := reissue.CleanName(v.Value("name"))
	if !reissue.ValidName(name) {
		problems.Add("name", visit.SayBadName)
	}
	email := optionalEmail(v, &problems)
	if err := problems.Err(); err != nil {
		return err
	}
	oneTime, hashed, err := p.oneTimePassword(v)
	if err != nil {
		return err
	}
	var owner *reissue.Account
	err = p.counterAct(v, func(by *reissue.Staff, account uint64) (err error) {
		owner, err = p.Store.AttachNumber(by, account, name, email, hashed)
		return err
	})
	if err != nil {
		return err
	}
	return p.showOnce(v, accountURL(owner.ID), oneTime)
}

// postAccountCorrect corrects a name or a number after the paper was seen.
func (p *Pages) postAccountCorrect(v *visit.Visit) error {
	holder, err := holder(v)
	if err != nil {
		return err
	}
	err = p.counterAct(v, func(by *reissue.Staff, account uint64) error { return p.Store.CorrectHolder(by, account, holder) })
	if err != nil {
		return taken(v, err)
	}
	v.Flash(flashCorrected)
	return v.Redirect("/office/accounts/" + v.R.PathValue("id"))
}

func (p *Pages) postAccountClose(v *visit.Visit) error {
	if err := p.counterAct(v, p.Store.CloseAccount); err != nil {
		return err
	}
	v.Flash(flashClosed)
	return v.Redirect("/office/accounts/" + v.R.PathValue("id"))
}

// holderForm tells the account's page which of its forms was refused, and gives
// the form that corrects the holder: as it was posted, or as the account is.
func holderForm(v *visit.Visit, a *reissue.Account, data *templates.OfficeAccount) templates.Form {
	data.Papers, data.Sexes = reissue.Papers, reissue.Sexes
	if len(v.Problems) > 0 {
		data.Act = path.Base(v.R.URL.Path)
	}
	switch data.Act {
	case "correct":
		return data.Form
	case "attach":
		nameProblems(&data.Form, data.Act)
	}
	return templates.Form{Values: url.Values{
		reissue.FieldPaper: {string(a.Person.Paper)}, reissue.FieldIDNumber: {a.Person.Number.Full()}, reissue.FieldName: {a.Name},
		reissue.FieldBirthMonth: {a.BirthMonth}, reissue.FieldSex: {a.Sex},
	}}
}
