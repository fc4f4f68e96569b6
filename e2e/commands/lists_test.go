package commands

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/e2e/rig"

	"github.com/xuri/excelize/v2"
)

// TestListsAsTheyAre takes registers in as offices keep them: what is said of each, and
// what becomes of its lines.
func TestListsAsTheyAre(t *testing.T) {
	t.Parallel()
	header, line, _ := strings.Cut(strings.TrimSpace(rig.LoopRegister), "\n")
	line, _, _ = strings.Cut(line, "\n")
	with := func(column, value string) string {
		changed := strings.Split(line, ",")
		for i, name := range strings.Split(header, ",") {
			if strings.Trim(name, "*") == column {
				changed[i] = value
			}
		}
		return strings.Join(changed, ",")
	}
	for why, c := range map[string]struct {
		content, says, rejected string
		counts                  string
	}{
		"a title and notes above":    {"证书档案\n\n带 * 的必填\n" + header + "\n" + line + "\n", "表头取自第 4 行。", "", "added=1 changed=0 unchanged=0 rejected=0"},
		"the header once more":       {header + "\n" + line + "\n" + header + "\n" + with("考试名称", "另一考试") + "\n", "有 1 行与表头相同，已跳过。", "", "added=2 changed=0 unchanged=0 rejected=0"},
		"a separator that is said":   {"sep=;\n" + strings.ReplaceAll(header+"\n"+line, ",", ";") + "\n", "表头取自第 2 行。", "", "added=1 changed=0 unchanged=0 rejected=0"},
		"an error value in a column": {header + "\n" + line + "\n" + with("考试名称", "#N/A") + "\n", "", "“考试名称”列是表格软件的错误值“#N/A”", "added=1 changed=0 unchanged=0 rejected=1"},
		"and in one that may be blank": {header + "\n" + line + "\n" + with("级别", "######") + "\n", "", "“级别”列是表格软件的错误值“######”",
			"added=1 changed=0 unchanged=0 rejected=1"},
		"dates with a time": {header + "\n" + with("批准日期", "2015/9/20 8:30") + "\n" + with("批准日期", "2015-09-20T00:00:00Z") + "\n" + with("批准日期", "2015 年 9 月 20 日") + "\n",
			"有 1 行的批准日期带有时刻，已略去时刻。", "", "added=1 changed=0 unchanged=2 rejected=0"},
		"a time that is none": {header + "\n" + line + "\n" + with("批准日期", "2015/9/20 25:00") + "\n", "", "批准日期,日期不存在或格式不对", "added=1 changed=0 unchanged=0 rejected=1"},
		"a certificate's number under two people": {header + "\n" + line + "\n" + with("证件号码", "11010119900307803X") + "\n",
			"第 3 行 证书管理号：与第 2 行是同一个证书管理号，证件号码却不同", "", "added=2 changed=0 unchanged=0 rejected=0"},
		"notes in a sheet before it, a hidden list, and last year's behind": {books(t, "填表说明\n带 * 的必填", "-"+header+"\n"+with("考试名称", "隐藏"), "证书档案\n"+header+"\n"+line, header+"\n"+with("考试名称", "往年")),
			"表头取自工作表“表3”的第 2 行。\n一个文件只读取一张工作表，没有读取：“表1”、“表4”。", "", "added=1 changed=0 unchanged=0 rejected=0"},
		"numbers behind an apostrophe": {header + "\n" + with("证件号码", "'"+rig.LoopNumber) + "\n", "", "", "added=1 changed=0 unchanged=0 rejected=0"},
	} {
		t.Run(why, func(t *testing.T) {
			path := rig.Write(t, "档案.csv", []byte(c.content))
			_, out, said := rig.Command(t, "", "import", "certificates", path, "-data", filepath.Join(t.TempDir(), "a.db"))
			if !strings.Contains(out+said, c.counts) || !strings.Contains(out+said, c.says) {
				t.Errorf("%s%s", out, said)
			}
			rejected, err := os.ReadFile(path + ".rejected.csv")
			if !strings.Contains(string(rejected), c.rejected) || (err == nil) != (c.rejected != "") {
				t.Errorf("rejected lines: %s, %v", rejected, err)
			}
			if err == nil && !strings.Contains(strings.SplitN(string(rejected), "\n", 2)[0], "行号") {
				t.Errorf("the file of rejected lines begins with %.80s", rejected)
			}
		})
	}
}

// books is a workbook of a sheet for each list, hidden where it begins with a hyphen.
func books(t *testing.T, lists ...string) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, list := range lists {
		name := fmt.Sprintf("表%d", i+1)
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		shown, hidden := strings.CutPrefix(list, "-")
		for row, line := range strings.Split(shown, "\n") {
			cells := strings.Split(line, ",")
			if err := book.SetSheetRow(name, fmt.Sprintf("A%d", row+1), &cells); err != nil {
				t.Fatal(err)
			}
		}
		if err := book.SetSheetVisible(name, !hidden); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	out, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}
