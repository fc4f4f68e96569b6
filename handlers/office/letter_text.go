package office

import (
	"errors"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

const letterTextPage = "/office/settings/letters"

// letterTextValues are the text of a kind of letter as its form shows it.
func letterTextValues(kind reissue.Letter) func(*reissue.Settings) map[string]string {
	return func(settings *reissue.Settings) map[string]string {
		text, _ := settings.LetterText(kind)
		return text.Form()
	}
}

// showLetterText is the form of the text of one kind, with the ways to the others.
func (p *Pages) showLetterText(v *visit.Visit) error {
	settings := p.Store.Settings()
	kind := reissue.Letter(v.R.PathValue("kind"))
	if _, ok := settings.LetterText(kind); !ok {
		return reissue.ErrNotFound
	}
	values := letterTextValues(kind)(settings)
	_, own := settings.LetterTexts[kind]
	data := templates.OfficeLetterText{Page: v.Page(), Path: letterTextPage + "/" + string(kind), Kind: kind.Word(), Seen: p.seen(values), Own: own}
	if v.Posted == nil {
		data.Form.Fill(values)
	}
	for _, other := range reissue.Letters {
		data.Kinds = append(data.Kinds, templates.MenuItem{Text: other.Word(), URL: letterTextPage + "/" + string(other), Current: other == kind})
	}
	for _, name := range reissue.LetterPlaceholders {
		data.Placeholders = append(data.Placeholders, templates.Pair{Label: "{{" + name + "}}", Value: letterHint(name)})
	}
	return v.Render(data)
}

// postLetterText saves a text, or goes back to the default.
func (p *Pages) postLetterText(v *visit.Visit) error {
	kind := reissue.Letter(v.R.PathValue("kind"))
	text := reissue.ProofText{Title: v.Value(reissue.FieldTitle), Body: v.Value(reissue.FieldBody)}
	if v.Posted.Has("default") {
		text = reissue.DefaultLetterText(kind)
	}
	err := changeSeen(p, v, letterTextValues(kind), []string{reissue.FieldTitle, reissue.FieldBody}, func(settings *reissue.Settings) error {
		return settings.SetLetterText(kind, text)
	})
	if errors.Is(err, reissue.ErrStale) {
		return p.showLetterText(v)
	}
	if err != nil {
		return err
	}
	v.Flash(flashSettings)
	return v.Redirect(letterTextPage + "/" + string(kind))
}
