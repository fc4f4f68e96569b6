package main

import (
	"image/color"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"certreissue/sample"
	"certreissue/sheet"

	"github.com/PuerkitoBio/goquery"
)

const queueRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2015,一级建造师,赵一,110101199003071233,已领取,考全科,建筑工程,ZJ2015001,20150920,石家庄市
2015,一级建造师,钱二,440308199901101512,已领取,考全科,建筑工程,ZJ2015002,20150920,唐山市
2014,二级建造师,孙三,11010119900307803X,已领取,考全科,建筑工程,EJ2014003,20140920,石家庄市
`

// applyFirst applies for the first certificate that a candidate is offered, and
// answers the application's number.
func (b *browser) applyFirst(phone string, photos ...[]byte) string {
	b.t.Helper()
	exam := b.get("/apply").Find("option[value!='']").First().AttrOr("value", "")
	path := b.apply(b.get("/apply?exam="+exam).link("申请补证"), map[string]string{"phone": phone}, photos...)
	return strings.TrimPrefix(path, "/applications/")
}

// queueOffice is an office in which three people wait, in this order; the first
// two share photo and telephone.
func queueOffice(t *testing.T) (r *running, first *browser, numbers [3]string) {
	t.Helper()
	r = office(t, queueRegister)
	face := sample.Portrait(1, false, color.White)
	first = r.register("赵一", "110101199003071233")
	numbers[0] = first.applyFirst("0311-8566 6666", face)
	numbers[1] = r.register("钱二", "440308199901101512").applyFirst("(0311)85666666", face)
	numbers[2] = r.register("孙三", "11010119900307803X").applyFirst("13900000003", sample.Portrait(3, false, color.White))
	return r, first, numbers
}

// on fails unless the page is the review of an application.
func (p *page) on(number string) *page {
	p.t.Helper()
	if !strings.HasPrefix(p.path, "/office/applications/"+number) {
		p.t.Fatalf("led to %s, want the application %s", p.path, number)
	}
	return p
}

func TestReviewInARow(t *testing.T) {
	t.Parallel()
	r, first, numbers := queueOffice(t)
	clerk := r.staff("shenhe")
	must(t, "erhao-pass1\n", "staff", "add", "erhao", "-role", "reviewer", "-password-stdin", "-data", r.data)
	colleague := r.staff("erhao")

	queue := clerk.get("/office/applications?status=等待审核")
	if marked := queue.Find(".row-mark.serious"); marked.Length() != 4 || queue.Find("tbody tr").Last().Find(".row-mark").Length() != 0 {
		t.Errorf("the list marks %q", marked.Text())
	}
	review := clerk.get(queue.link("逐份审核")).on(numbers[0]).has("完全相同的照片", "相同的联系方式", "钱二")
	if first := clerk.get(queue.Find("tbody a").First().AttrOr("href", "")); first.text("h1 .number") != numbers[0] {
		t.Errorf("the queue begins with %s", first.text("h1 .number"))
	}
	newest := clerk.get("/office/applications?status=等待审核&sort=newest")
	if got := newest.text("tbody th a"); got != numbers[2] {
		t.Errorf("the newest is %s, want %s", got, numbers[2])
	}

	// What one has open the other passes over, for two minutes.
	others := colleague.get("/office/applications/next?status=等待审核").on(numbers[1])
	colleague.get(review.path).has("shenhe 刚刚打开了这份申请")
	clerk.get(review.link("下一份")).on(numbers[2])
	clerk.get(clerk.get(review.link("下一份")).link("上一份")).on(numbers[1])
	clerk.get(clerk.get(clerk.get(review.link("下一份")).path).link("下一份")).has("这个列表已到头")
	r.skew.Add(int64(3 * time.Minute))
	clerk.get(review.link("下一份")).on(numbers[1])

	// The candidate saves while the screen is open: told what, and led back.
	edit := first.get("/applications/" + numbers[0] + "/edit")
	first.sends(edit, "form[enctype]", map[string]string{"phone": "13811112222"})
	stale := clerk.refused(http.StatusConflict, review, "form[action$='/approve']", nil).has("联系方式", "0311-8566 6666", "13811112222", "最后变动")
	review = clerk.get(stale.link("查看这份申请的最新内容")).on(numbers[0]).has("13811112222")

	// A decision opens the next one, with a notice that leads back.
	next := clerk.sends(review, "form[action$='/return']", map[string]string{"reason": "phone", "common_note": "请填写能联系到本人的手机号码。"}).on(numbers[1])
	next.has("申请 " + numbers[0] + "：已退回考生修改")
	again := clerk.get(next.Find(".flash a").AttrOr("href", "")).on(numbers[0]).has("审核未过", "请填写能联系到本人的手机号码。")
	if got, want := again.link("返回列表"), next.link("返回列表"); got != want || !strings.Contains(got, "status=") {
		t.Errorf("from the decided application the way back is %s, want %s", got, want)
	}

	// Both have the same one open: the second is told who decided, and how.
	colleague.sends(others, "form[action$='/refuse']", map[string]string{"reason": "duplicate", "note": "已有一份"}).on(numbers[2])
	late := clerk.refused(http.StatusConflict, next, "form[action$='/approve']", nil).has("不予受理", "重复申请；已有一份", "erhao")
	r.skew.Add(int64(3 * time.Minute))
	last := clerk.get(late.link("审核下一份")).on(numbers[2])
	done := clerk.sends(last, "form[action$='/approve']", nil).has("没有符合条件的申请", "申请 "+numbers[2]+"：已审核通过")
	if again := clerk.get(done.Find(".flash a").AttrOr("href", "")).on(numbers[2]); again.link("返回列表") != next.link("返回列表") {
		t.Errorf("from the list that has come to its end, the way back is %s", again.link("返回列表"))
	}

	// Without a list to go on in, the decided application stays.
	first.sends(first.get("/applications/"+numbers[0]+"/edit"), "form[enctype]", map[string]string{"phone": "13811113333"})
	clerk.sends(clerk.get("/office/applications/"+numbers[0]), "form[action$='/approve']", nil).on(numbers[0]).has("已审核通过")

	desk := clerk.get("/office")
	desk.has("4（通过 2，退回 1，不予受理 1）", "各报名市", "石家庄市", "联系方式无法接通")
	if n := desk.Find("svg.drawing rect").Length(); n != 13 {
		t.Errorf("%d bars, want twelve months and a reason", n)
	}

	// Whichever page tells of the decision: another list's address is no filter of this one.
	clerk.send(clerk.get("/office/applications/"+numbers[2]+"?status=审核通过"), "form[action$='/take-back']", map[string]string{"note": "再看"}).is(http.StatusSeeOther)
	other := clerk.get("/office/certificates?q=张")
	if got := other.Find(".flash a").AttrOr("href", ""); got != "/office/applications/"+numbers[2] {
		t.Errorf("told on another page, the way is %q", got)
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	r, first, numbers := queueOffice(t)
	clerk := r.staff("shenhe")
	list := clerk.get("/office/applications?status=等待审核&city=石家庄市")
	many := formTo("/office/applications/many")
	picks := map[string]string{}
	list.Find("input[name=application]").Each(func(_ int, box *goquery.Selection) {
		value := box.AttrOr("value", "")
		number, _, _ := strings.Cut(value, ".")
		picks[number] = value
	})
	if len(picks) != 2 || picks[numbers[0]] == "" || picks[numbers[2]] == "" {
		t.Fatalf("boxes %v", picks)
	}
	post := func(who *browser, act, reason string, picked ...string) *page {
		action, values := who.form(list, many)
		values["application"] = picked
		values.Set("act", act)
		values.Set("reason", reason)
		return who.do(http.MethodPost, action, "application/x-www-form-urlencoded", strings.NewReader(values.Encode()))
	}
	for _, c := range []struct {
		why, act, reason string
		picked           []string
		field            string
	}{
		{"nothing picked", "approve", "", nil, "pick-all"},
		{"no act, as Enter in the note sends", "", "", []string{picks[numbers[0]]}, ""},
		{"no reason", "return", "", []string{picks[numbers[0]]}, "reason"},
		{"其他 without a note", "return", "other", []string{picks[numbers[0]]}, "note"},
		{"a final reason", "return", "fraud", []string{picks[numbers[0]]}, "reason"},
	} {
		answer := post(clerk, c.act, c.reason, c.picked...)
		if _, named := answer.problems()[c.field]; answer.status != http.StatusUnprocessableEntity || !named {
			t.Errorf("%s: %d %v", c.why, answer.status, answer.problems())
		}
		if n := answer.Find("input[name=application][checked]").Length(); n != len(c.picked) {
			t.Errorf("%s: %d boxes are still picked", c.why, n)
		}
	}
	if got := post(r.staff("guanli"), "approve", "", picks[numbers[0]]).status; got != http.StatusForbidden {
		t.Errorf("an admin who does not review: %d", got)
	}

	// The first one changes after the list was opened.
	first.sends(first.get("/applications/"+numbers[0]+"/edit"), "form[enctype]", map[string]string{"phone": "13811112222"})
	answer := post(clerk, "approve", "", picks[numbers[0]], picks[numbers[2]])
	if answer.status != http.StatusSeeOther {
		t.Fatalf("many approvals: %d %v", answer.status, answer.problems())
	}
	done := clerk.get(answer.header.Get("Location")).has("1 份已办理，1 份没有办理", "考生修改了申请", numbers[2])
	if back := done.link("返回列表"); !strings.Contains(back, url.QueryEscape("石家庄市")) {
		t.Errorf("the way back %s has lost the filter", back)
	}
	again := clerk.get(post(clerk, "return", "phone", picks[numbers[2]]).header.Get("Location"))
	again.has("没有一份办理成功", "状态已改变")
	if other := r.staff("guanli").do(http.MethodGet, done.path, "", nil); other.status != http.StatusForbidden {
		t.Errorf("somebody else's outcome: %d", other.status)
	}
	clerk.get("/office/applications/"+numbers[0]).has("等待审核", "13811112222")
	clerk.get("/office/applications/" + numbers[2]).has("审核通过")
}

func TestExportFilteredList(t *testing.T) {
	t.Parallel()
	r, _, numbers := queueOffice(t)
	for _, name := range []string{"shenhe", "guanli", "shenji"} {
		who := r.staff(name)
		list := who.get("/office/applications?year=2015&sort=newest")
		text := who.do(http.MethodGet, list.link("导出 CSV"), "", nil)
		rows := strings.Split(strings.TrimSpace(string(text.body)), "\r\n")
		if text.status != http.StatusOK || len(rows) != 3 || !strings.Contains(rows[1], numbers[1]) || !strings.Contains(rows[2], "110101199003071233") {
			t.Errorf("%s: %d\n%s", name, text.status, text.body)
		}
		if got := text.header.Get("Content-Disposition"); !strings.Contains(got, "attachment") || !strings.Contains(got, ".csv") {
			t.Errorf("%s: disposition %q", name, got)
		}
		book := who.do(http.MethodGet, list.link("导出表格"), "", nil)
		path := t.TempDir() + "/list.xlsx"
		if err := os.WriteFile(path, book.body, 0o600); err != nil {
			t.Fatal(err)
		}
		table, err := sheet.Open(path)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		n := 0
		for _, err := range table.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		table.Close()
		if n != 2 {
			t.Errorf("%s: the workbook has %d applications, want 2", name, n)
		}
	}
	if got := r.browser().do(http.MethodGet, "/office/applications.xlsx", "", nil).status; got != http.StatusSeeOther {
		t.Errorf("without a session: %d", got)
	}
}
