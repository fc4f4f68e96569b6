package handlers

import (
	"errors"
	"strings"

	"certreissue/reissue"
	"certreissue/templates"
)

// The fields of the form, those that are boxes apart.
var (
	rosterLines = []string{"columns"}
	rosterBoxes = []string{"photos_by_id_number", "second_person"}
)

// rosterValues are the settings as the form shows them.
func rosterValues(settings *reissue.Settings) map[string]string {
	values := map[string]string{"columns": strings.Join(settings.Roster(), "\n")}
	for name, on := range map[string]bool{"photos_by_id_number": settings.PhotosByIDNumber, "second_person": settings.SecondPerson} {
		if on {
			values[name] = "1"
		}
	}
	return values
}

// showRosterSettings is how the office wants its batches written.
func (s *Server) showRosterSettings(v *visit) error {
	now := rosterValues(s.store.Settings())
	data := templates.RosterSettings{Page: v.page(), Choice: reissue.RosterChoice, Seen: s.seen(now)}
	data.Form.Labels = rosterLabels
	if v.posted == nil {
		data.Form.Fill(now)
	}
	return v.render("office_roster_settings.html", data)
}

func (s *Server) postRosterSettings(v *visit) error {
	err := s.changeSeen(v, rosterValues, rosterLines, func(settings *reissue.Settings) error {
		columns, problems := reissue.ParseRoster(v.value("columns"), "columns")
		settings.RosterColumns = columns
		settings.PhotosByIDNumber = v.value("photos_by_id_number") != ""
		settings.SecondPerson = v.value("second_person") != ""
		return problems.Err()
	})
	if errors.Is(err, reissue.ErrStale) {
		v.staleBoxes(rosterBoxes, rosterValues(s.store.Settings()))
		return s.showRosterSettings(v)
	}
	if err != nil {
		return err
	}
	v.flash(flashSettings)
	return v.redirect("/office/batches/settings")
}
