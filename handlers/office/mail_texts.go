package office

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showMailTexts lists the mails whose text the office can word.
func (p *Pages) showMailTexts(v *visit.Visit) error {
	settings := p.Store.Settings()
	data := templates.OfficeMailTexts{Page: v.Page()}
	for _, act := range reissue.MailActs {
		text, _ := settings.MailText(act)
		_, own := settings.MailTexts[act]
		data.Rows = append(data.Rows, templates.MailTextRow{URL: mailTextURL(act), Act: act.Word(), Subject: text.Subject, Own: own})
	}
	return v.Render(data)
}

func mailTextURL(act reissue.Act) string { return "/office/settings/mail/" + string(act) }
