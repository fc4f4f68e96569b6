package office

import (
	"errors"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

const proofTextPage = "/office/settings/proof"

// proofTextValues are the text as its form shows it.
func proofTextValues(settings *reissue.Settings) map[string]string {
	return settings.Proof().Form()
}

// showProofText is the form of the text of the 合格证明.
func (p *Pages) showProofText(v *visit.Visit) error { return p.proofTextPage(v, nil) }

func (p *Pages) proofTextPage(v *visit.Visit, preview *templates.ProofSheet) error {
	settings := p.Store.Settings()
	values := proofTextValues(settings)
	data := templates.OfficeProofText{Page: v.Page(), Seen: p.seen(values), Own: settings.ProofText != (reissue.ProofText{}), Preview: preview}
	if v.Posted == nil {
		data.Form.Fill(values)
	}
	if preview != nil { // as with the texts of mails
		data.Seen = v.Value("seen")
	}
	for _, name := range reissue.ProofPlaceholders {
		data.Placeholders = append(data.Placeholders, templates.Pair{Label: "{{" + name + "}}", Value: proofHints[name]})
	}
	return v.Render(data)
}

// postProofText saves the text, shows what it would become, or goes back to the
// default.
func (p *Pages) postProofText(v *visit.Visit) error {
	text := reissue.ProofText{Title: v.Value(reissue.FieldTitle), Body: v.Value(reissue.FieldBody)}
	if v.Posted.Has("preview") {
		settings := *p.Store.Settings()
		if err := settings.SetProofText(text); err != nil {
			return err
		}
		sheet := proofSheet(previewProof(&settings, p.Store.Now()))
		return p.proofTextPage(v, &sheet)
	}
	if v.Posted.Has("default") {
		text = reissue.DefaultProofText
	}
	err := changeSeen(p, v, proofTextValues, []string{reissue.FieldTitle, reissue.FieldBody}, func(settings *reissue.Settings) error {
		return settings.SetProofText(text)
	})
	if errors.Is(err, reissue.ErrStale) {
		return p.showProofText(v)
	}
	if err != nil {
		return err
	}
	v.Flash(flashSettings)
	return v.Redirect(proofTextPage)
}
