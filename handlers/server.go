// Package handlers puts the rooms of pages together behind what every request
// passes: candidate and office have the pages, visit the one way of a request.
package handlers

import (
	"net/http"

	"certreissue/handlers/candidate"
	"certreissue/handlers/filing"
	"certreissue/handlers/office"
	"certreissue/handlers/visit"
	"certreissue/store"
)

// Options say how a site serves.
type Options = visit.Options

// Forwarded is what a site has seen of those who ask for others.
type Forwarded = visit.Forwarded

// Site answers the pages of one data file.
type Site struct {
	server    *visit.Server
	candidate *candidate.Pages
	office    *office.Pages
	handler   http.Handler
}

// New makes the site of a data file. Close ends it.
func New(st *store.Store, options Options) (*Site, error) {
	server, err := visit.New(st, options)
	if err != nil {
		return nil, err
	}
	forms := filing.New(server)
	s := &Site{server: server, candidate: candidate.New(server, forms), office: office.New(server, forms)}
	s.handler = s.routing()
	return s, nil
}

// Close stops what the site keeps going.
func (s *Site) Close() {
	s.server.Close()
	s.office.Close()
}

// Forwarded is how many requests came, since the start, for others than who sent them.
func (s *Site) Forwarded() Forwarded { return s.server.Forwarded() }

func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }
