package visit

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"

	"github.com/gorilla/sessions"
)

// RoleIs tells whether the staff member holds one of the roles.
func (v *Visit) RoleIs(roles ...reissue.Role) bool {
	return slices.ContainsFunc(roles, func(r reissue.Role) bool { return slices.Contains(v.Staff.Roles, r) })
}

// Visit is one request on its way: who asks, what was posted, what is wrong
// with it, and the answer's status.
type Visit struct {
	S       *Server
	W       http.ResponseWriter
	R       *http.Request
	Realm   *Realm
	session *sessions.Session
	Account *reissue.Account // of a candidate who is signed in
	Staff   *reissue.Staff   // of a staff member who is signed in
	// visitor is the cookie that captchas are bound to; a form's token is bound
	// to the realm's own, which is the same one on candidates' pages.
	visitor, formVisitor string

	form     string // the address at which a refused post is shown again; "" for nowhere
	Status   int
	Posted   url.Values         // what a refused form is refilled with; nil for a GET
	Files    map[string][]*File // by field
	Problems reissue.Problems
	Way      *templates.Link // where a refused form leads, beside its problems
	Photo    store.Upload    // what was posted in the photo field of a refused form
	led      accepted        // where the answer leads
}

func (s *Server) NewVisit(w http.ResponseWriter, r *http.Request, realm *Realm) *Visit {
	return &Visit{S: s, W: w, R: r, Realm: realm, Status: http.StatusOK}
}

type contextKey int

const requestNumber contextKey = iota

func WithRequestNumber(ctx context.Context, number string) context.Context {
	return context.WithValue(ctx, requestNumber, number)
}

// Number is the request's number, by which a person on the phone and the log
// mean the same request.
func (v *Visit) Number() string {
	number, _ := v.R.Context().Value(requestNumber).(string)
	return number
}

// meet reads the cookies that make a visitor known, and gives them to one who
// has none. Nothing is written into the file.
func (v *Visit) meet() {
	front := v.S.Front
	v.visitor = v.Cookie(front.Visitor)
	if v.visitor == "" {
		v.visitor = randomToken()
		http.SetCookie(v.W, front.Cookie(front.Visitor, v.visitor))
	}
	v.formVisitor = v.visitor
	if v.Realm != front {
		if v.formVisitor = v.Cookie(v.Realm.Visitor); v.formVisitor == "" {
			v.formVisitor = randomToken()
			http.SetCookie(v.W, v.Realm.Cookie(v.Realm.Visitor, v.formVisitor))
		}
	}
}

func (v *Visit) Cookie(name string) string {
	if c, err := v.R.Cookie(name); err == nil && len(c.Value) <= 64 {
		return c.Value
	}
	return ""
}

// Token is what the visitor's forms carry: an HMAC over the cookie, so that
// nothing needs to be stored for it and it outlives the session.
func (v *Visit) Token() string {
	return base64.RawURLEncoding.EncodeToString(v.S.Store.Sign("form", v.Realm.Path, v.formVisitor))
}

func (v *Visit) tokenIsRight() bool {
	return hmac.Equal([]byte(v.R.PostForm.Get("csrf_token")), []byte(v.Token()))
}

// Begin starts a session under a new id, ends the one before, and gives new
// visitor cookies: whoever planted or saw the old ones has nothing. proven is
// the stored password that was proven right, code that of a second factor.
func (v *Visit) Begin(subject uint64, proven, code string) error {
	before := v.session.ID
	v.session.ID = ""
	err := v.RenewMark(func(old, mark string) error {
		v.session.Values[sessionStart] = store.SignIn{Kind: v.Realm.Kind, Subject: subject, Proven: proven, Code: code, Device: deviceName(v.R.UserAgent()), Mark: old, NewMark: mark}
		return v.session.Save(v.R, v.W)
	})
	if err != nil {
		v.session.ID = before
		return err
	}
	http.SetCookie(v.W, v.Realm.Cookie(v.Realm.Visitor, randomToken()))
	if before == "" {
		return nil
	}
	return v.S.Store.EndSession(before)
}

// mark is what this browser has kept since somebody signed in; "" where nobody has.
func (v *Visit) mark() string { return v.Cookie(v.Realm.Device) }

// RenewMark gives this browser a new mark, where the side has any, after do has noted it.
func (v *Visit) RenewMark(do func(before, mark string) error) error {
	mark := randomToken()
	if err := do(v.mark(), mark); err != nil || v.Realm.Device == "" {
		return err
	}
	device := v.Realm.Cookie(v.Realm.Device, mark)
	device.MaxAge = int(store.DeviceLife / time.Second)
	http.SetCookie(v.W, device)
	return nil
}

// SignInTry is an attempt to sign in by a staff member's name.
func (v *Visit) SignInTry(name string) (store.Try, error) {
	return v.S.Store.SignInTry(name, v.Network(), v.mark())
}

// Network is what the visitor's address has in common with its neighbours'.
func (v *Visit) Network() string { return NetworkOf(ClientAddr(v.R, v.S.TrustedProxies)).String() }

// Hash is by which the store knows this visit's session.
func (v *Visit) Hash() []byte {
	hash, _ := v.session.Values[sessionHash].([]byte)
	return hash
}

// ID is the record number in the address; anything else is not found.
func (v *Visit) ID() (uint64, error) {
	number, err := strconv.ParseUint(v.R.PathValue("id"), 10, 64)
	if err != nil || number == 0 {
		return 0, reissue.ErrNotFound
	}
	return number, nil
}

// Value is a posted value as it was typed.
func (v *Visit) Value(name string) string { return v.Posted.Get(name) }

