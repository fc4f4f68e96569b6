// Package handlers turns requests into the store's acts and their answers into
// pages: one file, one screen. Server.routes lists every address with who may
// enter; adapter.go has the one way that every request takes.
package handlers

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"sync/atomic"
	"time"

	"certreissue/mail"
	"certreissue/password"
	"certreissue/photo"
	"certreissue/reissue"
	"certreissue/static"
	"certreissue/store"
	"certreissue/templates"
)

// Options say how a server serves.
type Options struct {
	// Secure is set where the browser's connection is TLS: cookies are then only
	// sent over it, and browsers are told to stay with it.
	Secure bool
	// Demo answers loopback hosts only, says on every page that the data is made
	// up, and needs no admin.
	Demo bool
	// PublicURL is the address of links in mail, without a slash at the end; ""
	// where the office has none.
	PublicURL string
	// AnyAddress is set where the service may be reached from other machines, with
	// a certificate or because it was asked to.
	AnyAddress bool
	// TrustedProxies may say in X-Forwarded-For whom they ask for.
	TrustedProxies []netip.Prefix
	// FirstAdminCode opens the page for the first admin; "" closes it.
	FirstAdminCode string
	// OnCaptcha hears each captcha's answer before the page that shows it is
	// answered; nil for nobody.
	OnCaptcha func(id, answer string)
	// MailWaits is called when there may be mail to send; nil for nobody.
	MailWaits func()
	// CanMail tells whether mail leaves this office, by its server or as in the
	// demo.
	CanMail func() bool
	// SendMail sends one mail at once by the office's server; its error speaks
	// Chinese.
	SendMail func(context.Context, mail.Message) error
	Log      *slog.Logger
}

// Server answers the pages of one data file.
type Server struct {
	Options
	store    *store.Store
	pages    *templates.Set
	captchas *captchas
	limiter  *limiter
	// oftenLimiter is for what a script asks by itself.
	oftenLimiter *limiter
	distinct     *distinct
	hashing      *slots
	decoding     *slots
	mending      *slots
	searches     *shelf[string]          // what staff searched for
	oneTimes     *shelf[string]          // one-time passwords that are to be shown once
	factors      *shelf[password.Factor] // second factors that wait for their first code
	firstSteps   *shelf[firstStep]       // sign-ins that wait for the code of a second factor
	outcomes     *shelf[[]outcome]       // what many decisions at once came to
	presence     *presence
	mailings     *shelf[mailings] // what lists of tracking numbers came to
	copying      *slots
	jobs         *jobs
	protect      *http.CrossOriginProtection
	hasAdmin     atomic.Bool
	handler      http.Handler
	candidate    realm
	office       realm
}

// New makes the server of a data file. Close ends it.
func New(st *store.Store, options Options) (*Server, error) {
	if options.MailWaits == nil {
		options.MailWaits = func() {}
	}
	pages, err := templates.New(static.Path)
	if err != nil {
		return nil, err
	}
	s := &Server{
		Options:      options,
		store:        st,
		pages:        pages,
		captchas:     newCaptchas(st.Now),
		limiter:      newLimiter(st.Now),
		oftenLimiter: newLimiter(st.Now),
		distinct:     newDistinct(st.Now),
		// Pages must still be quick while many sign in at once: one core stays free.
		hashing:    newSlots(max(1, runtime.GOMAXPROCS(0)-1), hashingLine),
		decoding:   newSlots(decodingSlots, decodingLine),
		mending:    newSlots(1, decodingLine), // one at a time may take 360 MB
		searches:   newShelf[string](st.Now, workLife, mostShelved),
		oneTimes:   newShelf[string](st.Now, oneTimeLife, mostShelved),
		factors:    newShelf[password.Factor](st.Now, factorLife, mostShelved),
		firstSteps: newShelf[firstStep](st.Now, codeTime, mostShelved),
		outcomes:   newShelf[[]outcome](st.Now, workLife, mostShelved),
		presence:   newPresence(st.Now),
		mailings:   newShelf[mailings](st.Now, workLife, mostLists),
		copying:    newSlots(1, copyingLine),
		jobs:       newJobs(),
		protect:    http.NewCrossOriginProtection(),
	}
	s.candidate = newRealm(s, store.SessionCandidate, "/", "/login", "session", "visitor")
	s.office = newRealm(s, store.SessionStaff, "/office", "/office/login", "office_session", "office_visitor")
	s.handler = s.routing()
	return s, nil
}

// Close stops what the server keeps going.
func (s *Server) Close() {
	s.captchas.Close()
	s.jobs.close()
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// How long the lines before the slow work may be, and how many photos are
// decoded at once: 24 megapixels take about 100 MB each.
const (
	hashingLine   = 64
	decodingSlots = 2
	decodingLine  = 64
	copyingLine   = 2 // backups: each copies the whole file
)

// formLimit is how many bytes a form of words may have.
const formLimit = 64 << 10

// PhotoLimits are the office's rules for a photo as package photo takes them.
func PhotoLimits(settings *reissue.Settings) photo.Limits {
	l := settings.Photo
	return photo.Limits{Width: l.Width, Height: l.Height, MinBytes: l.MinKB << 10, MaxBytes: l.MaxKB << 10, FailBelow: l.FailBelow, ClearFrom: l.ClearFrom}
}

// uploadTime is how long what staff upload may take to arrive.
const uploadTime = 15 * time.Minute
