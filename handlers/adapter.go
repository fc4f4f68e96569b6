package handlers

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// serve is the way of every request, in the order of refusals that contract.md
// promises: origin and token, session, role, then what the handler finds.
func (s *Server) serve(route route) http.Handler {
	post := strings.HasPrefix(route.pattern, "POST ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := s.newVisit(w, r)
		defer v.dropFiles()
		v.realm = route.access.realm(s)
		v.meet()
		err := s.admit(v, route, post)
		if err == nil {
			err = route.handle(s, v)
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

// tooMany refuses an address that has posted too much.
type tooMany struct{ after time.Duration }

func (e tooMany) Error() string { return "too many posts from this address" }

// admit lets a request through to its handler, or says why not.
func (s *Server) admit(v *visit, route route, post bool) (err error) {
	if post {
		if err := v.readForm(route); err != nil {
			return err
		}
		if s.protect.Check(v.r) != nil || !v.tokenIsRight() {
			return errToken
		}
		limiter := s.limiter
		if route.often {
			limiter = s.oftenLimiter
		}
		if ok, after := limiter.allow(clientAddr(v.r, s.TrustedProxies)); !ok {
			err = tooMany{after}
		}
	}
	if sessionErr := v.identify(); sessionErr != nil {
		return sessionErr
	}
	if !v.signedIn() && route.access.signedIn {
		switch {
		case post && err == nil && s.keptLate(v, route):
			v.flash(flashKept)
		case post && v.session.ID != "":
			v.flash(flashUndone)
		case v.session.ID != "":
			v.flash(flashEnded)
		}
		return errSession
	}
	if route.access.signedIn && !v.hasRole(route) {
		return reissue.ErrRole
	}
	if route.access.signedIn && v.mustChange() {
		return errChange
	}
	if post && err == nil && route.form != nil && v.posted.Has("captcha_refresh") {
		return errRefresh
	}
	return err
}

// keptLate keeps what was posted after the session had ended, for the account
// whose session it was, and tells whether it could.
func (s *Server) keptLate(v *visit, route route) bool {
	late := v.lateAccount()
	if route.late == nil || late == nil {
		return false
	}
	err := route.late(s, late)
	if err != nil {
		s.Log.Warn("late draft", "error", err)
	}
	return err == nil
}

// hasRole tells whether whoever is signed in has a role of the route.
func (v *visit) hasRole(route route) bool {
	return len(route.access.roles) == 0 || v.roleIs(route.access.roles...)
}

// mayEnter tells before the body is read whether the handler will be reached.
func (v *visit) mayEnter(route route) bool {
	return v.identify() == nil && v.signedIn() && v.hasRole(route) && !v.mustChange()
}

// readForm reads the body within the route's limit. Parts beyond a megabyte lie
// in temporary files until dropFiles.
func (v *visit) readForm(route route) error {
	limit := int64(formLimit)
	if up := route.upload; up != nil && (!up.staff || v.mayEnter(route)) {
		limit = up.limit
		if up.staff {
			_ = http.NewResponseController(v.w).SetReadDeadline(time.Now().Add(uploadTime))
		}
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, limit)
	kind, _, _ := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	var err error
	if kind == "multipart/form-data" {
		err = v.r.ParseMultipartForm(1 << 20)
	} else {
		err = v.r.ParseForm()
	}
	v.posted = v.r.PostForm
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return err
	case err != nil:
		return errBody
	}
	return nil
}

// dropFiles deletes what the form's parts have left on the disk. net/http does so
// only for the request that it made itself, and the ones that come here are
// copies of that.
func (v *visit) dropFiles() {
	if v.r.MultipartForm != nil {
		if err := v.r.MultipartForm.RemoveAll(); err != nil {
			v.s.Log.Warn("a form's files stay", "request", v.number(), "error", err)
		}
	}
}

// identify reads the session and who it belongs to.
func (v *visit) identify() (err error) {
	if v.session, err = v.realm.store.Get(v.r, v.realm.session); err != nil {
		return err
	}
	if live, _ := v.session.Values[sessionLive].(bool); !live {
		return nil
	}
	subject := v.session.Values[sessionSubject].(uint64)
	if v.realm == &v.s.office {
		v.staff, err = v.s.store.Staff(subject)
	} else {
		v.account, err = v.s.store.Account(subject)
	}
	if errors.Is(err, reissue.ErrNotFound) {
		return nil
	}
	return err
}

func (v *visit) signedIn() bool { return v.account != nil || v.staff != nil }

// lateAccount is the visit as that of the account whose session has ended, for
// keeping what was typed; nil where the cookie never meant anybody.
func (v *visit) lateAccount() *visit {
	subject, ok := v.session.Values[sessionSubject].(uint64)
	if !ok {
		return nil
	}
	account, err := v.s.store.Account(subject)
	if err != nil {
		return nil
	}
	late := *v
	late.account = account
	return &late
}

// mustChange tells whether somebody signed in with a one-time password, which
// opens nothing but the page to change it.
func (v *visit) mustChange() bool {
	path := v.r.URL.Path
	return v.account != nil && v.account.MustChange && path != "/password" ||
		v.staff != nil && v.staff.MustChange && path != "/office/password"
}

// answer turns an error into a page. It is the only place that does.
func (s *Server) answer(v *visit, route route, err error) {
	var problems reissue.Problems
	var open *store.OpenError
	var registered *store.RegisteredLineError
	var many tooMany
	var tooLarge *http.MaxBytesError
	var file *store.FileError
	var notAccepted *reissue.NotAcceptedError
	refuse := func(status int, found reissue.Problems) {
		if route.form == nil {
			s.errorPage(v, status, templates.Error{Heading: sayRefused, Sentence: found[0].Message})
			return
		}
		v.status, v.problems = status, found
		if err := route.form(s, v); err != nil {
			s.fail(v, err)
		}
	}
	switch {
	case errors.Is(err, errRefresh):
		if err := route.form(s, v); err != nil {
			s.fail(v, err)
		}
	case errors.As(err, &registered):
		v.way = &templates.Link{Text: sayToRegistered, URL: fmt.Sprintf("/apply/certificates/%d", registered.Certificate)}
		refuse(http.StatusUnprocessableEntity, reissue.Problems{{Field: reissue.FieldExamName, Message: registered.Sentence()}})
	case errors.As(err, &notAccepted):
		s.errorPage(v, http.StatusConflict, notAcceptedPage(notAccepted))
	case errors.As(err, &open) && v.realm == &s.candidate:
		v.flash(flashOpen)
		v.redirect(fmt.Sprintf("/applications/%d", open.Application))
	case errors.As(err, &open):
		page := secondOpen
		page.Ways = []templates.Link{{Text: sayToSecondOpen, URL: officeURL(open.Application)}}
		s.errorPage(v, http.StatusConflict, page)
	case errors.As(err, &problems):
		refuse(http.StatusUnprocessableEntity, problems)
	case errors.As(err, &many):
		v.retryAfter(many.after)
		refuse(http.StatusTooManyRequests, reissue.Problems{{Message: sayTooMany(many.after)}})
	case errors.Is(err, errBusy):
		v.retryAfter(10 * time.Second)
		refuse(http.StatusServiceUnavailable, reissue.Problems{{Message: sayBusy}})
	case errors.As(err, &file) && (file.Fault == store.Full || file.Fault == store.Unwritable):
		s.Log.Error("not saved", "request", v.number(), "error", err)
		v.retryAfter(time.Minute)
		sentence := sayDiskFull
		if file.Fault == store.Unwritable {
			sentence = sayDiskFailed
		}
		refuse(http.StatusServiceUnavailable, reissue.Problems{{Message: sentence}})
	case errors.Is(err, errSession):
		v.redirect(v.realm.login)
	case errors.Is(err, errChange):
		v.redirect(v.realm.password())
	case errors.As(err, &tooLarge):
		_ = v.identify() // for the head of the page only: nothing else was read
		page := templates.Error{Heading: sayTooLarge, Sentence: sayTooLargeSentence, Advice: sayTooLargeAdvice}
		if up := route.upload; up != nil && tooLarge.Limit == up.limit {
			page.Sentence, page.Advice = up.tooLarge, up.advice
			if route.form != nil {
				page.Ways = []templates.Link{{Text: sayBackToForm, URL: cmp.Or(up.form, v.r.URL.Path)}}
			}
		}
		s.errorPage(v, http.StatusRequestEntityTooLarge, page)
	default:
		s.fail(v, err)
	}
}

// fail answers with an error page.
func (s *Server) fail(v *visit, err error) {
	for _, known := range errorPages {
		if errors.Is(err, known.err) {
			page := known.page
			if page.Changes = v.changes(); page.Changes != nil {
				page.Ways = v.backWays()
			}
			s.errorPage(v, known.status, page)
			return
		}
	}
	s.Log.Error("request failed", "request", v.number(), "pattern", v.r.Pattern, "error", err)
	s.errorPage(v, http.StatusInternalServerError, templates.Error{Heading: sayBroken, Sentence: sayBrokenSentence, Advice: sayBrokenAdvice, Request: v.number()})
}

// errorPage sends the page for what is no form.
func (s *Server) errorPage(v *visit, status int, page templates.Error) {
	v.status = status
	page.Page = v.page()
	if page.Ways == nil {
		page.Ways = v.ways()
	}
	if err := v.render("error.html", page); err != nil {
		s.Log.Error("error page", slog.Any("error", err))
		http.Error(v.w, sayBroken, http.StatusInternalServerError)
	}
}

// ways lead on from an error: to where the visitor's work is.
func (v *visit) ways() []templates.Link {
	switch {
	case v.staff != nil:
		return []templates.Link{{Text: sayToQueue, URL: "/office/applications"}, {Text: sayToDesk, URL: "/office"}}
	case v.account != nil:
		return []templates.Link{{Text: sayToApplications, URL: "/applications"}, {Text: sayToApply, URL: "/apply"}}
	}
	return []templates.Link{{Text: sayToLogin, URL: v.realm.login}}
}

func (v *visit) retryAfter(wait time.Duration) {
	v.w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
}

// password is where the realm's passwords are changed.
func (r *realm) password() string {
	if r.kind == store.SessionStaff {
		return "/office/password"
	}
	return "/password"
}

func (s *Server) notFound(*visit) error { return reissue.ErrNotFound }
