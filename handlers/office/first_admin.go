package office

import (
	"crypto/subtle"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// canAddFirstAdmin tells whether the page for the first admin is open.
func (p *Pages) canAddFirstAdmin() bool { return p.FirstAdminCode != "" && !p.Demo && !p.Open() }

// showFirstAdmin is where whoever started the program makes the first admin. It
// is not found once there is one.
func (p *Pages) showFirstAdmin(v *visit.Visit) error {
	if !p.canAddFirstAdmin() {
		return reissue.ErrNotFound
	}
	return v.Render(templates.OfficeFirstAdmin{Page: v.CaptchaPage()})
}

func (p *Pages) postFirstAdmin(v *visit.Visit) error {
	if !p.canAddFirstAdmin() {
		return reissue.ErrNotFound
	}
	var problems reissue.Problems
	name := reissue.Clean(v.Value("username"))
	if !store.ValidStaffName(name) {
		problems.Add("username", sayBadUsername)
	}
	v.CheckNewPassword("", &problems)
	v.TakeCaptcha(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	try := store.FirstAdminTry(v.Network())
	if err := p.Reserve(try, "code"); err != nil {
		return err
	}
	code := strings.ToUpper(strings.TrimSpace(v.Value("code")))
	if subtle.ConstantTimeCompare([]byte(code), []byte(p.FirstAdminCode)) != 1 {
		return p.Failed(try, "code", sayWrongCode)
	}
	hashed, err := p.Hash(v.R.Context(), v.Value("password"))
	if err != nil {
		return err
	}
	if _, err := p.Store.AddFirstAdmin(reissue.Staff{Name: name, Roles: []reissue.Role{reissue.RoleAdmin}, Password: hashed}); err != nil {
		return err
	}
	v.Flash(flashFirstAdmin)
	return v.Redirect("/office/login")
}
