package office

import (
	"html/template"

	"certreissue/about"
	"certreissue/handlers/visit"
	"certreissue/templates"
)

// showHelp is the manual of whoever keeps the system.
func (p *Pages) showHelp(v *visit.Visit) error {
	return v.Render(templates.OfficeHelp{Page: v.Page(), Manual: template.HTML(about.Manual)})
}
