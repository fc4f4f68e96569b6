package handlers

import (
	"errors"
	"net/http"
	"strings"
	"unicode/utf8"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// The second step of a sign-in, for staff with a second factor. That the first
// one was passed is kept in memory, under a random id that only this browser has:
// nothing that can be computed from the file opens this page. A session begins
// only with the code.
const (
	codePage   = "/office/login/code"
	codeCookie = "office_code"
)

// firstStep is a password that was just proven, and from which browser.
type firstStep struct {
	staff    uint64
	password string // as it is stored: another one since undoes the step
	visitor  string
}

// askCode notes that whoever holds this browser has just proven a password.
func (v *visit) askCode(staff *reissue.Staff) {
	id := v.s.firstSteps.keep(firstStep{staff.ID, staff.Password, v.formVisitor}, nobody)
	http.SetCookie(v.w, v.realm.cookie(codeCookie, id))
}

// asked is who has passed the first step lately; nil for nobody. Staff without a
// second factor never come this way.
func (v *visit) asked() (*reissue.Staff, error) {
	step, ok := v.s.firstSteps.find(v.cookie(codeCookie), nobody)
	if !ok || step.visitor != v.formVisitor {
		return nil, nil
	}
	staff, err := v.s.store.Staff(step.staff)
	switch {
	case errors.Is(err, reissue.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case staff.Password != step.password || !staff.Factor.On():
		return nil, nil
	}
	return staff, nil
}

func (s *Server) showLoginCode(v *visit) error {
	staff, err := v.asked()
	if err != nil {
		return err
	}
	if staff == nil {
		return v.redirect(v.realm.login)
	}
	data := templates.LoginCode{Page: v.page()}
	data.Form.Values.Del("code")
	return v.render("office_login_code.html", data)
}

// postLoginCode signs in who has passed the first step, by a code of the app or
// a recovery code. Wrong ones count towards the same lock as wrong passwords.
func (s *Server) postLoginCode(v *visit) error {
	staff, err := v.asked()
	if err != nil {
		return err
	}
	if staff == nil {
		v.flash(flashTooLate)
		return v.redirect(v.realm.login)
	}
	code := strings.TrimSpace(v.value("code"))
	if code == "" {
		return reissue.Problems{{Field: "code", Message: sayCodeMissing}}
	}
	tried := store.StaffTry(staff.Name)
	if err := s.reserve(store.TryStaff, tried, "code"); err != nil {
		return err
	}
	err = v.signIn(staff.ID, staff.Password, code)
	if errors.Is(err, store.ErrCode) {
		return reissue.Problems{{Field: "code", Message: sayCodeWrong}}
	}
	if err != nil {
		return lateSignIn(err, "code", sayWrongStaff)
	}
	if err := s.store.SucceedTry(store.TryStaff, tried); err != nil {
		return err
	}
	s.firstSteps.take(v.cookie(codeCookie), nobody)
	over := v.realm.cookie(codeCookie, "")
	over.MaxAge = -1
	http.SetCookie(v.w, over)
	if utf8.RuneCountInString(code) > 8 { // longer than any of the app
		v.flash(flashRecovered)
	}
	return v.redirect("/office")
}
