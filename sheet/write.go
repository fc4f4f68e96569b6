package sheet

import (
	"archive/zip"
	"encoding/csv"
	"io"
	"math"

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
// rounds a number or guesses a date; the header bold and fixed; columns as
// wide as the first rows need. Rows are spooled until Close, which alone writes to
// w. The error is that of a name which is none for a sheet (31 characters at most,
// none of : \ / ? * [ ]), or of the disk.
func NewXLSX(w io.Writer, sheetName string, spooled spool.Folder) (Writer, error) {
	temp, err := spooled.Folder()
	if err != nil {
		return nil, err
	}
	x := &xlsxWriter{book: excelize.NewFile(excelize.Options{TmpDir: temp}), temp: temp, spooled: spooled}
	x.book.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	if err := x.prepare(sheetName); err != nil {
		x.drop()
		return nil, err
	}
	return x, nil
}

type xlsxWriter struct {
	temp    string       // a folder for what excelize spools
	spooled spool.Folder // where that lies
	book    *excelize.File
	stream  *excelize.StreamWriter
	text    int        // style of a text cell
	bold    int        // style of a header cell
	first   [][]string // rows kept back until the widths are known; nil after
	row     int        // number of the last row written
}

// sample is how many rows decide on the widths of the columns.
const sample = 100

func (x *xlsxWriter) prepare(sheetName string) (err error) {
	if err = x.book.SetSheetName(x.book.GetSheetName(0), sheetName); err != nil {
		return err
	}
	const asText = 49 // the built-in format "@"
	if x.text, err = x.book.NewStyle(&excelize.Style{NumFmt: asText}); err != nil {
		return err
	}
	if x.bold, err = x.book.NewStyle(&excelize.Style{NumFmt: asText, Font: &excelize.Font{Bold: true}}); err != nil {
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
	for i, width := range widths(rows) {
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
	style := x.text
	if x.row == 1 {
		style = x.bold
	}
	values := make([]any, len(cells))
	for i, cell := range cells {
		values[i] = excelize.Cell{StyleID: style, Value: Harmless(cell)}
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

// widths measures in the widths of a digit, which an ideograph has two of.
func widths(rows [][]string) (list []float64) {
	const least, most = 8, 48
	for _, cells := range rows {
		for i, cell := range cells {
			if i == len(list) {
				list = append(list, least)
			}
			width := 2.0
			for _, r := range cell {
				if width++; r >= 0x1100 {
					width++
				}
			}
			list[i] = math.Min(most, math.Max(list[i], width))
		}
	}
	return list
}
