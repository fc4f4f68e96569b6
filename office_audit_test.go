package main

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"
)

// TestAudit reads, filters, verifies and exports the log, each as the roles may.
func TestAudit(t *testing.T) {
	r := office(t, staffRegister)
	admin, auditor := r.staff("guanli"), r.staff("shenji")
	candidate := r.register("测试", "110101199003071233")
	candidate.sends(candidate.get("/profile"), formTo("/profile"), map[string]string{"email": "other@example.com"})
	staff := admin.get("/office/staff").link("shenhe")
	admin.sends(admin.get(staff), "form[action$='/disable']", nil)
	admin.sends(admin.get(staff), "form[action$='/enable']", nil)
	clerk := r.staff("shenhe")
	found := clerk.sends(clerk.get("/office/accounts"), formTo("/office/accounts"), map[string]string{"q": "测试"})
	account := found.link("测试")
	clerk.get(account)

	own := clerk.get("/office/audit").has("查看完整信息", "考生账号")
	if own.Find("tbody tr").Length() != 1 || own.Find("#who").Length() != 0 {
		t.Errorf("a reviewer sees more than their own acts:\n%s", own.text("main"))
	}
	if sneaky := clerk.get("/office/audit?who=staff-2"); strings.Contains(sneaky.text("tbody"), "停用") {
		t.Error("a reviewer reads what others did")
	}
	if own.link("考生账号") != account {
		t.Errorf("the row leads to %s, want %s", own.link("考生账号"), account)
	}

	all := auditor.get("/office/audit").has("停用", "重新启用", "guanli", "注册", "修改：邮箱", "证书档案", "系统")
	if all.Find("tbody a[href^='/office/accounts']").Length() != 0 {
		t.Error("an auditor is led to accounts, which they may not open")
	}
	who := all.Find("#who option:contains('guanli')").AttrOr("value", "")
	if rows := auditor.get("/office/audit?who=" + who).Find("tbody tr").Length(); rows != 2 {
		t.Errorf("%d rows of the administrator, want 2", rows)
	}
	for query, want := range map[string]int{
		"act=disable": 1, "act=staff.disable": 1, "act=account.shut": 0, "act=staff.disable&object=account": 0, "object=staff&act=enable": 1, "object=account&id=" + account[strings.LastIndex(account, "/")+1:]: 3,
		"from=20200101&to=2020-12-31": 0, "from=20200101&act=disable": 1, "who=system&object=staff": 3, "who=candidate": 2, "act=nonsense": 0,
	} {
		if rows := auditor.get("/office/audit?" + query).Find("tbody tr").Length(); rows != want {
			t.Errorf("%s: %d rows, want %d", query, rows, want)
		}
	}
	for _, query := range []string{"from=20261350", "to=yesterday", "id=x", "who=staff-x"} {
		if bad := auditor.get("/office/audit?" + query); bad.status != http.StatusUnprocessableEntity || len(bad.problems()) != 1 {
			t.Errorf("%s: %d %v", query, bad.status, bad.problems())
		}
	}
	if got := auditor.get("/office/audit?page=%21").status; got != http.StatusNotFound {
		t.Errorf("a cursor that is none: %d", got)
	}

	for path, browsers := range map[string][]*browser{
		"/office/audit/verify": {clerk, admin}, "/office/audit.xlsx": {clerk, admin}, "/office/audit.csv": {clerk, admin},
	} {
		for _, b := range browsers {
			if got := b.do(http.MethodGet, path, "", nil).status; got != http.StatusForbidden {
				t.Errorf("%s for others than the auditor: %d", path, got)
			}
		}
	}
	verified := auditor.get("/office/audit/verify").has("日志完整")
	hash := verified.text(".hash")
	row := strings.Fields(strings.TrimPrefix(verified.text(".pairs dd"), "第"))[0]
	auditor.get("/office/audit/verify?row=" + row + "&hash=" + hash[:20]).has("一致：到这一条为止")
	auditor.get("/office/audit/verify?row=1&hash=" + hash).has("不一致")
	auditor.get("/office/audit/verify?row=99999&hash=" + hash).has("没有第 99999 条")
	auditor.get("/office/audit/verify?row=1&hash=ab").has("请填写日志序号")

	export := auditor.do(http.MethodGet, "/office/audit.csv?object=staff", "", nil)
	lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(export.body, []byte("\ufeff")))).ReadAll()
	if err != nil || len(lines) != 6 || lines[1][3] != "重新启用" || lines[1][2] != "guanli" {
		t.Errorf("CSV: %v %q", err, lines)
	}
	export = auditor.do(http.MethodGet, "/office/audit.xlsx", "", nil)
	book, err := excelize.OpenReader(bytes.NewReader(export.body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("操作日志")
	if err != nil || len(rows) < 12 || rows[1][3] != "导出" || rows[1][4] != "操作日志" {
		t.Errorf("XLSX: %v %q", err, rows)
	}
	auditor.get("/office/audit").has("导出", "核验")
}

// TestLogSpeaks: whatever was done, the log tells it in words.
func TestLogSpeaks(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	admin := r.staff("guanli")
	exams := admin.get("/office/exams")
	exam := admin.get(exams.Find("tbody a").First().AttrOr("href", ""))
	admin.sends(exam, "form[action^='/office/exams/']", map[string]string{"last_day": "20201121", "sentence": "请先来电。", "closes": "20301231"})
	admin.sends(admin.get("/office/certificates/1"), "form[action$='/collected']", nil)
	admin.sends(admin.settled(admin.sends(admin.uploads("新.csv", []byte(newerRegister), askBlank), "form[action$='/apply']", nil).path), "form[action$='/take-back']", nil)
	check := admin.uploads("新.csv", []byte(newerRegister), askBlank)
	admin.workbook(check.link("下载全部"))
	log := r.staff("shenji").get("/office/audit").has("撤回导入", "领取状态", "未导入的行", "批准日期", "受理截止")
	log.Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
		text := row.Find("td:nth-of-type(3) span, td:nth-of-type(4)").Text()
		if strings.ContainsAny(text, "abcdefghijklmnopqrstuvwxyz") {
			t.Errorf("the log says %q", text)
		}
	})
}
