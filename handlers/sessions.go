package handlers

import (
	"bytes"
	"cmp"

	"certreissue/templates"
)

// ownSessions are where whoever is signed in is signed in, this browser marked.
func (v *visit) ownSessions() (rows []templates.SessionRow, err error) {
	list, err := v.s.store.Sessions(v.realm.kind, v.subject())
	for _, session := range list {
		rows = append(rows, templates.SessionRow{Device: cmp.Or(session.Device, sayUnknownDevice), Since: session.Created.String(),
			Seen: session.Seen.String(), This: bytes.Equal(session.Hash, v.hash())})
	}
	return rows, err
}

// postSignOut ends every other session of whoever is signed in.
func (s *Server) postSignOut(v *visit) error {
	if err := s.store.EndOtherSessions(v.actor(), v.realm.kind, v.subject(), v.hash()); err != nil {
		return err
	}
	v.flash(flashSignedOut)
	return v.redirect(v.realm.password())
}
