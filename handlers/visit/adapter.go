package visit

import (
	"cmp"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// Serve is the way of every request, in the order of refusals that contract.md
// promises: origin and token, session, role, then what the handler finds.
func (s *Server) Serve(realm *Realm, route Route) http.Handler {
	post := strings.HasPrefix(route.Pattern, "POST ")
	if route.Once {
		route.Handle = s.once.around(route)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := s.NewVisit(w, r, realm)
		if route.Form != nil {
			v.form = cmp.Or(route.At, r.URL.EscapedPath())
		}
		defer v.dropFiles()
		v.meet()
		err := s.admit(v, route, post)
		if err == nil {
			err = route.Handle(v)
		}
		if err != nil {
			s.answer(v, route, err)
		}
	})
}

// Why a request does not reach its handler.
var (
	errToken   = errors.New("the form's token or origin is wrong")
	errSession = errors.New("not signed in")
	errBody    = errors.New("the body cannot be read")
	errChange  = errors.New("the one-time password must be changed first")
	errRefresh = errors.New("a new captcha is wanted")
)

// TooMany refuses an address that has posted too much, or is sending too much at once.
type TooMany struct{ After time.Duration }

func (e TooMany) Error() string { return "too many posts from this address" }

// admit lets a request through to its handler, or says why not. Of what is posted no
// more is read than it takes to say so.
func (s *Server) admit(v *Visit, route Route, post bool) error {
	if post && !s.fromHere(v.R) {
		return errToken
	}
	if err := v.identify(); err != nil {
		return err
	}
	refused := v.refused(route)
	if refused == reissue.ErrRole {
		return refused // whatever is posted
	}
	if post {
		return s.admitPost(v, route, refused)
	}
	if refused == errSession && v.session.ID != "" {
		v.Flash(flashEnded)
	}
	return refused
}

// admitPost is admit for what a good token must come with.
func (s *Server) admitPost(v *Visit, route Route, refused error) error {
	many, err := s.read(v, route, refused)
	switch {
	case err != nil:
		return err
	case refused == errSession && many == nil && s.keptLate(v, route):
		v.Flash(flashKept)
	case refused == errSession: // also where the browser has forgotten the session
		v.Flash(flashUndone)
	case refused == nil && many == nil && route.Form != nil && v.Posted.Has("captcha_refresh"):
		return errRefresh
	}
	if refused == nil {
		return many
	}
	return refused
}

// read takes in what was posted. A large body is judged by the words before its first
// file, csrf_token among them, and read on only where somebody may send it. many is
// set where the address has posted too much, and the form is shown again.
func (s *Server) read(v *Visit, route Route, refused error) (many, err error) {
	limiter := s.limiter
	if route.Often {
		limiter = s.oftenLimiter
	}
	client := ClientAddr(v.R, s.TrustedProxies)
	if wait := limiter.wait(client); wait > 0 && v.postsMuch() {
		return nil, TooMany{wait}
	}
	if !s.bodies.Take(client) {
		return nil, TooMany{bodiesWait}
	}
	defer s.bodies.Give(client)
	form, err := v.readWords()
	if err != nil {
		return nil, err
	}
	if !v.tokenIsRight() {
		return nil, errToken
	}
	if ok, after := limiter.allow(client); !ok {
		many = TooMany{after}
	}
	switch {
	case many == nil && (refused == nil || refused == errSession && v.isLate(route)):
		err = form.readFiles(route.Upload)
		if up := route.Upload; err == errBody && refused == nil && up != nil && up.Broken != nil {
			err = reissue.Problems{*up.Broken}
		}
	case !v.postsMuch():
		err = form.readFiles(nil)
	case form.file != nil:
		v.Posted = nil // half a form is none to be shown again
	}
	return many, err
}

// refused tells why whoever asks does not reach the handler, whatever is posted.
func (v *Visit) refused(route Route) error {
	switch {
	case !route.Access.SignedIn:
		return nil
	case !v.SignedIn():
		return errSession
	case !v.hasRole(route):
		return reissue.ErrRole
	case v.mustChange():
		return errChange
	}
	return nil
}

// isLate tells whether what is posted can be kept for somebody whose session has timed out.
func (v *Visit) isLate(route Route) bool { return route.Late != nil && v.late(route) != nil }

// keptLate keeps what was posted after the session had timed out, for whom it was, and
// tells whether it could.
func (s *Server) keptLate(v *Visit, route Route) bool {
	late := v.late(route)
	if route.Late == nil || late == nil {
		return false
	}
	err := route.Late(late)
	if err != nil {
		s.Log.Warn("late draft", "error", err)
	}
	return err == nil
}

// hasRole tells whether whoever is signed in has a role of the route.
func (v *Visit) hasRole(route Route) bool {
	return len(route.Access.Roles) == 0 || v.RoleIs(route.Access.Roles...)
}

// identify reads the session and who it belongs to.
func (v *Visit) identify() (err error) {
	if v.session, err = v.Realm.store.Get(v.R, v.Realm.Session); err != nil {
		return err
	}
	if v.session.Values[sessionState] != store.SessionLive {
		return nil
	}
	subject := v.session.Values[sessionSubject].(uint64)
	if err = v.enter(subject); errors.Is(err, reissue.ErrNotFound) {
		return nil
	}
	return err
}

// enter makes it the visit of who a session belongs to.
func (v *Visit) enter(subject uint64) (err error) {
	if v.Realm.Kind == store.SessionStaff {
		v.Staff, err = v.S.Store.Staff(subject)
	} else {
		v.Account, err = v.S.Store.Account(subject)
	}
	return err
}

func (v *Visit) SignedIn() bool { return v.Account != nil || v.Staff != nil }

// late is the visit as that of whose session has timed out, for keeping what was typed;
// nil where the cookie means nobody, or nobody any more who may enter.
func (v *Visit) late(route Route) *Visit {
	if v.session.Values[sessionState] != store.SessionTimedOut {
		return nil
	}
	late := *v
	if err := late.enter(v.session.Values[sessionSubject].(uint64)); err != nil || !late.hasRole(route) {
		return nil
	}
	return &late
}

// mustChange tells whether somebody signed in with a one-time password, which
// opens nothing but the page to change it.
func (v *Visit) mustChange() bool {
	path := v.R.URL.Path
	return v.Account != nil && v.Account.MustChange && path != "/password" ||
		v.Staff != nil && v.Staff.MustChange && path != "/office/password"
}

// PageError is an error that is told on a page of its own.
type PageError struct {
	Status int
	Page   templates.Error
}

func (e *PageError) Error() string { return e.Page.Heading }

// Elsewhere leads to another address instead.
type Elsewhere struct{ URL string }

func (e *Elsewhere) Error() string { return "look elsewhere" }

