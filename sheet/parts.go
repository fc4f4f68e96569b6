package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"path"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// What the parts of a workbook that are read may be.
const (
	maxSheet  = 1536 << 20 // the worksheet, and the texts that its cells share: a million lines inflate to 800 MB
	maxPart   = 16 << 20   // any other, all of which is small
	freeRatio = 256 << 20  // what may be packed to any ratio
	maxRatio  = 100        // what is larger; lists are packed to a tenth or a thirtieth
	maxToken  = 1 << 20    // one tag, or the text between two; Excel allows 32,767 characters a cell
	maxDepth  = 100        // of tags within tags, each of which the decoder remembers; a cell is five deep
)

var (
	errTooDeep  = errors.New("the XML is nested too deep")
	errTooLong  = errors.New("a tag or a text of the XML is too long")
	errLonger   = errors.New("a part is longer than it declares")
	errNotThere = errors.New("a part that is needed is missing")
)

// parts are those of an archive, by their names in small letters with slashes: names
// of parts know no case, and some programs write backslashes.
type parts map[string]*zip.File

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

func openParts(file io.ReaderAt, size int64) (parts, error) {
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, err
	}
	all := make(parts, len(archive.File))
	for _, part := range archive.File {
		if name := partName(part.Name); all[name] == nil {
			all[name] = part
		}
	}
	return all, nil
}

// relation is what leads from one part to another.
type relation struct{ id, kind, target string }

// relations are those of a part, "" being the package itself. kind is the last word of
// a type, which is the same in both editions of the standard.
func (p parts) relations(of string) (list []relation, err error) {
	dir, base := path.Split(of)
	part := p[partName(dir+"_rels/"+base+".rels")]
	if part == nil {
		return nil, nil
	}
	err = eachTag(part, func(tag xml.StartElement) error {
		if tag.Name.Local != "Relationship" || attribute(tag, "TargetMode") == "External" {
			return nil
		}
		target := strings.ReplaceAll(attribute(tag, "Target"), `\`, "/")
		if plain, err := url.PathUnescape(target); err == nil {
			target = plain
		}
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		list = append(list, relation{attribute(tag, "Id"), path.Base(attribute(tag, "Type")), partName(target)})
		return nil
	})
	return list, err
}

func attribute(tag xml.StartElement, name string) string {
	for _, attr := range tag.Attr {
		if attr.Name.Local == name {
			return attr.Value
		}
	}
	return ""
}

// eachTag goes through all tags of a small part.
func eachTag(part *zip.File, do func(xml.StartElement) error) error {
	in, err := openMarkup(part, maxPart)
	if err != nil {
		return err
	}
	defer in.close()
	return in.each(do)
}

// markup is a part of XML that is read token by token, to its end, where the archive's
// checksum is compared. It holds one token at a time.
type markup struct {
	archived io.ReadCloser
	part     io.Reader // the same, as UTF-8
	tokens   *xml.Decoder
	depth    int // of the tag that was read last: 1 for the root
	ended    bool
	rooted   bool // a root has been seen

	block      [buffer]byte
	from, to   int
	left       int   // what the present token may still have
	read, size int64 // of the part, as UTF-8
}

func openMarkup(part *zip.File, limit uint64) (*markup, error) {
	size := part.UncompressedSize64
	if size > limit || size > freeRatio && size/maxRatio > part.CompressedSize64 {
		return nil, &FileFault{Kind: TooLarge, Limit: int(limit)}
	}
	in, err := part.Open()
	if err != nil {
		return nil, err
	}
	m := &markup{archived: in, size: int64(size)}
	m.tokens = xml.NewDecoder(m)
	if err := m.decode(); err != nil {
		return nil, errors.Join(err, in.Close())
	}
	return m, nil
}

// decode makes UTF-8 of a part in UTF-16, which begins with its mark.
func (m *markup) decode() error {
	mark := make([]byte, 2)
	n, err := io.ReadFull(m.archived, mark)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return err
	}
	m.part = io.MultiReader(bytes.NewReader(mark[:n]), m.archived)
	if text := string(mark[:n]); text != "\xFF\xFE" && text != "\xFE\xFF" {
		return nil
	}
	m.part = transform.NewReader(m.part, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	m.size = m.size / 2 * 3 // an ideograph grows from two bytes to three
	m.tokens.CharsetReader = func(named string, in io.Reader) (io.Reader, error) {
		if !strings.EqualFold(named, "utf-16") {
			return nil, errors.New("the XML is in UTF-16 and names another encoding")
		}
		return in, nil
	}
	return nil
}

func (m *markup) close() error { return m.archived.Close() }

// next gives the next token, good until the one after it, and io.EOF at the end.
func (m *markup) next() (xml.Token, error) {
	m.left = maxToken
	if m.ended {
		m.depth--
		m.ended = false
	}
	token, err := m.tokens.Token()
	switch token.(type) {
	case xml.StartElement:
		m.rooted = true
		if m.depth++; m.depth > maxDepth {
			return nil, errTooDeep
		}
	case xml.EndElement:
		m.ended = true
	}
	if err == io.EOF && !m.rooted {
		err = io.ErrUnexpectedEOF
	}
	return token, err
}

// each goes through all tags.
func (m *markup) each(do func(xml.StartElement) error) error {
	for {
		token, err := m.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if tag, ok := token.(xml.StartElement); ok {
			if err := do(tag); err != nil {
				return err
			}
		}
	}
}

// ReadByte is how the decoder reads.
func (m *markup) ReadByte() (byte, error) {
	if m.left--; m.left < 0 {
		return 0, errTooLong
	}
	for m.from == m.to {
		n, err := m.part.Read(m.block[:])
		m.from, m.to = 0, n
		if m.read += int64(n); m.read > m.size {
			return 0, errLonger
		}
		if n == 0 && err != nil {
			return 0, err
		}
	}
	m.from++
	return m.block[m.from-1], nil
}

// Read reads past the decoder, which asks for an io.Reader and reads by ReadByte.
func (m *markup) Read(p []byte) (n int, err error) {
	n, err = m.part.Read(p)
	if m.read += int64(n); m.read > m.size {
		err = errLonger
	}
	return n, err
}
