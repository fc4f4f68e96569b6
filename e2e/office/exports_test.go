package office

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"

	"github.com/xuri/excelize/v2"
)

// cellsOf are the rows of a workbook by the application's number, each by column, as
// they are kept and not as they are shown.
func cellsOf(t *testing.T, content []byte) map[string]map[string]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil || len(rows) == 0 {
		t.Fatal(len(rows), err)
	}
	found := map[string]map[string]string{}
	for _, row := range rows[1:] {
		found[row[0]] = map[string]string{}
		for i, cell := range row {
			found[row[0]][rows[0][i]] = cell
		}
	}
	return found
}

// reckons are the columns of a workbook whose cells in the first row below the header are
// numbers or dates, each with how it is shown. Its header stays and has a filter.
func reckons(t *testing.T, content []byte) map[string]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet := book.GetSheetName(0)
	rows, err := book.GetRows(sheet)
	if err != nil || len(rows) < 2 {
		t.Fatal(len(rows), err)
	}
	found := map[string]string{}
	for i, column := range rows[0] {
		cell, _ := excelize.CoordinatesToCellName(i+1, 2)
		kind, err := book.GetCellType(sheet, cell)
		value, _ := book.GetCellValue(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		if value != "" && (kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber) {
			found[column] = value
		}
	}
	panes, err := book.GetPanes(sheet)
	filtered := slices.ContainsFunc(book.GetDefinedName(), func(name excelize.DefinedName) bool { return name.Name == "_xlnm._FilterDatabase" })
	if err != nil || !panes.Freeze || panes.YSplit != 1 || !filtered {
		t.Errorf("the header does not stay, or has no filter: %+v, %v, %v", panes, filtered, err)
	}
	return found
}

// TestExportAnswers: the list tells who decided and when, how often it went back, how
// long each stage took, and how and to whom the new certificate left, in cells that can
// be reckoned with: an exam's decisions by month are a pivot table.
func TestExportAnswers(t *testing.T) {
	r := rig.Office(t, batchRegister)
	candidate, reviewer := r.Register("测试", "110101199003071233"), r.Staff("shenhe")
	later := func(days int) {
		r.Pass(time.Duration(days) * 24 * time.Hour)
		reviewer = r.Staff("shenhe")
		candidate = r.Browser()
		candidate.Login("110101199003071233", rig.CandidatePassword)
	}
	own := applied(candidate, "2020")
	first := strings.TrimPrefix(own, "/applications/")
	reviewer.Decide(own, "return", map[string]string{"reason": "other", "note": "请核对"})
	later(1)
	candidate.Sends(candidate.Get(own+"/edit"), "form[enctype]", nil)
	later(2)
	reviewer.Decide(own, "approve", nil)
	second := approved(candidate, reviewer, "2018")
	later(1)
	batch := batched(reviewer)
	name := reviewer.Get(batch).TextOf("h1")
	later(5)
	reviewer.Sends(reviewer.Get(batch), rig.FormTo(batch+"/arrive"), nil)
	later(3)
	reviewer.Sends(reviewer.Get("/office/handout/"+first), rig.FormTo("/office/handout/"+first+"/collect"), map[string]string{"paper_checked": "1", "collector": "agent",
		"agent_name": "李代领", "agent_id_number": "440308199901101512", "new_number": "bf2026001"})
	reviewer.Sends(reviewer.Get("/office/handout/"+second), rig.FormTo("/office/handout/"+second+"/mail"), map[string]string{"tracking": "ems1001"})

	rows := cellsOf(t, reviewer.Get("/office/applications.xlsx").Body)
	for number, want := range map[string]map[string]string{
		first: {"审核人": "shenhe", "退回次数": "1", "发放内容": "新证书", "发放方式": "窗口领取", "领取人": "李代领", "快递单号": "", "新证书管理号": "BF2026001",
			"审核天数": "2", "制证天数": "5", "待领天数": "3", "批准日期": "44157", "证件号码": "110101199003071233"},
		second: {"审核人": "shenhe", "退回次数": "0", "发放方式": "邮寄", "领取人": "", "快递单号": "EMS1001", "新证书管理号": "",
			"审核天数": "0", "制证天数": "5", "待领天数": "3", "批准日期": "43407"},
	} {
		for column, value := range want {
			if got := rows[number][column]; got != value {
				t.Errorf("%s %s: %q, want %q", number, column, got, value)
			}
		}
		if !strings.HasPrefix(name, rows[number]["批次"]) || rows[number]["批次"] == "" {
			t.Errorf("%s is of the batch %q, want %q", number, rows[number]["批次"], name)
		}
	}
	// The moments are days by which a program can group: those of each stage, in order.
	var stages []float64
	for _, column := range []string{"提交时间", "审核时间", "到证时间", "领取/寄出时间"} {
		day := 0.0
		if err := readNumber(rows[first][column], &day); err != nil {
			t.Fatalf("%s is %q, no day", column, rows[first][column])
		}
		stages = append(stages, day)
	}
	for i, days := range []int{3, 6, 3} {
		if got := int(stages[i+1]+1e-6) - int(stages[i]+1e-6); got != days {
			t.Errorf("stage %d took %d days, want %d: %v", i, got, days, stages)
		}
	}

	text := string(reviewer.Get("/office/applications.csv").Body)
	for _, want := range []string{",20201122,", ",shenhe,", "批次,到证时间,发放内容,发放方式,领取人,领取/寄出时间,快递单号,新证书管理号,证明编号,审核天数,制证天数,待领天数", ",李代领,"} {
		if !strings.Contains(text, want) {
			t.Errorf("the CSV has no %s:\n%s", want, text)
		}
	}

	// What is taken back is no answer any more.
	third := applied(candidate, "2020")
	number := strings.TrimPrefix(third, "/applications/")
	reviewer.Decide(third, "return", map[string]string{"reason": "other", "note": "请核对"})
	reviewer.Decide(third, "take-back", map[string]string{"note": "看错了"})
	if got := cellsOf(t, reviewer.Get("/office/applications.xlsx").Body)[number]; got["审核人"]+got["审核时间"]+got["审核天数"] != "" || got["退回次数"] != "0" {
		t.Errorf("a return that was taken back: %v", got)
	}
}

