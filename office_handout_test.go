package main

import (
	"bytes"
	"image/color"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"certreissue/sample"
)

// ready is an application whose certificate has arrived with its batch.
func ready(reviewer *browser) (batch string) {
	reviewer.t.Helper()
	batch = batched(reviewer)
	reviewer.sends(reviewer.get(batch), formTo(batch+"/arrive"), nil).has("已到证")
	return batch
}

// sendsFile posts a form with a file and answers the page.
func (b *browser) sendsFile(p *page, selector, name, content string) *page {
	b.t.Helper()
	action, values := b.form(p, selector)
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field := range values {
		w.WriteField(field, values.Get(field))
	}
	if name != "" {
		part, _ := w.CreateFormFile("file", name)
		part.Write([]byte(content))
	}
	w.Close()
	return b.do(http.MethodPost, action, w.FormDataContentType(), &body)
}

func TestHandOut(t *testing.T) {
	r := office(t, batchRegister)
	candidate, reviewer := r.register("测试", "110101199003071233"), r.staff("shenhe")
	number, other := approved(candidate, reviewer, "2020"), approved(candidate, reviewer, "2018")
	path := "/office/handout/" + number

	reviewer.get(path).has("还没有制证")
	batch := batched(reviewer)
	one := reviewer.sends(reviewer.get(path), formTo(path+"/arrive"), nil).has("待领取")
	reviewer.sends(one, formTo(path+"/undo-arrival"), map[string]string{"note": "拿错了"}).has("制证中", "拿错了")
	reviewer.sends(reviewer.get(batch), formTo(batch+"/arrive"), nil)

	// Found by the number as it is scanned or typed.
	if wrong := reviewer.get("/office/handout?number=12345678901"); wrong.status != http.StatusNotFound || wrong.problems()["number"] == "" {
		t.Errorf("a wrong number: %d, %v", wrong.status, wrong.problems())
	}
	counter := reviewer.get("/office/handout?number="+number[:4]+"-"+number[4:]).has("110101199003071233", "待领取")
	collect := formTo(path + "/collect")
	refused := reviewer.refused(http.StatusUnprocessableEntity, counter, collect, map[string]string{"collector": "agent", "agent_id_number": "110101199003071234"})
	for _, field := range []string{"paper_checked", "agent_name", "agent_id_number", "new_number"} {
		if refused.problems()[field] == "" {
			t.Errorf("nothing is said at %s: %v", field, refused.problems())
		}
	}
	same := reviewer.refused(http.StatusUnprocessableEntity, counter, collect, map[string]string{"paper_checked": "1", "collector": "agent",
		"agent_name": "测试", "agent_id_number": "110101199003071233", "new_number": "无"})
	if same.problems()["agent_id_number"] == "" {
		t.Errorf("the holder as agent: %v", same.problems())
	}
	done := reviewer.sends(counter, collect, map[string]string{"paper_checked": "1", "collector": "agent", "agent_name": "李代领",
		"agent_id_number": "440308199901101512", "new_number": "bf2026001"}).has("已领取", "李代领", "440308199901101512", "BF2026001")
	if again := reviewer.send(counter, collect, map[string]string{"paper_checked": "1", "collector": "holder", "new_number": "无"}); again.status != http.StatusConflict {
		t.Errorf("handed out twice: %d", again.status)
	}
	if seen := candidate.get("/applications/" + number).has("已领取"); strings.Contains(string(seen.body), "李代领") {
		t.Error("the candidate's page names the agent")
	}

	// Corrected, with a reason; then mailed, with a wrong number, and again.
	if why := reviewer.refused(http.StatusUnprocessableEntity, done, formTo(path+"/correct-handout"), nil); why.problems()["correct-handout-note"] == "" {
		t.Errorf("corrected without a reason: %v", why.problems())
	}
	back := reviewer.sends(done, formTo(path+"/correct-handout"), map[string]string{"note": "登记错人"}).has("待领取", "登记错人")
	if bad := reviewer.refused(http.StatusUnprocessableEntity, back, formTo(path+"/mail"), map[string]string{"tracking": "运单"}); bad.problems()["tracking"] == "" {
		t.Errorf("a bad tracking number: %v", bad.problems())
	}
	mailed := reviewer.sends(back, formTo(path+"/mail"), map[string]string{"tracking": "ems 1234"}).has("已寄出", "EMS1234")
	candidate.get("/applications/"+number).has("已寄出", "EMS1234")
	reviewer.sends(mailed, formTo(path+"/correct-mailing"), map[string]string{"note": "单号错"}).has("待领取")

	if r.staff("guanli").get(path).Find("main form[method=post]").Length() != 0 {
		t.Error("an admin is offered to hand out")
	}

	// Put on paper.
	reviewer.get("/office/handout/sheet?city=唐山市").has(other)
	reviewer.get("/office/handout/sheet?application="+number).has(number, "领取人签名")
	forms := reviewer.get("/office/forms?batch="+batch[strings.LastIndex(batch, "/")+1:]).has(number, other, "审核人签名")
	if n := forms.Find(".leaf").Length(); n != 2 {
		t.Errorf("%d forms, want 2", n)
	}
	reviewer.get("/office/applications/" + number).link("打印补办申请表")
	slip := candidate.get(candidate.get("/applications/"+number).link("打印申请凭条")).has(number, "请带")
	code := candidate.get(slip.Find("img").AttrOr("src", ""))
	if code.header.Get("Content-Type") != "image/svg+xml" || !bytes.Contains(code.body, []byte("h1v1h-1z")) {
		t.Errorf("the code is %s", code.header.Get("Content-Type"))
	}
	if stranger := r.register("别人", "440308199901101512"); stranger.get("/applications/"+number+"/code.svg").status != http.StatusNotFound ||
		stranger.get("/applications/"+number+"/slip").status != http.StatusNotFound {
		t.Error("a stranger sees the slip")
	}
}

