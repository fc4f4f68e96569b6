package handlers

import (
	"crypto/hmac"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// The second step of a sign-in, for staff with a second factor. That the first
// one was passed stands in a signed cookie; a session begins only with the code.
const (
	codePage   = "/office/login/code"
	codeCookie = "office_code"
	codeTime   = 5 * time.Minute
)

// askCode notes that whoever holds this browser has just proven a password.
func (v *visit) askCode(staff *reissue.Staff) {
	until := v.s.store.Now().Add(codeTime).Unix()
	http.SetCookie(v.w, v.realm.cookie(codeCookie, fmt.Sprintf("%d.%d.%s", staff.ID, until, v.codeSeal(staff, until))))
}

// codeSeal binds the first step to the browser, the password as it is stored and
// a time.
func (v *visit) codeSeal(staff *reissue.Staff, until int64) string {
	seal := v.s.store.Sign("login code", strconv.FormatUint(staff.ID, 10), strconv.FormatInt(until, 10), staff.Password, v.formVisitor)
	return base64.RawURLEncoding.EncodeToString(seal[:16])
}

// asked is who has passed the first step lately; nil for nobody.
func (v *visit) asked() (*reissue.Staff, error) {
	parts := strings.Split(v.cookie(codeCookie), ".")
	if len(parts) != 3 {
		return nil, nil
	}
	number, _ := strconv.ParseUint(parts[0], 10, 64)
	until, _ := strconv.ParseInt(parts[1], 10, 64)
	staff, err := v.s.store.Staff(number)
	switch {
	case errors.Is(err, reissue.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case !hmac.Equal([]byte(parts[2]), []byte(v.codeSeal(staff, until))) || v.s.store.Now().Unix() > until:
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
	over := v.realm.cookie(codeCookie, "")
	over.MaxAge = -1
	http.SetCookie(v.w, over)
	if utf8.RuneCountInString(code) > 8 { // longer than any of the app
		v.flash(flashRecovered)
	}
	return v.redirect("/office")
}
