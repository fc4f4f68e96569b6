package candidate

import (
	"certreissue/handlers/visit"
	"certreissue/templates"
)

func (p *Pages) showHelp(v *visit.Visit) error {
	return v.Render(templates.Help{Page: v.Page(), Photo: p.photoRules(), LastYear: p.Store.Settings().PhotoYear})
}

// photoRules are the photo's limits as pages tell them.
func (p *Pages) photoRules() templates.PhotoRules {
	l := p.Store.Settings().Photo
	return templates.PhotoRules{Width: l.Width, Height: l.Height, MinKB: l.MinKB, MaxKB: l.MaxKB}
}
