package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// minimal is a workbook without styles.
func minimal() map[string]string {
	return map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":                relations("officeDocument", "xl/workbook.xml"),
		"xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml", "styles", "styles.xml", "sharedStrings", "sharedStrings.xml"),
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>`,
		"xl/styles.xml":              `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`,
		"xl/sharedStrings.xml":       `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`,
		"xl/worksheets/sheet1.xml":   worksheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>列</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>`),
	}
}

// relations lead to parts: kind and target by turns. Their names are r0, r2 and so on.
func relations(to ...string) string {
	var out strings.Builder
	out.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i < len(to); i += 2 {
		fmt.Fprintf(&out, `<Relationship Id="r%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, i, to[i], to[i+1])
	}
	return out.String() + `</Relationships>`
}

// archive writes a minimal workbook with parts replaced, or left out where they are "".
func archive(t testing.TB, replaced map[string]string) string {
	t.Helper()
	all := minimal()
	for name, content := range replaced {
		all[name] = content
	}
	return zipped(t, all)
}

func zipped(t testing.TB, all map[string]string) string { return file(t, pack(t, all)) }

// pack puts parts into an archive, but for those that are "".
func pack(t testing.TB, all map[string]string) string { return packBy(t, zip.Deflate, all) }

func packBy(t testing.TB, method uint16, all map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		content := all[name]
		if content == "" {
			continue
		}
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		part.Write([]byte(content))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// bomb is a workbook whose sheet of 1 MB declares another size.
func bomb(t *testing.T, declared uint64) string {
	t.Helper()
	var packed, out bytes.Buffer
	deflate, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	deflate.Write(bytes.Repeat([]byte(" "), 1<<20))
	deflate.Close()
	w := zip.NewWriter(&out)
	for name, content := range minimal() {
		if name == "xl/worksheets/sheet1.xml" {
			continue
		}
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write([]byte(content))
	}
	part, err := w.CreateRaw(&zip.FileHeader{
		Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate,
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: declared,
	})
	if err != nil {
		t.Fatal(err)
	}
	part.Write(packed.Bytes())
	w.Close()
	return file(t, out.String())
}

func worksheet(rows string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
}
