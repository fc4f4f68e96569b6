package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"io"
	"strconv"
	"strings"
)

// What an archive may inflate to.
const (
	maxInflated = 256 << 20 // in all
	maxPart     = 16 << 20  // a part that excelize holds as a tree in memory
	maxToken    = 1 << 20   // one tag with the text after it; Excel allows 32,767 characters a cell
)

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
		row, err := inspectPart(part)
		if err != nil {
			return nil, &FileFault{Kind: Damaged, Err: err}
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

func inspectPart(part *zip.File) (last int, err error) {
	in, err := part.Open()
	if err != nil {
		return 0, err
	}
	defer in.Close()
	if !strings.HasSuffix(part.Name, ".xml") {
		_, err = io.Copy(io.Discard, in)
		return 0, err
	}
	tags := bufio.NewScanner(in)
	tags.Buffer(make([]byte, 0, buffer), maxToken)
	tags.Split(atBracket)
	closed := false
	for tags.Scan() {
		tag := bytes.TrimSpace(tags.Bytes())
		last = rowNumber(tag, last)
		closed = bytes.HasPrefix(tag, []byte("/")) || bytes.HasSuffix(tag, []byte("/>"))
	}
	if tags.Err() == nil && !closed {
		return 0, io.ErrUnexpectedEOF
	}
	return last, tags.Err()
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

// rowNumber gives the number of the row that a tag begins, or last if it
// begins none: r="12" in <row r="12"> or <x:row r="12">, else the next.
func rowNumber(tag []byte, last int) int {
	name, attributes, _ := bytes.Cut(tag, []byte(" "))
	name = bytes.TrimRight(name, "/>\r\n\t")
	if string(name) != "row" && !bytes.HasSuffix(name, []byte(":row")) || name[0] == '/' {
		return last
	}
	if _, value, ok := bytes.Cut(append([]byte(" "), attributes...), []byte(` r="`)); ok {
		value, _, _ = bytes.Cut(value, []byte(`"`))
		if number, err := strconv.Atoi(string(value)); err == nil {
			return number
		}
	}
	return last + 1
}
