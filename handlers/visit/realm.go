package visit

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/http"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"

	"github.com/gorilla/sessions"
)

// Realm is one of the two sides, candidates' and the office's, with cookies of
// its own, so that one browser can be signed in on both. What only its room knows,
// the room gives it.
type Realm struct {
	Kind     store.SessionKind // which side it is
	Path     string            // below which its cookies hold
	Home     string            // address where a sign-in leads
	Login    string            // address of the sign-in
	Password string            // address where one's password is changed
	Session  string            // name of the session's cookie
	Visitor  string            // name of the cookie that forms are bound to
	Device   string            // name of the cookie with the device's mark; "" for none

	// Ways lead on from an error, for who is signed in.
	Ways []templates.Link
	// Flashes are its sentences that are shown once, by their code.
	Flashes map[string]string
	// Undone are the codes of those that tell of what has not been done.
	Undone []string
	// Tell words a flash that is about something, "" for one it does not know; nil
	// where there are none.
	Tell func(v *Visit, code, about string) (sentence string, way *templates.Link)
	// Errors say what its errors mean to a visitor.
	Errors []ErrorPage
	// Explain makes an error that only its room knows one that every room knows:
	// problems, a pageError or an elsewhere.
	Explain func(v *Visit, err error) error
	// Back leads back from a post that came too late; nil where ways do.
	Back func(v *Visit) []templates.Link

	secure bool
	store  *sessionStore
}

// AddRealm gives a side its cookies and sessions.
func (s *Server) AddRealm(r Realm) *Realm {
	if s.Secure {
		// Under such a name browsers take a cookie from nobody but this host over
		// TLS: no neighbour of the domain can plant one.
		prefix := "__Secure-"
		if r.Path == "/" {
			prefix = "__Host-"
		}
		r.Session, r.Visitor = prefix+r.Session, prefix+r.Visitor
		if r.Device != "" {
			r.Device = prefix + r.Device
		}
	}
	options := sessions.Options{Path: r.Path, HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
	r.secure, r.store = s.Secure, &sessionStore{store: s.Store, kind: r.Kind, options: options}
	return &r
}

// Cookie is a cookie of the realm that lasts as long as the browser runs.
func (r *Realm) Cookie(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: r.Path, HttpOnly: true, Secure: r.secure, SameSite: http.SameSiteLaxMode}
}

// sessionStore is gorilla's sessions.Store over the data file: the cookie holds
// a random token and nothing else, what it means lies in the file, and ending a
// session ends it everywhere.
type sessionStore struct {
	store   *store.Store
	kind    store.SessionKind
	options sessions.Options
}

// What a session's Values hold.
type sessionKey int

const (
	sessionSubject sessionKey = iota // uint64: account or staff number
	sessionState                     // store.SessionState
	sessionHash                      // []byte: by which the store knows it
	sessionStart                     // store.SignIn: of a new one, what it starts from
)

// Get is the request's session, read once.
func (st *sessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(st, name)
}

// New reads the session that the request's cookie names; an unknown or missing
// one gives a new session without a subject.
func (st *sessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	session := sessions.NewSession(st, name)
	options := st.options
	session.Options, session.IsNew = &options, true
	cookie, err := r.Cookie(name)
	if err != nil {
		return session, nil
	}
	found, state, err := st.store.Session(st.kind, cookie.Value)
	if errors.Is(err, reissue.ErrNotFound) {
		return session, nil
	}
	if err != nil {
		return session, err
	}
	session.ID, session.IsNew = cookie.Value, false
	session.Values[sessionSubject], session.Values[sessionState], session.Values[sessionHash] = found.Subject, state, found.Hash
	return session, nil
}

// Save starts a session that has no token yet, and ends one whose MaxAge is
// negative. The cookie of one that is over stays: another tab that sends something
// late is told what became of it.
func (st *sessionStore) Save(_ *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	if session.Options.MaxAge < 0 {
		return st.store.EndSession(session.ID)
	}
	if session.ID == "" {
		session.ID = randomToken()
		if err := st.store.StartSession(session.ID, session.Values[sessionStart].(store.SignIn)); err != nil {
			return err
		}
	}
	http.SetCookie(w, sessions.NewCookie(session.Name(), session.ID, session.Options))
	return nil
}

// randomToken is 256 random bits, safe in a cookie and a URL.
func randomToken() string {
	b := make([]byte, 32)
	rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}
