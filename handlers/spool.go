package handlers

import (
	"bufio"
	"io"
	"mime"
	"net/http"
	"os"
	"time"
)

// The kinds of the files that the office downloads.
const (
	kindXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	kindZIP  = "application/zip"
	kindCSV  = "text/csv; charset=utf-8"
)

// downloadTime is how long a download may take: 60 MB over the slowest line of
// an office.
const downloadTime = 15 * time.Minute

// sendFile writes a whole file to a temporary place before the first byte is
// sent: a slow client then holds neither a transaction nor memory, and an error
// is still an error page. The file is removed in any case.
func (v *visit) sendFile(kind, name string, write func(io.Writer) error) error {
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
	// A server that cannot move the deadline keeps the usual one.
	_ = http.NewResponseController(v.w).SetWriteDeadline(time.Now().Add(downloadTime))
	v.w.Header().Set("Content-Type", kind)
	v.w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	http.ServeContent(v.w, v.r, "", time.Time{}, file)
	return nil
}