func readNumber(text string, into *float64) (err error) {
	*into, err = strconv.ParseFloat(text, 64)
	return err
}

// TestExportedRegister: what the register's page exports comes in again as unchanged,
// line for line, whatever stands in it.
func TestExportedRegister(t *testing.T) {
	r := rig.Office(t, `考试年度,考试名称,姓名,证件号码,证件类型,领取状态,级别,专业,证书管理号,批准日期,报名市
2020,二级建造师,测试,110101199003071233,,已领取,考全科,无,00123456789012345678,20201122,石家庄市
2018,经济师,测试,110101199003071233,,未领取,中级,,无,,
1998,会计,王晓[沛],110101700307123,,已领取,,,1998-1,1998.9.1,唐山
2016,会计,欧阳?明,440308199901101512,,已领取,初级,会计学,KJ-2016-001,2016年9月10日,唐山市
2017,会计,ANNA·LEE,E12345678,护照,已领取,,,1E10,20171001,石家庄市
`)
	admin := r.Staff("guanli")
	for _, name := range []string{"register.xlsx", "register.csv"} {
		content := admin.Get(strings.Replace("/office/certificates.csv", "csv", name[len("register."):], 1)).Body
		counts(uploads(admin, name, content, askBlank), 0, 0, 5, 0)
	}
	rows := cellsOf(t, admin.Get("/office/certificates.xlsx").Body) // by year
	for year, want := range map[string]map[string]string{"2020": {"批准日期": "44157", "证书管理号": "00123456789012345678"}, "1998": {"批准日期": "36039"},
		"2017": {"证书管理号": "1E10", "证件号码": "E12345678"}} {
		for column, value := range want {
			if got := rows[year][column]; got != value {
				t.Errorf("%s %s: %q, want %q", year, column, got, value)
			}
		}
	}
}
