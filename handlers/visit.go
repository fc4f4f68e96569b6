package handlers

import (
	"bytes"
	"context"
	"crypto/hmac"
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"

	"github.com/gorilla/sessions"
)

// visit is one request on its way: who asks, what was posted, what is wrong
// with it, and the answer's status.
type visit struct {
	s       *Server
	w       http.ResponseWriter
	r       *http.Request
	realm   *realm
	session *sessions.Session
	account *reissue.Account // of a candidate who is signed in
	staff   *reissue.Staff   // of a staff member who is signed in
	// visitor is the cookie that captchas are bound to; a form's token is bound
	// to the realm's own, which is the same one on candidates' pages.
	visitor, formVisitor string

	status   int
	posted   url.Values // what a refused form is refilled with; nil for a GET
	problems reissue.Problems
	way      *templates.Link // where a refused form leads, beside its problems
	mended   bool            // the problem of the photo is only that nobody has looked at the mended one
}

func (s *Server) newVisit(w http.ResponseWriter, r *http.Request) *visit {
	return &visit{s: s, w: w, r: r, realm: &s.candidate, status: http.StatusOK}
}

type contextKey int

const requestNumber contextKey = iota

func withRequestNumber(ctx context.Context, number string) context.Context {
	return context.WithValue(ctx, requestNumber, number)
}

// number is the request's number, by which a person on the phone and the log
// mean the same request.
func (v *visit) number() string {
	number, _ := v.r.Context().Value(requestNumber).(string)
	return number
}

// meet reads the cookies that make a visitor known, and gives them to one who
// has none. Nothing is written into the file.
func (v *visit) meet() {
	v.visitor = v.cookie(v.s.candidate.visitor)
	if v.visitor == "" {
		v.visitor = randomToken()
		http.SetCookie(v.w, v.s.candidate.cookie(v.s.candidate.visitor, v.visitor))
	}
	v.formVisitor = v.visitor
	if v.realm == &v.s.office {
		if v.formVisitor = v.cookie(v.realm.visitor); v.formVisitor == "" {
			v.formVisitor = randomToken()
			http.SetCookie(v.w, v.realm.cookie(v.realm.visitor, v.formVisitor))
		}
	}
}

func (v *visit) cookie(name string) string {
	if c, err := v.r.Cookie(name); err == nil && len(c.Value) <= 64 {
		return c.Value
	}
	return ""
}

// token is what the visitor's forms carry: an HMAC over the cookie, so that
// nothing needs to be stored for it and it outlives the session.
func (v *visit) token() string {
	return base64.RawURLEncoding.EncodeToString(v.s.store.Sign("form", v.realm.path, v.formVisitor))
}

func (v *visit) tokenIsRight() bool {
	return hmac.Equal([]byte(v.r.PostForm.Get("csrf_token")), []byte(v.token()))
}

// signIn starts a session under a new id, ends the one before, and gives new
// visitor cookies: whoever planted or saw the old ones has nothing. proven is
// the stored password that was proven right, code that of a second factor.
func (v *visit) signIn(subject uint64, proven, code string) error {
	before := v.session.ID
	v.session.ID = ""
	v.session.Values[sessionStart] = store.SignIn{Kind: v.realm.kind, Subject: subject, Proven: proven, Code: code, Device: deviceName(v.r.UserAgent())}
	if err := v.session.Save(v.r, v.w); err != nil {
		v.session.ID = before
		return err
	}
	http.SetCookie(v.w, v.realm.cookie(v.realm.visitor, randomToken()))
	if before == "" {
		return nil
	}
	return v.s.store.EndSession(before)
}

// hash is by which the store knows this visit's session.
func (v *visit) hash() []byte {
	hash, _ := v.session.Values[sessionHash].([]byte)
	return hash
}

// id is the record number in the address; anything else is not found.
func (v *visit) id() (uint64, error) {
	number, err := strconv.ParseUint(v.r.PathValue("id"), 10, 64)
	if err != nil || number == 0 {
		return 0, reissue.ErrNotFound
	}
	return number, nil
}

// value is a posted value as it was typed.
func (v *visit) value(name string) string { return v.posted.Get(name) }

// revision is the revision that the screen showed; one that is none fits
// nothing.
func (v *visit) revision() uint64 {
	n, _ := strconv.ParseUint(v.value("revision"), 10, 64)
	return n
}

