package rig

import (
	"image/color"
	"net/http"
	"strings"

	"certreissue/sample"
)

// CandidatePassword is everybody's who registers here.
const CandidatePassword = "kaosheng88"

// Register makes an account and signs in.
func (r *Running) Register(name, number string) *Browser {
	r.T.Helper()
	b := r.Browser()
	b.Sends(b.Get("/register"), FormTo("/register"), map[string]string{"name": name, "id_number": number, "email": "kaosheng@example.com",
		"password": CandidatePassword, "password_confirm": CandidatePassword, "consent": "1"}).Has("注册成功")
	b.Login(number, CandidatePassword)
	return b
}

// Login signs a candidate in.
func (b *Browser) Login(number, password string) *Page {
	b.T.Helper()
	return b.Sends(b.Get("/login"), FormTo("/login"), map[string]string{"id_number": number, "password": password})
}

// Staff signs somebody of the office in, whose password is told by the name.
func (r *Running) Staff(name string) *Browser {
	r.T.Helper()
	b := r.Browser()
	b.Sends(b.Get("/office/login"), FormTo("/office/login"), map[string]string{"username": name, "password": name + "-pass1"})
	return b
}

// Apply submits step 2 and answers the application's address.
func (b *Browser) Apply(step2 string, fill map[string]string, photos ...[]byte) string {
	b.T.Helper()
	submitted := b.Sends(b.Get(step2), "form[enctype]", fill, photos...).Has("提交完成")
	return strings.TrimSuffix(submitted.Path, "/submitted")
}

// Forgot asks for a reset mail and answers the page that says what happens.
func (b *Browser) Forgot(number string) *Page {
	b.T.Helper()
	return b.Sends(b.Get("/forgot"), FormTo("/forgot"), map[string]string{"id_number": number})
}

// Decide opens an application's review screen and sends one of its forms.
func (b *Browser) Decide(application, act string, fill map[string]string) *Page {
	b.T.Helper()
	return b.Sends(b.Get("/office"+application), "form[action$='/"+act+"']", fill)
}

// Account is the counter's page of a number.
func (b *Browser) Account(number string) *Page {
	b.T.Helper()
	found := b.Sends(b.Get("/office/accounts"), FormTo("/office/accounts"), map[string]string{"q": number})
	return b.Get(found.Find("tbody a").AttrOr("href", ""))
}

// Apply registers somebody and applies for the certificate of 2015.
func (r *Running) Apply(name, number string) (*Browser, *Page) {
	r.T.Helper()
	candidate := r.Register(name, number)
	exam := candidate.Get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	form := candidate.Get(candidate.Get("/apply?exam=" + exam).Link("申请补证"))
	return candidate, candidate.Sends(form, "form[enctype]", map[string]string{"phone": "13800138000"}, sample.Portrait(1, false, color.White)).Has("提交完成")
}

// IsSignedIn tells whether a browser's session of the office still gives its
// rights.
func (b *Browser) IsSignedIn() bool {
	b.T.Helper()
	return b.Do(http.MethodGet, "/office", "", nil).Status == http.StatusOK
}
