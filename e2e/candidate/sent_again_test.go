package candidate

import (
	"bufio"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// hangUp sends a form and hangs up before the answer, or, with part, before all of it has left.
func hangUp(b *rig.Browser, path string, values url.Values, part bool) {
	b.T.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(b.URL, "http://"))
	if err != nil {
		b.T.Fatal(err)
	}
	defer conn.Close()
	r, err := http.NewRequest(http.MethodPost, b.URL+path, strings.NewReader(values.Encode()))
	if err != nil {
		b.T.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, cookie := range b.Client.Jar.Cookies(r.URL) {
		r.AddCookie(cookie)
	}
	var all strings.Builder
	if err := r.Write(&all); err != nil {
		b.T.Fatal(err)
	}
	text := all.String()
	if part {
		text = text[:len(text)-10]
	}
	w := bufio.NewWriter(conn)
	w.WriteString(text)
	if err := w.Flush(); err != nil {
		b.T.Fatal(err)
	}
}

// TestSentAgain: the line breaks before, while or after a form is sent, and it is sent again, with the
// same captcha: it leads where it would have led, and nothing is there twice.
func TestSentAgain(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Browser()
	urlencoded := "application/x-www-form-urlencoded"
	for _, c := range []struct {
		page, selector string
		fill           map[string]string
		leads, says    string
		prepare        func()
	}{
		{"/register", rig.FormTo("/register"), map[string]string{"name": "测试", "id_number": rig.LoopNumber, "email": "kaosheng@example.com",
			"password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword, "consent": "1"}, "/login", "注册成功", func() {}},
		{"/profile", rig.FormTo("/profile"), map[string]string{"email": "xin@example.com"}, "/profile", "邮箱已保存", func() { b.Login(rig.LoopNumber, rig.CandidatePassword) }},
		{"/apply/self", "form[enctype]", rig.ByHand(nil), "/submitted", "提交完成", func() {}},
		{"/apply/certificates/2", "form[enctype]", map[string]string{"certificate_number": "无", "specialty": "无", "phone": "13800138000"}, "/submitted", "提交完成", func() {}},
	} {
		c.prepare()
		action, values := b.Form(b.Get(c.page), c.selector)
		for name, value := range c.fill {
			values.Set(name, value)
		}
		hangUp(b, action, values, true)
		hangUp(b, action, values, false)
		for range 3 {
			answer := b.Do(http.MethodPost, action, urlencoded, strings.NewReader(values.Encode()))
			if !strings.HasSuffix(answer.Header.Get("Location"), c.leads) {
				t.Fatalf("%s, sent again: %d to %q, %v", c.page, answer.Status, answer.Header.Get("Location"), answer.Problems())
			}
			b.Follows(answer).Has(c.says)
		}
	}
	list := b.Get("/applications")
	if n := list.Find("tbody tr").Length(); n != 2 {
		t.Errorf("%d applications", n)
	}
	edit := list.Find("a[href$='/edit']").AttrOr("href", "")
	action, values := b.Form(b.Get(edit), "form[enctype]")
	values.Set("phone", "13900139000")
	for range 3 {
		hangUp(b, action, values, false)
		answer := b.Do(http.MethodPost, action, urlencoded, strings.NewReader(values.Encode()))
		b.Follows(answer).Has("申请信息已保存", "13900139000")
	}
	if n := b.Get(strings.TrimSuffix(edit, "/edit")).Find(".history li").Length(); n != 2 {
		t.Errorf("%d events", n)
	}
	if n := len(r.Staff("guanli").Get("/office/audit?act=register").Find("tbody tr").Nodes); n != 1 {
		t.Errorf("%d accounts were made", n)
	}

	// Who sends what was accepted is told once more, and nobody else; nor for ever.
	stranger := r.Browser()
	form, register := r.Browser(), map[string]string{"name": "李四", "id_number": "440308199901101512", "email": "a@example.com",
		"password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword, "consent": "1"}
	action, values = form.Form(form.Get("/register"), rig.FormTo("/register"))
	for name, value := range register {
		values.Set(name, value)
	}
	send := func(b *rig.Browser) *rig.Page {
		return b.Do(http.MethodPost, action, urlencoded, strings.NewReader(values.Encode()))
	}
	send(form).Leads("/login")
	values.Set("csrf_token", stranger.Get("/register").Find("[name=csrf_token]").AttrOr("value", ""))
	send(stranger).Is(http.StatusUnprocessableEntity).Faults("captcha")
	values.Set("csrf_token", form.Get("/register").Find("[name=csrf_token]").AttrOr("value", ""))
	send(form).Leads("/login")
	r.Pass(11 * time.Minute)
	send(form).Is(http.StatusUnprocessableEntity).Faults("captcha")
}

// TestSentByScript: the page's script is told where an accepted form leads, and shown what is wrong with
// a refused one.
func TestSentByScript(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b := r.Browser()
	register := map[string]string{"name": "测试", "id_number": rig.LoopNumber, "email": "kaosheng@example.com",
		"password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword, "consent": ""}
	send := func(form *rig.Page) *rig.Page {
		action, values := b.Form(form, rig.FormTo("/register"))
		for name, value := range register {
			values.Set(name, value)
		}
		post, err := http.NewRequest(http.MethodPost, b.URL+action, strings.NewReader(values.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		post.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		post.Header.Set("Sent-By", "script")
		return b.Ask(post)
	}
	refused := send(b.Get("/register")).Is(http.StatusUnprocessableEntity).Faults("consent").Shows(map[string]string{"name": "测试", "password": ""})
	register["consent"] = "1"
	if done := send(refused).Is(http.StatusNoContent); done.Header.Get("Location") != "/login" || len(done.Body) > 0 {
		t.Errorf("an accepted form is answered %q to %q", done.Body, done.Header.Get("Location"))
	}
	b.Get("/login").Has("注册成功")
}
