package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"certreissue/spool"
)

// texts are those that the cells of a workbook share, in the file that a large list of
// them is spooled to: three millions for a register of one million lines, which nobody
// wants to hold. Whoever reads a sheet goes through them nearly in their order, so that
// one look at the disk serves many cells.
type texts struct {
	from    io.ReaderAt
	file    *os.File // nil where they are held
	spooled spool.Folder
	count   int
	starts  []int64 // of each block, and the end of the last
	blocks  [heldBlocks]block
}

// block is some texts that lie together.
type block struct {
	number int // from 1; 0 for none
	texts  []string
}

const (
	inBlock    = 32
	heldBlocks = 256 // with texts of the greatest length, 32 MB
	heldTexts  = 8 << 20
	maxTexts   = 8_000_000 // of which only the starts of the blocks are held
	maxText    = 4*MaxCell + 4
)

var errNoText = errors.New("a cell shows a shared text that is not there")

func readTexts(part *zip.File, spooled spool.Folder) (t *texts, err error) {
	in, err := openMarkup(part, maxSheet)
	if err != nil {
		return nil, err
	}
	defer in.close()
	t = &texts{spooled: spooled}
	if in.size <= heldTexts {
		var held bytes.Buffer
		err = t.fill(in, &held)
		t.from = bytes.NewReader(held.Bytes())
		return t, err
	}
	if t.file, err = spooled.File(); err != nil {
		return nil, &FileFault{Kind: NotSpooled, Err: err}
	}
	t.from = t.file
	to := bufio.NewWriterSize(disk{t.file}, buffer)
	if err = t.fill(in, to); err == nil {
		err = to.Flush()
	}
	if err != nil {
		return nil, errors.Join(err, t.close())
	}
	return t, nil
}

// disk tells a fault of writing from those of what is read.
type disk struct{ io.Writer }

func (d disk) Write(p []byte) (int, error) {
	n, err := d.Writer.Write(p)
	if err != nil {
		err = &FileFault{Kind: NotSpooled, Err: err}
	}
	return n, err
}

// fill writes each text behind its length.
func (t *texts) fill(in *markup, to io.Writer) error {
	var one content
	var at int64
	var record []byte
	for {
		token, err := in.next()
		if err != nil {
			t.starts = append(t.starts, at)
			if err == io.EOF {
				err = nil
			}
			return err
		}
		one.take(token)
		if name := local(token); name != "si" || in.depth != 2 {
			continue
		}
		if _, begins := token.(xml.StartElement); begins {
			one = content{text: one.text[:0]}
			continue
		}
		if t.count == maxTexts {
			return &FileFault{Kind: TooLarge, Limit: maxSheet}
		}
		if t.count%inBlock == 0 {
			t.starts = append(t.starts, at)
		}
		t.count++
		text := one.string()
		record = append(binary.AppendUvarint(record[:0], uint64(len(text))), text...)
		if _, err := to.Write(record); err != nil {
			return err
		}
		at += int64(len(record))
	}
}

// text gives the one of a number that a cell tells.
func (t *texts) text(number string) (string, error) {
	i, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || t == nil || i < 0 || i >= t.count {
		return "", errNoText
	}
	at := i / inBlock
	held := &t.blocks[at%heldBlocks]
	if held.number != at+1 {
		if err := t.load(at, held); err != nil {
			return "", err
		}
	}
	return held.texts[i%inBlock], nil
}

func (t *texts) load(at int, to *block) error {
	data := make([]byte, t.starts[at+1]-t.starts[at])
	if n, err := t.from.ReadAt(data, t.starts[at]); n < len(data) {
		return err
	}
	to.number, to.texts = at+1, to.texts[:0]
	for len(data) > 0 {
		length, n := binary.Uvarint(data)
		end := n + int(length)
		to.texts = append(to.texts, string(data[n:end]))
		data = data[end:]
	}
	return nil
}

func (t *texts) close() error {
	if t.file == nil {
		return nil
	}
	return errors.Join(t.file.Close(), t.spooled.Drop(t.file.Name()))
}

// content gathers the text of a cell, or of one that cells share: what is in <t>, rich
// or plain, without the <rPh> that tells how it is spoken, and what is in <v>.
type content struct {
	text   []byte
	within bool // of an element that holds text
	spoken bool
}

func (c *content) take(token xml.Token) {
	switch token := token.(type) {
	case xml.StartElement:
		switch token.Name.Local {
		case "rPh":
			c.spoken = true
		case "t", "v":
			c.within = !c.spoken
		}
	case xml.EndElement:
		switch token.Name.Local {
		case "rPh":
			c.spoken = false
		case "t", "v":
			c.within = false
		}
	case xml.CharData:
		// A cell that is longer is refused, however long it is.
		if c.within && len(c.text) <= maxText {
			c.text = append(c.text, token[:min(len(token), maxText+1)]...)
		}
	}
}

// string is the text, in which _x000D_ stands for a character that XML has not.
func (c *content) string() string {
	text := string(c.text)
	for from := 0; ; {
		at := strings.Index(text[from:], "_x")
		if at < 0 {
			return strings.ToValidUTF8(text, "")
		}
		at += from
		from = at + 2
		if len(text) < at+7 || text[at+6] != '_' {
			continue
		}
		if code, err := strconv.ParseUint(text[at+2:at+6], 16, 16); err == nil {
			text = text[:at] + string(rune(code)) + text[at+7:]
			from = at + 1
		}
	}
}

// local is the name of a tag that begins or ends something.
func local(token xml.Token) string {
	switch token := token.(type) {
	case xml.StartElement:
		return token.Name.Local
	case xml.EndElement:
		return token.Name.Local
	}
	return ""
}
