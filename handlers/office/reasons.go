package office

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// blankRows is how many new reasons can be added at a time.
const blankRows = 3

// showReasons is the list of reasons for sending back and refusing, and the
// notes that are offered beside them.
func (p *Pages) showReasons(v *visit.Visit) error {
	settings := p.Store.Settings()
	data := templates.OfficeReasons{Page: v.Page(), Seen: p.seen(settings.ReasonsForm())}
	if v.Posted == nil {
		data.Form.Fill(settings.ReasonsForm())
	}
	known := map[string]bool{}
	for _, reason := range settings.Reasons {
		known[reason.Code] = true
	}
	n := 0
	for data.Form.Values.Has(reissue.Indexed("label", n)) {
		n++
	}
	if v.Posted == nil {
		n += blankRows
	}
	for i := range n {
		row := reasonRow(data.Form, i)
		row.Known = known[row.Code]
		data.Rows = append(data.Rows, row)
	}
	return v.Render(data)
}

func reasonRow(form templates.Form, i int) templates.ReasonRow {
	value := func(field string) string { return form.Value(reissue.Indexed(field, i)) }
	row := templates.ReasonRow{Index: strconv.Itoa(i), Code: value("code"), Label: value("label"), Key: value("key"), Order: value("order"), Remove: value("remove") != ""}
	for _, field := range reissue.ReasonFields {
		row.Fields = append(row.Fields, templates.Choice{Value: field, Text: cmp.Or(reissue.Label(field), sayWhole), Chosen: field == value("field")})
	}
	for _, class := range []reissue.Class{reissue.Correctable, reissue.Final, reissue.EitherClass} {
		row.Classes = append(row.Classes, templates.Choice{Value: string(class), Text: class.Word(), Chosen: string(class) == value("class")})
	}
	for _, field := range []string{"order", "code", "label", "field", "class", "key"} {
		if row.Error = cmp.Or(row.Error, form.Error(reissue.Indexed(field, i))); row.Error != "" {
			break
		}
	}
	return row
}

// postReasons takes the whole list: changed, put in another order, with new ones
// and without those ticked to go.
func (p *Pages) postReasons(v *visit.Visit) error {
	err := changeSeen(p, v, (*reissue.Settings).ReasonsForm, []string{reissue.FieldNotes}, func(settings *reissue.Settings) error {
		if !v.Posted.Has(reissue.Indexed("label", 0)) { // no form of ours: it must not empty the list
			return reissue.Problems{{Message: sayNoList}}
		}
		return reasonsForm(v).Fill(settings)
	})
	if errors.Is(err, reissue.ErrStale) {
		staleReasons(v, p.Store.Settings())
		return p.showReasons(v)
	}
	if err != nil {
		return err
	}
	v.Flash(flashSettings)
	return v.Redirect("/office/settings/reasons")
}

// staleReasons is the rest of stale for the list. Its rows are where whoever typed wants
// them, so that what is stored now is told above them.
func staleReasons(v *visit.Visit, now *reissue.Settings) {
	typed := reasonsForm(v).Reasons(now.Reasons, &reissue.Problems{})
	for _, reason := range reissue.Keyed(now.Reasons) {
		if !slices.Contains(typed, reason) {
			v.Problems.Add("", sayNowSaved+reason.String())
		}
	}
}

// reasonsForm is what was posted, as typed.
func reasonsForm(v *visit.Visit) reissue.ReasonsForm { return reissue.ReasonsForm(settingsForm(v)) }
