// Package office is the office's pages: one file, one page.
package office

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
	"time"

	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/idcard"
	"certreissue/password"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// Pages are the office's side.
type Pages struct {
	*visit.Server
	Realm       *visit.Realm
	forms       *filing.Desk
	searches    *visit.Shelf[string]          // what staff searched for
	oneTimes    *visit.Shelf[string]          // one-time passwords that are to be shown once
	factors     *visit.Shelf[password.Factor] // second factors that wait for their first code
	passphrases *visit.Shelf[string]          // of copies that are to be taken under one
	scans       *visit.Shelf[idcard.Number]   // whose ID cards were scanned at the counter
	presence    *presence
	copying     *visit.Slots
	looking     *visit.Slots // at photos
	jobs        *jobs
}

// Work can be gone back to for a working day, a one-time password is shown at
// once or not at all.
const (
	workLife       = 12 * time.Hour
	oneTimeLife    = time.Minute
	factorLife     = 30 * time.Minute // an app may have to be installed first
	passphraseLife = 30 * time.Minute // to be written down, and a slow line tries again
	copyingLine    = 2                // backups that wait: each copies the whole file
)

// New adds the office's side to a server. Close ends it.
func New(s *visit.Server, forms *filing.Desk) *Pages {
	p := &Pages{
		Server:      s,
		forms:       forms,
		searches:    visit.NewShelf[string](s.Store.Now, workLife, visit.MostShelved),
		oneTimes:    visit.NewShelf[string](s.Store.Now, oneTimeLife, visit.MostShelved),
		factors:     visit.NewShelf[password.Factor](s.Store.Now, factorLife, visit.MostShelved),
		passphrases: visit.NewShelf[string](s.Store.Now, passphraseLife, visit.MostShelved),
		scans:       visit.NewShelf[idcard.Number](s.Store.Now, scanLife, visit.MostShelved),
		presence:    newPresence(s.Store.Now),
		copying:     visit.NewSlots(1, copyingLine),
		looking:     visit.NewSlots(lookingSlots, lookingLine),
		jobs:        newJobs(),
	}
	p.Realm = s.AddRealm(visit.Realm{Kind: store.SessionStaff, Path: "/office", Home: "/office", Login: "/office/login", Password: "/office/password", Session: "office_session", Visitor: "office_visitor", Device: "office_device",
		Ways: []templates.Link{{Text: sayToQueue, URL: "/office/applications"}, {Text: sayToDesk, URL: "/office"}}, Flashes: flashes, Undone: []string{flashOpen}, Tell: p.tell, Errors: errorPages, Explain: explain, Back: backWays})
	return p
}

// Close breaks off what runs in the background.
func (p *Pages) Close() { p.jobs.close() }

// explain says in the words of every room what only this one knows.
func explain(v *visit.Visit, err error) error {
	if taken, ok := errors.AsType[*store.NumberTakenError](err); ok {
		sentence := taken.Sentence(v.Staff)
		if mayShare(v) {
			sentence = taken.Holder(v.Staff) + sayShareNumber
		}
		return reissue.Problems{{Field: reissue.FieldNewNumber, Message: sentence}}
	}
	var open *store.OpenError
	if errors.As(err, &open) {
		page := secondOpen
		if !v.Staff.Covers(open.City) {
			page.Advice = sayOpenElsewhere(store.Elsewhere{open.City})
			return &visit.PageError{Status: http.StatusConflict, Page: page}
		}
		page.Ways = []templates.Link{{Text: sayToSecondOpen, URL: applicationURL(open.Application)}}
		return &visit.PageError{Status: http.StatusConflict, Page: page}
	}
	return err
}

// tell words what was done to an application or to a batch, or by whom an import was.
func (p *Pages) tell(v *visit.Visit, code, about string) (sentence string, way *templates.Link) {
	if code == flashConfirmed {
		return p.confirmedBefore(about), nil
	}
	if sentence = cmp.Or(batchSentence(code, about), countedFlash(code, about)); sentence != "" {
		return sentence, nil
	}
	application, ok := reissue.ParseNumber(about)
	if !ok || flashes[code] == "" {
		return "", nil
	}
	way = &templates.Link{Text: sayLookAgain, URL: applicationURL(application)}
	// Another tab may take the sentence: what its address says makes no trail.
	if strings.HasPrefix(v.R.URL.Path, "/office/applications") {
		way.URL = address(way.URL, trailOf(v))
	}
	return sayAbout(application, flashes[code]), way
}
