package handlers

import (
	"bufio"
	"io"
	"mime"
	"net/http"
	"os"
	"time"

	"certreissue/sheet"
)

// The kinds of the files that the office downloads.
const (
	kindXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	kindZIP  = "application/zip"
	kindCSV  = "text/csv; charset=utf-8"
	kindData = "application/octet-stream"
)

// downloadTime is how long a download may take: a large file over the slowest
// line of an office. The server's own limit is meant for pages.
const downloadTime = 2 * time.Hour

// format is a form in which lists are exported.
type format struct {
	ending, kind string
	open         func(w io.Writer, title string) (sheet.Writer, error)
}

var (
	workbook = format{".xlsx", kindXLSX, sheet.NewXLSX}
	plain    = format{".csv", kindCSV, func(w io.Writer, _ string) (sheet.Writer, error) { return sheet.NewCSV(w), nil }}
)

// sendTable makes a spreadsheet and sends it. write closes the table.
func (v *visit) sendTable(f format, name, title string, write func(sheet.Writer) error) error {
	return v.sendMade(f.kind, name+f.ending, func(w io.Writer) error {
		table, err := f.open(w, title)
		if err != nil {
			return err
		}
		return write(table)
	})
}

// sendMade writes a whole file to a temporary place before the first byte is
// sent: a slow client then holds neither a transaction nor memory, and an error
// is still an error page. The file is removed in any case.
func (v *visit) sendMade(kind, name string, write func(io.Writer) error) error {
	file, err := os.CreateTemp("", "certreissue-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	w := bufio.NewWriter(file)
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return v.sendFile(kind, name, file)
}

// sendFile gives the browser a file to keep under a name.
func (v *visit) sendFile(kind, name string, file *os.File) error {
	// A server that cannot move the deadline keeps the usual one.
	_ = http.NewResponseController(v.w).SetWriteDeadline(time.Now().Add(downloadTime))
	v.w.Header().Set("Content-Type", kind)
	v.w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	http.ServeContent(v.w, v.r, "", time.Time{}, file)
	return nil
}
