package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
	"iter"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"certreissue/typed"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// text is a CSV file, or its likes with tabs or semicolons.
type text struct {
	file    io.ReaderAt
	size    int64
	charset encoding.Encoding // nil: UTF-8 without any fault
	start   int64             // bytes of the mark at the start, for UTF-8
	eol     byte              // '\n', or '\r' in files of old Macintosh programs
	comma   rune
}

// buffer is the size of a read from the file, and of the sample by which a
// file is judged.
const buffer = 64 << 10

func openText(file io.ReaderAt, size int64) (*text, error) {
	t := &text{file: file, size: size}
	if err := t.endAtSub(); err != nil {
		return nil, err
	}
	if err := t.findCharset(); err != nil {
		return nil, err
	}
	sample, err := t.open(new(atomic.Int64)).Peek(buffer)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case bytes.IndexByte(sample, 0) >= 0:
		return nil, &FileFault{Kind: NotText}
	case isMarkup(sample):
		return nil, &FileFault{Kind: WebPage}
	}
	t.eol = '\n'
	if bytes.IndexByte(sample, '\n') < 0 && bytes.IndexByte(sample, '\r') >= 0 {
		t.eol = '\r'
	}
	t.comma = separator(sample)
	return t, nil
}

// findCharset goes by the mark at the start of the file; without one, a file
// that is UTF-8 to its last byte is UTF-8, and any other GB18030, which is
// what spreadsheet programs in China write. But one broken line must not turn
// a whole UTF-8 file into rubbish: where the first line has characters beyond
// ASCII and is good UTF-8, the file is UTF-8 with a fault somewhere below.
// (A line of GB18030 ideographs is good UTF-8 only by a rare accident.)
func (t *text) findCharset() error {
	head := make([]byte, buffer)
	n, err := t.file.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return err
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		t.charset = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		return nil
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		t.start = 3
	}
	valid, marked, err := survey(io.NewSectionReader(t.file, t.start, t.size-t.start))
	if err != nil || valid && !marked {
		return err
	}
	line := firstLine(head)
	if valid || t.start > 0 || utf8.Valid(line) && len(line) > utf8.RuneCount(line) {
		t.charset = unicode.UTF8 // its decoder marks what it cannot read
	} else {
		t.charset = simplifiedchinese.GB18030
	}
	return nil
}

// survey reads all of r and tells whether it is UTF-8, and whether it holds
// the mark of characters lost before. The first block is not enough: a list
// of a million lines may have its first rare name on the last.
func survey(r io.Reader) (valid, marked bool, err error) {
	block := make([]byte, buffer)
	kept := 0 // bytes of a character that the last block cut in two
	for {
		n, err := r.Read(block[kept:])
		data := block[:kept+n]
		if err == io.EOF {
			return utf8.Valid(data), marked, nil
		}
		whole := len(data) - unfinished(data)
		if err != nil || !utf8.Valid(data[:whole]) {
			return false, marked, err
		}
		marked = marked || bytes.Contains(data[:whole], []byte(replacement))
		kept = copy(block, data[whole:])
	}
}

// unfinished counts the bytes at the end of data that begin a character and
// do not complete it.
func unfinished(data []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(data); n++ {
		if last := data[len(data)-n:]; utf8.RuneStart(last[0]) {
			if utf8.FullRune(last) {
				return 0
			}
			return n
		}
	}
	return 0
}

// firstLine gives the first line that is not empty.
func firstLine(sample []byte) []byte {
	sample = bytes.TrimLeft(sample, "\r\n")
	if end := bytes.IndexAny(sample, "\r\n"); end >= 0 {
		return sample[:end]
	}
	return sample
}

// endAtSub leaves out the byte by which programs of DOS end a text.
func (t *text) endAtSub() error {
	last := make([]byte, 1)
	if _, err := t.file.ReadAt(last, t.size-1); err != nil && err != io.EOF {
		return err
	}
	if last[0] == 0x1A {
		t.size--
	}
	return nil
}

// separator is what stands between the cells. A first line sep=; says so, for
// spreadsheet programs. Else it is the mark that most of the lines have in which
// the header may stand, then the more frequent one: a title above the header has
// none, and a note there may have any.
func separator(sample []byte) rune {
	if said, ok := bytes.CutPrefix(bytes.Trim(firstLine(sample), `"`), []byte("sep=")); ok && len(said) == 1 {
		return rune(said[0])
	}
	best, lines, total := ',', 0, 0
	for _, mark := range ",\t;" {
		in, n := 0, 0
		for rest, left := sample, mostHeads; len(rest) > 0 && left > 0; left-- {
			line := firstLine(rest)
			rest = bytes.TrimLeft(rest, "\r\n")[len(line):]
			if count := bytes.Count(line, []byte(string(mark))); count > 0 {
				in, n = in+1, n+count
			}
		}
		if in > lines || in == lines && n > total {
			best, lines, total = mark, in, n
		}
	}
	return best
}

// isMarkup tells the web page that many programs "export to Excel".
func isMarkup(sample []byte) bool {
	start := typed.Trimmed(string(sample))
	return len(start) > 1 && start[0] == '<' && (start[1] == '?' || start[1] == '!' || 'A' <= start[1]&^0x20 && start[1]&^0x20 <= 'Z')
}

// open starts reading the file as UTF-8, and counts the bytes it takes.
func (t *text) open(at *atomic.Int64) *bufio.Reader {
	at.Store(t.start)
	var in io.Reader = &counter{in: io.NewSectionReader(t.file, t.start, t.size-t.start), at: at}
	if t.charset != nil {
		in = t.charset.NewDecoder().Reader(bufio.NewReaderSize(in, buffer))
	}
	return bufio.NewReaderSize(in, buffer)
}

type counter struct {
	in io.Reader
	at *atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.at.Add(int64(n))
	return n, err
}

// table is the whole of the text, in which no cells are merged.
func (t *text) table() *table {
	return &table{size: t.size, lowest: MaxRows, rows: func(at *atomic.Int64, _ bool) iter.Seq2[raw, error] { return t.rows(at) }}
}

func (t *text) rows(at *atomic.Int64) iter.Seq2[raw, error] {
	return func(yield func(raw, error) bool) {
		in := &lines{in: t.open(at), eol: t.eol}
		parser := csv.NewReader(in)
		parser.Comma, parser.FieldsPerRecord, parser.ReuseRecord = t.comma, -1, true
		for line := 1; ; line++ {
			empty, err := in.next()
			if err == io.EOF {
				return
			}
			if empty {
				continue
			}
			r := raw{line: line}
			if err == nil {
				r.cells, err = parser.Read()
			}
			if _, ok := err.(*csv.ParseError); ok {
				r, err = t.salvage(line, in.giveUp()), nil
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// salvage splits a line whose quotation marks are wrong, taking them for
// plain characters. That is no fault if all of them are in cells like
// ="110101…", which many programs write without the quoting it needs.
func (t *text) salvage(line int, record string) raw {
	r := raw{line: line, cells: strings.Split(record, string(t.comma))}
	for _, cell := range r.cells {
		if strings.Contains(cell, `"`) && !isWrapped(typed.Trimmed(cell)) {
			r.fault = &RowFault{Kind: BadQuote}
		}
	}
	return r
}
