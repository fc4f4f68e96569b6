package handlers

import (
	"strings"

	"certreissue/reissue"
	"certreissue/templates"
)

// showRosterSettings is how the office wants its batches written.
func (s *Server) showRosterSettings(v *visit) error {
	data := templates.RosterSettings{Page: v.page(), Choice: reissue.RosterChoice}
	if v.posted == nil {
		settings := s.store.Settings()
		data.Form.Values.Set("columns", strings.Join(settings.Roster(), "\n"))
		for name, on := range map[string]bool{"photos_by_id_number": settings.PhotosByIDNumber, "second_person": settings.SecondPerson} {
			if on {
				data.Form.Values.Set(name, "1")
			}
		}
	}
	return v.render("office_roster_settings.html", data)
}

func (s *Server) postRosterSettings(v *visit) error {
	columns, problems := reissue.ParseRoster(v.value("columns"), "columns")
	if err := problems.Err(); err != nil {
		return err
	}
	if err := s.store.ChangeSettings(v.staff.Actor(), func(settings *reissue.Settings) error {
		settings.RosterColumns = columns
		settings.PhotosByIDNumber = v.value("photos_by_id_number") != ""
		settings.SecondPerson = v.value("second_person") != ""
		return nil
	}); err != nil {
		return err
	}
	v.flash(flashSettings)
	return v.redirect("/office/batches/settings")
}
