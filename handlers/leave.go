package handlers

import (
	"certreissue/reissue"
	"certreissue/templates"
)

// showLeave says what closing one's account means, before it can be done.
func (s *Server) showLeave(v *visit) error {
	list, err := s.store.ApplicationsOf(v.account.ID)
	if err != nil {
		return err
	}
	data := templates.Leave{Page: v.page(), Kept: len(list), Retention: saySpan(s.store.Settings().Retention.ApplicationMonths)}
	for _, a := range list {
		if a.Status.Open() {
			data.Open = append(data.Open, templates.Link{Text: sayApplicationOf(a), URL: applicationURL(a.ID)})
		}
	}
	return v.render("leave.html", data)
}

// postLeave closes the account of who proves to be its holder and ticks that
// there is no way back.
func (s *Server) postLeave(v *visit) error {
	if v.value("understood") == "" {
		return reissue.Problems{{Field: "understood", Message: sayUnderstood}}
	}
	if err := s.proveSelf(v); err != nil {
		return err
	}
	if err := s.store.Leave(v.account.ID); err != nil {
		return err
	}
	s.MailWaits()
	v.flash(flashLeft)
	return v.redirect("/login")
}
