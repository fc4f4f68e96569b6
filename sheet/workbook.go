package sheet

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path"
	"strconv"
	"strings"
	"sync/atomic"

	"certreissue/spool"

	"github.com/xuri/excelize/v2"
)

// workbook is the first visible worksheet of an .xlsx file.
type workbook struct {
	temp    string       // a folder for what excelize spools
	spooled spool.Folder // where that lies
	book    *excelize.File
	name    string
	last    int // number of the last row, 0 when it cannot be told
}

// openWorkbook lets excelize inflate the file only after inspect has passed
// it. Sheets above 16 MB excelize spools to disk; they go into a folder that close
// removes, whatever excelize left in it.
func openWorkbook(file *os.File, size int64, spooled spool.Folder) (*workbook, error) {
	last, err := inspect(file, size)
	if err != nil {
		return nil, err
	}
	w := &workbook{spooled: spooled}
	if w.temp, err = spooled.Folder(); err != nil {
		return nil, &FileFault{Kind: NotSpooled, Err: err}
	}
	w.book, err = guard(func() (*excelize.File, error) {
		return excelize.OpenFile(file.Name(), excelize.Options{
			UnzipSizeLimit: maxInflated, UnzipXMLSizeLimit: maxPart,
			TmpDir: w.temp, ShortDatePattern: isoDate,
		})
	})
	if err == nil {
		w.name, err = firstVisible(w.book)
	}
	if err != nil {
		w.close()
		return nil, &FileFault{Kind: Damaged, Err: err}
	}
	plainFormats(w.book)
	w.last = last[partOf(w.book, w.name)]
	return w, nil
}

func (w *workbook) close() error {
	var err error
	if w.book != nil {
		err = w.book.Close()
	}
	return errors.Join(err, w.spooled.Drop(w.temp))
}

// partOf gives the name, inside the archive, of a worksheet's part. excelize
// knows it and does not tell. "" stands for an archive laid out otherwise.
func partOf(book *excelize.File, sheet string) string {
	content, _ := book.Pkg.Load("xl/_rels/workbook.xml.rels")
	data, _ := content.([]byte)
	var list struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if xml.Unmarshal(data, &list) != nil {
		return ""
	}
	for _, entry := range book.WorkBook.Sheets.Sheet {
		for _, relation := range list.Relationship {
			if entry.Name != sheet || entry.ID != relation.ID {
				continue
			}
			if absolute, ok := strings.CutPrefix(relation.Target, "/"); ok {
				return absolute
			}
			return path.Join("xl", relation.Target)
		}
	}
	return ""
}

func firstVisible(book *excelize.File) (string, error) {
	for _, name := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(name); err == nil && visible {
			return name, nil
		}
	}
	return "", errors.New("no visible worksheet")
}

// plainFormats changes, in memory, the number format of every cell style, so
// that excelize shows dates as 2020-11-22, whatever the format of the cell,
// and numbers with all their digits: a format such as 0.00, 0 or #,##0 would
// add some, or hide that 1.10101199003071E+17 has lost some. Formats of a few
// zeros stay, for the zeros that they put before a number belong to it.
func plainFormats(book *excelize.File) {
	styles := book.Styles
	if styles.CellXfs == nil {
		return
	}
	custom := make(map[int]string)
	if styles.NumFmts != nil {
		for i, format := range styles.NumFmts.NumFmt {
			custom[format.NumFmtID] = format.FormatCode
			if format.NumFmtID == shortDate {
				styles.NumFmts.NumFmt[i].FormatCode = isoDate
			}
		}
	}
	date, plain := shortDate, noFormat
	for i := range styles.CellXfs.Xf {
		style := &styles.CellXfs.Xf[i]
		if style.NumFmtID == nil {
			continue
		}
		switch code := custom[*style.NumFmtID]; {
		case isDate(*style.NumFmtID, code):
			style.NumFmtID = &date
		case !isPadding(code):
			style.NumFmtID = &plain
		}
	}
}

