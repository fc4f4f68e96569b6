package office

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

func (p *Pages) showLogin(v *visit.Visit) error {
	if v.SignedIn() && v.Posted == nil {
		return v.Redirect(v.Realm.Home)
	}
	data := templates.OfficeLogin{Page: v.CaptchaPage()}
	if p.canAddFirstAdmin() {
		data.FirstAdminURL = "/office/first-admin"
	}
	return v.Render(data)
}

// postLogin signs a staff member in, or leads to the second step.
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
	try, err := v.SignInTry(name)
	if err != nil {
		return err
	}
	claim := visit.Claim{Try: try, Field: "username", Wrong: sayWrongStaff}
	return p.SignIn(v, claim, func() (holder visit.Holder, err error) {
		staff, err := p.Store.StaffByName(name)
		if err != nil || staff.Disabled {
			return holder, err
		}
		holder = visit.Holder{Subject: staff.ID, Stored: staff.Password}
		if staff.Factor.On() {
			holder.Second = func() error {
				v.AskCode(staff)
				return v.Redirect(codePage)
			}
		}
		return holder, nil
	})
}
