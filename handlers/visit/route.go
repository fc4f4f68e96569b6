package visit

import (
	"time"

	"certreissue/reissue"
)

// Access says who may enter a route.
type Access struct {
	// SignedIn asks for a session; without one the answer leads to the login.
	SignedIn bool
	// Roles are those that may enter, for staff; none is any.
	Roles []reissue.Role
}

// Route is one address, who may enter, and what answers. A POST names the form
// that is shown again, filled in, when what was posted is refused.
type Route struct {
	Pattern string
	Access  Access
	Handle  func(*Visit) error
	Form    func(*Visit) error
	// At is the address of that form, where it is another; "" is the same.
	At string
	// Upload lets the body hold a file; nil for a form of words.
	Upload *Upload
	// Often is asked by a script at every pause of a hand: it is limited apart, so
	// that it does not use up what an address may post.
	Often bool
	// Once answers what was accepted the same when it is sent again: forms with a captcha.
	Once bool
	// Late keeps what was posted after the session had timed out.
	Late func(*Visit) error
}

// Upload is the file that a form may carry, for who may reach the handler, or is kept
// for late: of what others send no more is read than of a form of words.
type Upload struct {
	Limit            int64         // of the whole body, in bytes
	Time             time.Duration // that it may take to arrive
	TooLarge, Advice string
	Form             string // where it was chosen; "" is the address itself
	// Broken is what the form, with what stands in it before the file, says of one that did not arrive whole;
	// nil where the page of every unreadable body says it.
	Broken *reissue.Problem
}
