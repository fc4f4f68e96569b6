package candidate

import (
	"maps"
	"slices"

	"certreissue/handlers/visit"
	"certreissue/templates"
)

func (p *Pages) showHelp(v *visit.Visit) error {
	return v.Render(templates.Help{Page: p.withCounters(v.Page()), Photo: p.forms.PhotoRules(), LastYear: p.Store.Settings().PhotoYear})
}

// withCounters is a page that sends people to a counter: the office's own, and those of
// the cities that have one.
func (p *Pages) withCounters(page templates.Page) templates.Page {
	settings := p.Store.Settings()
	page.Counters = []templates.Place{*visit.Place(settings, "")}
	for _, city := range slices.Sorted(maps.Keys(settings.Places)) {
		page.Counters = append(page.Counters, *visit.Place(settings, city))
	}
	return page
}
