package office

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

// ready is an application whose certificate has arrived with its batch.
func ready(reviewer *rig.Browser) (batch string) {
	reviewer.T.Helper()
	batch = batched(reviewer)
	reviewer.Sends(reviewer.Get(batch), rig.FormTo(batch+"/arrive"), nil).Has("已到证")
	return batch
}

// sendsFile posts a form with a file and answers the page.
func sendsFile(b *rig.Browser, p *rig.Page, selector, name, content string) *rig.Page {
	b.T.Helper()
	action, values := b.Form(p, selector)
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
	return b.Do(http.MethodPost, action, w.FormDataContentType(), &body)
}

// takesAlong fails unless each of these stands in what a candidate takes along.
func takesAlong(candidate *rig.Browser, parts ...string) {
	candidate.T.Helper()
	sent := candidate.Send(candidate.Get("/profile/data"), rig.FormTo("/profile/data"), map[string]string{"password": rig.CandidatePassword}).Is(http.StatusOK)
	page := string(unpacked(candidate.T, sent.Body)["我的信息.html"])
	for _, part := range parts {
		if !strings.Contains(page, part) {
			candidate.T.Errorf("what the candidate takes along lacks %q:\n%s", part, page)
		}
	}
}

func TestHandOut(t *testing.T) {
	r := rig.Office(t, batchRegister)
	candidate, reviewer := r.Register("测试", "110101199003071233"), r.Staff("shenhe")
	number, other := approved(candidate, reviewer, "2020"), approved(candidate, reviewer, "2018")
	path := "/office/handout/" + number

	reviewer.Get(path).Has("还没有制证")
	batch := batched(reviewer)
	one := reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/arrive"), nil).Has("待领取")
	reviewer.Sends(one, rig.FormTo(path+"/undo-arrival"), map[string]string{"note": "拿错了"}).Has("制证中", "拿错了")
	reviewer.Sends(reviewer.Get(batch), rig.FormTo(batch+"/arrive"), nil)

	// Found by the number as it is scanned or typed.
	if wrong := reviewer.Get("/office/handout?number=12345678901"); wrong.Status != http.StatusNotFound || wrong.Problems()["q"] == "" {
		t.Errorf("a wrong number: %d, %v", wrong.Status, wrong.Problems())
	}
	counter := reviewer.Get("/office/handout?number="+number[:4]+"-"+number[4:]).Has("110101199003071233", "待领取")
	collect := rig.FormTo(path + "/collect")
	refused := reviewer.Refused(http.StatusUnprocessableEntity, counter, collect, map[string]string{"collector": "agent", "agent_id_number": "110101199003071234"})
	for _, field := range []string{"paper_checked", "agent_name", "agent_id_number", "new_number"} {
		if refused.Problems()[field] == "" {
			t.Errorf("nothing is said at %s: %v", field, refused.Problems())
		}
	}
	same := reviewer.Refused(http.StatusUnprocessableEntity, counter, collect, map[string]string{"paper_checked": "1", "collector": "agent",
		"agent_name": "测试", "agent_id_number": "110101199003071233", "new_number": "无"})
	if same.Problems()["agent_id_number"] == "" {
		t.Errorf("the holder as agent: %v", same.Problems())
	}
	done := reviewer.Sends(counter, collect, map[string]string{"paper_checked": "1", "collector": "agent", "agent_name": "李代领",
		"agent_id_number": "440308199901101512", "new_number": "bf2026001"}).Has("已领取", "李代领", "440308199901101512", "BF2026001")
	reviewer.At("/office/handout?number=bf+2026001").Leads("/office/handout/" + number)
	takesAlong(candidate, "新证书管理号", "BF2026001")
	candidate.Get("/applications/"+number).Has("新证书管理号", "BF2026001")
	if again := reviewer.Send(counter, collect, map[string]string{"paper_checked": "1", "collector": "holder", "new_number": "无"}); again.Status != http.StatusConflict {
		t.Errorf("handed out twice: %d", again.Status)
	}
	if seen := candidate.Get("/applications/" + number).Has("已领取"); strings.Contains(string(seen.Body), "李代领") {
		t.Error("the candidate's page names the agent")
	}

	// Corrected, with a reason; then mailed, with a wrong number, and again.
	if why := reviewer.Refused(http.StatusUnprocessableEntity, done, rig.FormTo(path+"/correct-handout"), nil); why.Problems()["correct-handout-note"] == "" {
		t.Errorf("corrected without a reason: %v", why.Problems())
	}
	back := reviewer.Sends(done, rig.FormTo(path+"/correct-handout"), map[string]string{"note": "登记错人"}).Has("待领取", "登记错人")
	if bad := reviewer.Refused(http.StatusUnprocessableEntity, back, rig.FormTo(path+"/mail"), map[string]string{"tracking": "运单"}); bad.Problems()["tracking"] == "" {
		t.Errorf("a bad tracking number: %v", bad.Problems())
	}
	mailed := reviewer.Sends(back, rig.FormTo(path+"/mail"), map[string]string{"tracking": "ems 1234"}).Has("已寄出", "EMS1234")
	candidate.Get("/applications/"+number).Has("已寄出", "EMS1234")
	reviewer.Sends(mailed, rig.FormTo(path+"/correct-mailing"), map[string]string{"note": "单号错"}).Has("待领取")

	r.Staff("guanli").Get(path).Find("main form[method=post]").Each(func(_ int, form *goquery.Selection) {
		if action := form.AttrOr("action", ""); action != path+"/number" && action != "/office/counter" {
			t.Errorf("an admin is offered %s", action)
		}
	})

	// Put on paper.
	reviewer.Get("/office/handout/sheet?city=唐山市").Has(other)
	reviewer.Get("/office/handout/sheet?application="+number).Has(number, "领取人签名")
	forms := reviewer.Get("/office/forms?batch="+batch[strings.LastIndex(batch, "/")+1:]).Has(number, other, "审核人签名")
	if n := forms.Find(".leaf").Length(); n != 2 {
		t.Errorf("%d forms, want 2", n)
	}
	reviewer.Get("/office/applications/" + number).Link("打印补办申请表")
	slip := candidate.Get(candidate.Get("/applications/"+number).Link("打印申请凭条")).Has(number, "请带")
	code := candidate.Get(slip.Find("img").AttrOr("src", ""))
	if code.Header.Get("Content-Type") != "image/svg+xml" || !bytes.Contains(code.Body, []byte("h1v1h-1z")) {
		t.Errorf("the code is %s", code.Header.Get("Content-Type"))
	}
	if stranger := r.Register("别人", "440308199901101512"); stranger.Get("/applications/"+number+"/code.svg").Status != http.StatusNotFound ||
		stranger.Get("/applications/"+number+"/slip").Status != http.StatusNotFound {
		t.Error("a stranger sees the slip")
	}
}
