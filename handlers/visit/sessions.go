package visit

import (
	"bytes"
	"cmp"

	"certreissue/templates"
)

// OwnSessions are where whoever is signed in is signed in, this browser marked.
func (v *Visit) OwnSessions() (rows []templates.SessionRow, err error) {
	list, err := v.S.Store.Sessions(v.Realm.Kind, v.subject())
	for _, session := range list {
		rows = append(rows, templates.SessionRow{Device: cmp.Or(session.Device, SayUnknownDevice), Since: session.Created.String(),
			Seen: session.Seen.String(), This: bytes.Equal(session.Hash, v.Hash())})
	}
	return rows, err
}

// PostSignOut ends every other session of whoever is signed in.
func (s *Server) PostSignOut(v *Visit) error {
	if err := s.Store.EndOtherSessions(v.Actor(), v.Realm.Kind, v.subject(), v.Hash()); err != nil {
		return err
	}
	v.Flash(flashSignedOut)
	return v.Redirect(v.Realm.Password)
}
