package office

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image/color"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/sample"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// uploads hands a spreadsheet in at the page and answers where it leads.
func uploads(b *rig.Browser, name string, content []byte, blank string) *rig.Page {
	b.T.Helper()
	answer := upload(b, name, content, blank)
	if answer.Status != http.StatusSeeOther {
		b.T.Fatalf("upload of %s: status %d, problems %q", name, answer.Status, answer.Problems())
	}
	return settled(b, answer.Header.Get("Location"))
}

func upload(b *rig.Browser, name string, content []byte, blank string) *rig.Page {
	b.T.Helper()
	action, values := b.Form(b.Get("/office/certificates/import"), "form[enctype]")
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	w.WriteField("csrf_token", values.Get("csrf_token"))
	w.WriteField("blank_collected", blank)
	if name != "" {
		part, _ := w.CreateFormFile("file", name)
		part.Write(content)
	}
	w.Close()
	return b.Do(http.MethodPost, action, w.FormDataContentType(), &body)
}

// settled waits as the page does while something runs.
func settled(b *rig.Browser, path string) *rig.Page {
	b.T.Helper()
	for range 200 {
		if p := b.Get(path); p.Find("meta[http-equiv=refresh]").Length() == 0 {
			return p
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.T.Fatalf("%s never ends", path)
	return nil
}

// tally are an import's figures by their words.
func tally(p *rig.Page) map[string]string {
	found := map[string]string{}
	p.Find(".tally div").Each(func(_ int, pair *goquery.Selection) { found[pair.Find("dt").Text()] = pair.Find("dd").Text() })
	return found
}

func counts(p *rig.Page, added, changed, unchanged, rejected int) *rig.Page {
	p.T.Helper()
	want := map[string]string{"新增": fmt.Sprint(added), "改动": fmt.Sprint(changed), "不变": fmt.Sprint(unchanged), "未导入": fmt.Sprint(rejected)}
	if got := tally(p); fmt.Sprint(got) != fmt.Sprint(want) {
		p.T.Errorf("%s: figures %v, want %v", p.Path, got, want)
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
	r := rig.Office(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(newerRegister)
	if err != nil {
		t.Fatal(err)
	}
	check := counts(uploads(admin, "新 档案.csv", []byte(gb), askBlank), 1, 1, 1, 2).Has("新 档案.csv", "备注", "证书管理号", "科学计数法", "现在还没有写入档案", "新增考试 1 项：2021 年 执业药师", "新增报名市 1 个：保定市")
	admin.Get("/office/certificates?q=YS2021001").Has("没有符合条件的证书")
	if rows := admin.Get("/office/certificates/imports").Find("tbody tr").Length(); rows != 1 {
		t.Errorf("%d imports after a look, want the first one only", rows)
	}
	rejected := workbook(admin, check.Link("下载全部"))
	for _, text := range []string{"1.10101E+17", "34240120010721571X", "行号", "原因", "20191332"} {
		if !strings.Contains(rejected, text) {
			t.Errorf("the rejected lines lack %q", text)
		}
	}

	rig.Must(t, "liwei-pass1\n", "staff", "add", "liwei", "-role", "admin", "-password-stdin", "-data", r.Data)
	colleague := r.Staff("liwei")
	opened := colleague.Get(check.Path)
	applied := settled(admin, admin.Sends(check, "form[action$='/apply']", nil).Path)
	again := admin.Sends(check, "form[action$='/apply']", nil) // a double click
	for _, p := range []*rig.Page{applied, again} {
		counts(p, 1, 1, 1, 2).Has("第 2 次导入", "导入完成", "guanli", "新 档案.csv", "2021 年 执业药师", "保定市")
	}
	if strings.Contains(again.TextOf("main"), "同事") {
		t.Error("a double click is told of a colleague")
	}
	counts(colleague.Sends(opened, "form[action$='/apply']", nil), 1, 1, 1, 2).Has("第 2 次导入", "同事 guanli 已于", "确认导入，这是它的结果")
	admin.Get("/office/certificates/imports").Has("第 2 次", "第 1 次", "命令行")
	list := admin.Get("/office/certificates?q=ZJ2015999").Has("测试", "1990 年生")
	if strings.Contains(string(list.Body), "110101199003071233") {
		t.Error("the list shows an ID number in full")
	}
	admin.Get(list.Link("测试")).Has("第 2 次导入改动", "证书管理号：ZJ2015001 → ZJ2015999", "第 1 次导入添加", "没有人对这本证书申请补办")

	first := admin.Get("/office/certificates/imports").Link("register.csv")
	refused := admin.Refused(http.StatusConflict, admin.Get(first), "form[action$='/take-back']", nil)
	if text := refused.TextOf("[role=alert]"); !strings.Contains(text, "第 2 次") {
		t.Errorf("why the first import stays: %q", text)
	}
	back := admin.Sends(applied, "form[action$='/take-back']", nil).Has("已撤回", "guanli")
	if back.Find("form[action$='/take-back']").Length() != 0 {
		t.Error("it can be taken back twice")
	}
	admin.Get("/office/certificates?q=ZJ2015001").Has("考全科")
	admin.Get("/office/certificates?q=YS2021001").Has("没有符合条件的证书")
	if text := admin.Get("/office/settings/cities").TextOf("main") + admin.Get("/office/exams").TextOf("main"); strings.Contains(text, "保定市") || strings.Contains(text, "执业药师") {
		t.Error("the import was taken back, and its city or exam is still there")
	}
	if answer := admin.Send(applied, "form[action$='/take-back']", nil); answer.Status != http.StatusConflict {
		t.Errorf("a second taking back: %d", answer.Status)
	}
}

// workbook downloads an XLSX and answers the text of its parts.
func workbook(b *rig.Browser, path string) string {
	b.T.Helper()
	file := b.Get(path)
	archive, err := zip.NewReader(bytes.NewReader(file.Body), int64(len(file.Body)))
	if err != nil {
		b.T.Fatalf("%s: %v", path, err)
	}
	var all strings.Builder
	for _, part := range archive.File {
		content, err := part.Open()
		if err != nil {
			b.T.Fatal(err)
		}
		io.Copy(&all, content)
		content.Close()
	}
	return all.String()
}

// TestUploadRefused: what cannot be an import is said in words, and nothing is
// changed.
func TestUploadRefused(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	admin := r.Staff("guanli")
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
		answer := upload(admin, c.name, []byte(c.content), c.blank)
		if answer.Status == http.StatusSeeOther {
			answer = settled(admin, answer.Header.Get("Location"))
		}
		if answer.Status != c.status {
			t.Errorf("%s: status %d, want %d", c.reason, answer.Status, c.status)
		}
		if text := string(answer.Body); !strings.Contains(text, c.want) {
			t.Errorf("%s: nothing of %q", c.reason, c.want)
		}
	}
	old := "考试年度,考试名称,姓名,证件号码,性别\n1998,会计师,测试,110101199003071233,女\n1998,会计师,测试,110101199003071233,女\n"
	counts(uploads(admin, "旧.csv", []byte(old), "空白的按“已领取”"), 1, 0, 1, 0).Has("请核对的行（3 处）", "证件号码表示的是“男”", "与第 2 行是同一本证书")
	if gone := admin.Get("/office/certificates/checks/NOSUCHJOB"); !strings.Contains(string(gone.Body), "重新上传") {
		t.Errorf("a job that is gone: %s", gone.Body)
	}
	if rows := admin.Get("/office/certificates/imports").Find("tbody tr").Length(); rows != 1 {
		t.Errorf("%d imports, want the first one only", rows)
	}

	reviewer := r.Staff("shenhe")
	for _, path := range []string{"/office/certificates", "/office/certificates/imports", "/office/certificates/imports/1"} {
		if p := reviewer.Get(path); p.Status != http.StatusOK || p.Find("main form[action$='/take-back'], main a[href='/office/certificates/import'], main input[type=checkbox]").Length() != 0 {
			t.Errorf("a reviewer at %s: %d, or with an act", path, p.Status)
		}
	}
	if p := reviewer.Get("/office/certificates/import"); p.Status != http.StatusForbidden {
		t.Errorf("a reviewer at the upload: %d", p.Status)
	}
}

// TestRegisterExport: what is exported can be imported as it is, and changes
// nothing; a filtered list exports its own lines only.
func TestRegisterExport(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	list := admin.Get("/office/certificates")
	text := admin.Do(http.MethodGet, list.Link("导出 CSV"), "", nil)
	lines := list.Find("tbody tr").Length()
	if got := strings.Count(string(text.Body), "\r\n") - 1; got != lines || !strings.Contains(string(text.Body), "110101199003071233") {
		t.Errorf("%d lines exported, want %d:\n%s", got, lines, text.Body)
	}
	check := uploads(admin, "档案.csv", text.Body, askBlank)
	if got := tally(check); got["不变"] != fmt.Sprint(lines) || got["未导入"] != "0" || got["新增"] != "0" {
		t.Errorf("the exported register is imported as %v", got)
	}
	one := admin.Do(http.MethodGet, admin.Get("/office/certificates?q=ZJ2015001").Link("导出 CSV"), "", nil)
	if strings.Count(string(one.Body), "\r\n") != 2 {
		t.Errorf("the filtered list exports\n%s", one.Body)
	}
	r.Staff("shenji").Get("/office/audit").Has("导出", "证书档案")
}

// TestRegisterDepends: an application holds the import of its line, and marks can
// be set, read and put right.
func TestRegisterDepends(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	admin, candidate := r.Staff("guanli"), r.Register("测试", "110101199003071233")

	found := admin.Sends(admin.Get("/office/certificates"), "form[method=post][action='/office/certificates']", map[string]string{"id_number": "110101199003071233"})
	if strings.Contains(found.Path, "1101") {
		t.Errorf("the number stands in the address %s", found.Path)
	}
	if rows := found.Has("未领取").Find("tbody tr").Length(); rows != 3 {
		t.Errorf("%d certificates of the number, want 3", rows)
	}
	if p := admin.Send(found, "form.marks-form", map[string]string{"collected": "已领取"}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("nothing chosen: %d", p.Status)
	}
	row := found.Find("tbody tr:contains('二级建造师')")
	id := row.Find("input[name=certificate]").AttrOr("value", "")
	admin.Sends(found, "form.marks-form", map[string]string{"certificate": id, "collected": "已领取"}).Has("已标记为已领取")
	exam := candidate.Get("/apply").Find("option:contains('2020')").AttrOr("value", "")
	candidate.Get("/apply?exam=" + exam).Has("可申请")
	admin.Get("/office/certificates/"+id).Has("已领取", "标记为已领取", "guanli")
	first := admin.Get("/office/certificates/imports/1")
	if text := admin.Refused(http.StatusConflict, first, "form[action$='/take-back']", nil).TextOf("[role=alert]"); !strings.Contains(text, "1 本证书的领取状态") {
		t.Errorf("a mark made since: %q", text)
	}
	admin.Sends(admin.Get("/office/certificates/"+id), "form[action$='/collected']", nil).Has("已改为未领取", "改为未领取")
	candidate.Get("/apply?exam=" + exam).Has("不可申请")

	exam = candidate.Get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	step2 := candidate.Get(candidate.Get("/apply?exam=" + exam).Link("申请补证"))
	candidate.Sends(step2, "form[enctype]", map[string]string{"phone": "13800138000"}, sample.Portrait(1, false, color.White)).Has("提交完成")
	if text := admin.Refused(http.StatusConflict, first, "form[action$='/take-back']", nil).TextOf("[role=alert]"); !strings.Contains(text, "已对其中的证书提出申请") {
		t.Errorf("an application made since: %q", text)
	}
	admin.Get(admin.Get("/office/certificates?q=ZJ2015001").Link("测试")).Has("等待审核")
	candidate.Get(step2.Path) // the line is still there, and leads to the application
}

// TestImportBrokenOff: the program stops in the middle; afterwards the page says
// where the import stands, and the file can be imported again, or what was
// imported be taken back.
func TestImportBrokenOff(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	var file strings.Builder
	file.WriteString("考试年度,考试名称,姓名,证件号码,领取状态\n")
	const lines = 20_000
	for n := range lines {
		fmt.Fprintf(&file, "2011,造价工程师,测试,130101%02d%02d%02d%03d,已领取\n", 50+n/(12*28*10)%40, 1+n/(28*10)%12, 1+n/10%28, 100+n%10)
	}
	check := counts(uploads(admin, "大.csv", []byte(file.String()), askBlank), lines, 0, 0, 0)
	applied := make(chan struct{})
	go func() { defer close(applied); admin.Send(check, "form[action$='/apply']", nil) }()
	watcher := r.Staff("shenji")
	for !strings.Contains(watcher.Get("/office/certificates/imports").TextOf("tbody tr"), "正在导入") {
		time.Sleep(5 * time.Millisecond)
	}
	r.Stop()
	<-applied

	second := rig.Start(t, "demo", "-data", r.Data)
	admin = second.Staff("guanli")
	broken := admin.Get(admin.Get("/office/certificates/imports").Link("大.csv")).Has("导入中断", "重新导入这个文件")
	done := 0
	fmt.Sscan(tally(broken)["新增"], &done)
	if done <= 0 || done >= lines {
		t.Fatalf("%d lines of %d were imported", done, lines)
	}
	const notYet = "在导入完成后才能按姓名或证书管理号查到"
	admin.Get("/office/certificates?q=测试").Has(notYet)
	counts(uploads(admin, "大.csv", []byte(file.String()), askBlank), lines-done, 0, done, 0)
	settled(admin, admin.Sends(broken, "form[action$='/take-back']", nil).Path).Has("已撤回")
	if p := admin.Get("/office/certificates"); strings.Contains(p.Text(), notYet) {
		t.Error("of what was taken back the page still says that it cannot be found")
	}
	check = counts(uploads(admin, "大.csv", []byte(file.String()), askBlank), lines, 0, 0, 0)
	counts(settled(admin, admin.Sends(check, "form[action$='/apply']", nil).Path), lines, 0, 0, 0).Has("导入完成")
	p := admin.Get("/office/certificates?q=测试")
	if rows := p.Find("tbody tr").Length(); rows != 50 || strings.Contains(p.Text(), notYet) {
		t.Errorf("%d lines are found by name: %s", rows, p.TextOf("main"))
	}
}

// TestSlipsPointedOut: a number under two people, and lines that differ from the
// register in who it is alone, are pointed out before they are taken; ID numbers are
// not shown.
func TestSlipsPointedOut(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	const register = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2015,一级建造师,测试,11010119900307803X,已领取,考全科,建筑工程,ZJ2015001,2015/9/20 8:30,石家庄市
2021,执业药师,李四,440308199901101512,已领取,,,EJ2020001,20211024,石家庄市
2021,执业药师,王五,34240120010721571X,已领取,,,YS2021001,20211024,石家庄市
2021,监理工程师,赵六,440308199901101512,已领取,,,YS2021001,20211024,石家庄市
2018,经济师,孙七,110101199003071233,已领取,中级,,,20181103,唐山市
`
	check := counts(uploads(admin, "档案.csv", []byte(register), askBlank), 4, 1, 0, 0)
	check.Has("有 1 行的批准日期带有时刻，已略去时刻。", "请核对的行（4 处）", "与档案中“测试”（1****************3）的证书只有证件号码不同", "撤回第 1 次导入", "档案中“测试”（1****************3）也用这个证书管理号（2020 年 二级建造师）",
		"是同一个证书管理号，证件号码却不同", "只有姓名不同，会由“测试”改为“孙七”")
	if strings.Contains(string(check.Body), "110101199003071233") {
		t.Error("the page shows an ID number in full")
	}
	captions := func(p *rig.Page) []string {
		return p.Find("caption").Map(func(_ int, c *goquery.Selection) string { return strings.TrimSpace(c.Text()) })
	}
	if got := captions(check); !slices.Equal(got, []string{"可以更正的 1 行", "其他：共 3 处", "共 1 行"}) {
		t.Errorf("the tables are called %q", got)
	}
	counts(settled(admin, admin.Sends(check, "form[action$='/apply']", nil).Path), 4, 1, 0, 0)

	// What is cut says so: of each kind 50 are listed.
	head, rest, _ := strings.Cut(register, "\n")
	line, _, _ := strings.Cut(rest, "\n")
	many := head + "\n" + strings.Repeat(strings.Replace(line, "2015/9/20 8:30", "2015/9/31", 1)+"\n", 50)
	if got := captions(uploads(admin, "档案.csv", []byte(many), askBlank)); !slices.Equal(got, []string{"共 50 行"}) {
		t.Errorf("50 lines are called %q", got)
	}
	many += strings.Replace(line, "2015/9/20 8:30", "2015/9/32", 1) + "\n"
	if got := captions(uploads(admin, "档案.csv", []byte(many), askBlank)); !slices.Equal(got, []string{"只列出前 50 行"}) {
		t.Errorf("51 lines are called %q", got)
	}
}
