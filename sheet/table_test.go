package sheet

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

// tab is a worksheet of a workbook made by hand.
type tab struct{ name, state, content string }

// of is a visible worksheet that shows a list with commas.
func of(name, list string) tab {
	content, _ := workbookOf(list)
	return tab{name, "visible", content}
}

// tabs are the parts of a workbook of several worksheets.
func tabs(sheets ...tab) map[string]string {
	all := minimal()
	var list strings.Builder
	to := []string{"styles", "styles.xml", "sharedStrings", "sharedStrings.xml"}
	for i, sheet := range sheets {
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" state="%s" r:id="r%d"/>`, sheet.name, i+1, sheet.state, len(to))
		to = append(to, "worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1))
		all[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = sheet.content
	}
	all["xl/_rels/workbook.xml.rels"] = relations(to...)
	all["xl/workbook.xml"] = strings.Replace(all["xl/workbook.xml"], `<sheet name="S" sheetId="1" r:id="r0"/>`, list.String(), 1)
	return all
}

// merged is a worksheet with cells that reach over others.
func merged(sheet tab, ranges ...string) tab {
	var cells strings.Builder
	for _, of := range ranges {
		fmt.Fprintf(&cells, `<mergeCell ref="%s"/>`, of)
	}
	sheet.content = strings.Replace(sheet.content, "</sheetData>", "</sheetData><mergeCells>"+cells.String()+"</mergeCells>", 1)
	return sheet
}

// TestWhichSheet: the table is in the first visible worksheet that has the columns, and
// what the others are makes no difference to it.
func TestWhichSheet(t *testing.T) {
	want := []Column{{"姓名", true}, {"证件号码", true}, {"级别", false}}
	const table, row = "姓名,证件号码,级别\n张三,11,一级\n", "张三|11|一级"
	notes := of("填表说明", "填表说明\n一、带星号的必填\n二、不要改表头\n")
	hide := func(sheet tab, state string) tab { sheet.state = state; return sheet }
	broken := tab{"坏表", "visible", "<worksheet"}
	below := of("往年", strings.Repeat("x,y\n", 12))
	below.content = strings.Replace(below.content, "</sheetData>", "<row", 1)
	frames := tab{"空表", "visible", worksheet(strings.Repeat("<row/>", lowestHead) + strings.Repeat(`<row><c t="str"><v>姓名</v></c><c t="str"><v>证件号码</v></c></row>`, 2))}
	twoRows := merged(of("名单", "考生,,级别,其他\n姓名,证件号码\n张三,11,一级\n"), "A1:B1", "C1:C2")
	for reason, c := range map[string]struct {
		sheets []tab
		line   int
		says   string
	}{
		"one":                               {[]tab{of("名单", table)}, 2, ""},
		"notes first":                       {[]tab{notes, of("名单", table)}, 2, "表头取自工作表“名单”的第 1 行。|一个文件只读取一张工作表，没有读取：“填表说明”。"},
		"notes first, and a title above":    {[]tab{notes, of("名单", "档案\n\n"+table)}, 4, "表头取自工作表“名单”的第 3 行。|一个文件只读取一张工作表，没有读取：“填表说明”。"},
		"notes behind":                      {[]tab{of("名单", table), notes}, 2, "一个文件只读取一张工作表，没有读取：“填表说明”。"},
		"two that have the columns":         {[]tab{of("2016", table), of("2017", "姓名,证件号码\n李四,12\n")}, 2, "一个文件只读取一张工作表，没有读取：“2017”。"},
		"blank ones beside it":              {[]tab{of("Sheet1", ""), of("名单", table), of("Sheet3", "")}, 2, "表头取自工作表“名单”的第 1 行。"},
		"hidden ones before it":             {[]tab{hide(of("旧", "姓名,证件号码\n李四,12\n"), "hidden"), hide(of("更旧", "姓名,证件号码\n李四,12\n"), "veryHidden"), of("名单", table)}, 2, ""},
		"a broken one before it":            {[]tab{broken, of("名单", table)}, 2, "表头取自工作表“名单”的第 1 行。"},
		"a broken one behind":               {[]tab{of("名单", table), broken}, 2, ""},
		"one that is not in the archive":    {[]tab{{"丢失", "visible", ""}, of("名单", table)}, 2, "表头取自工作表“名单”的第 1 行。"},
		"one that breaks below its notes":   {[]tab{below, of("名单", table)}, 2, "表头取自工作表“名单”的第 1 行。|一个文件只读取一张工作表，没有读取：“往年”。"},
		"a thousand rows of frames":         {[]tab{frames, of("名单", table)}, 2, "表头取自工作表“名单”的第 1 行。"},
		"a nearer one before it":            {[]tab{of("近", "姓名,号码\n李四,12\n"), of("名单", table)}, 2, "表头取自工作表“名单”的第 1 行。|一个文件只读取一张工作表，没有读取：“近”。"},
		"twice the same column before it":   {[]tab{of("重", "姓名,姓名,证件号码\n李四,12\n"), of("名单", table)}, 2, "表头取自工作表“名单”的第 1 行。|一个文件只读取一张工作表，没有读取：“重”。"},
		"a header of two rows":              {[]tab{twoRows}, 3, "表头取自第 2 行。"},
		"the same, and a plain one behind":  {[]tab{merged(of("名单", "姓名,身份,级别\n,证件号码\n张三,11,一级\n"), "A1:A2", "C1:C2"), of("往年", table)}, 3, "表头取自第 2 行。|一个文件只读取一张工作表，没有读取：“往年”。"},
		"a name with marks of XML and more": {[]tab{notes, of("名&lt;单&#x200E;&gt;", table)}, 2, "表头取自工作表“名<单>”的第 1 行。|一个文件只读取一张工作表，没有读取：“填表说明”。"},
	} {
		t.Run(reason, func(t *testing.T) {
			s, err := Open(zipped(t, tabs(c.sheets...)), spooled(t))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			at, unknown, err := s.Columns(want)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			line := 0
			for row, err := range s.Rows() {
				if err != nil || row.Fault != nil {
					t.Fatal(err, row.Fault)
				}
				if got = got[:0]; row.Cells[at[0]] == "张三" {
					line = row.Line
				}
				for _, i := range at {
					got = append(got, row.Cells[i])
				}
			}
			if said := strings.Join(s.Taken(unknown), "|"); strings.Join(got, "|") != row || line != c.line || said != c.says {
				t.Errorf("line %d: %q; %s", line, got, said)
			}
			if done, total := s.Progress(); done != total || total == 0 {
				t.Errorf("progress %d of %d", done, total)
			}
		})
	}
	for reason, c := range map[string]struct {
		sheets []tab
		says   string
	}{
		"the nearest of one":          {[]tab{of("名单", "姓名,级别\n")}, "表头缺少必需的列：证件号码。"},
		"the nearest of several":      {[]tab{notes, of("名单", "姓名,级别\n"), of("其他", "编号\n")}, "工作表“名单”的表头缺少必需的列：证件号码。"},
		"only hidden ones have them":  {[]tab{notes, hide(of("名单", table), "hidden")}, "表头缺少必需的列：姓名、证件号码。"},
		"a broken one may have them":  {[]tab{notes, broken}, "已损坏"},
		"nothing but broken ones":     {[]tab{broken, of("空", "")}, "已损坏"},
		"nothing but blank ones":      {[]tab{of("空", ""), frames}, "中没有内容"},
		"a nearer one beats broken":   {[]tab{broken, of("名单", "姓名,级别\n")}, "工作表“名单”的表头缺少必需的列：证件号码。"},
		"the taken one breaks off":    {[]tab{notes, {"名单", "visible", strings.Replace(of("", table).content, "</sheetData>", "<row", 1)}}, "已损坏"},
		"the taken one has no rows":   {[]tab{notes, of("名单", "姓名,证件号码\n"), of("往年", table)}, "的工作表“名单”只有表头，没有数据行，请在表头下方填写数据，或把有数据的工作表移到它前面"},
		"prose and nothing near":      {[]tab{of("长", strings.Repeat("说", MaxCell+1)+"\n"), notes}, "的前十行中没有可用的表头"},
		"wide rows and nothing near":  {[]tab{of("宽", strings.Repeat("a,", MaxColumns)+"a\n"), notes}, "超过 200 列"},
		"merged cells that do not do": {[]tab{merged(of("名单", "姓名,级别\n证件号码\n"), "B1:B2"), notes}, "工作表“名单”的表头缺少必需的列：证件号码。"},
	} {
		t.Run(reason, func(t *testing.T) {
			err := readTo(t, zipped(t, tabs(c.sheets...)), want)
			if said, ok := err.(interface{ Sentence() string }); !ok || !strings.HasPrefix(strings.TrimPrefix(said.Sentence(), "“名单.csv”"), c.says) {
				t.Errorf("%v", err)
			}
		})
	}
}

// readTo reads the wanted columns of a file to its end.
func readTo(t *testing.T, path string, want []Column) error {
	t.Helper()
	s, err := Open(path, spooled(t))
	if err != nil {
		return err
	}
	defer s.Close()
	if _, _, err := s.Columns(want); err != nil {
		return err
	}
	for _, err := range s.Rows() {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestManySheets: no more of them are looked through than anybody keeps.
func TestManySheets(t *testing.T) {
	for count, says := range map[int]string{maxTables: "", maxTables + 1: "缺少必需的列：姓名"} {
		all := tabs(of("说明", "说明\n"), of("名单", "姓名\n张三\n"))
		first, rest, _ := strings.Cut(all["xl/workbook.xml"], `<sheet name="名单"`)
		more := strings.Repeat(`<sheet name="说明" sheetId="1" r:id="r4"/>`, count-2)
		err := readTo(t, zipped(t, with(all, "xl/workbook.xml", first+more+`<sheet name="名单"`+rest)), []Column{{"姓名", true}})
		fault, _ := err.(*HeaderFault)
		if (fault == nil) != (says == "") || fault != nil && !strings.Contains(fault.Sentence(), says) {
			t.Errorf("%d: %v", count, err)
		}
	}
}

// with replaces a part of a workbook.
func with(all map[string]string, name, content string) map[string]string {
	all = maps.Clone(all)
	all[name] = content
	return all
}
