package office

import (
	"errors"
	"strings"

	"certreissue/handlers/visit"
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
func (p *Pages) showRosterSettings(v *visit.Visit) error {
	now := rosterValues(p.Store.Settings())
	data := templates.OfficeRoster{Page: v.Page(), Choice: reissue.RosterChoice, Seen: p.seen(now)}
	data.Form.Labels = rosterLabels
	if v.Posted == nil {
		data.Form.Fill(now)
	}
	return v.Render(data)
}

func (p *Pages) postRosterSettings(v *visit.Visit) error {
	err := changeSeen(p, v, rosterValues, rosterLines, func(settings *reissue.Settings) error {
		columns, problems := reissue.ParseRoster(v.Value("columns"), "columns")
		settings.RosterColumns = columns
		settings.PhotosByIDNumber = v.Value("photos_by_id_number") != ""
		settings.SecondPerson = v.Value("second_person") != ""
		return problems.Err()
	})
	if errors.Is(err, reissue.ErrStale) {
		staleBoxes(v, rosterBoxes, rosterValues(p.Store.Settings()))
		return p.showRosterSettings(v)
	}
	if err != nil {
		return err
	}
	v.Flash(flashSettings)
	return v.Redirect("/office/batches/settings")
}