func TestMailings(t *testing.T) {
	r := office(t, batchRegister)
	candidate, reviewer := r.register("测试", "110101199003071233"), r.staff("shenhe")
	first, second := approved(candidate, reviewer, "2020"), approved(candidate, reviewer, "2018")
	ready(reviewer)
	third := strings.TrimPrefix(applied(candidate, "2015", sample.Portrait(1, false, color.White)), "/applications/")

	counter := reviewer.get("/office/handout")
	form := formTo("/office/handout/mailings")
	for why, answer := range map[string]*page{
		"no file":        reviewer.sendsFile(counter, form, "", ""),
		"missing column": reviewer.sendsFile(counter, form, "运单.csv", "申请编号,号码\n1,2\n"),
		"no spreadsheet": reviewer.sendsFile(counter, form, "运单.xlsx", "PK\x03\x04x"),
	} {
		if answer.status != http.StatusUnprocessableEntity || answer.problems()["file"] == "" {
			t.Errorf("%s: status %d, %v", why, answer.status, answer.problems())
		}
	}
	list := "备注,申请编号,运单号\n加急," + first + ",ems1001\n," + second + ",1.1E+17\n," + third + ",EMS1003\n,12345,EMS1004\n"
	result := reviewer.follows(reviewer.sendsFile(counter, form, "运单.csv", list)).has("登记寄出1", "没有登记3", "备注", "等待审核")
	rejected := reviewer.get(result.link("下载没有登记的行"))
	if !strings.Contains(string(rejected.body), "行号,列,原因") || !strings.Contains(string(rejected.body), third) || strings.Contains(string(rejected.body), first) {
		t.Errorf("the rejected lines: %s", rejected.body)
	}
	if other := r.staff("shenhe").get(result.link("下载没有登记的行")); other.status != http.StatusOK {
		t.Errorf("the same clerk, signed in again: %d", other.status)
	}
	candidate.get("/applications/"+first).has("已寄出", "EMS1001")
	corrected := strings.ReplaceAll(string(rejected.body), "1.1E+17", "EMS1002")
	reviewer.follows(reviewer.sendsFile(counter, form, "改.csv", corrected)).has("登记寄出1", "没有登记2")
	reviewer.follows(reviewer.sendsFile(counter, form, "运单.csv", list)).has("登记寄出0", "此前已登记1", "没有登记3")
	candidate.get("/applications/"+second).has("已寄出", "EMS1002")
	if bad := r.staff("guanli").sendsFile(counter, form, "运单.csv", list); bad.status != http.StatusForbidden {
		t.Errorf("an admin mails: %d", bad.status)
	}
}
