package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image/color"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"certreissue/sample"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// uploads hands a spreadsheet in at the page and answers where it leads.
func (b *browser) uploads(name string, content []byte, blank string) *page {
	b.t.Helper()
	answer := b.upload(name, content, blank)
	if answer.status != http.StatusSeeOther {
		b.t.Fatalf("upload of %s: status %d, problems %q", name, answer.status, answer.problems())
	}
	return b.settled(answer.header.Get("Location"))
}

func (b *browser) upload(name string, content []byte, blank string) *page {
	b.t.Helper()
	action, values := b.form(b.get("/office/certificates/import"), "form[enctype]")
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	w.WriteField("csrf_token", values.Get("csrf_token"))
	w.WriteField("blank_collected", blank)
	if name != "" {
		part, _ := w.CreateFormFile("file", name)
		part.Write(content)
	}
	w.Close()
	return b.do(http.MethodPost, action, w.FormDataContentType(), &body)
}

// settled waits as the page does while something runs.
func (b *browser) settled(path string) *page {
	b.t.Helper()
	for range 200 {
		if p := b.get(path); p.Find("meta[http-equiv=refresh]").Length() == 0 {
			return p
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("%s never ends", path)
	return nil
}

// tally are an import's figures by their words.
func (p *page) tally() map[string]string {
	found := map[string]string{}
	p.Find(".tally div").Each(func(_ int, pair *goquery.Selection) { found[pair.Find("dt").Text()] = pair.Find("dd").Text() })
	return found
}

func (p *page) counts(added, changed, unchanged, rejected int) *page {
	p.t.Helper()
	want := map[string]string{"新增": fmt.Sprint(added), "改动": fmt.Sprint(changed), "不变": fmt.Sprint(unchanged), "未导入": fmt.Sprint(rejected)}
	if got := p.tally(); fmt.Sprint(got) != fmt.Sprint(want) {
		p.t.Errorf("%s: figures %v, want %v", p.path, got, want)
	}
	return p
}

const askBlank = "表中每行都填写了领取状态"

// newerRegister adds one line to loopRegister, changes one, repeats one, and has
// two bad ones.
const newerRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市,备注
2015,一级建造师,测试,110101199003071233,已领取,考全科,建筑工程,ZJ2015999,20150920,石家庄市,x
2020,二级建造师,测试,110101199003071233,未领取,,,EJ2020001,20201122,石家庄市,
2021,执业药师,李四,440308199901101512,已领取,,,YS2021001,20211024,保定市,
2021,执业药师,王五,1.10101E+17,已领取,,,YS2021002,20211024,保定市,
2021,执业药师,赵六,34240120010721571X,,,,YS2021003,20191332,保定市,
`

// TestRegisterImport: a file is looked through first, then imported, kept, shown
// at each certificate, and taken back as a whole.
func TestRegisterImport(t *testing.T) {
	r := office(t, loopRegister)
	admin := r.staff("guanli")
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(newerRegister)
	if err != nil {
		t.Fatal(err)
	}
	check := admin.uploads("新 档案.csv", []byte(gb), askBlank).counts(1, 1, 1, 2).has("新 档案.csv", "备注", "证书管理号", "科学计数法", "现在还没有写入档案", "新增考试 1 项：2021 年 执业药师", "新增报名市 1 个：保定市")
	admin.get("/office/certificates?q=YS2021001").has("没有符合条件的证书")
	if rows := admin.get("/office/certificates/imports").Find("tbody tr").Length(); rows != 1 {
		t.Errorf("%d imports after a look, want the first one only", rows)
	}
	rejected := admin.workbook(check.link("下载全部"))
	for _, text := range []string{"1.10101E+17", "34240120010721571X", "行号", "原因", "20191332"} {
		if !strings.Contains(rejected, text) {
			t.Errorf("the rejected lines lack %q", text)
		}
	}

	applied := admin.settled(admin.sends(check, "form[action$='/apply']", nil).path)
	again := admin.sends(check, "form[action$='/apply']", nil) // a double click
	for _, p := range []*page{applied, again} {
		p.counts(1, 1, 1, 2).has("第 2 次导入", "导入完成", "guanli", "新 档案.csv", "2021 年 执业药师", "保定市")
	}
	admin.get("/office/certificates/imports").has("第 2 次", "第 1 次", "命令行")
	list := admin.get("/office/certificates?q=ZJ2015999").has("测试", "1990 年生")
	if strings.Contains(string(list.body), "110101199003071233") {
		t.Error("the list shows an ID number in full")
	}
	admin.get(list.link("测试")).has("第 2 次导入改动", "证书管理号：ZJ2015001 → ZJ2015999", "第 1 次导入添加", "没有人对这本证书申请补办")

	first := admin.get("/office/certificates/imports").link("register.csv")
	refused := admin.refused(http.StatusConflict, admin.get(first), "form[action$='/take-back']", nil)
	if text := refused.text("[role=alert]"); !strings.Contains(text, "第 2 次") {
		t.Errorf("why the first import stays: %q", text)
	}
	back := admin.sends(applied, "form[action$='/take-back']", nil).has("已撤回", "guanli")
	if back.Find("form[action$='/take-back']").Length() != 0 {
		t.Error("it can be taken back twice")
	}
	admin.get("/office/certificates?q=ZJ2015001").has("考全科")
	admin.get("/office/certificates?q=YS2021001").has("没有符合条件的证书")
	if text := admin.get("/office/settings/cities").text("main") + admin.get("/office/exams").text("main"); strings.Contains(text, "保定市") || strings.Contains(text, "执业药师") {
		t.Error("the import was taken back, and its city or exam is still there")
	}
	if answer := admin.send(applied, "form[action$='/take-back']", nil); answer.status != http.StatusConflict {
		t.Errorf("a second taking back: %d", answer.status)
	}
}

// workbook downloads an XLSX and answers the text of its parts.
func (b *browser) workbook(path string) string {
	b.t.Helper()
	file := b.get(path)
	archive, err := zip.NewReader(bytes.NewReader(file.body), int64(len(file.body)))
	if err != nil {
		b.t.Fatalf("%s: %v", path, err)
	}
	var all strings.Builder
	for _, part := range archive.File {
		content, err := part.Open()
		if err != nil {
			b.t.Fatal(err)
		}
		io.Copy(&all, content)
		content.Close()
	}
	return all.String()
}

// TestUploadRefused: what cannot be an import is said in words, and nothing is
// changed.
func TestUploadRefused(t *testing.T) {
	r := office(t, loopRegister)
	admin := r.staff("guanli")
	for _, c := range []struct {
		reason, name, content, blank, want string
		status                             int
	}{
		{"no file", "", "", askBlank, "请选择要导入的文件", http.StatusUnprocessableEntity},
		{"no choice", "a.csv", newerRegister, "", "请从列表中选择", http.StatusUnprocessableEntity},
		{"empty", "a.csv", "", askBlank, "没有内容", http.StatusOK},
		{"a starred column is missing", "a.csv", "考试年度,姓名\n2015,测试\n", askBlank, "缺少必需的列：考试名称、证件号码、领取状态", http.StatusOK},
		{"an old workbook", "老档案.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 ", askBlank, "另存为 .xlsx", http.StatusOK},
	} {
		answer := admin.upload(c.name, []byte(c.content), c.blank)
		if answer.status == http.StatusSeeOther {
			answer = admin.settled(answer.header.Get("Location"))
		}
		if answer.status != c.status {
			t.Errorf("%s: status %d, want %d", c.reason, answer.status, c.status)
		}
		if text := string(answer.body); !strings.Contains(text, c.want) {
			t.Errorf("%s: nothing of %q", c.reason, c.want)
		}
	}
	old := "考试年度,考试名称,姓名,证件号码,性别\n1998,会计师,测试,110101199003071233,女\n1998,会计师,测试,110101199003071233,女\n"
	admin.uploads("旧.csv", []byte(old), "空白的按“已领取”").counts(1, 0, 1, 0).has("请核对的行（3 处）", "证件号码表示的是“男”", "与第 2 行是同一本证书")
	if gone := admin.get("/office/certificates/checks/NOSUCHJOB"); !strings.Contains(string(gone.body), "重新上传") {
		t.Errorf("a job that is gone: %s", gone.body)
	}
	if rows := admin.get("/office/certificates/imports").Find("tbody tr").Length(); rows != 1 {
		t.Errorf("%d imports, want the first one only", rows)
	}

	reviewer := r.staff("shenhe")
	for _, path := range []string{"/office/certificates", "/office/certificates/imports", "/office/certificates/imports/1"} {
		if p := reviewer.get(path); p.status != http.StatusOK || p.Find("main form[action$='/take-back'], main a[href='/office/certificates/import'], main input[type=checkbox]").Length() != 0 {
			t.Errorf("a reviewer at %s: %d, or with an act", path, p.status)
		}
	}
	if p := reviewer.get("/office/certificates/import"); p.status != http.StatusForbidden {
		t.Errorf("a reviewer at the upload: %d", p.status)
	}
}

// TestRegisterExport: what is exported can be imported as it is, and changes
// nothing; a filtered list exports its own lines only.
func TestRegisterExport(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	admin := r.staff("guanli")
	list := admin.get("/office/certificates")
	text := admin.do(http.MethodGet, list.link("导出 CSV"), "", nil)
	lines := list.Find("tbody tr").Length()
	if got := strings.Count(string(text.body), "\r\n") - 1; got != lines || !strings.Contains(string(text.body), "110101199003071233") {
		t.Errorf("%d lines exported, want %d:\n%s", got, lines, text.body)
	}
	check := admin.uploads("档案.csv", text.body, askBlank)
	if got := check.tally(); got["不变"] != fmt.Sprint(lines) || got["未导入"] != "0" || got["新增"] != "0" {
		t.Errorf("the exported register is imported as %v", got)
	}
	one := admin.do(http.MethodGet, admin.get("/office/certificates?q=ZJ2015001").link("导出 CSV"), "", nil)
	if strings.Count(string(one.body), "\r\n") != 2 {
		t.Errorf("the filtered list exports\n%s", one.body)
	}
	r.staff("shenji").get("/office/audit").has("导出", "证书档案")
}

// TestRegisterDepends: an application holds the import of its line, and marks can
// be set, read and put right.
func TestRegisterDepends(t *testing.T) {
	r := office(t, loopRegister)
	admin, candidate := r.staff("guanli"), r.register("测试", "110101199003071233")

	found := admin.sends(admin.get("/office/certificates"), "form[method=post][action='/office/certificates']", map[string]string{"id_number": "110101199003071233"})
	if strings.Contains(found.path, "1101") {
		t.Errorf("the number stands in the address %s", found.path)
	}
	if rows := found.has("未领取").Find("tbody tr").Length(); rows != 3 {
		t.Errorf("%d certificates of the number, want 3", rows)
	}
	if p := admin.send(found, "form.marks-form", map[string]string{"collected": "已领取"}); p.status != http.StatusUnprocessableEntity {
		t.Errorf("nothing chosen: %d", p.status)
	}
	row := found.Find("tbody tr:contains('二级建造师')")
	id := row.Find("input[name=certificate]").AttrOr("value", "")
	admin.sends(found, "form.marks-form", map[string]string{"certificate": id, "collected": "已领取"}).has("已标记为已领取")
	exam := candidate.get("/apply").Find("option:contains('2020')").AttrOr("value", "")
	candidate.get("/apply?exam=" + exam).has("可申请")
	admin.get("/office/certificates/"+id).has("已领取", "标记为已领取", "guanli")
	first := admin.get("/office/certificates/imports/1")
	if text := admin.refused(http.StatusConflict, first, "form[action$='/take-back']", nil).text("[role=alert]"); !strings.Contains(text, "1 本证书的领取状态") {
		t.Errorf("a mark made since: %q", text)
	}
	admin.sends(admin.get("/office/certificates/"+id), "form[action$='/collected']", nil).has("已改为未领取", "改为未领取")
	candidate.get("/apply?exam=" + exam).has("不可申请")

	exam = candidate.get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	step2 := candidate.get(candidate.get("/apply?exam=" + exam).link("申请补证"))
	candidate.sends(step2, "form[enctype]", map[string]string{"phone": "13800138000"}, sample.Portrait(1, false, color.White)).has("提交完成")
	if text := admin.refused(http.StatusConflict, first, "form[action$='/take-back']", nil).text("[role=alert]"); !strings.Contains(text, "已对其中的证书提出申请") {
		t.Errorf("an application made since: %q", text)
	}
	admin.get(admin.get("/office/certificates?q=ZJ2015001").link("测试")).has("等待审核")
	candidate.get(step2.path) // the line is still there, and leads to the application
}

// TestImportBrokenOff: the program stops in the middle; afterwards the page says
// where the import stands, and the file can be imported again, or what was
// imported be taken back.
func TestImportBrokenOff(t *testing.T) {
	r := office(t, loopRegister)
	admin := r.staff("guanli")
	var file strings.Builder
	file.WriteString("考试年度,考试名称,姓名,证件号码,领取状态\n")
	const lines = 20_000
	for n := range lines {
		fmt.Fprintf(&file, "2011,造价工程师,测试,130101%02d%02d%02d%03d,已领取\n", 50+n/(12*28*10)%40, 1+n/(28*10)%12, 1+n/10%28, 100+n%10)
	}
	check := admin.uploads("大.csv", []byte(file.String()), askBlank).counts(lines, 0, 0, 0)
	applied := make(chan struct{})
	go func() { defer close(applied); admin.send(check, "form[action$='/apply']", nil) }()
	watcher := r.staff("shenji")
	for !strings.Contains(watcher.get("/office/certificates/imports").text("tbody tr"), "正在导入") {
		time.Sleep(5 * time.Millisecond)
	}
	r.stop()
	<-applied

	second := start(t, "demo", "-data", r.data)
	admin = second.staff("guanli")
	broken := admin.get(admin.get("/office/certificates/imports").link("大.csv")).has("导入中断", "重新导入这个文件")
	done := 0
	fmt.Sscan(broken.tally()["新增"], &done)
	if done <= 0 || done >= lines {
		t.Fatalf("%d lines of %d were imported", done, lines)
	}
	admin.uploads("大.csv", []byte(file.String()), askBlank).counts(lines-done, 0, done, 0)
	admin.settled(admin.sends(broken, "form[action$='/take-back']", nil).path).has("已撤回")
	check = admin.uploads("大.csv", []byte(file.String()), askBlank).counts(lines, 0, 0, 0)
	admin.settled(admin.sends(check, "form[action$='/apply']", nil).path).counts(lines, 0, 0, 0).has("导入完成")
}