// Revision is the revision that the screen showed; one that is none fits
// nothing.
func (v *Visit) Revision() uint64 {
	n, _ := strconv.ParseUint(v.Value("revision"), 10, 64)
	return n
}

// Page is what every page shows around its own part.
func (v *Visit) Page() templates.Page {
	settings := v.S.Store.Settings()
	p := templates.Page{
		SystemName: settings.SystemName, OfficeName: settings.OfficeName, Phone: settings.Telephone, Hours: settings.Hours,
		Notice: settings.Notice, Announcement: settings.Announcement, Demo: v.S.Demo, CSRF: v.Token(), Staff: v.Realm.Kind == store.SessionStaff,
		Form: templates.Form{Values: v.Posted, Locked: map[string]string{}, Skip: map[string]bool{}, Longest: maxLengths, Asked: map[string]bool{}},
	}
	p.Size, p.Address = v.textSize(), v.address()
	p.Flash, p.FlashWay, p.Undone = v.takeFlash()
	if p.Form.Values == nil {
		p.Form.Values = url.Values{}
	}
	for _, problem := range v.Problems {
		p.Form.Problems = append(p.Form.Problems, templates.Problem{Field: problem.Field, Message: problem.Message})
		p.Form.Asked[problem.Field] = problem.Asks
	}
	p.Form.Way = v.Way
	switch {
	case v.Staff != nil:
		p.User, p.Login = v.Staff.Name, v.Staff.Name
		for _, role := range v.Staff.Roles {
			p.Roles = append(p.Roles, string(role))
		}
	case v.Account != nil:
		p.User, p.Login = v.Account.Name, v.Account.Person.Number.Full()
	}
	return p
}

// Place is the counter for a city, the office's own where it has none.
func Place(s *reissue.Settings, city string) *templates.Place {
	place, name := s.PlaceOf(city), s.OfficeName
	if _, own := s.Places[reissue.CityKey(city)]; own {
		name = city
	}
	return &templates.Place{Office: name, Address: place.Address, Hours: place.Hours, Telephone: place.Telephone}
}

// maxLengths are the rules' limits as HTML counts, in UTF-16 units: the rarest
// characters of names take two.
var maxLengths = func() map[string]int {
	lengths := maps.Clone(reissue.Longest)
	lengths[reissue.FieldName] *= 2
	lengths["email"] = mail.LongestAddress
	return lengths
}()

// CaptchaPage is page with a new captcha in its form.
func (v *Visit) CaptchaPage() templates.Page {
	p := v.Page()
	p.Form.CaptchaID = v.newCaptcha()
	return p
}

func (v *Visit) newCaptcha() string {
	id, answer := v.S.captchas.issue(v.visitor, ClientAddr(v.R, v.S.TrustedProxies))
	if v.S.OnCaptcha != nil {
		v.S.OnCaptcha(id, answer)
	}
	return id
}

// TakeCaptcha uses the form's captcha up and notes a problem if it was wrong.
func (v *Visit) TakeCaptcha(problems *reissue.Problems) {
	typed := typedDigits(v.Value("captcha"))
	switch right := v.S.captchas.take(v.Value("captcha_id"), v.visitor, typed); {
	case typed == "":
		problems.Add("captcha", sayCaptchaMissing)
	case !right:
		problems.Add("captcha", sayWrongCaptcha)
	}
}

// buffers hold pages while they are made: nothing is sent before a page is
// whole.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render sends a page with the visit's status.
func (v *Visit) Render(data any) error {
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	if err := v.S.Templates.Render(buffer, data); err != nil {
		return err
	}
	h := v.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(buffer.Len()))
	v.W.WriteHeader(v.Status)
	// The visitor may have gone; there is nobody left to tell.
	_, _ = v.W.Write(buffer.Bytes())
	return nil
}

// Redirect answers an accepted form. A browser follows; the page's script, which could
// not see where it was led, is told the address.
func (v *Visit) Redirect(address string) error {
	v.led.address = address
	status := http.StatusSeeOther
	if v.R.Header.Get("Sent-By") == "script" {
		status = http.StatusNoContent
	}
	v.W.Header().Set("Location", address)
	v.W.WriteHeader(status)
	return nil
}

// Flash names the sentence that the next page shows once, in a cookie of the
// realm: a code, since a cookie is the visitor's to change.
func (v *Visit) Flash(code string) {
	v.led.flash = code
	http.SetCookie(v.W, v.Realm.Cookie(flashCookie(v.Realm), code))
}

// FlashAbout is flash with the application that the sentence is about, so that
// the next page leads back to it.
func (v *Visit) FlashAbout(code string, application uint64) {
	v.Flash(code + "." + Number(application))
}

func flashCookie(r *Realm) string { return r.Session + "_flash" }

// takeFlash is the sentence to show, once, the way to what it is about, and whether it
// tells of what has not been done.
func (v *Visit) takeFlash() (sentence string, way *templates.Link, undone bool) {
	name := flashCookie(v.Realm)
	code, about, _ := strings.Cut(v.Cookie(name), ".")
	if sentence = cmp.Or(v.Realm.Flashes[code], flashes[code]); v.Realm.Tell != nil {
		if told, to := v.Realm.Tell(v, code, about); told != "" {
			sentence, way = told, to
		}
	}
	if sentence == "" {
		return "", nil, false
	}
	if v.Status == http.StatusOK {
		gone := v.Realm.Cookie(name, "")
		gone.MaxAge = -1
		http.SetCookie(v.W, gone)
	}
	return sentence, way, slices.Contains(undoneFlashes, code) || slices.Contains(v.Realm.Undone, code)
}
