package office

import (
	"io"

	"certreissue/handlers/visit"
	"certreissue/sheet"
	"certreissue/spool"
)

// format is a form in which lists are exported.
type format struct {
	ending, kind string
	open         func(w io.Writer, title string, spooled spool.Folder, kinds ...sheet.Kinds) (sheet.Writer, error)
}

var (
	workbook = format{".xlsx", visit.KindXLSX, sheet.NewXLSX}
	plain    = format{".csv", visit.KindCSV, func(w io.Writer, _ string, _ spool.Folder, _ ...sheet.Kinds) (sheet.Writer, error) {
		return sheet.NewCSV(w), nil
	}}
)

// sendTable makes a spreadsheet and sends it. write closes the table; kinds are the
// columns of a workbook that are not text.
func sendTable(v *visit.Visit, f format, name, title string, write func(sheet.Writer) error, kinds ...sheet.Kinds) error {
	return v.SendMade(f.kind, name+f.ending, func(w io.Writer) error {
		table, err := f.open(w, title, v.S.Store.Spool(), kinds...)
		if err != nil {
			return err
		}
		return write(table)
	})
}