// answer turns an error into a page. It is the only place that does.
func (s *Server) answer(v *Visit, route Route, err error) {
	if v.Realm.Explain != nil {
		err = v.Realm.Explain(v, err)
	}
	var problems reissue.Problems
	var page *PageError
	var other *Elsewhere
	var many TooMany
	var tooLarge *http.MaxBytesError
	unsaved := NotSaved(err)
	again := func() {
		if err := route.Form(v); err != nil { // there is no such form any more
			route.Form = nil
			s.answer(v, route, err)
		}
	}
	refuse := func(status int, found reissue.Problems) {
		if route.Form == nil {
			s.ErrorPage(v, status, templates.Error{Heading: sayRefused, Sentence: found[0].Message})
			return
		}
		v.Status, v.Problems = status, found
		again()
	}
	switch {
	case errors.Is(err, errRefresh):
		again()
	case errors.Is(err, errToken):
		s.ErrorPage(v, http.StatusForbidden, v.tooOld())
	case errors.As(err, &page):
		s.ErrorPage(v, page.Status, page.Page)
	case errors.As(err, &other):
		v.Redirect(other.URL)
	case errors.As(err, &problems):
		refuse(http.StatusUnprocessableEntity, problems)
	case errors.As(err, &many):
		v.retryAfter(many.After)
		if v.Posted == nil {
			s.ErrorPage(v, http.StatusTooManyRequests, templates.Error{Heading: sayRefused, Sentence: sayTooMany(many.After), Advice: sayNotTaken})
			return
		}
		refuse(http.StatusTooManyRequests, reissue.Problems{{Message: sayTooMany(many.After) + sayKept}})
	case errors.Is(err, errBusy):
		v.retryAfter(10 * time.Second)
		refuse(http.StatusServiceUnavailable, reissue.Problems{{Message: sayBusy}})
	case unsaved != "":
		s.Log.Error("not saved", "request", v.Number(), "error", err)
		if unsaved != sayUnsure { // which is no invitation to send it again
			v.retryAfter(time.Minute)
		}
		refuse(http.StatusServiceUnavailable, reissue.Problems{{Message: unsaved}})
	case errors.Is(err, errSession):
		v.Redirect(v.Realm.Login)
	case errors.Is(err, errChange):
		v.Redirect(v.Realm.Password)
	case errors.As(err, &tooLarge):
		page := templates.Error{Heading: sayTooLarge, Sentence: sayTooLargeSentence, Advice: SayTooLargeAdvice}
		if up := route.Upload; up != nil && tooLarge.Limit == up.Limit {
			page.Sentence, page.Advice = up.TooLarge, up.Advice
			if route.Form != nil {
				page.Ways = []templates.Link{{Text: sayBackToForm, URL: cmp.Or(up.Form, v.R.URL.Path)}}
			}
		}
		s.ErrorPage(v, http.StatusRequestEntityTooLarge, page)
	default:
		s.Fail(v, err)
	}
}

// Fail answers with an error page.
func (s *Server) Fail(v *Visit, err error) {
	for _, known := range append(v.Realm.Errors, errorPages...) {
		if errors.Is(err, known.Err) {
			page := known.Page
			if page.Changes = v.changes(); page.Changes != nil && v.Realm.Back != nil {
				page.Ways = v.Realm.Back(v)
			}
			s.ErrorPage(v, known.Status, page)
			return
		}
	}
	if record, is := errors.AsType[*store.RecordError](err); is {
		s.Log.Error("damaged record", "request", v.Number(), "pattern", v.R.Pattern, "error", err)
		advice := sayTellOffice
		if v.Realm.Kind == store.SessionStaff {
			advice = sayTellAdmin(record.Sentence())
		}
		s.ErrorPage(v, http.StatusServiceUnavailable, templates.Error{Heading: sayDamaged, Sentence: sayDamagedSentence, Advice: advice, Request: v.Number()})
		return
	}
	s.Log.Error("request failed", "request", v.Number(), "pattern", v.R.Pattern, "error", err)
	s.ErrorPage(v, http.StatusInternalServerError, templates.Error{Heading: SayBroken, Sentence: SayBrokenSentence, Advice: SayBrokenAdvice, Request: v.Number()})
}

// ErrorPage sends the page for what is no form.
func (s *Server) ErrorPage(v *Visit, status int, page templates.Error) {
	v.Status = status
	page.Page = v.Page()
	if page.Ways == nil {
		page.Ways = v.ways()
	}
	if err := v.Render(page); err != nil {
		s.Log.Error("error page", slog.Any("error", err))
		http.Error(v.W, SayBroken, http.StatusInternalServerError)
	}
}

// tooOld answers a form that is not, or no longer, this visitor's. What was typed may still stand below it, and
// who sent it may be unknown so far: so it leads back to the form, and nothing stands out, least of all a sign-in.
func (v *Visit) tooOld() templates.Error {
	page := templates.Error{Heading: sayTooOld, Sentence: sayTooOldSentence, Advice: sayTooOldAdvice, Quiet: true}
	if v.Realm == v.S.Front && v.form != "" {
		page.Ways = []templates.Link{{Text: sayReopen, URL: v.form}}
	}
	return page
}

// ways lead on from an error: to where the visitor's work is.
func (v *Visit) ways() []templates.Link {
	if v.SignedIn() {
		return v.Realm.Ways
	}
	return []templates.Link{{Text: sayToLogin, URL: v.Realm.Login}}
}

func (v *Visit) retryAfter(wait time.Duration) {
	v.W.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
}
