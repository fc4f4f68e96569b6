package office

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// blankRows is how many new reasons can be added at a time, mostReasons how many
// there can be.
const (
	blankRows   = 3
	mostReasons = 100
)

// The notes that are offered, and how long each may be, in characters.
const (
	mostNotes   = 30
	longestNote = 200
)

// showReasons is the list of reasons for sending back and refusing, and the
// notes that are offered beside them.
func (p *Pages) showReasons(v *visit.Visit) error {
	settings := p.Store.Settings()
	data := templates.OfficeReasons{Page: v.Page(), Seen: p.seen(reasonValues(settings))}
	if v.Posted == nil {
		for field, value := range reasonValues(settings) {
			data.Form.Values.Set(field, value)
		}
	}
	known := map[string]bool{}
	for _, reason := range settings.Reasons {
		known[reason.Code] = true
	}
	n := 0
	for data.Form.Values.Has(indexed("label", n)) {
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

// reasonValues are the reasons and the notes as the form shows them.
func reasonValues(settings *reissue.Settings) map[string]string {
	values := map[string]string{"notes": strings.Join(settings.Notes, "\n")}
	for i, reason := range withoutOther(settings.Reasons) {
		for field, value := range map[string]string{"code": reason.Code, "label": reason.Label, "field": reason.Field, "class": string(reason.Class),
			"order": strconv.Itoa(i + 1)} {
			values[indexed(field, i)] = value
		}
	}
	return values
}

// indexed is a field of the i-th row.
func indexed(field string, i int) string { return fmt.Sprintf("%s-%d", field, i) }

// withoutOther is the list without 其他, which stays at its end.
func withoutOther(list []reissue.Reason) []reissue.Reason {
	return slices.DeleteFunc(slices.Clone(list), func(r reissue.Reason) bool { return r.Code == reissue.ReasonOther })
}

func reasonRow(form templates.Form, i int) templates.ReasonRow {
	value := func(field string) string { return form.Value(indexed(field, i)) }
	row := templates.ReasonRow{Index: strconv.Itoa(i), Code: value("code"), Label: value("label"), Order: value("order"), Remove: value("remove") != ""}
	for _, field := range reissue.ReasonFields {
		row.Fields = append(row.Fields, templates.Choice{Value: field, Text: cmp.Or(reissue.Label(field), sayWhole), Chosen: field == value("field")})
	}
	for _, class := range []reissue.Class{reissue.Correctable, reissue.Final, reissue.EitherClass} {
		row.Classes = append(row.Classes, templates.Choice{Value: string(class), Text: class.Word(), Chosen: string(class) == value("class")})
	}
	for _, field := range []string{"order", "code", "label", "field", "class"} {
		if row.Error = cmp.Or(row.Error, form.Error(indexed(field, i))); row.Error != "" {
			break
		}
	}
	return row
}

// postReasons takes the whole list: changed, put in another order, with new ones
// and without those ticked to go.
func (p *Pages) postReasons(v *visit.Visit) error {
	err := p.changeSeen(v, reasonValues, []string{"notes"}, func(settings *reissue.Settings) error {
		if !v.Posted.Has(indexed("label", 0)) { // no form of ours: it must not empty the list
			return reissue.Problems{{Message: sayNoList}}
		}
		var problems reissue.Problems
		settings.Reasons = readReasons(v, settings.Reasons, &problems)
		settings.Notes = readNotes(v, &problems)
		return problems.Err()
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
	typed := readReasons(v, now.Reasons, &reissue.Problems{})
	for _, reason := range now.Reasons {
		if !slices.Contains(typed, reason) {
			v.Problems.Add("", sayNowSaved+reason.String())
		}
	}
}

// readReasons reads the rows. 其他 is none of them: it stays, at the end.
func readReasons(v *visit.Visit, before []reissue.Reason, problems *reissue.Problems) []reissue.Reason {
	type placed struct {
		reissue.Reason
		order int
	}
	var rows []placed
	codes := map[string]bool{reissue.ReasonOther: true}
	for _, reason := range before {
		codes[reason.Code] = true
	}
	taken := map[string]bool{reissue.ReasonOther: true}
	for i := 0; v.Posted.Has(indexed("label", i)); i++ {
		value := func(field string) string { return reissue.Clean(v.Value(indexed(field, i))) }
		row := placed{Reason: reissue.Reason{Code: value("code"), Label: value("label"), Field: value("field"), Class: reissue.Class(value("class"))}}
		blank := row.Label == "" && !codes[row.Code]
		if blank || value("remove") != "" {
			continue
		}
		if row.Code == "" {
			row.Code = freeCode(codes)
		}
		codes[row.Code] = true
		var err error
		if row.order, err = strconv.Atoi(reissue.HalfWidth(cmp.Or(value("order"), "999"))); err != nil {
			problems.Add(indexed("order", i), sayReasonOrder)
		}
		for _, problem := range row.Check() {
			problems.Add(indexed(problem.Field, i), problem.Message)
		}
		if taken[row.Code] {
			problems.Add(indexed("code", i), sayReasonTwice)
		}
		taken[row.Code] = true
		rows = append(rows, row)
	}
	if len(rows) >= mostReasons {
		problems.Add("", sayReasonMany)
	}
	slices.SortStableFunc(rows, func(a, b placed) int { return cmp.Compare(a.order, b.order) })
	list := make([]reissue.Reason, 0, len(rows)+1)
	for _, row := range rows {
		list = append(list, row.Reason)
	}
	for _, reason := range before {
		if reason.Code == reissue.ReasonOther {
			list = append(list, reason)
		}
	}
	return list
}

// freeCode is a code that no reason has.
func freeCode(codes map[string]bool) string {
	for n := 1; ; n++ {
		if code := fmt.Sprintf("reason_%d", n); !codes[code] {
			return code
		}
	}
}

// readNotes reads one note a line.
func readNotes(v *visit.Visit, problems *reissue.Problems) (notes []string) {
	for line := range strings.Lines(v.Value("notes")) {
		note := reissue.Clean(line)
		if note == "" || slices.Contains(notes, note) {
			continue
		}
		notes = append(notes, note)
		if utf8.RuneCountInString(note) > longestNote {
			problems.Add("notes", sayNoteLong(len(notes), longestNote))
		}
	}
	if len(notes) > mostNotes {
		problems.Add("notes", sayNotesMany(mostNotes))
	}
	return notes
}
