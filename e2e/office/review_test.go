package office

import (
	"image/color"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/sample"
	"certreissue/sheet"
	"certreissue/spool"

	"github.com/PuerkitoBio/goquery"
)

const queueRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2015,一级建造师,赵一,110101199003071233,已领取,考全科,建筑工程,ZJ2015001,20150920,石家庄市
2015,一级建造师,钱二,440308199901101512,已领取,考全科,建筑工程,ZJ2015002,20150920,唐山市
2014,二级建造师,孙三,11010119900307803X,已领取,考全科,建筑工程,EJ2014003,20140920,石家庄市
`

// applyFirst applies for the first certificate that a candidate is offered, and
// answers the application's number.
func applyFirst(b *rig.Browser, phone string, photos ...[]byte) string {
	b.T.Helper()
	exam := b.Get("/apply").Find("option[value!='']").First().AttrOr("value", "")
	path := b.Apply(b.Get("/apply?exam="+exam).Link("申请补证"), map[string]string{"phone": phone}, photos...)
	return strings.TrimPrefix(path, "/applications/")
}

// queueOffice is an office in which three people wait, in this order; the first
// two share photo and telephone.
func queueOffice(t *testing.T) (r *rig.Running, first *rig.Browser, numbers [3]string) {
	t.Helper()
	r = rig.Office(t, queueRegister)
	face := sample.Portrait(1, false, color.White)
	first = r.Register("赵一", "110101199003071233")
	numbers[0] = applyFirst(first, "0311-8566 6666", face)
	numbers[1] = applyFirst(r.Register("钱二", "440308199901101512"), "(0311)85666666", face)
	numbers[2] = applyFirst(r.Register("孙三", "11010119900307803X"), "13900000003", sample.Portrait(3, false, color.White))
	return r, first, numbers
}

// on fails unless the page is the review of an application.
func on(p *rig.Page, number string) *rig.Page {
	p.T.Helper()
	if !strings.HasPrefix(p.Path, "/office/applications/"+number) {
		p.T.Fatalf("led to %s, want the application %s", p.Path, number)
	}
	return p
}

func TestReviewInARow(t *testing.T) {
	t.Parallel()
	r, first, numbers := queueOffice(t)
	clerk := r.Staff("shenhe")
	rig.Must(t, "erhao-pass1\n", "staff", "add", "erhao", "-role", "reviewer", "-password-stdin", "-data", r.Data)
	colleague := r.Staff("erhao")

	queue := clerk.Get("/office/applications?status=等待审核")
	if marked := queue.Find(".row-mark.serious"); marked.Length() != 4 || queue.Find("tbody tr").Last().Find(".row-mark").Length() != 0 {
		t.Errorf("the list marks %q", marked.Text())
	}
	review := on(clerk.Get(queue.Link("逐份审核")), numbers[0]).Has("完全相同的照片", "相同的联系方式", "钱二")
	if first := clerk.Get(queue.Find("tbody a").First().AttrOr("href", "")); first.TextOf("h1 .number") != numbers[0] {
		t.Errorf("the queue begins with %s", first.TextOf("h1 .number"))
	}
	newest := clerk.Get("/office/applications?status=等待审核&sort=newest")
	if got := newest.TextOf("tbody th a"); got != numbers[2] {
		t.Errorf("the newest is %s, want %s", got, numbers[2])
	}

	// What one has open the other passes over, for two minutes.
	others := on(colleague.Get("/office/applications/next?status=等待审核"), numbers[1])
	colleague.Get(review.Path).Has("shenhe 刚刚打开了这份申请")
	on(clerk.Get(review.Link("下一份")), numbers[2])
	on(clerk.Get(clerk.Get(review.Link("下一份")).Link("上一份")), numbers[1])
	clerk.Get(clerk.Get(clerk.Get(review.Link("下一份")).Path).Link("下一份")).Has("这个列表已到头")
	r.Skew.Add(int64(3 * time.Minute))
	on(clerk.Get(review.Link("下一份")), numbers[1])

	// The candidate saves while the screen is open: told what, and led back.
	edit := first.Get("/applications/" + numbers[0] + "/edit")
	first.Sends(edit, "form[enctype]", map[string]string{"phone": "13811112222"})
	stale := clerk.Refused(http.StatusConflict, review, "form[action$='/approve']", nil).Has("联系方式", "0311-8566 6666", "13811112222", "最后变动")
	review = on(clerk.Get(stale.Link("查看这份申请的最新内容")), numbers[0]).Has("13811112222")

	// A decision opens the next one, with a notice that leads back.
	next := on(clerk.Sends(review, "form[action$='/return']", map[string]string{"reason": "phone", "common_note": "请填写能联系到本人的手机号码。"}), numbers[1])
	next.Has("申请 " + numbers[0] + "：已退回考生修改")
	again := on(clerk.Get(next.Find(".flash a").AttrOr("href", "")), numbers[0]).Has("审核未过", "请填写能联系到本人的手机号码。")
	if got, want := again.Link("返回列表"), next.Link("返回列表"); got != want || !strings.Contains(got, "status=") {
		t.Errorf("from the decided application the way back is %s, want %s", got, want)
	}

	// Both have the same one open: the second is told who decided, and how.
	on(colleague.Sends(others, "form[action$='/refuse']", map[string]string{"reason": "duplicate", "note": "已有一份"}), numbers[2])
	late := clerk.Refused(http.StatusConflict, next, "form[action$='/approve']", nil).Has("不予受理", "重复申请；已有一份", "erhao")
	r.Skew.Add(int64(3 * time.Minute))
	last := on(clerk.Get(late.Link("审核下一份")), numbers[2])
	done := clerk.Sends(last, "form[action$='/approve']", nil).Has("没有符合条件的申请", "申请 "+numbers[2]+"：已审核通过")
	if again := on(clerk.Get(done.Find(".flash a").AttrOr("href", "")), numbers[2]); again.Link("返回列表") != next.Link("返回列表") {
		t.Errorf("from the list that has come to its end, the way back is %s", again.Link("返回列表"))
	}

	// Without a list to go on in, the decided application stays.
	first.Sends(first.Get("/applications/"+numbers[0]+"/edit"), "form[enctype]", map[string]string{"phone": "13811113333"})
	on(clerk.Sends(clerk.Get("/office/applications/"+numbers[0]), "form[action$='/approve']", nil), numbers[0]).Has("已审核通过")

	desk := clerk.Get("/office")
	desk.Has("4（通过 2，退回 1，不予受理 1）", "各报名市", "石家庄市", "联系方式无法接通")
	if n := desk.Find("svg.drawing rect").Length(); n != 13 {
		t.Errorf("%d bars, want twelve months and a reason", n)
	}

	// Whichever page tells of the decision: another list's address is no filter of this one.
	clerk.Send(clerk.Get("/office/applications/"+numbers[2]+"?status=审核通过"), "form[action$='/take-back']", map[string]string{"note": "再看"}).Is(http.StatusSeeOther)
	other := clerk.Get("/office/certificates?q=张")
	if got := other.Find(".flash a").AttrOr("href", ""); got != "/office/applications/"+numbers[2] {
		t.Errorf("told on another page, the way is %q", got)
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	r, first, numbers := queueOffice(t)
	clerk := r.Staff("shenhe")
	list := clerk.Get("/office/applications?status=等待审核&city=石家庄市")
	many := rig.FormTo("/office/applications/many")
	picks := map[string]string{}
	list.Find("input[name=application]").Each(func(_ int, box *goquery.Selection) {
		value := box.AttrOr("value", "")
		number, _, _ := strings.Cut(value, ".")
		picks[number] = value
	})
	if len(picks) != 2 || picks[numbers[0]] == "" || picks[numbers[2]] == "" {
		t.Fatalf("boxes %v", picks)
	}
	post := func(who *rig.Browser, act, reason string, picked ...string) *rig.Page {
		action, values := who.Form(list, many)
		values["application"] = picked
		values.Set("act", act)
		values.Set("reason", reason)
		return who.Do(http.MethodPost, action, "application/x-www-form-urlencoded", strings.NewReader(values.Encode()))
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
		if _, named := answer.Problems()[c.field]; answer.Status != http.StatusUnprocessableEntity || !named {
			t.Errorf("%s: %d %v", c.why, answer.Status, answer.Problems())
		}
		if n := answer.Find("input[name=application][checked]").Length(); n != len(c.picked) {
			t.Errorf("%s: %d boxes are still picked", c.why, n)
		}
	}
	if got := post(r.Staff("guanli"), "approve", "", picks[numbers[0]]).Status; got != http.StatusForbidden {
		t.Errorf("an admin who does not review: %d", got)
	}

	// What is no application among them, and nothing is decided.
	if got := post(clerk, "approve", "", picks[numbers[0]], "garbage").Status; got != http.StatusNotFound {
		t.Errorf("garbage among them: %d", got)
	}
	clerk.Get("/office/applications/" + numbers[0]).Has("等待审核")

	// The first one changes after the list was opened.
	first.Sends(first.Get("/applications/"+numbers[0]+"/edit"), "form[enctype]", map[string]string{"phone": "13811112222"})
	answer := post(clerk, "approve", "", picks[numbers[0]], picks[numbers[2]])
	if answer.Status != http.StatusSeeOther {
		t.Fatalf("many approvals: %d %v", answer.Status, answer.Problems())
	}
	done := clerk.Get(answer.Header.Get("Location")).Has("1 份已办理，1 份没有办理", "考生修改了申请", numbers[2])
	if back := done.Link("返回列表"); !strings.Contains(back, url.QueryEscape("石家庄市")) {
		t.Errorf("the way back %s has lost the filter", back)
	}
	again := clerk.Get(post(clerk, "return", "phone", picks[numbers[2]]).Header.Get("Location"))
	again.Has("没有一份办理成功", "状态已改变")
	if other := r.Staff("guanli").Do(http.MethodGet, done.Path, "", nil); other.Status != http.StatusForbidden {
		t.Errorf("somebody else's outcome: %d", other.Status)
	}
	clerk.Get("/office/applications/"+numbers[0]).Has("等待审核", "13811112222")
	clerk.Get("/office/applications/" + numbers[2]).Has("审核通过")
}

func TestExportFilteredList(t *testing.T) {
	t.Parallel()
	r, _, numbers := queueOffice(t)
	for _, name := range []string{"shenhe", "guanli", "shenji"} {
		who := r.Staff(name)
		list := who.Get("/office/applications?year=2015&sort=newest")
		text := who.Do(http.MethodGet, list.Link("导出 CSV"), "", nil)
		rows := strings.Split(strings.TrimSpace(string(text.Body)), "\r\n")
		if text.Status != http.StatusOK || len(rows) != 3 || !strings.Contains(rows[1], numbers[1]) || !strings.Contains(rows[2], "110101199003071233") {
			t.Errorf("%s: %d\n%s", name, text.Status, text.Body)
		}
		if got := text.Header.Get("Content-Disposition"); !strings.Contains(got, "attachment") || !strings.Contains(got, ".csv") {
			t.Errorf("%s: disposition %q", name, got)
		}
		book := who.Do(http.MethodGet, list.Link("导出表格"), "", nil)
		path := t.TempDir() + "/list.xlsx"
		if err := os.WriteFile(path, book.Body, 0o600); err != nil {
			t.Fatal(err)
		}
		table, err := sheet.Open(path, spool.Folder(t.TempDir()))
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
	if got := r.Browser().Do(http.MethodGet, "/office/applications.xlsx", "", nil).Status; got != http.StatusSeeOther {
		t.Errorf("without a session: %d", got)
	}
}
