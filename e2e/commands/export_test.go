package commands

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"
	"certreissue/exchange"
	"certreissue/sheet"
	"certreissue/spool"

	"github.com/xuri/excelize/v2"
)

// TestExport: in the tables that go out ID and certificate numbers keep their
// digits, and nothing a candidate typed is a formula.
func TestExport(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	typed := map[string]string{"exam_name": "+考试", "certificate_number": "20191301234567890123", "level": "@全科", "specialty": "=1+1"}
	number := rig.IDNumber(t, 1)
	r.Register("-张三", number).Apply("/apply/self", rig.ByHand(typed))
	directory := t.TempDir()
	workbook, text := filepath.Join(directory, "list.xlsx"), filepath.Join(directory, "list.CSV")
	rig.Must(t, "", "export", "applications", workbook, "-data", r.Data)
	r.Stop()
	rig.Must(t, "", "export", "applications", text, "-data", r.Data)

	cells := workbookCells(t, workbook)
	content, err := os.ReadFile(text)
	if err != nil || !strings.HasPrefix(string(content), "\ufeff") {
		t.Fatalf("%.20q, %v", content, err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%q, %v", rows, err)
	}
	for column, want := range map[string]string{"姓名": "'-张三", "证件号码": number, "考试名称": "'+考试", "证书管理号": typed["certificate_number"],
		"级别": "'@全科", "专业": "'=1+1", "状态": "等待审核", "批准日期": rig.ByHand(nil)["approval_date"], "退回次数": "0", "审核天数": ""} {
		at := slices.Index(rows[0], column)
		shown := want
		if column == "批准日期" {
			shown = want[:4] + "-" + want[4:6] + "-" + want[6:]
		}
		if at < 0 || rows[1][at] != want || cells[column] != shown {
			t.Errorf("%s: %q in the workbook, %q in the CSV file, want %q", column, cells[column], rows[1], want)
		}
	}
	for _, path := range []string{workbook, text} {
		file, err := sheet.Open(path, spool.Folder(t.TempDir()))
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range file.Rows() {
			if err != nil || row.Cells[slices.Index(file.Header, "姓名")] != "-张三" {
				t.Errorf("%s is read as %q, %v", path, row.Cells, err)
			}
		}
		file.Close()
	}
}

// workbookCells reads the first row of a workbook, by column; every cell that
// holds something must be of its column's kind, and be shown as such.
func workbookCells(t *testing.T, path string) map[string]string {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	name := book.GetSheetName(0)
	rows, err := book.GetRows(name)
	if err != nil || len(rows) != 2 {
		t.Fatalf("%q, %v", rows, err)
	}
	cells := map[string]string{}
	for i, value := range rows[1] {
		cells[rows[0][i]] = value
		cell, err := excelize.CoordinatesToCellName(i+1, 2)
		if err != nil {
			t.Fatal(err)
		}
		kind, err := book.GetCellType(name, cell)
		text := kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString
		if want := exchange.ApplicationKinds[rows[0][i]] == sheet.Text; err != nil || value != "" && text != want {
			t.Errorf("%s is of type %v, %v", rows[0][i], kind, err)
		}
		if formula, err := book.GetCellFormula(name, cell); err != nil || formula != "" {
			t.Errorf("%s holds the formula %q, %v", rows[0][i], formula, err)
		}
	}
	return cells
}

func TestExportRefusesOtherKinds(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"list", "list.xls", "list.csv.txt"} {
		path := filepath.Join(t.TempDir(), name)
		code, _, said := rig.Command(t, "", "export", "applications", path)
		if speaks(t, name, said); code != command.ExitUsage || !strings.Contains(said, ".xlsx 或 .csv") {
			t.Errorf("%s: exit %d, %s", name, code, said)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s is written", name)
		}
	}
}
