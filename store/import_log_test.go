package store

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"certreissue/reissue"
)

// TestImportLogged: an import is one line of the log once it has come to its end, and
// looking a file through is none.
func TestImportLogged(t *testing.T) {
	o := open(t)
	var log bytes.Buffer
	o.options.Log = slog.New(slog.NewTextHandler(&log, nil))
	for _, c := range []struct {
		dry   bool
		lines int
	}{{true, 0}, {false, 1}} {
		if _, err := imported(t.Context(), o.Store, Load{File: "档案.csv", By: reissue.System(), Dry: c.dry}, line(1), line(2)); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(log.String(), "msg="+logImported); n != c.lines {
			t.Errorf("dry %t: %d lines in the log:\n%s", c.dry, n, log.String())
		}
	}
}
