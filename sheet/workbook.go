package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"

	"certreissue/spool"
	"certreissue/typed"
)

// workbook is the visible worksheets of an .xlsx file. They are read by way of the
// parts that they need: what the others hold, and whether they are in order, makes no
// difference to the table.
type workbook struct {
	tables  []*table
	texts   *texts
	formats []*format // by the number of the cell's style
	from    epoch
}

// maxTables is among how many visible worksheets the table is looked for, more than
// anybody keeps in one file.
const maxTables = 255

func openWorkbook(file io.ReaderAt, size int64, spooled spool.Folder) (*workbook, error) {
	all, err := openParts(file, size)
	if err != nil {
		return nil, &FileFault{Kind: Damaged, Err: err}
	}
	w := &workbook{}
	if err := w.find(all, spooled); err != nil {
		w.close()
		return nil, damaged(err)
	}
	return w, nil
}

// damaged makes any error a FileFault.
func damaged(err error) error {
	if fault := (*FileFault)(nil); errors.As(err, &fault) {
		return fault
	}
	return &FileFault{Kind: Damaged, Err: err}
}

func (w *workbook) close() error {
	if w == nil || w.texts == nil {
		return nil
	}
	return w.texts.close()
}

// find goes from the package to the workbook, and from there to the visible worksheets
// and the parts that they need, by what the relations say.
func (w *workbook) find(all parts, spooled spool.Folder) error {
	top, err := all.relations("")
	if err != nil {
		return err
	}
	at := slices.IndexFunc(top, func(r relation) bool { return r.kind == "officeDocument" })
	if at < 0 || all[top[at].target] == nil || path.Ext(top[at].target) == ".bin" { // an .xlsb
		return &FileFault{Kind: NotAWorkbook}
	}
	book := top[at].target
	relations, err := all.relations(book)
	if err != nil {
		return err
	}
	if err := w.findSheets(all, book, relations); err != nil {
		return err
	}
	for _, r := range relations {
		part := all[r.target]
		switch {
		case r.kind != "styles" && r.kind != "sharedStrings":
		case part == nil:
			err = errNotThere
		case r.kind == "styles":
			w.formats, err = readStyles(part)
		case w.texts == nil:
			w.texts, err = readTexts(part, spooled)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *workbook) findSheets(all parts, book string, relations []relation) error {
	worksheets := map[string]string{} // others are charts and the like
	for _, r := range relations {
		if r.kind == "worksheet" {
			worksheets[r.id] = r.target
		}
	}
	root := true
	err := eachTag(all[book], func(tag xml.StartElement) error {
		if root && tag.Name.Local != "workbook" {
			return &FileFault{Kind: NotAWorkbook}
		}
		root = false
		switch tag.Name.Local {
		case "workbookPr":
			if is := attribute(tag, "date1904"); is == "1" || is == "true" {
				w.from = epoch1904
			}
		case "sheet":
			target, ok := worksheets[attribute(tag, "id")]
			if state := attribute(tag, "state"); ok && (state == "" || state == "visible") && len(w.tables) < maxTables {
				w.tables = append(w.tables, w.table(typed.Clean(attribute(tag, "name")), all[target]))
			}
		}
		return nil
	})
	if err == nil && len(w.tables) == 0 {
		err = errors.New("no visible worksheet")
	}
	return err
}

// maxStyles is more than a spreadsheet program allows.
const maxStyles = 1 << 16

// readStyles gives the format of each style of a cell, nil where it is 常规.
func readStyles(part *zip.File) (formats []*format, err error) {
	codes := make(map[int]string)
	known := make(map[int]*format)
	var within string // numFmts, cellXfs, or another list of the styles
	in, err := openMarkup(part, maxPart)
	if err != nil {
		return nil, err
	}
	defer in.close()
	err = in.each(func(tag xml.StartElement) error {
		switch name := tag.Name.Local; {
		case in.depth == 2:
			within = name
		case in.depth != 3:
		case within == "numFmts" && name == "numFmt":
			codes[number(attribute(tag, "numFmtId"))] = attribute(tag, "formatCode")
		case within == "cellXfs" && name == "xf":
			id := number(attribute(tag, "numFmtId"))
			if _, ok := known[id]; !ok {
				known[id] = formatOf(id, codes[id])
			}
			formats = append(formats, known[id])
		}
		if len(formats) > maxStyles || len(codes) > maxStyles {
			return errors.New("too many styles")
		}
		return nil
	})
	return formats, err
}
