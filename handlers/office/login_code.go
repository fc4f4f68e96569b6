package office

import (
	"errors"
	"net/http"
	"strings"
	"unicode/utf8"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// codePage is the second step of a sign-in, for staff with a second factor.
const codePage = "/office/login/code"

func (p *Pages) showLoginCode(v *visit.Visit) error {
	staff, err := v.Asked()
	if err != nil {
		return err
	}
	if staff == nil {
		return v.Redirect(v.Realm.Login)
	}
	data := templates.OfficeLoginCode{Page: v.Page()}
	data.Form.Values.Del("code")
	return v.Render(data)
}

// postLoginCode signs in who has passed the first step, by a code of the app or
// a recovery code. Wrong ones are counted together with first steps that were passed.
func (p *Pages) postLoginCode(v *visit.Visit) error {
	staff, err := v.Asked()
	if err != nil {
		return err
	}
	if staff == nil {
		v.Flash(flashTooLate)
		return v.Redirect(v.Realm.Login)
	}
	code := strings.TrimSpace(v.Value("code"))
	if code == "" {
		return reissue.Problems{{Field: "code", Message: sayCodeMissing}}
	}
	try, err := v.SignInTry(staff.Name)
	if err != nil {
		return err
	}
	if err := p.Reserve(try.SecondStep(), "code"); err != nil {
		return err
	}
	err = v.Begin(staff.ID, staff.Password, code)
	if errors.Is(err, store.ErrCode) {
		return p.Failed(try.SecondStep(), "code", sayCodeWrong)
	}
	if err != nil {
		return visit.LateSignIn(err, "code", sayWrongStaff)
	}
	if err := errors.Join(p.Store.SucceedTry(try.SecondStep()), p.Store.SucceedTry(try)); err != nil {
		return err
	}
	p.FirstSteps.Take(v.Cookie(visit.CodeCookie), visit.Nobody)
	over := v.Realm.Cookie(visit.CodeCookie, "")
	over.MaxAge = -1
	http.SetCookie(v.W, over)
	if utf8.RuneCountInString(code) > 8 { // longer than any of the app
		v.Flash(flashRecovered)
	}
	return v.Redirect(v.Realm.Home)
}
