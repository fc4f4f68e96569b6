package office

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// changes are what has changed since the version of which the desk has told.
func (p *Pages) changes(settings *reissue.Settings) (list []templates.Changes) {
	if settings.Told == "" {
		return nil
	}
	for _, version := range p.History.Since(settings.Told) {
		shown := templates.Changes{Version: version.Name}
		for _, change := range version.Changes {
			shown.Lines = append(shown.Lines, templates.Pair{Label: change.Topic, Value: change.Text})
		}
		list = append(list, shown)
	}
	return list
}

// postChanges takes what has changed off the desk.
func (p *Pages) postChanges(v *visit.Visit) error {
	if err := p.Store.ChangeSettings(v.Staff.Actor(), func(settings *reissue.Settings) error {
		settings.Told = p.History.Running
		return nil
	}); err != nil {
		return err
	}
	v.Flash(flashToldChanges)
	return v.Redirect("/office")
}
