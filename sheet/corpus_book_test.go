package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"html"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"
)

const (
	sheet1   = "xl/worksheets/sheet1.xml"
	headRow  = `<row r="1"><c r="A1" t="str"><v>姓名</v></c><c r="B1" t="str"><v>证件号码</v></c><c r="C1" t="str"><v>专业</v></c></row>`
	lineRow  = `<row r="2"><c r="A2" t="str"><v>张三</v></c><c r="B2" t="str"><v>11</v></c>`
	itsLine  = "2 张三|11|通信"
	telecoms = `<c r="C2" t="str"><v>通信</v></c>`
)

// stylesOf has a format of one's own for the cells of style 1.
func stylesOf(code string) string {
	return `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="164" formatCode="` + html.EscapeString(code) +
		`"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs><dxfs><dxf><numFmt numFmtId="164" formatCode="0&quot;dxf&quot;"/></dxf></dxfs></styleSheet>`
}

// manyTexts are shared ones: of each kind first, then so many that they make several blocks.
func manyTexts() string {
	var out strings.Builder
	out.WriteString(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>通信</t></si>` +
		`<si><r><t>王</t></r><rPh sb="0" eb="1"><t>WANG</t></rPh><r><rPr/><t xml:space="preserve">䶮</t></r><phoneticPr fontId="1"/></si><si/><si><t/></si>`)
	for i := range 3 * inBlock {
		fmt.Fprintf(&out, "<si><t>%d</t></si>", i)
	}
	return out.String() + "</sst>"
}

// lineWith is a workbook with a line that ends in a cell, for which a format is style 1.
func lineWith(cell, code string) map[string]string {
	all := minimal()
	all["xl/styles.xml"], all["xl/sharedStrings.xml"] = stylesOf(code), manyTexts()
	all[sheet1] = worksheet(headRow + lineRow + cell + "</row>")
	return all
}

// goodBooks are workbooks in the ways that programs and people make them.
func goodBooks(t testing.TB) (list []shape) {
	for _, c := range []struct{ reason, cell, code, want string }{
		{"a text in line", `<c r="C2" t="inlineStr"><is><t>通信</t></is></c>`, "0", "通信"},
		{"a text in line, rich, with how it is spoken", `<c r="C2" t="inlineStr"><is><r><t>王</t></r><r><t>䶮</t></r><rPh sb="0" eb="1"><t>WANG</t></rPh></is></c>`, "0", "王䶮"},
		{"a shared text", `<c r="C2" t="s"><v>0</v></c>`, "0", "通信"},
		{"a shared text, rich, with how it is spoken", `<c r="C2" t="s"><v> 1 </v></c>`, "0", "王䶮"},
		{"a shared text of another block", `<c r="C2" t="s"><v>74</v></c>`, "0", "70"},
		{"a shared text that is empty", `<c r="C2" t="s"><v>2</v></c>`, "0", ""},
		{"a shared text of no number", `<c r="C2" t="s"/>`, "0", ""},
		{"marks of XML", `<c r="C2" t="inlineStr"><is><t>a&amp;b<![CDATA[<c>]]>&#29579;</t></is></c>`, "0", "a&b<c>王"},
		{"a character that XML has not", `<c r="C2" t="inlineStr"><is><t>a_x000D__x005F_x_xyz</t></is></c>`, "0", "a\r_x_xyz"},
		{"a text within which nothing is seen", `<c r="C2" t="str"><v>&#x200E;通&#xAD;信&#xA0;</v></c>`, "0", "通信"},
		{"a formula of a text", `<c r="C2" t="str"><f>"t"</f><v>通信</v></c>`, "0", "通信"},
		{"a formula that gives an empty text", `<c r="C2" t="str"><f>""</f><v></v></c>`, "0", ""},
		{"a formula of a number", `<c r="C2"><f aca="false">1+1</f><v>2</v></c>`, "0", "2"},
		{"a formula of a truth", `<c r="C2" t="b"><f>1=1</f><v>1</v></c>`, "0", "TRUE"},
		{"a formula without a result", `<c r="C2"><f>1+1</f></c>`, "0", "|formula without a result: 专业"},
		{"a formula with an empty result that is none", `<c r="C2"><f>1+1</f><v></v></c>`, "0", "|formula without a result: 专业"},
		{"a formula of a text without a result", `<c r="C2" t="str"><f>A2</f></c>`, "0", "|formula without a result: 专业"},
		{"a shared formula without a result", `<c r="C2"><f t="shared" si="0"/></c>`, "0", "|formula without a result: 专业"},
		{"an error", `<c r="C2" t="e"><v>#REF!</v></c>`, "0", "#REF!|error value: 专业"},
		{"an error that is new", `<c r="C2" t="e"><f>x</f><v>#SPILL!</v></c>`, "0", "#SPILL!|error value: 专业"},
		{"an error that has become a text", `<c r="C2" t="str"><v> #N/A</v></c>`, "0", "#N/A|error value: 专业"},
		{"an error behind a direction mark", `<c r="C2" t="str"><v>&#x200E;#N/A</v></c>`, "0", "#N/A|error value: 专业"},
		{"what nobody asks for is broken", `<c r="C2" t="str"><v>通信</v></c><c r="D2" t="e"><v>#REF!</v></c><c r="E2"><f>1+1</f></c>`, "0", "通信"},
		{"a truth", `<c r="C2" t="b"><v>0</v></c>`, "0", "FALSE"},
		{"a truth in words", `<c r="C2" t="b"><v>true</v></c>`, "0", "TRUE"},
		{"a date", `<c r="C2" s="1"><v>44157</v></c>`, "yyyy-mm-dd", "2020-11-22"},
		{"a date of 中国", `<c r="C2" s="1"><v>44157</v></c>`, `[$-804]yyyy"年"m"月"d"日";@`, "2020-11-22"},
		{"a month", `<c r="C2" s="1"><v>44157</v></c>`, `e"年"m"月"`, "2020-11-22"},
		{"a year that is a date", `<c r="C2" s="1"><v>42005</v></c>`, `yyyy`, "2015"},
		{"a date and a time", `<c r="C2" s="1"><v>44157.5</v></c>`, `yyyy/m/d h:mm`, "2020-11-22 12:00:00"},
		{"a date of ISO", `<c r="C2" s="1" t="d"><v>2020-11-22T08:00:00</v></c>`, "yyyy-mm-dd", "2020-11-22T08:00:00"},
		{"a date of ISO that is none", `<c r="C2" s="1" t="d"><v>2020-11-31</v></c>`, "yyyy-mm-dd", "2020-11-31|number not as it is shown: 专业"},
		{"a time of the day", `<c r="C2" s="1"><v>0.5</v></c>`, `h:mm`, "0.5|number not as it is shown: 专业"},
		{"a number with a literal before it", `<c r="C2" s="1"><v>1234</v></c>`, `"2015"000000`, "2015001234"},
		{"a number with zeros before it", `<c r="C2" s="1"><v>12</v></c>`, `000000`, "000012"},
		{"a number with a section for each sign", `<c r="C2" s="1"><v>-12</v></c>`, `0;(0);"无"`, "(12)"},
		{"a number with a condition", `<c r="C2" s="1"><v>12</v></c>`, `[<100]"A"0;"B"0`, "A12"},
		{"a number that is hidden", `<c r="C2" s="1"><v>2015.5</v></c>`, `0`, "2015.5|number not as it is shown: 专业"},
		{"a number of another program", `<c r="C2" t="n"><v> 2015.0 </v></c>`, "0", "2015"},
		{"a number that has lost digits", `<c r="C2" s="1"><v>130102197001070000</v></c>`, "0", "1.30102197001070E+17"},
		{"a text with something around it", `<c r="C2" s="1" t="str"><v>通信</v></c>`, `0;-0;0;"冀"@`, "冀通信"},
		{"a style that is not there", `<c r="C2" s="99" t="str"><v>通信</v></c>`, `;;;`, "通信"},
		{"a picture in a cell of WPS", `<c r="C2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>`, "0", `=DISPIMG("ID_1",1)`},
		{"an address in small letters", `<c r="c2" t="str"><v>通信</v></c>`, "0", "通信"},
		{"a kind of cell that is not known", `<c r="C2" t="x"><v>通信</v></c>`, "0", "通信"},
		{"values of extensions within a cell", `<c r="C2" t="str"><extLst><ext><v>x</v></ext></extLst><v>通信</v><extLst><ext><v>x</v></ext></extLst></c>`, "0", "通信"},
		{"a value and a text in line", `<c r="C2" t="inlineStr"><v>通</v><is><t>信</t></is></c>`, "0", "通信"},
	} {
		list = append(list, shape{c.reason, pack(t, lineWith(c.cell, c.code)), "2 张三|11|" + c.want, ""})
	}
	plain := lineWith(telecoms, "0")
	content := plain[sheet1]
	rows := strings.NewReplacer(` r="A1"`, "", ` r="B1"`, "", ` r="C1"`, "", ` r="A2"`, "", ` r="B2"`, "", ` r="C2"`, "", ` r="1"`, "", ` r="2"`, "")
	merges := strings.NewReplacer(`<c r="C2" t="str"><v>通信</v></c></row>`, `<c r="C2"><f>x</f></c></row><row r="3"><c t="str"><v>李四</v></c></row><row r="4"><c s="1"/></row><row r="5"><c t="str"><v>王五</v></c></row><row r="6"><c t="str"><v>赵六</v></c></row>`,
		"</sheetData>", `</sheetData><mergeCells count="3"><mergeCell ref="B2:B5"/><mergeCell ref="C2:C3"></mergeCell><mergeCell ref="A6:B6"/></mergeCells>`)
	for _, c := range []struct{ reason, content, rows, told string }{
		{"without addresses of rows and cells", rows.Replace(content), itsLine, ""},
		{"tags with a prefix", withPrefix(content), itsLine, ""},
		{"comments and instructions between the tags", strings.ReplaceAll(content, "<row", "<!-- <row r=\"1\"> --><?x y?>\r\n <row") + "<!-- made by -->\r\n", itsLine, ""},
		{"views and columns before, extensions behind", strings.NewReplacer("<sheetData>", `<dimension ref="A1"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols><col min="1" max="1"/></cols><sheetData>`,
			"</sheetData>", `</sheetData><extLst><ext><row r="1"><c t="str"><v>x</v></c></row></ext></extLst>`).Replace(content), itsLine, ""},
		{"rows of LibreOffice", strings.ReplaceAll(content, `<row `, `<row customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false" `), itsLine, ""},
		{"cells far apart, rows far below", worksheet(`<row r="3"><c r="A3" t="str"><v>姓名</v></c><c r="F3" t="str"><v>证件号码</v></c></row><row r="70"><c r="F70" t="str"><v>11</v></c></row>`), "70 |11", "表头取自第 3 行。"},
		{"a note at the margin", strings.Replace(content, telecoms, telecoms+`<c r="H2" t="str"><v>边上</v></c>`, 1), itsLine, ""},
		{"cells with a format and nothing else behind", strings.Replace(content, telecoms, telecoms+strings.Repeat(`<c s="1"/>`, 300), 1), itsLine, ""},
		{"blank rows between, behind, and of spaces", strings.Replace(content, "</sheetData>", `<row r="3"/><row r="4"><c r="A4" t="str"><v> 　</v></c></row><row r="9"><c r="A9" t="str"><v>李四</v></c></row><row r="10"><c s="1"/></row></sheetData>`, 1), itsLine + "\n9 李四||", ""},
		{"cells that reach over rows", merges.Replace(content), "2 张三|11||formula without a result: 专业\n3 李四|11||formula without a result: 专业\n5 王五|11|\n6 赵六||", ""},
		{"a blank cell that reaches over rows, a name that does", strings.NewReplacer(telecoms, "", "</sheetData>", `<row r="3"><c r="B3" t="str"><v>12</v></c></row></sheetData><mergeCells><mergeCell ref="C2:C3"/><mergeCell ref="a2:a3"/></mergeCells>`).Replace(content), "2 张三|11|\n3 张三|12|", ""},
		{"a part with a mark at its start", "\uFEFF" + content, itsLine, ""},
		{"a part that says how it is written", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + content, itsLine, ""},
		{"a part in UTF-16", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), `<?xml version="1.0" encoding="utf-16"?>`+content), itsLine, ""},
		{"a part in UTF-16, big-endian, that does not say so", encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), content), itsLine, ""},
		{"cells that reach over rows, in UTF-16", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), `<?xml version="1.0" encoding="UTF-16"?>`+merges.Replace(content)),
			"2 张三|11||formula without a result: 专业\n3 李四|11||formula without a result: 专业\n5 王五|11|\n6 赵六||", ""},
		{"many ideographs in UTF-16", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), strings.Replace(content, "</sheetData>", `<row r="90000">`+strings.Repeat("<!-- "+strings.Repeat("字", 10_000)+" -->", 40)+`</row></sheetData>`, 1)), itsLine, ""},
		{"a part in UTF-16 that breaks off", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), content[:len(content)-30]), "!已损坏", ""},
		{"a part in UTF-16 that says to be something else", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), `<?xml version="1.0" encoding="GBK"?>`+content), "!已损坏，读不完整，请用表格软件打开并重新保存", ""},
	} {
		list = append(list, shape{c.reason, pack(t, with(plain, sheet1, c.content)), c.rows, c.told})
	}
	for reason, all := range packages(t, plain) {
		list = append(list, shape{reason, pack(t, all), itsLine, ""})
	}
	first, notes := tab{"名单", "visible", content}, of("填表说明", "说明\n一\n")
	list = append(list,
		shape{"notes in a sheet before it", pack(t, tabs(notes, first)), itsLine, "表头取自工作表“名单”的第 1 行。一个文件只读取一张工作表，没有读取：“填表说明”。"},
		shape{"a broken sheet before it", pack(t, tabs(tab{"坏", "visible", "<a"}, first)), itsLine, "表头取自工作表“名单”的第 1 行。"},
		shape{"hidden sheets before it", pack(t, tabs(tab{"旧", "hidden", content}, tab{"更旧", "veryHidden", content}, first)), itsLine, ""},
		shape{"a workbook that counts from 1904", pack(t, with(lineWith(`<c r="C2" s="1"><v>42695</v></c>`, "yyyy-mm-dd"), "xl/workbook.xml", strings.Replace(plain["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1))), "2 张三|11|2020-11-22", ""})
	return append(list, archives(t, plain)...)
}

// withPrefix gives tags a prefix, as some libraries write them.
func withPrefix(content string) string {
	return strings.NewReplacer("</", "</x:", "<", "<x:", "xmlns=", "xmlns:x=").Replace(content)
}

// packages are the same list in other surroundings.
func packages(t testing.TB, plain map[string]string) map[string]map[string]string {
	moved := func(names func(string) string) map[string]string {
		out := map[string]string{}
		for name, content := range plain {
			out[names(name)] = content
		}
		return out
	}
	elsewhere, strict := maps.Clone(plain), maps.Clone(plain)
	for _, name := range []string{"_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", sheet1} {
		delete(elsewhere, name)
	}
	elsewhere["_rels/.rels"] = relations("extended-properties", "docProps/app.xml", "officeDocument", "/Buch/Mappe%201.xml")
	elsewhere["Buch/Mappe 1.xml"] = plain["xl/workbook.xml"]
	elsewhere["Buch/_rels/Mappe 1.xml.rels"] = relations("worksheet", "../Blatt/eins.xml")
	elsewhere["Blatt/eins.xml"] = plain[sheet1]
	for name, content := range strict {
		strict[name] = strings.NewReplacer("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships",
			"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main").Replace(content)
	}
	charts := with(plain, "xl/_rels/workbook.xml.rels", relations("chartsheet", "chartsheets/sheet1.xml", "worksheet", "worksheets/sheet1.xml", "styles", "styles.xml"))
	charts["xl/workbook.xml"] = strings.NewReplacer("<sheets>", `<sheets><sheet name="C" sheetId="2" r:id="r0"/>`, `sheetId="1" r:id="r0"`, `sheetId="1" r:id="r2"`).Replace(plain["xl/workbook.xml"])
	macros := with(plain, "[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`)
	macros["xl/vbaProject.bin"] = oleMagic
	macros["xl/_rels/workbook.xml.rels"] = strings.Replace(plain["xl/_rels/workbook.xml.rels"], "</Relationships>", `<Relationship Id="v" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`, 1)
	inNames := with(plain, "xl/workbook.xml", withPrefix(plain["xl/workbook.xml"]))
	inNames["xl/workbook.xml"] = strings.Replace(inNames["xl/workbook.xml"], "<x:sheets>", `<mc:AlternateContent xmlns:mc="x"><mc:Choice Requires="x15"><a b="c"/></mc:Choice></mc:AlternateContent><x:sheets>`, 1)
	return map[string]map[string]string{
		"custom XML in UTF-16":            with(plain, "customXml/item1.xml", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), `<?xml version="1.0" encoding="utf-16"?><a/>`)),
		"custom XML that is broken":       with(plain, "customXml/item1.xml", "<a"),
		"properties without content":      with(plain, "docProps/core.xml", " "),
		"properties that are no XML":      with(plain, "docProps/app.xml", "<a"),
		"no list of kinds of content":     with(plain, "[Content_Types].xml", ""),
		"a sheet nobody leads to":         with(plain, "xl/worksheets/sheet2.xml", "<worksheet"),
		"names with backslashes":          moved(func(name string) string { return strings.ReplaceAll(name, "/", `\`) }),
		"names in capitals":               moved(strings.ToUpper),
		"names that begin with a mark":    moved(func(name string) string { return "/" + name }),
		"parts in other places":           elsewhere,
		"the strict edition":              strict,
		"a chart before it":               charts,
		"macros":                          macros,
		"a workbook's tags with a prefix": inNames,
		"targets with backslashes":        with(plain, "xl/_rels/workbook.xml.rels", relations("worksheet", `worksheets\sheet1.xml`, "styles", `\xl\styles.xml`)),
		"no styles and no shared texts":   with(with(with(plain, "xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")), "xl/styles.xml", ""), "xl/sharedStrings.xml", ""),
	}
}

// archives are workbooks of other programs, and archives made otherwise.
func archives(t testing.TB, plain map[string]string) []shape {
	made := func(make func(w *zip.Writer)) string {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		make(w)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	each := func(w *zip.Writer, with func(zip.FileHeader, string)) {
		for _, name := range slices.Sorted(maps.Keys(plain)) {
			with(zip.FileHeader{Name: name, Method: zip.Deflate}, plain[name])
		}
	}
	add := func(w *zip.Writer) func(zip.FileHeader, string) {
		return func(h zip.FileHeader, content string) {
			part, _ := w.CreateHeader(&h)
			part.Write([]byte(content))
		}
	}
	day := time.Date(2020, 11, 22, 0, 0, 0, 0, time.UTC)
	return []shape{
		{"an archive that is not packed, sizes before the content", made(func(w *zip.Writer) {
			each(w, func(h zip.FileHeader, content string) {
				h.Method, h.CRC32, h.UncompressedSize64, h.CompressedSize64 = zip.Store, crc32.ChecksumIEEE([]byte(content)), uint64(len(content)), uint64(len(content))
				part, _ := w.CreateRaw(&h)
				part.Write([]byte(content))
			})
		}), itsLine, ""},
		{"an archive with a comment", made(func(w *zip.Writer) { w.SetComment("WPS"); each(w, add(w)) }), itsLine, ""},
		{"an archive with folders", made(func(w *zip.Writer) { w.Create("xl/"); w.Create("xl/worksheets/"); each(w, add(w)) }), itsLine, ""},
		{"an archive with a name twice", made(func(w *zip.Writer) { each(w, add(w)); add(w)(zip.FileHeader{Name: sheet1}, "<a") }), itsLine, ""},
		{"a workbook of a library", saved(t, func(f *excelize.File) {
			f.SetSheetRow("Sheet1", "A1", &[]any{"姓名", "证件号码", "专业"})
			f.SetSheetRow("Sheet1", "A2", &[]any{"王䶮", "11", day})
			f.SetSheetRow("Sheet1", "A3", &[]any{"李四", 12, true})
		}), "2 王䶮|11|2020-11-22\n3 李四|12|TRUE", ""},
		{"a library's workbook with a picture, a comment, a filter, and a hidden sheet", saved(t, func(f *excelize.File) {
			f.NewSheet("旧")
			f.SetSheetVisible("旧", false)
			f.SetSheetRow("Sheet1", "A1", &[]any{"档案"})
			f.MergeCell("Sheet1", "A1", "C1")
			f.SetSheetRow("Sheet1", "A2", &[]any{"姓名", "证件号码", "专业"})
			f.SetSheetRow("Sheet1", "A3", &[]any{"张三", "11", "通信"})
			f.SetSheetRow("Sheet1", "A4", &[]any{"李四", "12"})
			f.MergeCell("Sheet1", "C3", "C4")
			f.AddComment("Sheet1", excelize.Comment{Cell: "A2", Author: "王", Text: "核对"})
			f.AutoFilter("Sheet1", "A2:C4", nil)
		}), "3 张三|11|通信\n4 李四|12|通信", "表头取自第 2 行。"},
	}
}

// largeBooks are no seeds.
func largeBooks(t testing.TB) []shape {
	plain := lineWith(telecoms, "0")
	many := maps.Clone(plain)
	for i := range 1 << 16 {
		many[fmt.Sprint(i)] = "x"
	}
	return []shape{
		{"comments of more than 1 MB", pack(t, with(plain, "xl/comments1.xml", "<comments><text>"+strings.Repeat("注", 1<<20)+"</text></comments>")), itsLine, ""},
		{"a picture of 20 MB", pack(t, with(plain, "xl/media/image1.png", strings.Repeat("x", 20<<20))), itsLine, ""},
		{"more parts than 65,535", packBy(t, zip.Store, many), itsLine, ""},
	}
}

// saved is what excelize writes.
func saved(t testing.TB, fill func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// faultyBooks are archives that are refused.
func faultyBooks(t testing.TB) (list []shape) {
	plain := lineWith(telecoms, "0")
	content, whole := plain[sheet1], pack(t, plain)
	const none, damaged = "不是 .xlsx 工作簿", "已损坏，读不完整"
	for _, c := range []struct{ reason, part, content, says string }{
		{"the package tells of no workbook", "_rels/.rels", relations("extended-properties", "docProps/app.xml"), none},
		{"a package without relations", "_rels/.rels", "", none},
		{"an .xlsb workbook", "xl/workbook.bin", "\x83\x01\x00\x80\x01", none},
		{"a document of Word", "xl/workbook.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>`, none},
		{"a sheet that is missing", sheet1, "", damaged},
		{"shared texts that are missing", "xl/sharedStrings.xml", "", damaged},
		{"styles that are missing", "xl/styles.xml", "", damaged},
		{"styles that are broken", "xl/styles.xml", "<styleSheet><cellXfs>", damaged},
		{"a sheet without content", sheet1, " ", damaged},
		{"a sheet with something behind it", sheet1, content + "<row/", damaged},
		{"a sheet that is a web page", sheet1, "<html><br></html>", damaged},
		{"a text that is not there", sheet1, worksheet(headRow + lineRow + `<c r="C2" t="s"><v>2000</v></c></row>`), damaged},
		{"no number of a text", sheet1, worksheet(headRow + lineRow + `<c r="C2" t="s"><v>x</v></c></row>`), damaged},
		{"a cell without a column", sheet1, worksheet(headRow + lineRow + `<c r="2" t="str"><v>x</v></c></row>`), damaged},
		{"rows that go back", sheet1, worksheet(headRow + lineRow + `</row><row r="2"/>`), damaged},
		{"only hidden sheets", "xl/workbook.xml", strings.Replace(plain["xl/workbook.xml"], "<sheet ", `<sheet state="hidden" `, 1), damaged},
		{"a sheet of nothing", sheet1, worksheet(""), "没有内容"},
		{"a header and nothing below", sheet1, worksheet(headRow), "只有表头"},
		{"a row beyond the last", sheet1, worksheet(headRow + `<row r="2000001"><c t="str"><v>x</v></c></row>`), "超过 2000000 行"},
		{"a header of too many columns", sheet1, worksheet(`<row><c r="ZZ1" t="str"><v>x</v></c></row>`), "超过 200 列"},
		{"a header that lacks a column", sheet1, worksheet(`<row><c t="str"><v>姓名</v></c></row>`), "缺少必需的列：证件号码。"},
	} {
		all := with(plain, c.part, c.content)
		if c.part == "xl/workbook.bin" {
			all["_rels/.rels"] = relations("officeDocument", c.part)
		}
		list = append(list, shape{c.reason, pack(t, all), "!" + c.says, ""})
	}
	spoilt := []byte(whole)
	spoilt[bytes.LastIndex(spoilt, []byte(sheet1))-46+16]++ // the checksum in the archive's list
	notes := tab{"说明", "visible", of("", "说明\n").content}
	return append(list,
		shape{"an archive that breaks off in the middle", whole[:len(whole)/2], "!" + damaged, ""},
		shape{"an archive whose last bytes are missing", whole[:len(whole)-2], "!" + damaged, ""},
		shape{"a wrong checksum", string(spoilt), "!" + damaged, ""},
		shape{"an .ods workbook", pack(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}), "!" + none, ""},
		shape{"a CSV file in an archive", pack(t, map[string]string{"名单.csv": "姓名,证件号码\n"}), "!" + none, ""},
		shape{"an empty archive", pack(t, nil), "!不是表格文件", ""},
		shape{"sheets of which none has the header", pack(t, tabs(notes, of("名单", "姓名,级别\n"))), "!工作表“名单”的表头缺少必需的列：证件号码。", ""},
	)
}
