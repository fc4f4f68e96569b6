package handlers

import (
	"crypto/subtle"
	"errors"
	"strings"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

func (s *Server) showOfficeLogin(v *visit) error {
	if v.signedIn() && v.posted == nil {
		return v.redirect("/office")
	}
	data := templates.OfficeLogin{Page: v.captchaPage()}
	if s.canAddFirstAdmin() {
		data.FirstAdminURL = "/office/first-admin"
	}
	return v.render("office_login.html", data)
}

// postOfficeLogin signs a staff member in, by the same rules as a candidate.
func (s *Server) postOfficeLogin(v *visit) error {
	var problems reissue.Problems
	name := reissue.Clean(v.value("username"))
	if name == "" {
		problems.Add("username", sayUsernameMissing)
	}
	if v.value("password") == "" {
		problems.Add("password", sayPasswordMissing)
	}
	v.takeCaptcha(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	tried := store.StaffTry(name)
	if err := s.reserve(store.TryStaff, tried, "username"); err != nil {
		return err
	}
	staff, err := s.store.StaffByName(name)
	if err != nil && !errors.Is(err, reissue.ErrNotFound) {
		return err
	}
	stored := ""
	if staff != nil && !staff.Disabled {
		stored = staff.Password
	}
	ok, _, err := s.verify(v.r.Context(), stored, v.value("password"))
	if err != nil {
		return err
	}
	if !ok {
		return reissue.Problems{{Field: "username", Message: sayWrongStaff}}
	}
	if staff.Factor.On() {
		v.askCode(staff)
		return v.redirect(codePage)
	}
	if err := s.store.SucceedTry(store.TryStaff, tried); err != nil {
		return err
	}
	if err := v.signIn(staff.ID, stored, ""); err != nil {
		return lateSignIn(err, "username", sayWrongStaff)
	}
	return v.redirect("/office")
}

// canAddFirstAdmin tells whether the page for the first admin is open.
func (s *Server) canAddFirstAdmin() bool { return s.FirstAdminCode != "" && !s.Demo && !s.open() }

// showFirstAdmin is where whoever started the program makes the first admin. It
// is not found once there is one.
func (s *Server) showFirstAdmin(v *visit) error {
	if !s.canAddFirstAdmin() {
		return reissue.ErrNotFound
	}
	return v.render("office_first.html", templates.OfficeFirst{Page: v.captchaPage()})
}

func (s *Server) postFirstAdmin(v *visit) error {
	if !s.canAddFirstAdmin() {
		return reissue.ErrNotFound
	}
	var problems reissue.Problems
	name := reissue.Clean(v.value("username"))
	if !store.ValidStaffName(name) {
		problems.Add("username", sayBadUsername)
	}
	v.checkNewPassword("", &problems)
	v.takeCaptcha(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	if err := s.reserve(store.TryStaff, firstAdminTry, "code"); err != nil {
		return err
	}
	code := strings.ToUpper(strings.TrimSpace(v.value("code")))
	if subtle.ConstantTimeCompare([]byte(code), []byte(s.FirstAdminCode)) != 1 {
		return reissue.Problems{{Field: "code", Message: sayWrongCode}}
	}
	hashed, err := s.hash(v.r.Context(), v.value("password"))
	if err != nil {
		return err
	}
	if _, err := s.store.AddFirstAdmin(reissue.Staff{Name: name, Roles: []reissue.Role{reissue.RoleAdmin}, Password: hashed}); err != nil {
		return err
	}
	v.flash(flashFirstAdmin)
	return v.redirect("/office/login")
}

// firstAdminTry counts wrong codes; no name can be it.
const firstAdminTry = "\x00first admin"

func (s *Server) showOfficePassword(v *visit) error {
	rows, err := v.ownSessions()
	if err != nil {
		return err
	}
	return v.render("office_password.html", templates.OfficePassword{
		Password: templates.Password{Page: v.page(), Must: v.staff.MustChange, Sessions: rows}, Factor: v.staff.Factor.On()})
}

func (s *Server) postOfficePassword(v *visit) error {
	hashed, err := s.newPassword(v, "")
	if err != nil {
		return err
	}
	if err := s.store.SetStaffPassword(v.staff.Actor(), v.staff.ID, hashed, false, v.hash()); err != nil {
		return err
	}
	v.flash(flashPassword)
	return v.redirect("/office")
}
