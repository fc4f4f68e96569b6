package handlers

import (
	"cmp"
	"fmt"

	"certreissue/mail"
	"certreissue/password"
	"certreissue/reissue"
	"certreissue/templates"
)

// postAccounts searches by a posted query: an ID number must not stand in an
// address, so the answer leads to one with an opaque id.
func (s *Server) postAccounts(v *visit) error {
	query := reissue.Clean(v.value("q"))
	if query == "" {
		return reissue.Problems{{Field: "q", Message: sayQueryMissing}}
	}
	return v.redirect("/office/accounts?search=" + s.searches.keep(query, v.staff.ID))
}

// showAccounts is where the counter finds an account.
func (s *Server) showAccounts(v *visit) error {
	query, searched := s.searches.find(v.r.URL.Query().Get("search"), v.staff.ID)
	data := templates.OfficeAccounts{Page: v.page(), Searched: searched}
	if !searched {
		return v.render("office_accounts.html", data)
	}
	data.Form.Values.Set("q", query)
	found, more, err := s.store.SearchAccounts(query)
	if err != nil {
		return err
	}
	data.More = more
	for _, a := range found {
		row := templates.AccountRow{URL: accountURL(a.ID), Name: a.Name, IDNumber: a.Person.Number.String(), Email: maskEmail(a.Email),
			State: accountState(a.Account, a.LockedUntil), LastLogin: cmp.Or(a.LastLogin.String(), sayNotLately)}
		if birth := a.Birth(); len(birth) >= 4 {
			row.BirthYear = birth[:4]
		}
		data.Rows = append(data.Rows, row)
	}
	return v.render("office_accounts.html", data)
}

func accountURL(id uint64) string { return fmt.Sprintf("/office/accounts/%d", id) }

func accountState(a *reissue.Account, lockedUntil reissue.Moment) string {
	switch {
	case a.Closed != 0:
		return sayClosed
	case lockedUntil != 0:
		return sayLocked
	case a.MustChange:
		return sayOneTime
	}
	return sayInUse
}

// maskEmail shows enough of an address to recognise it.
func maskEmail(email string) string {
	for i, r := range email {
		if r == '@' && i > 0 {
			return email[:1] + "***" + email[i:]
		}
	}
	return ""
}

// showAccount is the counter's view of one account, with the ID number in full:
// the clerk compares it with the paper.
func (s *Server) showAccount(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	d, err := s.store.AccountDetails(id)
	if err != nil {
		return err
	}
	if err := s.store.ViewedAccount(v.staff.Actor(), id); err != nil {
		return err
	}
	a := d.Account
	data := templates.Account{Page: v.page(), Path: accountURL(id), Name: a.Name, State: accountState(a, d.LockedUntil), Email: a.Email, OneTime: v.shownOnce(), Use: a.Closed == 0,
		Facts: []templates.Pair{
			{Label: sayPaper, Value: string(a.Person.Paper)},
			{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.Full()},
			{Label: sayEmail, Value: a.Email},
			{Label: sayCreated, Value: a.Created.String() + "（" + originWords[a.Origin] + "）"},
			{Label: sayLastLogin, Value: cmp.Or(d.LastLogin.String(), sayNotLately)},
		}}
	if d.LockedUntil != 0 {
		data.LockedUntil = d.LockedUntil.String()
	}
	data.Correct = v.holderForm(a, &data)
	for _, application := range d.Applications {
		data.Applications = append(data.Applications, s.queueRow(application))
	}
	for _, row := range d.Audit {
		data.History = append(data.History, templates.Event{When: row.At.String(), What: auditWhat(row), Who: actorWords[row.Kind]})
	}
	return v.render("office_account.html", data)
}

// counterAct runs an act of the counter on the account in the address.
func (s *Server) counterAct(v *visit, act func(by reissue.Actor, account uint64) error) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := act(v.staff.Actor(), id); err != nil {
		return err
	}
	s.MailWaits()
	return nil
}

// postAccountReset gives a one-time password, which the next page shows once.
func (s *Server) postAccountReset(v *visit) error {
	oneTime, hashed, err := s.oneTimePassword(v)
	if err != nil {
		return err
	}
	err = s.counterAct(v, func(by reissue.Actor, account uint64) error { return s.store.ResetAtCounter(by, account, hashed) })
	if err != nil {
		return err
	}
	return v.showOnce("/office/accounts/"+v.r.PathValue("id"), oneTime)
}

// showOnce leads to the page of an account or login, which shows its one-time
// password once: a reload or the way back does not show it again.
func (v *visit) showOnce(page, oneTime string) error {
	return v.redirect(page + "?shown=" + v.s.oneTimes.keep(oneTime, v.staff.ID))
}

// shownOnce is what showOnce has led here with; "" on any other way.
func (v *visit) shownOnce() string {
	return v.s.oneTimes.take(v.r.URL.Query().Get("shown"), v.staff.ID)
}

func (s *Server) postAccountUnlock(v *visit) error {
	if err := s.counterAct(v, s.store.UnlockAccount); err != nil {
		return err
	}
	v.flash(flashUnlocked)
	return v.redirect("/office/accounts/" + v.r.PathValue("id"))
}

func (s *Server) postAccountEmail(v *visit) error {
	email, err := mail.ParseAddress(v.value("email"))
	var problems reissue.Problems
	problems.AddFault("email", err)
	if err := problems.Err(); err != nil {
		return err
	}
	err = s.counterAct(v, func(by reissue.Actor, account uint64) error { return s.store.ChangeEmail(by, account, email) })
	if err != nil {
		return err
	}
	v.flash(flashCorrected)
	return v.redirect("/office/accounts/" + v.r.PathValue("id"))
}

// postAccountAttach gives a number that somebody else registered to its true
// owner, and shows the new account's one-time password.
func (s *Server) postAccountAttach(v *visit) error {
	var problems reissue.Problems
	name := reissue.CleanName(v.value("name"))
	if !reissue.ValidName(name) {
		problems.Add("name", sayBadName)
	}
	email := v.optionalEmail(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	oneTime, hashed, err := s.oneTimePassword(v)
	if err != nil {
		return err
	}
	var owner *reissue.Account
	err = s.counterAct(v, func(by reissue.Actor, account uint64) (err error) {
		owner, err = s.store.AttachNumber(by, account, name, email, hashed)
		return err
	})
	if err != nil {
		return err
	}
	return v.showOnce(accountURL(owner.ID), oneTime)
}

// oneTimePassword is a password to be told or copied once: eight letters and
// digits that are not mistaken for each other, at least one of each.
func (s *Server) oneTimePassword(v *visit) (plain, hashed string, err error) {
	plain = password.OneTime()
	hashed, err = s.hash(v.r.Context(), plain)
	return plain, hashed, err
}
