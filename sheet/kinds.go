package sheet

import (
	"math"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// A Kind is what the cells of a column hold in a workbook. A cell whose text is none
// of its column's kind stays text, and a blank one is no cell at all, since programs
// that group by date or count pass over nothing else.
type Kind int

// The kinds, and the text of a cell.
const (
	Text   Kind = iota
	Date        // 20201122
	Time        // 2020-11-22 08:30, with or without seconds
	Number      // a whole one
)

// Kinds are the columns that are not text, by name.
type Kinds map[string]Kind

// asText is the built-in format "@".
const asText = 49

var (
	dateFormat = "yyyy-mm-dd"
	timeFormat = "yyyy-mm-dd hh:mm"
	formatsOf  = map[Kind]excelize.Style{
		Text: {NumFmt: asText}, Number: {NumFmt: 1},
		// Beside texts, and not against the next column's.
		Date: {CustomNumFmt: &dateFormat, Alignment: &excelize.Alignment{Horizontal: "left"}},
		Time: {CustomNumFmt: &timeFormat, Alignment: &excelize.Alignment{Horizontal: "left"}},
	}
)

// kindsOf are the kinds of a table's columns.
func kindsOf(kinds []Kinds, header []string) []Kind {
	columns := make([]Kind, len(header))
	for i, name := range header {
		for _, known := range kinds {
			columns[i] = max(columns[i], known[name])
		}
	}
	return columns
}

func kindAt(columns []Kind, i int) Kind {
	if i >= len(columns) {
		return Text
	}
	return columns[i]
}

// cell is a cell of the row that is being written.
func (x *xlsxWriter) cell(i int, text string) any {
	if x.row == 1 {
		return excelize.Cell{StyleID: x.bold, Value: Harmless(text)}
	}
	kind := kindAt(x.columns, i)
	if kind != Text && text == "" {
		return nil
	}
	if n, ok := kind.number(text); ok {
		return excelize.Cell{StyleID: x.styles[kind], Value: n}
	}
	return excelize.Cell{StyleID: x.styles[Text], Value: Harmless(text)}
}

// leastDay is before any day that programs count in two ways.
const leastDay = 61

// number is what a program keeps of a cell: a date is the days since 1899-12-30.
func (k Kind) number(text string) (n float64, ok bool) {
	var forms []string
	switch k {
	case Number:
		whole, err := strconv.Atoi(text)
		return float64(whole), err == nil
	case Date:
		forms = []string{"20060102"}
	case Time:
		forms = []string{"2006-01-02 15:04", time.DateTime}
	}
	for _, form := range forms {
		if at, err := time.Parse(form, text); err == nil {
			n = at.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Seconds() / (24 * 60 * 60)
			// Of a cell 15 digits are written and the rest is cut off, and programs
			// cut the minute: so it is never early, but by up to 10 µs late.
			n = math.Ceil(n*1e10) / 1e10
			return n, n >= leastDay
		}
	}
	return 0, false
}
