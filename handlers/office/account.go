package office

import (
	"cmp"
	"errors"
	"net/url"
	"path"
	"strconv"

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
			{Label: visit.SayEmail, Value: visit.SayAddress(a.Email, a)},
			{Label: visit.SayCreated, Value: a.Created.String() + "（" + visit.OriginWords[a.Origin] + "）"},
			{Label: sayLastLogin, Value: cmp.Or(d.LastLogin.String(), sayNotLately)},
		}, Seen: d.Seen}
	data.Form.Saves = true
	if d.LockedUntil != 0 {
		data.LockedUntil = d.LockedUntil.String()
	}
	data.Correct = holderForm(v, a, &data)
	data.Applications = p.visible(&d.Applications)
	for _, deed := range d.Deeds {
		data.History = append(data.History, templates.Event{When: deed.At.String(), What: visit.AuditWhat(deed.Audit), Who: cmp.Or(deed.Name, visit.ActorWords[deed.Kind])})
	}
	for _, was := range d.Former {
		data.Former = append(data.Former, templates.Event{When: was.At.String(), What: visit.SayFormer(was.Former), Who: cmp.Or(was.Name, visit.ActorWords[was.Kind])})
	}
	return v.Render(data)
}

// counterAct runs an act of the counter on the account in the address, as the form
// showed it, and answers with what done makes of it. Where the account is another one
// by now, the page says what has become of it.
func (p *Pages) counterAct(v *visit.Visit, act func(by *reissue.Staff, account uint64, seen string) error, done func() error) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	err = act(v.Staff, id, v.Value("seen"))
	if errors.Is(err, reissue.ErrStale) {
		d, shown := p.Store.AccountDetails(v.Staff, id)
		if shown == nil && staleRecord(v, err, sayAccountMeanwhile, counterFields[path.Base(v.R.URL.Path)], heldBy(d.Account)) {
			return p.showAccount(v)
		}
		err = errors.Join(err, shown)
	}
	if err != nil {
		return err
	}
	p.MailWaits()
	return done()
}

// counterFields are the fields of the page's forms that show what is stored.
var counterFields = map[string][]string{
	"email":   {reissue.FieldEmail},
	"correct": {reissue.FieldPaper, reissue.FieldIDNumber, reissue.FieldName, reissue.FieldBirthMonth, reissue.FieldSex},
}

// heldBy is whom an account belongs to, and its address, by field.
func heldBy(a *reissue.Account) map[string]string {
	return map[string]string{reissue.FieldPaper: string(a.Person.Paper), reissue.FieldIDNumber: a.Person.Number.Full(), reissue.FieldName: a.Name,
		reissue.FieldBirthMonth: a.BirthMonth, reissue.FieldSex: a.Sex, reissue.FieldEmail: a.Email}
}

// backToAccount is what most acts are done with.
func (p *Pages) backToAccount(v *visit.Visit, flash string) func() error {
	return func() error {
		v.Flash(flash)
		return v.Redirect("/office/accounts/" + v.R.PathValue("id"))
	}
}

// postAccountReset gives a one-time password, which the next page shows once.
func (p *Pages) postAccountReset(v *visit.Visit) error {
	oneTime, hashed, err := p.oneTimePassword(v)
	if err != nil {
		return err
	}
	return p.counterAct(v, func(by *reissue.Staff, account uint64, seen string) error {
		return p.Store.ResetAtCounter(by, account, seen, hashed)
	}, func() error { return p.showOnce(v, "/office/accounts/"+v.R.PathValue("id"), oneTime) })
}

func (p *Pages) postAccountUnlock(v *visit.Visit) error {
	return p.counterAct(v, p.Store.UnlockAccount, p.backToAccount(v, flashUnlocked))
}

func (p *Pages) postAccountEmail(v *visit.Visit) error {
	email, err := mail.ParseAddress(v.Value("email"))
	var problems reissue.Problems
	problems.AddFault("email", err)
	problems.AskEmail("email", email, v.Value(reissue.Confirm("email")))
	if err := problems.Err(); err != nil {
		return err
	}
	flash := flashCorrected
	return p.counterAct(v, func(by *reissue.Staff, account uint64, seen string) error {
		moved, err := p.Store.CorrectEmail(by, account, seen, email)
		flash += "." + strconv.Itoa(moved)
		return err
	}, func() error { return p.backToAccount(v, flash)() })
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
	return p.counterAct(v, func(by *reissue.Staff, account uint64, seen string) (err error) {
		owner, err = p.Store.AttachNumber(by, account, seen, name, email, hashed)
		return err
	}, func() error { return p.showOnce(v, accountURL(owner.ID), oneTime) })
}

// postAccountCorrect corrects a name or a number after the paper was seen.
func (p *Pages) postAccountCorrect(v *visit.Visit) error {
	holder, err := holder(v)
	if err != nil {
		return err
	}
	return p.counterAct(v, func(by *reissue.Staff, account uint64, seen string) error {
		return taken(v, p.Store.CorrectHolder(by, account, seen, holder))
	}, p.backToAccount(v, flashCorrected))
}

func (p *Pages) postAccountClose(v *visit.Visit) error {
	return p.counterAct(v, p.Store.CloseAccount, p.backToAccount(v, flashClosed))
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
	form := templates.Form{Values: url.Values{}}
	form.Fill(heldBy(a))
	return form
}
