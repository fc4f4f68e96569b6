package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"regexp"
	"slices"
)

// merge is a cell that reaches over several rows: the sheet shows in each of them what
// stands in the first.
type merge struct {
	column, first, last int // column from 0
	shown               string
	fault               *RowFault
}

// maxMerges is far more than a list has that people have made.
const maxMerges = 200_000

// mergeTag is what readMerges looks for, up to the bracket that begins the next tag.
var mergeTag = regexp.MustCompile(`^(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Za-z]+)([0-9]+):[A-Za-z]+([0-9]+)["']`)

// readMerges finds the merged cells of a worksheet, in the order of their first rows.
// They stand behind the rows that they are needed for; so it goes through the sheet
// once before, which costs about as much as inflating it. Whether it is well formed is
// told when its rows are read.
func readMerges(part *zip.File) (merges []merge, err error) {
	in, err := openMarkup(part, maxSheet)
	if err != nil {
		return nil, err
	}
	defer in.close()
	tags := bufio.NewScanner(in)
	tags.Buffer(make([]byte, 0, buffer), maxToken)
	tags.Split(atBracket)
	for tags.Scan() {
		if tag := tags.Bytes(); bytes.Contains(tag[:min(len(tag), 64)], []byte("mergeCell")) {
			found := mergeTag.FindSubmatch(tag)
			if found == nil {
				continue
			}
			m := merge{column: columnOf(string(found[1])) - 1, first: number(string(found[2])), last: number(string(found[3]))}
			if m.column < 0 || m.column >= MaxColumns || m.first >= m.last {
				continue
			}
			if merges = append(merges, m); len(merges) > maxMerges {
				return nil, errors.New("too many merged cells")
			}
		}
	}
	slices.SortFunc(merges, func(a, b merge) int { return cmp.Compare(a.first, b.first) })
	return merges, tags.Err()
}

// atBracket splits XML before each "<".
func atBracket(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '<'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// spread puts what a merged cell shows into a row that holds something and that it
// reaches over.
func (s *sheetReader) spread() {
	for len(s.merges) > 0 && s.merges[0].first <= s.row.line {
		m := s.merges[0]
		s.merged[m.column], s.merges = &m, s.merges[1:]
	}
	for column, m := range s.merged {
		switch {
		case m.last < s.row.line:
			delete(s.merged, column)
		case m.first == s.row.line:
			if column < len(s.row.cells) {
				m.shown = s.row.cells[column]
			}
			for _, cell := range s.row.unread {
				if cell.cell == column {
					m.fault = cell.fault
				}
			}
		case column >= len(s.row.cells) || s.row.cells[column] == "":
			s.put(column, m.shown, m.fault)
		}
	}
	slices.SortFunc(s.row.unread, func(a, b unread) int { return cmp.Compare(a.cell, b.cell) })
}
