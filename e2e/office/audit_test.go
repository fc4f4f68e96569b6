package office

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"
)

// TestAudit reads, filters, verifies and exports the log, each as the roles may.
func TestAudit(t *testing.T) {
	r := rig.Office(t, staffRegister)
	admin, auditor := r.Staff("guanli"), r.Staff("shenji")
	candidate := r.Register("测试", "110101199003071233")
	candidate.Sends(candidate.Get("/profile"), rig.FormTo("/profile"), map[string]string{"email": "other@example.com"})
	staff := admin.Get("/office/staff").Link("shenhe")
	admin.Sends(admin.Get(staff), "form[action$='/disable']", nil)
	admin.Sends(admin.Get(staff), "form[action$='/enable']", nil)
	clerk := r.Staff("shenhe")
	found := clerk.Sends(clerk.Get("/office/accounts"), rig.FormTo("/office/accounts"), map[string]string{"q": "测试"})
	account := found.Link("测试")
	clerk.Get(account)

	own := clerk.Get("/office/audit").Has("查看完整信息", "考生账号")
	if own.Find("tbody tr").Length() != 1 || own.Find("#who").Length() != 0 {
		t.Errorf("a reviewer sees more than their own acts:\n%s", own.TextOf("main"))
	}
	if sneaky := clerk.Get("/office/audit?who=staff-2"); strings.Contains(sneaky.TextOf("tbody"), "停用") {
		t.Error("a reviewer reads what others did")
	}
	if own.Link("考生账号") != account {
		t.Errorf("the row leads to %s, want %s", own.Link("考生账号"), account)
	}

	all := auditor.Get("/office/audit").Has("停用", "重新启用", "guanli", "注册", "修改：邮箱", "证书档案", "系统")
	if all.Find("tbody a[href^='/office/accounts']").Length() != 0 {
		t.Error("an auditor is led to accounts, which they may not open")
	}
	who := all.Find("#who option:contains('guanli')").AttrOr("value", "")
	if rows := auditor.Get("/office/audit?who=" + who).Find("tbody tr").Length(); rows != 2 {
		t.Errorf("%d rows of the administrator, want 2", rows)
	}
	for query, want := range map[string]int{
		"act=disable": 1, "act=staff.disable": 1, "act=account.shut": 0, "act=staff.disable&object=account": 0, "object=staff&act=enable": 1, "object=account&id=" + account[strings.LastIndex(account, "/")+1:]: 3,
		"from=20200101&to=2020-12-31": 0, "from=20200101&act=disable": 1, "who=system&object=staff": 3, "who=candidate": 2, "act=nonsense": 0,
	} {
		if rows := auditor.Get("/office/audit?" + query).Find("tbody tr").Length(); rows != want {
			t.Errorf("%s: %d rows, want %d", query, rows, want)
		}
	}
	for _, query := range []string{"from=20261350", "to=yesterday", "id=x", "who=staff-x"} {
		if bad := auditor.Get("/office/audit?" + query); bad.Status != http.StatusUnprocessableEntity || len(bad.Problems()) != 1 {
			t.Errorf("%s: %d %v", query, bad.Status, bad.Problems())
		}
	}
	if got := auditor.Get("/office/audit?page=%21").Status; got != http.StatusNotFound {
		t.Errorf("a cursor that is none: %d", got)
	}

	for path, browsers := range map[string][]*rig.Browser{
		"/office/audit/verify": {clerk, admin}, "/office/audit.xlsx": {clerk, admin}, "/office/audit.csv": {clerk, admin},
	} {
		for _, b := range browsers {
			if got := b.Do(http.MethodGet, path, "", nil).Status; got != http.StatusForbidden {
				t.Errorf("%s for others than the auditor: %d", path, got)
			}
		}
	}
	verified := auditor.Get("/office/audit/verify").Has("日志完整")
	hash := verified.TextOf(".hash")
	row := strings.Fields(strings.TrimPrefix(verified.TextOf(".pairs dd"), "第"))[0]
	auditor.Get("/office/audit/verify?row=" + row + "&hash=" + hash[:20]).Has("一致：到这一条为止")
	auditor.Get("/office/audit/verify?row=1&hash=" + hash).Has("不一致")
	auditor.Get("/office/audit/verify?row=99999&hash=" + hash).Has("没有第 99999 条")
	auditor.Get("/office/audit/verify?row=1&hash=ab").Has("请填写日志序号")

	export := auditor.Do(http.MethodGet, "/office/audit.csv?object=staff", "", nil)
	lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(export.Body, []byte("\ufeff")))).ReadAll()
	if err != nil || len(lines) != 6 || lines[1][3] != "重新启用" || lines[1][2] != "guanli" {
		t.Errorf("CSV: %v %q", err, lines)
	}
	export = auditor.Do(http.MethodGet, "/office/audit.xlsx", "", nil)
	book, err := excelize.OpenReader(bytes.NewReader(export.Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("操作日志")
	if err != nil || len(rows) < 12 || rows[1][3] != "导出" || rows[1][4] != "操作日志" {
		t.Errorf("XLSX: %v %q", err, rows)
	}
	auditor.Get("/office/audit").Has("导出", "核验")
}

// TestLogSpeaks: whatever was done, the log tells it in words.
func TestLogSpeaks(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	exams := admin.Get("/office/exams")
	exam := admin.Get(exams.Find("tbody a").First().AttrOr("href", ""))
	admin.Sends(exam, "form[action^='/office/exams/']", map[string]string{"last_day": "20201121", "sentence": "请先来电。", "closes": "20301231"})
	admin.Sends(admin.Get("/office/certificates/1"), "form[action$='/collected']", nil)
	admin.Sends(settled(admin, admin.Sends(uploads(admin, "新.csv", []byte(newerRegister), askBlank), "form[action$='/apply']", nil).Path), "form[action$='/take-back']", nil)
	check := uploads(admin, "新.csv", []byte(newerRegister), askBlank)
	workbook(admin, check.Link("下载全部"))
	log := r.Staff("shenji").Get("/office/audit").Has("撤回导入", "领取状态", "未导入的行", "批准日期", "受理截止")
	log.Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
		text := row.Find("td:nth-of-type(3) span, td:nth-of-type(4)").Text()
		if strings.ContainsAny(text, "abcdefghijklmnopqrstuvwxyz") {
			t.Errorf("the log says %q", text)
		}
	})
}
