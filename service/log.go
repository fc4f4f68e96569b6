package service

import (
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"certreissue/store"

	"github.com/lmittmann/tint"
	"gopkg.in/natefinch/lumberjack.v2"
)

// The log's file begins anew when it is this large, in megabytes, and so many of those
// before stay beside it.
const (
	logMegabytes = 10
	logFiles     = 9
)

// openLog is where the service tells what it does, a line each that begins with its
// time: the file that c names, or Err. A demo writes JSON, for whatever watches it. end
// closes the file.
func (s *Service) openLog(c *Config) (log *slog.Logger, end func() error, err error) {
	end = func() error { return nil }
	switch {
	case c.Demo:
		return slog.New(slog.NewJSONHandler(s.Err, nil)), end, nil
	case c.Log == "":
		return newLog(s.Err), end, nil
	}
	full := store.FullPath(c.Log)
	if store.Resolve(full) == store.Resolve(store.FullPath(c.Data)) {
		return nil, nil, Refusal(sayLogIsData(full))
	}
	// What may not be written must be told now; and nobody else may read it.
	file, err := os.OpenFile(full, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		err = file.Chmod(0o600)
		file.Close()
	}
	if err != nil {
		return nil, nil, Refusal(sayNoLog(full, err))
	}
	rotated := &lumberjack.Logger{Filename: full, MaxSize: logMegabytes, MaxBackups: logFiles, LocalTime: true}
	return newLog(rotated), rotated.Close, nil
}

// logged writes lines as rows of a log.
type logged struct{ log *slog.Logger }

func (l logged) Write(b []byte) (int, error) {
	for line := range strings.Lines(string(b)) {
		if line = strings.Trim(line, " =\n"); line != "" {
			l.log.Info(line)
		}
	}
	return len(b), nil
}

func newLog(to io.Writer) *slog.Logger {
	return slog.New(tint.NewTextHandler(to, &tint.Options{NoColor: true, TimeFormat: time.DateTime}))
}
