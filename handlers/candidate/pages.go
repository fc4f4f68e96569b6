// Package candidate is the candidates' pages: one file, one page.
package candidate

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// Pages are the candidates' side.
type Pages struct {
	*visit.Server
	Realm    *visit.Realm
	distinct *distinct
	forms    *filing.Desk
}

// New adds the candidates' side to a server.
func New(s *visit.Server, forms *filing.Desk) *Pages {
	p := &Pages{Server: s, distinct: newDistinct(s.Store.Now), forms: forms}
	p.Realm = s.AddRealm(visit.Realm{Kind: store.SessionCandidate, Path: "/", Home: "/apply", Login: "/login", Password: "/password", Session: "session", Visitor: "visitor",
		Ways: []templates.Link{{Text: sayToApplications, URL: "/applications"}, {Text: sayToApply, URL: "/apply"}}, Flashes: flashes, Undone: []string{flashOpen}, Tell: tell, Errors: errorPages, Explain: explain})
	s.Front = p.Realm
	return p
}

// explain says in the words of every room what only this one knows.
func explain(v *visit.Visit, err error) error {
	var open *store.OpenError
	var registered *store.RegisteredLineError
	var notAccepted *reissue.NotAcceptedError
	switch {
	case errors.As(err, &registered):
		v.Way = &templates.Link{Text: sayToRegistered, URL: fmt.Sprintf("/apply/certificates/%d", registered.Certificate)}
		return reissue.Problems{{Field: reissue.FieldExamName, Message: registered.Sentence()}}
	case errors.As(err, &notAccepted):
		return &visit.PageError{Status: http.StatusConflict, Page: filing.NotAcceptedPage(notAccepted, templates.Link{Text: sayToApply, URL: "/apply"})}
	case errors.As(err, &open):
		v.Flash(flashOpen)
		return &visit.Elsewhere{URL: applicationURL(open.Application)}
	}
	return err
}

// tell words what a new address has brought along.
func tell(_ *visit.Visit, code, about string) (sentence string, way *templates.Link) {
	if n, err := strconv.Atoi(about); err == nil && code == flashEmail && n > 0 {
		return flashes[flashEmail] + visit.SayMailsMoved(n), nil
	}
	return "", nil
}