const (
	isoDate   = "yyyy-mm-dd"
	shortDate = 14 // the built-in format that is shown by Options.ShortDatePattern
	noFormat  = -1 // no format's number: excelize leaves the cell as it is
)

// isDate tells formats that show a day, a month or a year. The built-in ones
// are those of ECMA-376 part 1, 18.8.30, with the Chinese ones (27 to 31, 36,
// 50 to 54, 57, 58); 18 to 21, 32 to 35, 45 to 47, 55 and 56 show times only.
func isDate(id int, code string) bool {
	switch {
	case code != "":
		return strings.ContainsAny(signs(code), "yYdD")
	case 14 <= id && id <= 17, id == 22, 27 <= id && id <= 31, id == 36, 50 <= id && id <= 54, id == 57, id == 58:
		return true
	}
	return false
}

// signs leaves of a format code what is neither "literal" nor \literal nor a
// [colour or condition].
func signs(code string) string {
	var out strings.Builder
	var until rune
	skip := false
	for _, r := range code {
		switch {
		case skip:
			skip = false
		case until != 0:
			if r == until {
				until = 0
			}
		case r == '"':
			until = '"'
		case r == '[':
			until = ']'
		case r == '\\', r == '_', r == '*':
			skip = true
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// isPadding tells 00 to fifteen zeros. With more, a number would be padded
// that has more digits than a spreadsheet keeps.
func isPadding(code string) bool {
	return 2 <= len(code) && len(code) <= 15 && strings.Trim(code, "0") == ""
}

func (w *workbook) rows(at *atomic.Int64) iter.Seq2[raw, error] {
	return func(yield func(raw, error) bool) {
		at.Store(0)
		rows, err := w.book.Rows(w.name)
		if err != nil {
			yield(raw{}, &FileFault{Kind: Damaged, Err: err})
			return
		}
		defer rows.Close()
		next := func() ([]string, error) {
			if !rows.Next() {
				return nil, cmp.Or(rows.Error(), io.EOF)
			}
			return rows.Columns()
		}
		for line := 1; ; line++ {
			cells, err := guard(next)
			if err == io.EOF {
				if line > w.last {
					return
				}
				// excelize takes any error in a sheet's XML for its end.
				err = io.ErrUnexpectedEOF
			}
			if err != nil {
				yield(raw{}, &FileFault{Kind: Damaged, Err: err})
				return
			}
			at.Store(int64(line))
			w.markLost(cells, line)
			if len(cells) > 0 && !yield(raw{line: line, cells: cells}, nil) {
				return
			}
		}
	}
}

// markLost puts numbers that have lost digits into the form that Spoilt knows. A
// spreadsheet keeps 15 digits of a number: an ID number typed into a cell that
// is not text ends in zeros, and about one in eleven passes its check digit all
// the same, as somebody else's. Only the cell's type tells it from a real one
// that ends so, and asking for it loads the whole sheet: it is done for cells
// that look like it, which are rare.
func (w *workbook) markLost(cells []string, line int) {
	for i, cell := range cells {
		if len(cell) < 16 || len(cell) > 18 || strings.Trim(cell, "0123456789") != "" || strings.Trim(cell[15:], "0") != "" {
			continue
		}
		kind, err := guard(func() (excelize.CellType, error) {
			name, err := excelize.CoordinatesToCellName(i+1, line)
			if err != nil {
				return 0, err
			}
			return w.book.GetCellType(w.name, name)
		})
		if err == nil && (kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber) {
			number, _ := strconv.ParseFloat(cell, 64)
			cells[i] = strconv.FormatFloat(number, 'E', 14, 64)
		}
	}
}

// guard turns a panic of excelize, which reads what strangers upload, into an
// error.
func guard[T any](do func() (T, error)) (result T, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("excelize: %v", reason)
		}
	}()
	return do()
}
