package commands

import (
	"archive/zip"
	"bytes"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// TestWorkbooksAsTheyAre: what a workbook shows is what is stored, told by a list of the
// same in plain text that changes nothing; what cannot be told is rejected.
func TestWorkbooksAsTheyAre(t *testing.T) {
	t.Parallel()
	const header = "考试年度,考试名称,姓名,证件号码,领取状态,出生年月,证书管理号,批准日期"
	const plain = "2015,一级建造师,王䶮,110101199003071233,已领取,199003,2015001234,20150920"
	for _, test := range []struct {
		reason string
		with   map[string]string // cells by their columns, instead of plain ones
		rename func(string) string
		reject string // of the one line, "" for none
	}{
		{"names with backslashes", nil, func(name string) string { return strings.ReplaceAll(name, "/", `\`) }, ""},
		{"a year that is a date", map[string]string{"考试年度": `<c s="1"><v>42005</v></c>`}, nil, ""},
		{"a month with a day", map[string]string{"出生年月": `<c s="2"><v>32939</v></c>`}, nil, ""},
		{"a date by its month", map[string]string{"批准日期": `<c s="2"><v>42267</v></c>`}, nil, ""},
		{"a date that is written as one", map[string]string{"批准日期": `<c t="d"><v>2015-09-20T00:00:00</v></c>`}, nil, ""},
		{"a date with a time", map[string]string{"批准日期": `<c s="2"><v>42267.75</v></c>`}, nil, ""},
		{"a date with a time that is written as one", map[string]string{"批准日期": `<c t="d"><v>2015-09-20T18:00:00</v></c>`}, nil, ""},
		{"a date with a time, as a text", map[string]string{"批准日期": `<c t="inlineStr"><is><t>2015-09-20 00:00:00</t></is></c>`}, nil, ""},
		{"a month with a day and a time", map[string]string{"出生年月": `<c s="2"><v>32939.5</v></c>`}, nil, ""},
		{"a number behind a literal", map[string]string{"证书管理号": `<c s="3"><v>1234</v></c>`}, nil, ""},
		{"a formula without a result", map[string]string{"证书管理号": `<c><f>A1</f></c>`}, nil, "证书管理号,“证书管理号”列的公式没有保存计算结果"},
		{"an error in a text", map[string]string{"考试名称": `<c t="e"><v>#N/A</v></c>`}, nil, "考试名称,“考试名称”列是表格软件的错误值“#N/A”"},
		{"half a number", map[string]string{"证书管理号": `<c s="4"><v>1234.5</v></c>`}, nil, "证书管理号,“证书管理号”列的单元格里存的是“1234.5”"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			var rows strings.Builder
			rows.WriteString("<row>")
			names := strings.Split(header, ",")
			for _, name := range names {
				rows.WriteString(`<c t="inlineStr"><is><t>` + name + `</t></is></c>`)
			}
			rows.WriteString(`</row><row>`)
			for i, value := range strings.Split(plain, ",") {
				if cell, ok := test.with[names[i]]; ok {
					rows.WriteString(cell)
				} else {
					rows.WriteString(`<c t="inlineStr"><is><t>` + value + `</t></is></c>`)
				}
			}
			rows.WriteString("</row>")
			data, path := filepath.Join(t.TempDir(), "a.db"), rig.Write(t, "list.xlsx", handMade(t, rows.String(), test.rename))
			if test.reject != "" {
				code, out, _ := rig.Command(t, "", "import", "certificates", path, "-data", data)
				rejected, err := os.ReadFile(path + ".rejected.csv")
				if code != command.ExitPartial || !strings.Contains(out, "added=0 changed=0 unchanged=0 rejected=1") || err != nil || !strings.Contains(string(rejected), ",2,"+test.reject) {
					t.Errorf("exit %d, %s\n%s, %v", code, out, rejected, err)
				}
				return
			}
			if out := rig.Must(t, "", "import", "certificates", path, "-data", data); !strings.Contains(out, "added=1 changed=0 unchanged=0 rejected=0") {
				t.Errorf("the workbook: %s", out)
			}
			list := rig.Write(t, "list.csv", []byte(header+"\n"+plain+"\n"))
			if out := rig.Must(t, "", "import", "certificates", list, "-data", data); !strings.Contains(out, "added=0 changed=0 unchanged=1 rejected=0") {
				t.Errorf("the same in plain text: %s", out)
			}
		})
	}
}

// handMade is a workbook with formats, beside which lies what 获取数据 leaves.
func handMade(t *testing.T, rows string, rename func(string) string) []byte {
	t.Helper()
	const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	styles := ""
	for i, code := range []string{"yyyy", `e"年"m"月"`, `"2015"000000`, "0"} {
		id := string(rune('1' + i))
		styles += `<numFmt numFmtId="20` + id + `" formatCode="` + html.EscapeString(code) + `"/>`
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range map[string]string{
		"_rels/.rels": `<Relationships><Relationship Id="b" Type="` + types + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="a" Type="` + types + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="s" Type="` + types + `/styles" Target="styles.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook ` + main + ` xmlns:r="` + types + `"><sheets><sheet name="名册" sheetId="1" r:id="a"/></sheets></workbook>`,
		"xl/styles.xml": `<styleSheet ` + main + `><numFmts>` + styles + `</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="201"/><xf numFmtId="202"/>` +
			`<xf numFmtId="203"/><xf numFmtId="204"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": `<worksheet ` + main + `><sheetData>` + rows + `</sheetData></worksheet><!-- -->`,
		"customXml/item1.xml":      "\xff\xfe<\x00a\x00/\x00>\x00",
	} {
		if rename != nil {
			name = rename(name)
		}
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
