package handlers

import (
	"bytes"
	"cmp"

	"certreissue/reissue"
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

// subject is the number of whoever is signed in, on either side.
func (v *visit) subject() uint64 {
	if v.staff != nil {
		return v.staff.ID
	}
	return v.account.ID
}

// actor is whoever is signed in as one who acts.
func (v *visit) actor() reissue.Actor {
	if v.staff != nil {
		return v.staff.Actor()
	}
	return reissue.Candidate(v.account.ID)
}

// postSignOut ends every other session of whoever is signed in.
func (s *Server) postSignOut(v *visit) error {
	if err := s.store.EndOtherSessions(v.actor(), v.realm.kind, v.subject(), v.hash()); err != nil {
		return err
	}
	v.flash(flashSignedOut)
	return v.redirect(v.realm.password())
}
