package sheet

import (
	"archive/zip"
	"encoding/csv"
	"io"

	"certreissue/spool"

	"github.com/xuri/excelize/v2"
)

// Writer writes a table row by row, the header first. Every cell is made
// Harmless. Close must be called, writes what is left, and does not close the
// io.Writer beneath.
type Writer interface {
	WriteRow(cells []string) error
	Close() error
}

// NewCSV writes UTF-8 with a byte order mark, without which Excel takes the
// file for GB18030, and with CRLF at the line ends, as RFC 4180 has it.
func NewCSV(w io.Writer) Writer {
	c := &csvWriter{to: w, csv: csv.NewWriter(w)}
	c.csv.UseCRLF = true
	return c
}

type csvWriter struct {
	to      io.Writer
	csv     *csv.Writer
	started bool
	cells   []string // the harmless copy of a row
}

func (c *csvWriter) WriteRow(cells []string) error {
	if err := c.start(); err != nil {
		return err
	}
	c.cells = c.cells[:0]
	for _, cell := range cells {
		c.cells = append(c.cells, Harmless(cell))
	}
	return c.csv.Write(c.cells)
}

func (c *csvWriter) start() error {
	if c.started {
		return nil
	}
	c.started = true
	_, err := io.WriteString(c.to, "\uFEFF")
	return err
}

func (c *csvWriter) Close() error {
	if err := c.start(); err != nil {
		return err
	}
	c.csv.Flush()
	return c.csv.Error()
}

// NewXLSX writes a workbook of one sheet: all cells text, so that no program
// rounds a number or guesses a date, but in the columns that kinds names; the header
// bold, fixed and with a filter; columns as wide as the first rows need. On paper it
// lies across A4, or A3 where it has many columns, one page wide, with the header on each. Rows are spooled until Close,
// which alone writes to w. The error is that of a name which is none for a sheet (31
// characters at most, none of : \ / ? * [ ]), or of the disk.
func NewXLSX(w io.Writer, sheetName string, spooled spool.Folder, kinds ...Kinds) (Writer, error) {
	temp, err := spooled.Folder()
	if err != nil {
		return nil, err
	}
	x := &xlsxWriter{book: excelize.NewFile(excelize.Options{TmpDir: temp}), temp: temp, spooled: spooled, name: sheetName, kinds: kinds}
	x.book.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	if err := x.prepare(sheetName); err != nil {
		x.drop()
		return nil, err
	}
	return &bound{x.WriteRow, x.Close}, nil
}

// bound is a Writer whose type says nothing of what is behind it. A program with templates
// carries every method of a type that gets into an interface, and of those of its fields:
// with excelize's, that is a tenth of the executable.
type bound struct {
	write func(cells []string) error
	close func() error
}

func (b *bound) WriteRow(cells []string) error { return b.write(cells) }
func (b *bound) Close() error                  { return b.close() }

type xlsxWriter struct {
	temp    string       // a folder for what excelize spools
	spooled spool.Folder // where that lies
	book    *excelize.File
	stream  *excelize.StreamWriter
	name    string // of the sheet
	kinds   []Kinds
	columns []Kind       // of the table, once the header is known
	styles  map[Kind]int // of a cell
	bold    int          // style of a header cell
	first   [][]string   // rows kept back until the widths are known; nil after
	row     int          // number of the last row written
}

// sample is how many rows decide on the widths of the columns.
const sample = 100

func (x *xlsxWriter) prepare(sheetName string) (err error) {
	if err = x.book.SetSheetName(x.book.GetSheetName(0), sheetName); err != nil {
		return err
	}
	x.styles = map[Kind]int{}
	for kind, format := range formatsOf {
		if x.styles[kind], err = x.book.NewStyle(&format); err != nil {
			return err
		}
	}
	if x.bold, err = x.book.NewStyle(&excelize.Style{NumFmt: asText, Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	if err = x.layOut(); err != nil { // before the stream, which begins with some of it
		return err
	}
	if x.stream, err = x.book.NewStreamWriter(sheetName); err != nil {
		return err
	}
	x.first = make([][]string, 0, sample)
	return x.stream.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
	})
}

func (x *xlsxWriter) WriteRow(cells []string) error {
	if x.first == nil {
		return x.write(cells)
	}
	x.first = append(x.first, append([]string(nil), cells...))
	if len(x.first) < sample {
		return nil
	}
	return x.begin()
}

// begin sets the widths, which must stand before the rows, and writes the
// rows kept back.
func (x *xlsxWriter) begin() error {
	rows := x.first
	x.first = nil
	if len(rows) > 0 {
		x.columns = kindsOf(x.kinds, rows[0])
	}
	columns := widths(rows, x.columns)
	if err := x.paper(columns); err != nil {
		return err
	}
	for i, width := range columns {
		if err := x.stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	for _, cells := range rows {
		if err := x.write(cells); err != nil {
			return err
		}
	}
	return nil
}

func (x *xlsxWriter) write(cells []string) error {
	x.row++
	if x.row > excelize.TotalRows {
		return &FileFault{Kind: TooManyRows, Limit: excelize.TotalRows}
	}
	values := make([]any, len(cells))
	for i, cell := range cells {
		values[i] = x.cell(i, cell)
	}
	corner, err := excelize.CoordinatesToCellName(1, x.row)
	if err != nil {
		return err
	}
	return x.stream.SetRow(corner, values)
}

func (x *xlsxWriter) Close() error {
	defer x.drop()
	if x.first != nil {
		if err := x.begin(); err != nil {
			return err
		}
	}
	if err := x.filter(); err != nil {
		return err
	}
	if err := x.stream.Flush(); err != nil {
		return err
	}
	// The archive goes straight to w by the ZipWriter set in NewXLSX; Write
	// by itself would first build it in memory.
	return x.book.Write(io.Discard)
}

func (x *xlsxWriter) drop() {
	x.book.Close()
	x.spooled.Drop(x.temp)
}
