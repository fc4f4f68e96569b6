// Package sheet turns spreadsheet files, CSV and XLSX, into rows of plain
// text cells, and rows into spreadsheet files. It knows nothing of what the
// rows mean.
//
// A file that cannot be used at all gives a *FileFault, a header that lacks
// columns a *HeaderFault, and one bad row a *RowFault on that row, while the
// rows around it are still read. Each has an English Error for the log and a
// Chinese Sentence for the person at the screen.
package sheet

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync/atomic"

	"certreissue/spool"
)

// What a file may hold. The bounds lie far above any office's list; they are
// there so that a damaged or hostile file is refused instead of filling the
// memory.
const (
	MaxRows    = 2_000_000 // the last row number that is read
	MaxColumns = 200       // header cells
	MaxCell    = 1_000     // characters (runes) in one cell
)

// Sheet is an open spreadsheet file: one table with one header row. Until Columns has
// found them they are the first worksheet, and the first row in it, that can be read.
type Sheet struct {
	// Header holds the column names, without white space (clerks write
	// 姓　名 to fill a wide column) and without the star of a template.
	// Unnamed columns at the end are dropped, one between others is "".
	Header []string

	// Top is the number of the header's row. Repeated counts the rows that the running
	// Rows has left out since they are the header once more.
	Top, Repeated int

	asked  []bool // the columns that somebody wants; nil before anybody has said so
	path   string
	file   *os.File
	book   *workbook // nil for a text
	tables []*table
	table  *table // the one that is read
	// doubtful tells that the text may hold the mark of lost characters.
	doubtful bool
	// shifts tells that a filled cell beyond the header means a row whose
	// cells have moved (an unquoted comma in a CSV file). In a workbook,
	// where cells have addresses, it is no more than a note at the margin.
	shifts bool
	at     atomic.Int64
}

// Open reads the rows of a spreadsheet file that may be the header. What the file is, is told by
// its content, never by its name. The texts that a large
// workbook's cells share are spooled, until it is closed. Every error is a *FileFault.
func Open(path string, spooled spool.Folder) (*Sheet, error) {
	s, err := open(path, spooled)
	if err == nil {
		err = s.readHeads()
		if err == nil {
			return s, nil
		}
		s.Close()
	}
	return nil, named(err, path)
}

func open(path string, spooled spool.Folder) (*Sheet, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	s := &Sheet{path: path, file: file}
	if err := s.recognise(spooled); err != nil {
		file.Close()
		return nil, err
	}
	return s, nil
}

// Magic numbers: a ZIP archive, and the compound file that old .xls files and
// encrypted workbooks are.
const (
	zipMagic = "PK\x03\x04"
	oleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
)

func (s *Sheet) recognise(spooled spool.Folder) error {
	info, err := s.file.Stat()
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return &FileFault{Kind: NotAFile}
	case info.Size() == 0:
		return &FileFault{Kind: Empty}
	}
	head := make([]byte, len(oleMagic))
	n, err := s.file.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return err
	}
	switch start := string(head[:n]); {
	case start == oleMagic:
		return &FileFault{Kind: OldFormat}
	case strings.HasPrefix(start, zipMagic):
		book, err := openWorkbook(s.file, info.Size(), spooled)
		if err != nil {
			return err
		}
		s.book, s.tables, s.doubtful = book, book.tables, true
	default:
		text, err := openText(s.file, info.Size())
		if err != nil {
			return err
		}
		s.tables, s.doubtful, s.shifts = []*table{text.table()}, text.charset != nil, true
	}
	return nil
}

// readHeads reads the rows that may be the header of each table. A table without one
// is no fault beside another that has some.
func (s *Sheet) readHeads() error {
	for _, t := range s.tables {
		if t.readHeads(&s.at, false); len(t.heads) > 0 && (s.table == nil || s.table.refusal() != nil && t.refusal() == nil) {
			s.choose(t, t.heads[0])
		}
	}
	if s.table != nil {
		return nil
	}
	for _, t := range s.tables {
		if t.fault != nil {
			return t.fault
		}
	}
	return &FileFault{Kind: Empty}
}

func (s *Sheet) choose(t *table, h head) { s.table, s.Header, s.Top = t, h.names, h.line }

// Progress tells how far the running Rows has come, in bytes of the text file or of
// the inflated worksheet. Any goroutine may ask.
func (s *Sheet) Progress() (done, total int64) {
	return s.at.Load(), s.table.size
}

// Close closes the file and removes what was inflated for it.
func (s *Sheet) Close() error {
	return errors.Join(s.book.close(), s.file.Close())
}

// named makes any error of this package's insides a *FileFault of that file.
func named(err error, path string) error {
	fault := faultOf(err)
	fault.Path = path
	return fault
}

func faultOf(err error) (fault *FileFault) {
	switch {
	case errors.As(err, &fault):
		return fault
	case errors.Is(err, fs.ErrNotExist):
		return &FileFault{Kind: NotFound}
	case errors.Is(err, fs.ErrPermission):
		return &FileFault{Kind: NotAllowed}
	}
	return &FileFault{Kind: Unreadable, Err: err}
}
