package visit

import (
	"bufio"
	"io"
	"mime"
	"net/http"
	"os"
	"strconv"
	"time"

	"certreissue/store"
)

// The kinds of the files that the office downloads.
const (
	KindXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	KindZIP  = "application/zip"
	KindCSV  = "text/csv; charset=utf-8"
	KindData = "application/octet-stream"
)

// downloadTime is how long a download may take: a large file over the slowest
// line of an office. The server's own limit is meant for pages.
const downloadTime = 2 * time.Hour

// SendMade spools a whole file before the first byte is
// sent: a slow client then holds neither a transaction nor memory, and an error
// is still an error page. The file is removed in any case.
func (v *Visit) SendMade(kind, name string, write func(io.Writer) error) error {
	file, err := v.spool().File()
	if err != nil {
		return store.WriteError(string(v.spool()), err)
	}
	defer v.spool().Drop(file.Name())
	defer file.Close()
	w := bufio.NewWriter(file)
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return v.SendFile(kind, name, file)
}

// SendFile gives the browser a file to keep under a name.
func (v *Visit) SendFile(kind, name string, file *os.File) error {
	v.attach(kind, name)
	http.ServeContent(v.W, v.R, "", time.Time{}, file)
	return nil
}

// SendStream gives the browser what is made while it is sent, to keep under a name. By
// the size the browser knows what has broken off.
func (v *Visit) SendStream(kind, name string, size int64, from io.Reader) error {
	v.attach(kind, name)
	v.W.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	v.W.WriteHeader(http.StatusOK)
	if _, err := io.Copy(v.W, from); err != nil && v.R.Context().Err() == nil {
		v.S.Log.Error("download", "request", v.Number(), "error", err)
	}
	return nil
}

// attach announces a file.
func (v *Visit) attach(kind, name string) {
	v.MayTakeLong()
	v.W.Header().Set("Content-Type", kind)
	v.W.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}

// MayTakeLong lets the answer come as late as a download may.
func (v *Visit) MayTakeLong() {
	// A server that cannot move the deadline keeps the usual one.
	_ = http.NewResponseController(v.W).SetWriteDeadline(time.Now().Add(downloadTime))
}

// SendPhoto answers with a checked JPEG.
func (v *Visit) SendPhoto(jpeg []byte, err error) error {
	if err != nil {
		return err
	}
	v.W.Header().Set("Content-Type", "image/jpeg")
	v.W.Header().Set("Content-Length", strconv.Itoa(len(jpeg)))
	v.W.WriteHeader(http.StatusOK)
	_, _ = v.W.Write(jpeg)
	return nil
}
