package sheet

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// Only the parts that the table needs are judged, and they are where the relations say.
func TestOnlyTheTable(t *testing.T) {
	sheet1 := minimal()["xl/worksheets/sheet1.xml"]
	large := "<comments><text>" + strings.Repeat("注", 1<<20) + "</text></comments>"
	moved := func(names func(string) string) map[string]string {
		out := map[string]string{}
		for name, content := range minimal() {
			out[names(name)] = content
		}
		return out
	}
	with := func(name, content string) map[string]string {
		all := minimal()
		all[name] = content
		return all
	}
	elsewhere := minimal()
	for _, name := range []string{"_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"} {
		delete(elsewhere, name)
	}
	elsewhere["_rels/.rels"] = relations("extended-properties", "docProps/app.xml", "officeDocument", "/Buch/Mappe%201.xml")
	elsewhere["Buch/Mappe 1.xml"] = minimal()["xl/workbook.xml"]
	elsewhere["Buch/_rels/Mappe 1.xml.rels"] = relations("worksheet", "../Blatt/eins.xml")
	elsewhere["Blatt/eins.xml"] = sheet1
	strict := minimal()
	for name, content := range strict {
		strict[name] = strings.NewReplacer("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships",
			"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main").Replace(content)
	}
	chart := minimal()
	chart["xl/_rels/workbook.xml.rels"] = relations("chartsheet", "chartsheets/sheet1.xml", "worksheet", "worksheets/sheet1.xml")
	chart["xl/workbook.xml"] = strings.Replace(chart["xl/workbook.xml"], "<sheets>", `<sheets><sheet name="C" sheetId="2" r:id="r0"/><sheet name="H" sheetId="3" state="veryHidden" r:id="r2"/>`, 1)
	chart["xl/workbook.xml"] = strings.Replace(chart["xl/workbook.xml"], `sheetId="1" r:id="r0"`, `sheetId="1" r:id="r2"`, 1)
	for reason, all := range map[string]map[string]string{
		"custom XML in UTF-16":           with("customXml/item1.xml", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), `<?xml version="1.0" encoding="utf-16"?><a/>`)),
		"properties without content":     with("docProps/core.xml", " "),
		"properties that are no XML":     with("docProps/app.xml", "<a"),
		"comments of more than 1 MB":     with("xl/comments1.xml", large),
		"another sheet that is broken":   with("xl/worksheets/sheet2.xml", "<worksheet"),
		"a picture of 20 MB":             with("xl/media/image1.png", strings.Repeat("x", 20<<20)),
		"a sheet that ends in a comment": with("xl/worksheets/sheet1.xml", sheet1+"<!-- made by -->\r\n"),
		"a comment, and what is not the table": with("xl/worksheets/sheet1.xml", strings.NewReplacer("<sheetData>", `<!-- x --><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols><col min="1" max="1"/></cols><sheetData>`,
			"</sheetData>", `</sheetData><extLst><ext><row r="1"><c t="str"><v>x</v></c></row></ext></extLst>`).Replace(sheet1)),
		"names with backslashes":       moved(func(name string) string { return strings.ReplaceAll(name, "/", `\`) }),
		"names in capitals":            moved(strings.ToUpper),
		"names that begin with a mark": moved(func(name string) string { return "/" + name }),
		"parts in other places":        elsewhere,
		"the strict edition":           strict,
		"charts and hidden sheets":     chart,
	} {
		t.Run(reason, func(t *testing.T) {
			_, rows, lines := read(t, zipped(t, all))
			if flat(rows) != "1" || lines[0] != 2 {
				t.Errorf("rows %q, lines %v", rows, lines)
			}
		})
	}
	for _, test := range []struct {
		reason, part, content string
		kind                  FileKind
	}{
		{"the package tells of no workbook", "_rels/.rels", relations("extended-properties", "docProps/app.xml"), NotAWorkbook},
		{"a sheet that is missing", "xl/worksheets/sheet1.xml", "", Damaged},
		{"shared texts that are missing", "xl/sharedStrings.xml", "", Damaged},
		{"styles that are missing", "xl/styles.xml", "", Damaged},
		{"styles that are broken", "xl/styles.xml", "<styleSheet><cellXfs>", Damaged},
		{"a sheet without content", "xl/worksheets/sheet1.xml", " ", Damaged},
		{"a sheet with something behind it", "xl/worksheets/sheet1.xml", sheet1 + "<row/", Damaged},
	} {
		t.Run(test.reason, func(t *testing.T) {
			checkFault(t, fileFault(archive(t, map[string]string{test.part: test.content})), test.kind, "")
		})
	}
}

// A register of 200,000 lines, nearly every text of which is another, is read within
// the bounds of memory, however it is written.
func TestLargeRegisters(t *testing.T) {
	if testing.Short() {
		t.Skip("200,000 lines are left out of a short run")
	}
	const rows = 200_000
	var out strings.Builder
	out.WriteString("姓名,证件号码,证书管理号\r\n")
	for i := range rows {
		fmt.Fprintf(&out, "王%d,1101011990%08d,A%09d\r\n", i, i, i)
	}
	list := out.String()
	inLine, shared := workbookOf(list)
	for reason, path := range map[string]string{
		"CSV":                      file(t, list),
		"a workbook":               archive(t, map[string]string{"xl/worksheets/sheet1.xml": inLine}),
		"a workbook, texts shared": archive(t, shared),
		"numbers that have lost digits": archive(t, map[string]string{"xl/worksheets/sheet1.xml": worksheet(`<row><c t="str"><v>证件号码</v></c></row>` +
			strings.Repeat(`<row><c><v>130102197001070000</v></c></row>`, rows))}),
	} {
		t.Run(reason, func(t *testing.T) {
			defer debug.SetGCPercent(debug.SetGCPercent(10))
			runtime.GC()
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			before, most := now.HeapAlloc, uint64(0)
			s, err := Open(path, spooled(t))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			read := 0
			for row, err := range s.Rows() {
				if err != nil || row.Fault != nil {
					t.Fatal(err, row.Fault)
				}
				if read++; read%1000 == 0 {
					runtime.ReadMemStats(&now)
					most = max(most, now.HeapAlloc)
				}
			}
			if t.Logf("%d KB", (int64(most)-int64(before))>>10); read != rows || most > before+16<<20 {
				t.Errorf("%d rows, %d KB", read, (most-before)>>10)
			}
			os.Remove(path)
		})
	}
}

// workbookOf writes a list as a sheet whose texts stand in line, and as one whose texts
// are shared.
func workbookOf(list string) (inLine string, shared map[string]string) {
	var cells, numbers, texts strings.Builder
	known := map[string]int{}
	for line := range strings.Lines(list) {
		cells.WriteString("<row>")
		numbers.WriteString("<row>")
		for text := range strings.SplitSeq(strings.TrimSpace(line), ",") {
			if _, ok := known[text]; !ok {
				known[text] = len(known)
				fmt.Fprintf(&texts, "<si><t>%s</t></si>", text)
			}
			fmt.Fprintf(&cells, `<c t="inlineStr"><is><t>%s</t></is></c>`, text)
			fmt.Fprintf(&numbers, `<c t="s"><v>%d</v></c>`, known[text])
		}
		cells.WriteString("</row>")
		numbers.WriteString("</row>")
	}
	return worksheet(cells.String()), map[string]string{"xl/worksheets/sheet1.xml": worksheet(numbers.String()),
		"xl/sharedStrings.xml": `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + texts.String() + `</sst>`}
}
