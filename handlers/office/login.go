package office

import (
	"errors"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

func (p *Pages) showLogin(v *visit.Visit) error {
	if v.SignedIn() && v.Posted == nil {
		return v.Redirect("/office")
	}
	data := templates.OfficeLogin{Page: v.CaptchaPage()}
	if p.canAddFirstAdmin() {
		data.FirstAdminURL = "/office/first-admin"
	}
	return v.Render(data)
}

// postLogin signs a staff member in, by the same rules as a candidate.
func (p *Pages) postLogin(v *visit.Visit) error {
	var problems reissue.Problems
	name := reissue.Clean(v.Value("username"))
	if name == "" {
		problems.Add("username", sayUsernameMissing)
	}
	if v.Value("password") == "" {
		problems.Add("password", visit.SayPasswordMissing)
	}
	v.TakeCaptcha(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	tried := store.StaffTry(name)
	if err := p.Reserve(store.TryStaff, tried, "username"); err != nil {
		return err
	}
	staff, err := p.Store.StaffByName(name)
	if err != nil && !errors.Is(err, reissue.ErrNotFound) {
		return err
	}
	stored := ""
	if staff != nil && !staff.Disabled {
		stored = staff.Password
	}
	ok, _, err := p.Verify(v.R.Context(), stored, v.Value("password"))
	if err != nil {
		return err
	}
	if !ok {
		return reissue.Problems{{Field: "username", Message: sayWrongStaff}}
	}
	if staff.Factor.On() {
		v.AskCode(staff)
		return v.Redirect(codePage)
	}
	if err := p.Store.SucceedTry(store.TryStaff, tried); err != nil {
		return err
	}
	if err := v.SignIn(staff.ID, stored, ""); err != nil {
		return visit.LateSignIn(err, "username", sayWrongStaff)
	}
	return v.Redirect("/office")
}
