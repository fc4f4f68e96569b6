package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// sheetReader is the way through a sheet: the row and the cell that are being read.
type sheetReader struct {
	book *workbook
	in   *markup
	at   *atomic.Int64
	data bool // within the sheet's data
	row  raw
	cell cell

	merges []merge        // those that are still to come
	merged map[int]*merge // by column, those that the present row may lie in
}

// cell is one of a worksheet as it is written.
type cell struct {
	content
	column  int    // from 1
	kind    string // of its value
	style   int
	formula bool
	value   bool // the tag that is being read stands for the value
	valued  bool // some tag does, if only of an empty text
}

// table is a worksheet. Its part is nil where the archive has none, which concerns nobody
// who takes another sheet.
func (w *workbook) table(name string, part *zip.File) *table {
	if part == nil {
		return &table{name: name, lowest: lowestHead, rows: func(*atomic.Int64, bool) iter.Seq2[raw, error] {
			return func(yield func(raw, error) bool) { yield(raw{}, damaged(errNotThere)) }
		}}
	}
	merges := sync.OnceValues(func() ([]merge, error) { return readMerges(part) })
	return &table{name: name, size: int64(part.UncompressedSize64), lowest: lowestHead, rows: func(at *atomic.Int64, merged bool) iter.Seq2[raw, error] {
		return func(yield func(raw, error) bool) {
			at.Store(0)
			s := &sheetReader{book: w, at: at, merged: map[int]*merge{}}
			err := error(nil)
			if merged {
				s.merges, err = merges()
			}
			if err == nil {
				err = s.read(part, yield)
			}
			if err != nil {
				yield(raw{}, damaged(err))
			}
		}
	}}
}

// read hands over the rows, of which it holds one.
func (s *sheetReader) read(part *zip.File, yield func(raw, error) bool) (err error) {
	if s.in, err = openMarkup(part, maxSheet); err != nil {
		return err
	}
	defer s.in.close()
	for {
		token, err := s.in.next()
		if err == io.EOF {
			s.at.Store(s.in.read)
			return nil
		}
		whole := false
		if err == nil {
			whole, err = s.take(token)
		}
		if err != nil {
			return err
		}
		if whole && !yield(s.row, nil) {
			return nil
		}
	}
}

// take goes one token further, and tells whether the row is whole.
func (s *sheetReader) take(token xml.Token) (whole bool, err error) {
	if tag, ok := token.(xml.StartElement); ok && s.in.depth == 2 {
		s.data = tag.Name.Local == "sheetData"
	}
	if !s.data {
		return false, nil
	}
	if s.in.depth > 4 {
		s.inCell(token)
	}
	switch tag := token.(type) {
	case xml.StartElement:
		switch {
		case s.in.depth == 3 && tag.Name.Local == "row":
			return false, s.beginRow(tag)
		case s.in.depth == 4 && tag.Name.Local == "c":
			return false, s.beginCell(tag)
		}
	case xml.EndElement:
		switch {
		case s.in.depth == 4 && tag.Name.Local == "c":
			return false, s.endCell()
		case s.in.depth == 3 && tag.Name.Local == "row":
			if len(s.row.cells) > 0 {
				s.spread()
			}
			return true, nil
		}
	}
	return false, nil
}

// inCell reads what is in a cell, where extensions may have values of their own.
func (s *sheetReader) inCell(token xml.Token) {
	if tag, ok := token.(xml.StartElement); ok && s.in.depth == 5 {
		s.cell.value = tag.Name.Local == "v" || tag.Name.Local == "is"
		s.cell.valued = s.cell.valued || s.cell.value
		s.cell.formula = s.cell.formula || tag.Name.Local == "f"
	}
	if s.cell.value {
		s.cell.take(token)
	}
}

// beginRow takes a row's number, or the next where it has none.
func (s *sheetReader) beginRow(tag xml.StartElement) error {
	line := s.row.line + 1
	if r := attribute(tag, "r"); r != "" {
		if line = number(r); line <= s.row.line {
			return errors.New("the rows are not in their order")
		}
	}
	if line > MaxRows { // empty ones, too, take their time
		return &FileFault{Kind: TooManyRows, Limit: MaxRows}
	}
	s.row = raw{line: line, cells: s.row.cells[:0], unread: s.row.unread[:0]}
	s.cell.column = 0
	s.at.Store(s.in.read)
	return nil
}

// beginCell takes a cell's column, or the next where it has none.
func (s *sheetReader) beginCell(tag xml.StartElement) error {
	s.cell = cell{content: content{text: s.cell.text[:0]}, column: s.cell.column + 1}
	for _, attr := range tag.Attr {
		switch attr.Name.Local {
		case "r":
			if s.cell.column = columnOf(attr.Value); s.cell.column == 0 {
				return errors.New("a cell has no column")
			}
		case "t":
			s.cell.kind = attr.Value
		case "s":
			s.cell.style = number(attr.Value)
		}
	}
	return nil
}

// columnOf gives 28 for AB12, and 0 for what is no address.
func columnOf(address string) (column int) {
	for _, r := range strings.TrimRight(address, "0123456789") {
		if r |= 0x20; r < 'a' || r > 'z' || column > 1<<20 {
			return 0
		}
		column = 26*column + int(r-'a') + 1
	}
	return column
}

// number reads one that an attribute tells; what is none is 0.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// endCell puts what the cell shows into the row. Whatever lies beyond the columns that
// a header may have is kept as one cell, to tell such a header.
func (s *sheetReader) endCell() error {
	shown, fault, err := s.book.show(&s.cell)
	if err != nil || shown == "" && fault == nil {
		return err
	}
	if fault != nil {
		fault.Text = shorten(shown)
	}
	s.put(min(s.cell.column-1, MaxColumns), shown, fault)
	return nil
}

func (s *sheetReader) put(at int, shown string, fault *RowFault) {
	for len(s.row.cells) <= at {
		s.row.cells = append(s.row.cells, "")
	}
	s.row.cells[at] = shown
	if fault != nil {
		s.row.unread = append(s.row.unread, unread{at, fault})
	}
}

// show gives what a cell shows, as far as that can be told, and a fault where it must
// not be taken for data.
func (w *workbook) show(c *cell) (shown string, fault *RowFault, err error) {
	if c.formula && (!c.valued || len(c.text) == 0 && c.kind != "str") {
		return "", &RowFault{Kind: NoResult}, nil
	}
	text := c.string()
	switch c.kind {
	case "s":
		if text == "" {
			return "", nil, nil
		}
		if text, err = w.texts.text(text); err != nil {
			return "", nil, err
		}
	case "b":
		return map[string]string{"0": "FALSE", "1": "TRUE", "false": "FALSE", "true": "TRUE"}[strings.TrimSpace(text)], nil, nil
	case "e":
		return text, &RowFault{Kind: ErrorValue}, nil
	case "", "n", "d":
		if text = strings.TrimSpace(text); text == "" {
			return "", nil, nil
		}
	}
	if text == "" {
		return "", nil, nil
	}
	var f *format
	if c.style > 0 && c.style < len(w.formats) || c.style == 0 && len(w.formats) > 0 {
		f = w.formats[c.style]
	}
	ok := true
	switch c.kind {
	case "d":
		shown, ok = f.isoDate(text)
	case "", "n":
		shown, ok = f.number(text, w.from)
	default:
		shown, ok = f.text(text)
	}
	if !ok {
		return text, &RowFault{Kind: Hidden}, nil
	}
	return shown, nil, nil
}
