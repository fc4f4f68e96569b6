// Package visit is one request on its way, for both sides: who asks, whether they
// may, what was posted, and the page that answers. adapter.go has the one way that
// every request takes; it knows none of the rooms whose pages it serves.
package visit

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"sync/atomic"
	"time"

	"certreissue/about"
	"certreissue/mail"
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
	// Mirror is how the second copy stands; nil where there can be none.
	Mirror func() store.MirrorStatus
	// Alarms are what an administrator must see to now; nil where nobody looks.
	Alarms func() []reissue.Alarm
	// History is what the version that serves has changed.
	History about.History
	Log     *slog.Logger
}

// Server is what the pages of both sides share: the data file, the pages, and what
// keeps one visitor from standing in another's way.
type Server struct {
	Options
	Store     *store.Store
	Templates *templates.Set
	captchas  *captchas
	limiter   *limiter
	// oftenLimiter is for what a script asks by itself.
	oftenLimiter *limiter
	bodies       *Budget // that are being read
	once         *once
	hashing      *Slots
	FirstSteps   *Shelf[firstStep] // sign-ins that wait for the code of a second factor
	protect      *http.CrossOriginProtection
	hasAdmin     atomic.Bool
	forwards     forwards
	// Front is the side that the captchas' cookie belongs to.
	Front *Realm
}

// New makes what the rooms share. close ends it.
func New(st *store.Store, options Options) (*Server, error) {
	if options.MailWaits == nil {
		options.MailWaits = func() {}
	}
	if options.Mirror == nil {
		options.Mirror = func() store.MirrorStatus { return store.MirrorStatus{} }
	}
	if options.Alarms == nil {
		options.Alarms = func() []reissue.Alarm { return nil }
	}
	pages, err := templates.New(static.Path)
	if err != nil {
		return nil, err
	}
	return &Server{
		Options:      options,
		Store:        st,
		Templates:    pages,
		captchas:     newCaptchas(st.Now),
		limiter:      newLimiter(st.Now),
		oftenLimiter: newLimiter(st.Now),
		bodies:       NewBudget(mostBodies),
		once:         newOnce(st.Now),
		// Pages must still be quick while many sign in at once: one core stays free.
		hashing:    NewSlots(max(1, runtime.GOMAXPROCS(0)-1), hashingLine),
		FirstSteps: NewShelf[firstStep](st.Now, codeTime, MostShelved),
		protect:    http.NewCrossOriginProtection(),
	}, nil
}

// Close stops what the server keeps going.
func (s *Server) Close() { s.captchas.Close() }

// Open tells whether candidates may enter. An admin once seen is remembered:
// the last one cannot leave.
func (s *Server) Open() bool {
	if s.Demo || s.hasAdmin.Load() {
		return true
	}
	has, err := s.Store.HasAdmin()
	if err == nil && has {
		s.hasAdmin.Store(true)
	}
	return has
}

// hashingLine is how many may wait for a password to be hashed.
const hashingLine = 64

// formLimit is how many bytes a form of words may have.
const formLimit = 64 << 10

// Bounds of the bodies that arrive at once from one network, and when one is asked to
// come again whose network has used them up (docs/design.md).
const (
	mostBodies = 128
	bodiesWait = 10 * time.Second
)