// page is what every page shows around its own part.
func (v *visit) page() templates.Page {
	settings := v.s.store.Settings()
	p := templates.Page{
		SystemName: settings.SystemName, OfficeName: settings.OfficeName, Phone: settings.Telephone, Hours: settings.Hours,
		Notice: settings.Notice, Announcement: settings.Announcement, Demo: v.s.Demo, CSRF: v.token(), Staff: v.realm == &v.s.office,
		Form: templates.Form{Values: v.posted, Locked: map[string]string{}, Skip: map[string]bool{}, Longest: maxLengths},
	}
	p.Flash, p.FlashWay = v.takeFlash()
	if p.Form.Values == nil {
		p.Form.Values = url.Values{}
	}
	for _, problem := range v.problems {
		p.Form.Problems = append(p.Form.Problems, templates.Problem{Field: problem.Field, Message: problem.Message})
	}
	p.Form.Way = v.way
	switch {
	case v.staff != nil:
		p.User = v.staff.Name
		for _, role := range v.staff.Roles {
			p.Roles = append(p.Roles, string(role))
		}
	case v.account != nil:
		p.User = v.account.Name
	}
	return p
}

// maxLengths are the rules' limits as HTML counts, in UTF-16 units: the rarest
// characters of names take two.
var maxLengths = func() map[string]int {
	lengths := maps.Clone(reissue.Longest)
	lengths[reissue.FieldName] *= 2
	lengths["email"] = mail.LongestAddress
	return lengths
}()

// captchaPage is page with a new captcha in its form.
func (v *visit) captchaPage() templates.Page {
	p := v.page()
	p.Form.CaptchaID = v.newCaptcha()
	return p
}

func (v *visit) newCaptcha() string {
	id, answer := v.s.captchas.issue(v.visitor)
	if v.s.OnCaptcha != nil {
		v.s.OnCaptcha(id, answer)
	}
	return id
}

// takeCaptcha uses the form's captcha up and notes a problem if it was wrong.
func (v *visit) takeCaptcha(problems *reissue.Problems) {
	typed := typedDigits(v.value("captcha"))
	switch right := v.s.captchas.take(v.value("captcha_id"), v.visitor, typed); {
	case typed == "":
		problems.Add("captcha", sayCaptchaMissing)
	case !right:
		problems.Add("captcha", sayWrongCaptcha)
	}
}

// buffers hold pages while they are made: nothing is sent before a page is
// whole.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render sends a page with the visit's status.
func (v *visit) render(name string, data any) error {
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	if err := v.s.pages.Render(buffer, name, data); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(buffer.Len()))
	v.w.WriteHeader(v.status)
	// The visitor may have gone; there is nobody left to tell.
	_, _ = v.w.Write(buffer.Bytes())
	return nil
}

// redirect answers an accepted form.
func (v *visit) redirect(address string) error {
	v.w.Header().Set("Location", address)
	v.w.WriteHeader(http.StatusSeeOther)
	return nil
}

// flash names the sentence that the next page shows once, in a cookie of the
// realm: a code, since a cookie is the visitor's to change.
func (v *visit) flash(code string) {
	http.SetCookie(v.w, v.realm.cookie(flashCookie(v.realm), code))
}

// flashAbout is flash with the application that the sentence is about, so that
// the next page leads back to it.
func (v *visit) flashAbout(code string, application uint64) {
	v.flash(code + "." + number(application))
}

func flashCookie(r *realm) string { return r.session + "_flash" }

// takeFlash is the sentence to show, once, and the way to what it is about.
func (v *visit) takeFlash() (sentence string, way *templates.Link) {
	name := flashCookie(v.realm)
	code, about, _ := strings.Cut(v.cookie(name), ".")
	if sentence = flashes[code]; sentence == "" {
		sentence = batchSentence(code, about)
	}
	if sentence == "" {
		return "", nil
	}
	if application, ok := reissue.ParseNumber(about); ok && v.realm == &v.s.office {
		sentence = sayAbout(application, sentence)
		way = &templates.Link{Text: sayLookAgain, URL: officeURL(application)}
		// Another tab may take the sentence: what its address says makes no trail.
		if strings.HasPrefix(v.r.URL.Path, "/office/applications") {
			way.URL = address(way.URL, v.trail())
		}
	}
	if v.status == http.StatusOK {
		gone := v.realm.cookie(name, "")
		gone.MaxAge = -1
		http.SetCookie(v.w, gone)
	}
	return sentence, way
}
