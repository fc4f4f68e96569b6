package handlers

import (
	"certreissue/reissue"
	"certreissue/templates"
)

func (s *Server) showPrivacy(v *visit) error {
	settings := s.store.Settings()
	return v.render("privacy.html", templates.Privacy{Page: v.page(), Version: reissue.PrivacyVersion,
		Kept: sayKept(settings.Retention, settings.Backup)})
}

func (s *Server) showHelp(v *visit) error {
	return v.render("help.html", templates.Help{Page: v.page(), Photo: s.photoRules(), LastYear: s.store.Settings().PhotoYear})
}

// photoRules are the photo's limits as pages tell them.
func (s *Server) photoRules() templates.PhotoRules {
	l := s.store.Settings().Photo
	return templates.PhotoRules{Width: l.Width, Height: l.Height, MinKB: l.MinKB, MaxKB: l.MaxKB}
}
