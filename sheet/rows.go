package sheet

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// Row is one row that holds something. Cells is used again for the next row:
// a caller that keeps it must clone it; the strings themselves may be kept.
type Row struct {
	// Line is the row number that a spreadsheet program shows: a blank row
	// counts, a line break inside a quoted cell does not.
	Line int
	// Cells has as many cells as Header, each without white space around
	// it and without what nobody sees. In a row with a Fault they are what could be made out, good
	// enough to show the row again but not to use it.
	Cells []string
	// Fault says why the row must not be used, nil when it may be.
	Fault *RowFault
}

// raw is a row as the file holds it.
type raw struct {
	line  int
	cells []string
	fault *RowFault
	// unread are the cells that must not be taken for data, in their order.
	unread []unread
}

// unread is why one cell must not be.
type unread struct {
	cell  int
	fault *RowFault
}

// Rows reads the rows below the header, from the first at each call. Blank
// rows are left out. An error, always a *FileFault, ends the rows; a file
// with no row below the header is one.
func (s *Sheet) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		row := Row{Cells: make([]string, len(s.Header))}
		found := false
		s.Repeated = 0
		for r, err := range s.table.rows(&s.at, true) {
			if err == nil && r.line > MaxRows {
				err = &FileFault{Kind: TooManyRows, Limit: MaxRows}
			}
			if err != nil {
				yield(Row{}, named(err, s.path))
				return
			}
			if r.line <= s.Top || !s.fill(&row, r) {
				continue
			}
			if row.Fault == nil && s.isHeader(row.Cells) {
				s.Repeated++
				continue
			}
			found = true
			if !yield(row, nil) {
				return
			}
		}
		if !found {
			yield(Row{}, &FileFault{Kind: HeaderOnly, Path: s.path, Sheet: s.sheet()})
		}
	}
}

// fill makes a Row of a raw one and reports whether it holds anything.
func (s *Sheet) fill(row *Row, r raw) bool {
	row.Line, row.Fault = r.line, r.fault
	filled := r.fault != nil || len(r.unread) > 0
	for _, cell := range r.unread {
		if row.Fault == nil && s.asks(cell.cell) {
			cell.fault.Column = s.Header[cell.cell]
			row.Fault = cell.fault
		}
	}
	for i := range row.Cells {
		row.Cells[i] = ""
		if i >= len(r.cells) || r.cells[i] == "" {
			continue
		}
		cell := r.cells[i]
		row.Cells[i] = clean(cell)
		filled = filled || row.Cells[i] != ""
		if row.Fault == nil {
			row.Fault = s.cellFault(i, cell, row.Cells[i])
		}
	}
	if !s.shifts || len(r.cells) <= len(row.Cells) {
		return filled
	}
	for _, cell := range r.cells[len(row.Cells):] {
		if extra := clean(cell); extra != "" {
			filled = true
			if row.Fault == nil {
				row.Fault = &RowFault{Kind: ExtraCell, Text: shorten(extra)}
			}
		}
	}
	return filled
}

// cellFault judges a cell by what the file holds, and by the text that it stands for.
func (s *Sheet) cellFault(column int, cell, text string) *RowFault {
	switch {
	case len(cell) > MaxCell && utf8.RuneCountInString(cell) > MaxCell:
		return &RowFault{Kind: LongCell, Column: s.Header[column]}
	case s.doubtful && strings.Contains(cell, replacement):
		return &RowFault{Kind: BadText, Column: s.Header[column], Text: shorten(text)}
	case isError(text) && s.asks(column):
		return &RowFault{Kind: ErrorValue, Column: s.Header[column], Text: shorten(text)}
	}
	return nil
}

// isHeader tells a row that is the header once more, as where lists were put one behind
// the other.
func (s *Sheet) isHeader(cells []string) bool {
	return slices.EqualFunc(cells, s.Header, func(cell, name string) bool { return headerName(cell) == name })
}

// asks tells whether anybody reads a column: what a spreadsheet program could not work
// out in another one is nobody's loss.
func (s *Sheet) asks(column int) bool {
	return column < len(s.Header) && (s.asked == nil || s.asked[column])
}

// replacement is what a decoder writes for bytes it cannot read, and what
// stands in files that some program has damaged that way before.
const replacement = string(utf8.RuneError)
