package reissue

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// DefaultRoster is the roster of an office that has not decided. It is written
// out, so that a new field changes no office's roster.
var DefaultRoster = []string{
	ColumnOrder, ColumnApplication, ColumnName, ColumnSex, ColumnPaper, ColumnIDNumber, ColumnBirthMonth, ColumnExamYear, ColumnExamName,
	ColumnLevel, ColumnSpecialty, ColumnNumber, ColumnApproval, ColumnCity, ColumnPhone, ColumnPhotoFile,
}

// RosterChoice are all the columns that a batch's roster can have.
var RosterChoice = func() []string {
	choice := slices.Clone(DefaultRoster)
	for _, field := range FieldNames {
		if column := Label(field); !slices.Contains(choice, column) {
			choice = append(choice, column)
		}
	}
	return append(choice, ColumnBatch, ColumnRound)
}()

// Roster are the columns of the office's rosters, in order.
func (s *Settings) Roster() []string {
	if len(s.RosterColumns) == 0 {
		return DefaultRoster
	}
	return s.RosterColumns
}

// ParseRoster reads a list of columns, one a line.
func ParseRoster(typed, field string) (columns []string, problems Problems) {
	for _, line := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune("\n\r,，、", r) }) {
		column := Clean(line)
		switch {
		case column == "":
			continue
		case !slices.Contains(RosterChoice, column):
			problems.Add(field, sayUnknownColumn+column)
		case slices.Contains(columns, column):
			problems.Add(field, sayColumnTwice+column)
		default:
			columns = append(columns, column)
		}
	}
	if len(columns) == 0 && len(problems) == 0 {
		problems.Add(field, sayNoColumns)
	}
	return columns, problems
}

// RosterCell is what a column says of one application; n is its place in the
// roster, photo the name of its picture's file.
func RosterCell(column string, n int, b *Batch, a *Application, photo string) string {
	switch column {
	case ColumnOrder:
		return strconv.Itoa(n)
	case ColumnApplication:
		return strconv.FormatUint(a.ID, 10)
	case ColumnPaper:
		return string(a.Person.Paper)
	case ColumnPhotoFile:
		return photo
	case ColumnBatch:
		return b.Name
	case ColumnRound:
		return strconv.Itoa(a.Round)
	}
	for _, field := range fieldTable {
		if field.Label == column {
			return a.Value(field.Name)
		}
	}
	return ""
}

// PhotoNames gives each member's photo the name of its file, "" where there is
// none. Two certificates of one person must not share a name.
func PhotoNames(members []*Application, byIDNumber bool) []string {
	names, taken := make([]string, len(members)), map[string]bool{}
	for i, a := range members {
		if !a.Photo.Given() {
			continue
		}
		name := strconv.FormatUint(a.ID, 10)
		if number := FileName(a.Person.Number.Full()); byIDNumber && number != "" {
			if taken[number] {
				number += "-" + name
			}
			name = number
		}
		taken[name] = true
		names[i] = name + ".jpg"
	}
	return names
}

// FileName keeps of a text what is safe in a file's name on every system:
// letters and digits of any script, hyphens, underscores, spaces inside.
func FileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_ （）()", r) {
			return r
		}
		return -1
	}, Clean(s))
	s = strings.TrimSpace(s)
	// Windows opens devices by these names, whatever their ending.
	if upper := strings.ToUpper(s); slices.Contains([]string{"CON", "PRN", "AUX", "NUL"}, upper) ||
		len(s) == 4 && (strings.HasPrefix(upper, "COM") || strings.HasPrefix(upper, "LPT")) {
		return "_" + s
	}
	return s
}
