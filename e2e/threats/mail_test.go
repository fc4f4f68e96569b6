package threats

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// mailing is an office with a mail server and a public address, and its admin.
func mailing(t *testing.T, box *rig.Postbox) (*rig.Running, *rig.Browser) {
	t.Helper()
	demo := rig.Office(t, rig.LoopRegister)
	demo.Stop()
	addr := rig.FreeAddress(t)
	r := rig.Start(t, "serve", "-data", demo.Data, "-addr", addr, "-public-url", "http://"+rig.PublicName)
	r.Data, r.URL = demo.Data, "http://"+addr
	admin := r.Staff("guanli")
	box.Serves(admin, nil)
	return r, admin
}

// TestPoisonedHost: whatever host a request names, the link in the mail leads to
// the office's own; what it opens is the account that the mail was for, whoever
// is signed in.
func TestPoisonedHost(t *testing.T) {
	t.Parallel()
	box := rig.NewPostbox(t)
	r, _ := mailing(t, box)
	owner := r.Register("测试", rig.LoopNumber)
	thief := r.Register("王五", rig.IDNumber(t, 1))
	action, values := thief.Form(thief.Get("/forgot"), rig.FormTo("/forgot"))
	values.Set("id_number", rig.LoopNumber)
	request, err := http.NewRequest(http.MethodPost, r.URL+action, strings.NewReader(values.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "evil.example"
	for name, value := range map[string]string{"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"} {
		request.Header.Set(name, value)
	}
	for _, cookie := range thief.Client.Jar.Cookies(request.URL) { // the jar goes by the host that is named
		request.AddCookie(cookie)
	}
	thief.Ask(request).Leads("/forgot?sent=1")
	_, text := box.Letter(3) // after those that ask to confirm both addresses
	_, link, found := strings.Cut(text, "http://"+rig.PublicName)
	if !found || strings.Contains(text, "evil") {
		t.Fatalf("the mail says %s", text)
	}
	path := strings.Fields(link)[0]
	thief.Sends(thief.Get(path), rig.FormTo("/reset"), map[string]string{"password": "xin-mima88", "password_confirm": "xin-mima88"})
	owner.At("/apply").Leads("/login")
	r.Browser().Login(rig.LoopNumber, "xin-mima88").Has("补证申请")
	r.Browser().Login(rig.IDNumber(t, 1), rig.CandidatePassword).Has("补证申请")
}

// TestMailHeaders: no form that takes an address takes another header with it,
// and what an office calls itself stays in its place.
func TestMailHeaders(t *testing.T) {
	t.Parallel()
	box := rig.NewPostbox(t)
	r, admin := mailing(t, box)
	candidate := r.Register("测试", rig.LoopNumber)
	clerk := r.Staff("shenhe")
	account := clerk.Account(rig.LoopNumber)
	for _, form := range []struct {
		b     *rig.Browser
		page  string
		form  string
		field string
		fault string
		fill  map[string]string
	}{
		{r.Browser(), "/register", rig.FormTo("/register"), "email", "email", map[string]string{"name": "甲乙", "id_number": rig.IDNumber(t, 2), "password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword, "consent": "1"}},
		{candidate, "/profile", rig.FormTo("/profile"), "email", "email", nil},
		{clerk, account.Path, "form[action$='/email']", "email", "email", nil},
		{clerk, account.Path, "form[action$='/attach']", "email", "attach-email", map[string]string{"name": "甲乙"}},
		{admin, "/office/settings", rig.FormTo("/office/settings/test-mail"), "test_to", "test_to", nil},
		{admin, "/office/settings", rig.FormTo("/office/settings"), "smtp_from", "smtp_from", nil},
		{admin, "/office/settings", rig.FormTo("/office/settings"), "alarm_to", "alarm_to", nil},
	} {
		shown := form.b.Get(form.page)
		for _, address := range []string{"a@b.cn\r\nBcc: c@d.cn", "a@b.cn\nBcc: c@d.cn", "a@b.cn\rBcc: c@d.cn", "a@b%0d%0aBcc:c@d.cn", "\"a\r\nBcc: c@d.cn\"@b.cn", "a@b.cn, c@d.cn", "A <a@b.cn>\r\nBcc: c@d.cn"} {
			fill := map[string]string{form.field: address}
			maps.Copy(fill, form.fill)
			shown = form.b.Refused(http.StatusUnprocessableEntity, shown, form.form, fill)
			if shown.Problems()[form.fault] == "" {
				t.Errorf("%s takes %q: %v", form.page, address, shown.Problems())
			}
		}
	}
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"office_name": "考试中心\r\nBcc: c@d.cn"})
	text := map[string]string{"subject": "{{考试}}\r\nBcc: c@d.cn", "body": "Bcc: c@d.cn\r\n.\r\nMAIL FROM:<c@d.cn>"}
	const path = "/office/settings/mail/submit"
	admin.Post(admin.Get(path), path, url.Values{"subject": {text["subject"]}, "body": {text["body"]}})
	candidate.Apply("/apply/self", rig.ByHand(map[string]string{"exam_name": "考试\r\nBcc: c@d.cn", "specialty": "\r\n.\r\nRCPT TO:<c@d.cn>"}))
	for n := range 2 { // the first asks to confirm the address
		m, _ := box.Letter(n + 1)
		for _, name := range slices.Collect(maps.Keys(m.Header)) {
			if strings.EqualFold(name, "Bcc") || strings.EqualFold(name, "Cc") || len(m.Header[name]) != 1 {
				t.Errorf("the mail has %s: %q", name, m.Header[name])
			}
		}
	}
	if to := box.Letters(); !slices.Equal(to, []string{"kaosheng@example.com", "kaosheng@example.com"}) {
		t.Errorf("mails went to %q, want two to the candidate", to)
	}
}

// TestLogsTellNothing: what makes a person known stands in no log, whatever goes
// wrong, and in no address.
func TestLogsTellNothing(t *testing.T) {
	t.Parallel()
	box := rig.NewPostbox(t)
	r, admin := mailing(t, box)
	box.Close()
	const name, email, typed = "甄名雀", "jinsique@example.com", "jinsique-mima88"
	number := rig.IDNumber(t, 7)
	canaries := []string{name, number, email, typed, "13912345678", "guanli-pass1", url.QueryEscape(name), number[6:14]}
	b := r.Browser()
	var addresses []string
	note := func(p *rig.Page) *rig.Page { addresses = append(addresses, p.Path, p.Header.Get("Location")); return p }
	note(b.Send(b.Get("/register"), rig.FormTo("/register"), map[string]string{"name": name, "id_number": number, "email": email, "password": typed, "password_confirm": typed, "consent": "1"})).Leads("/login")
	note(b.Send(b.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": number, "password": typed + "x"})).Is(http.StatusUnprocessableEntity)
	note(b.Send(b.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": number, "password": typed})).Leads("/apply")
	note(b.Send(b.Get("/apply/self"), "form[enctype]", rig.ByHand(map[string]string{"phone": "13912345678"}), rig.Portrait())).Is(http.StatusSeeOther)
	note(b.Send(b.Get("/apply/self"), "form[enctype]", map[string]string{"phone": "13912345678"}, []byte("\xff\xd8broken"))).Is(http.StatusUnprocessableEntity)
	note(b.Send(b.Get("/forgot"), rig.FormTo("/forgot"), map[string]string{"id_number": number}))
	for _, path := range []string{"/office/accounts", "/office/applications", "/office/certificates"} {
		found := note(admin.Send(admin.Get(path), "form[method=post][action='"+path+"']", map[string]string{"q": number, "id_number": number})).Is(http.StatusSeeOther)
		note(admin.At(found.Header.Get("Location")))
	}
	admin.Eventually("/office/mail?state=failed", "下次重试")
	b.At("/applications/" + number).Is(http.StatusNotFound)
	forge(b, "/apply/self", "", "", "").Is(http.StatusForbidden)
	r.Stop()
	said := r.Out.String()
	for _, wanted := range []string{"邮件没有发出", `pattern="POST /apply/self" status=403`} {
		if !strings.Contains(said, wanted) {
			t.Errorf("the log does not tell %q:\n%s", wanted, said)
		}
	}
	for _, canary := range canaries {
		if strings.Contains(said, canary) {
			t.Errorf("%q stands in the log:\n%s", canary, said)
		}
		for _, address := range addresses {
			if strings.Contains(address, canary) {
				t.Errorf("%q stands in the address %s", canary, address)
			}
		}
	}
}
