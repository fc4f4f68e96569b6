package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// What an archive may inflate to.
const (
	maxInflated = 256 << 20 // in all
	maxPart     = 16 << 20  // a part that excelize holds as a tree in memory
	maxToken    = 1 << 20   // one tag with the text after it; Excel allows 32,767 characters a cell
	textCost    = 64        // what excelize keeps of each shared text, to find it on the disk
	maxDepth    = 100       // of tags within tags, each of which a reader remembers; a cell is five deep
)

var errTooDeep = errors.New("the XML is nested too deep")

// inspect reads an archive once, before excelize does, because excelize
// ignores checksums and takes broken XML for the end of a sheet: half a list
// would be imported as if it were whole. It gives the number of the last row
// of each worksheet, by the name of its part. Inflating costs about a
// thirtieth of what excelize takes for the same sheet.
func inspect(file io.ReaderAt, size int64) (last map[string]int, err error) {
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, &FileFault{Kind: Damaged, Err: err}
	}
	last = make(map[string]int)
	total := uint64(0)
	workbook := false
	for _, part := range archive.File {
		// An entry that inflates to more than it declares fails when it is read.
		total += part.UncompressedSize64
		if total > maxInflated || part.UncompressedSize64 > maxPart && isTree(part.Name) {
			return nil, &FileFault{Kind: TooLarge, Limit: maxInflated}
		}
		workbook = workbook || strings.HasPrefix(part.Name, "xl/workbook") && strings.HasSuffix(part.Name, ".xml")
	}
	if !workbook {
		return nil, &FileFault{Kind: NotAWorkbook}
	}
	for _, part := range archive.File {
		row, texts, err := inspectPart(part)
		if err != nil {
			return nil, &FileFault{Kind: Damaged, Err: err}
		}
		if total += textCost * uint64(texts); total > maxInflated {
			return nil, &FileFault{Kind: TooLarge, Limit: maxInflated}
		}
		if row > MaxRows { // empty ones, too, take their time
			return nil, &FileFault{Kind: TooManyRows, Limit: MaxRows}
		}
		last[part.Name] = row
	}
	return last, nil
}

// isTree tells the parts that excelize decodes as a whole; worksheets and
// shared strings it spools to disk and reads piece by piece.
func isTree(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".xml") &&
		!strings.HasPrefix(name, "xl/worksheets/") && name != "xl/sharedstrings.xml"
}

// inspectPart reads a part to its end, and gives the number of its last row and how many
// texts it shares out.
func inspectPart(part *zip.File) (last, texts int, err error) {
	in, err := part.Open()
	if err != nil {
		return 0, 0, err
	}
	defer in.Close()
	if !strings.HasSuffix(part.Name, ".xml") {
		_, err = io.Copy(io.Discard, in)
		return 0, 0, err
	}
	tags := bufio.NewScanner(in)
	tags.Buffer(make([]byte, 0, buffer), maxToken)
	tags.Split(atBracket)
	closed, depth := false, 0
	for tags.Scan() {
		tag := bytes.TrimSpace(tags.Bytes())
		last = rowNumber(tag, last)
		if string(tagName(tag)) == "si" {
			texts++
		}
		if depth += deeper(tag); depth > maxDepth {
			return 0, 0, errTooDeep
		}
		closed = bytes.HasPrefix(tag, []byte("/")) || bytes.HasSuffix(tag, []byte("/>"))
	}
	if tags.Err() == nil && !closed {
		return 0, 0, io.ErrUnexpectedEOF
	}
	return last, texts, tags.Err()
}

// atBracket splits XML before each "<". It takes comments and CDATA apart as
// well, which does no harm: nothing is concluded from one but a row number.
func atBracket(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '<'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// deeper tells how much further inside one is behind a tag: 1 behind one that begins
// something, -1 behind one that ends it. What is in comments and CDATA is no tag.
func deeper(tag []byte) int {
	head, _, whole := bytes.Cut(tag, []byte(">"))
	switch {
	case !whole || len(head) == 0 || bytes.HasSuffix(head, []byte("/")) || bytes.HasSuffix(head, []byte("]]")) || bytes.HasSuffix(head, []byte("--")):
		return 0
	case head[0] == '/':
		return -1
	case head[0] == '?' || head[0] == '!':
		return 0
	}
	return 1
}

// rowNumber gives the number of the row that a tag begins, or last if it
// begins none: r="12" in <row r="12"> or <x:row r="12">, else the next.
func rowNumber(tag []byte, last int) int {
	if string(tagName(tag)) != "row" {
		return last
	}
	_, attributes, _ := bytes.Cut(tag, []byte(" "))
	if _, value, ok := bytes.Cut(append([]byte(" "), attributes...), []byte(` r="`)); ok {
		value, _, _ = bytes.Cut(value, []byte(`"`))
		if number, err := strconv.Atoi(string(value)); err == nil {
			return number
		}
	}
	return last + 1
}

// tagName is what a tag begins, without the name space; nil where it ends something.
func tagName(tag []byte) []byte {
	if len(tag) == 0 || tag[0] == '/' {
		return nil
	}
	end := bytes.IndexAny(tag, " />\r\n\t")
	if end < 0 {
		end = len(tag)
	}
	name := tag[:end]
	return name[bytes.LastIndexByte(name, ':')+1:]
}
