package office

import (
	"net/url"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

const lettersPage = "/office/letters"

// showLetters are letters to the candidates whom the address names, one a sheet, or a
// 委托书 to fill in by hand.
func (p *Pages) showLetters(v *visit.Visit) error {
	query := v.R.URL.Query()
	kind := reissue.Letter(query.Get("kind"))
	settings := p.Store.Settings()
	text, ok := settings.LetterText(kind)
	if !ok {
		return reissue.ErrNotFound
	}
	now := reissue.At(p.Store.Now())
	data := templates.OfficeLetters{Page: v.Page(), Kind: kind.Word(), BackURL: "/office/applications"}
	letter := func(number string, values map[string]string) {
		sheet := templates.Letter{Number: number}
		sheet.Title, sheet.Paragraphs = text.Fill(values)
		if kind != reissue.LetterProxy {
			sheet.Office, sheet.Date = settings.OfficeName, reissue.ShowDate(now.Date())
		}
		data.Letters = append(data.Letters, sheet)
	}
	var seen []*reissue.Application
	for _, value := range query["application"] {
		number, _ := strconv.ParseUint(value, 10, 64)
		a, err := p.Store.Application(v.Staff, number)
		if err != nil {
			return err
		}
		if len(query["application"]) == 1 {
			data.BackURL = applicationURL(a.ID)
		}
		values, fits := a.Letter(kind, settings, now)
		if !fits {
			data.Unfit = append(data.Unfit, sayNoLetter(a, kind))
			continue
		}
		if len(seen) == paperForms {
			data.Unfit = append(data.Unfit, sayManyLetters(paperForms))
			break
		}
		seen = append(seen, a)
		letter(visit.Number(a.ID), values)
	}
	if kind == reissue.LetterProxy && !query.Has("application") {
		letter("", reissue.BlankLetter())
	}
	if err := p.noted(v, p.Store.ViewedAll(v.Staff.Actor(), seen)); err != nil {
		return err
	}
	return v.Render(data)
}

// letterLink leads to the letters that tell of the state of applications, all of which
// are in it; nil where none does.
func letterLink(status reissue.Status, list ...*reissue.Application) *templates.Link {
	kind := reissue.LetterOf(status)
	if kind == "" || len(list) == 0 {
		return nil
	}
	query := url.Values{"kind": {string(kind)}}
	for _, a := range list {
		query.Add("application", visit.Number(a.ID))
	}
	return &templates.Link{Text: sayPrintLetter(kind, len(list)), URL: address(lettersPage, query)}
}
