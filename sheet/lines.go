package sheet

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// lines stands between a file and its csv.Reader and hands over one physical
// line at a time. encoding/csv alone would not do: it skips empty lines
// without counting them, and a quotation mark that is never closed makes it
// swallow the rest of the file. Here a record that fails is given up at the
// end of its first line, and the lines after it are read once more.
//
// It relies on the csv.Reader asking for no more than the record needs, which
// holds because bufio.Reader.ReadSlice reads again only when it lacks the
// line's end.
type lines struct {
	in     *bufio.Reader
	eol    byte
	record []byte // the lines of the present record
	first  int    // length of the first of them
	given  int    // how much of record the csv.Reader has had
	again  []byte // whole lines to be read before those of in
}

// maxRecord is the most bytes of a line, and about the most of a record. It is
// more than MaxColumns cells of MaxCell characters need: what is cut off or
// broken by it has a fault already.
const maxRecord = 1 << 20

// next begins a record and tells whether its line is empty, in which case
// there is nothing to be parsed.
func (l *lines) next() (empty bool, err error) {
	l.record, l.given = l.record[:0], 0
	if err := l.readLine(); err != nil {
		return false, err
	}
	l.first = len(l.record)
	return len(bytes.TrimRight(l.record, "\r\n")) == 0, nil
}

// Read hands the record's lines to the csv.Reader.
func (l *lines) Read(p []byte) (int, error) {
	if l.given == len(l.record) {
		if len(l.record) > maxRecord {
			return 0, io.EOF
		}
		if err := l.readLine(); err != nil {
			return 0, err
		}
	}
	n := copy(p, l.record[l.given:])
	l.given += n
	return n, nil
}

// giveUp ends the record after its first line, which it returns.
func (l *lines) giveUp() string {
	if rest := l.record[l.first:]; len(rest) > 0 {
		l.again = append(bytes.Clone(rest), l.again...)
	}
	return strings.TrimRight(string(l.record[:l.first]), "\r\n")
}

// readLine appends one more line to the record.
func (l *lines) readLine() error {
	if len(l.again) > 0 {
		line := l.again
		if end := bytes.IndexByte(line, '\n'); end >= 0 {
			line = line[:end+1]
		}
		l.record = append(l.record, line...)
		l.again = l.again[len(line):]
		return nil
	}
	start := len(l.record)
	for {
		part, err := l.in.ReadSlice(l.eol)
		if err == bufio.ErrBufferFull {
			if room := maxRecord - (len(l.record) - start); len(part) > room {
				part = part[:room]
			}
			l.record = append(l.record, part...)
			continue
		}
		l.record = append(l.record, part...)
		if len(l.record) == start {
			return err
		}
		if err == io.EOF {
			err = nil
		}
		if err == nil && l.record[len(l.record)-1] == l.eol {
			l.record[len(l.record)-1] = '\n'
		}
		return err
	}
}
