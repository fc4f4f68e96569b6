package candidate

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

func (p *Pages) showPrivacy(v *visit.Visit) error {
	settings := p.Store.Settings()
	return v.Render(templates.Privacy{Page: p.withCounters(v.Page()), Version: reissue.PrivacyVersion,
		Kept: sayKept(settings.Retention, settings.Backup)})
}
