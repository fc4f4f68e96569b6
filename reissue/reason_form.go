package reissue

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The most reasons that an office can have, and the most notes that are offered
// beside them, with how long each may be, in characters.
const (
	mostReasons = 100
	mostNotes   = 30
	longestNote = 200
)

// ReasonsForm is what an administrator typed into the list of reasons, by field:
// those of the i-th row are named by Indexed, and the notes stand one a line.
type ReasonsForm map[string]string

// FieldNotes is the field of the notes.
const FieldNotes = "notes"

// The fields of a row beside those of the reason itself.
const (
	fieldReasonOrder  = "order"
	fieldReasonRemove = "remove"
)

// Indexed is a field of the i-th row.
func Indexed(field string, i int) string { return fmt.Sprintf("%s-%d", field, i) }

// ReasonsForm are the reasons and the notes as their form shows them. 其他 is none
// of its rows: it stays at the end.
func (s *Settings) ReasonsForm() ReasonsForm {
	form := ReasonsForm{FieldNotes: strings.Join(s.Notes, "\n")}
	i := 0
	for _, reason := range Keyed(s.Reasons) {
		if reason.Code == ReasonOther {
			continue
		}
		for field, value := range map[string]string{FieldReasonCode: reason.Code, FieldReasonLabel: reason.Label, FieldReasonField: reason.Field,
			FieldReasonClass: string(reason.Class), FieldReasonKey: reason.Key, fieldReasonOrder: strconv.Itoa(i + 1)} {
			form[Indexed(field, i)] = value
		}
		i++
	}
	return form
}

// Fill reads the form into the settings: the whole list, changed, put in another
// order, with new ones and without those ticked to go.
func (f ReasonsForm) Fill(s *Settings) error {
	var problems Problems
	s.Reasons = f.Reasons(s.Reasons, &problems)
	s.Notes = f.notes(&problems)
	return problems.Err()
}

// Reasons reads the rows. before is the list as it is: a row without a label, of no
// reason of it, is blank.
func (f ReasonsForm) Reasons(before []Reason, problems *Problems) []Reason {
	type placed struct {
		Reason
		order int
	}
	var rows []placed
	keys := map[string]string{}
	for _, reason := range Keyed(before) {
		keys[reason.Code] = reason.Key
	}
	codes := map[string]bool{ReasonOther: true}
	for _, reason := range before {
		codes[reason.Code] = true
	}
	taken := map[string]bool{ReasonOther: true}
	for i := range f.rows() {
		value := func(field string) string { return Clean(f[Indexed(field, i)]) }
		row := placed{Reason: Reason{Code: value(FieldReasonCode), Label: value(FieldReasonLabel), Field: value(FieldReasonField), Class: Class(value(FieldReasonClass))}}
		blank := row.Label == "" && !codes[row.Code]
		if blank || value(fieldReasonRemove) != "" {
			continue
		}
		if row.Code == "" {
			row.Code = freeCode(codes)
		}
		codes[row.Code] = true
		row.Key = strings.ToLower(HalfWidth(value(FieldReasonKey)))
		if _, posted := f[Indexed(FieldReasonKey, i)]; !posted {
			row.Key = keys[row.Code] // scripts from before there were keys leave it as it is
		}
		var err error
		if row.order, err = strconv.Atoi(HalfWidth(cmp.Or(value(fieldReasonOrder), "999"))); err != nil {
			problems.Add(Indexed(fieldReasonOrder, i), sayReasonOrder)
		}
		for _, problem := range row.Check() {
			problems.Add(Indexed(problem.Field, i), problem.Message)
		}
		if taken[row.Code] {
			problems.Add(Indexed(FieldReasonCode, i), sayReasonTwice)
		}
		taken[row.Code] = true
		for _, other := range append(rows, placed{Reason: Reason{Class: EitherClass, Key: otherKey}}) {
			if row.Key != "" && row.Code != ReasonOther && row.Key == other.Key && row.beside(other.Reason) {
				problems.Add(Indexed(FieldReasonKey, i), sayKeyTwice(row.Key))
				break
			}
		}
		rows = append(rows, row)
	}
	if len(rows) >= mostReasons {
		problems.Add("", sayReasonMany)
	}
	slices.SortStableFunc(rows, func(a, b placed) int { return cmp.Compare(a.order, b.order) })
	list := make([]Reason, 0, len(rows)+1)
	for _, row := range rows {
		list = append(list, row.Reason)
	}
	for _, reason := range before {
		if reason.Code == ReasonOther {
			list = append(list, reason)
		}
	}
	return Keyed(list)
}

// rows is how many rows the form has.
func (f ReasonsForm) rows() (n int) {
	for {
		if _, ok := f[Indexed(FieldReasonLabel, n)]; !ok {
			return n
		}
		n++
	}
}

// freeCode is a code that no reason has.
func freeCode(codes map[string]bool) string {
	for n := 1; ; n++ {
		if code := fmt.Sprintf("reason_%d", n); !codes[code] {
			return code
		}
	}
}

// notes reads one note a line.
func (f ReasonsForm) notes(problems *Problems) (notes []string) {
	for line := range strings.Lines(f[FieldNotes]) {
		note := Clean(line)
		if note == "" || slices.Contains(notes, note) {
			continue
		}
		notes = append(notes, note)
		if utf8.RuneCountInString(note) > longestNote {
			problems.Add(FieldNotes, sayNoteLong(len(notes), longestNote))
		}
	}
	if len(notes) > mostNotes {
		problems.Add(FieldNotes, sayNotesMany(mostNotes))
	}
	return notes
}
