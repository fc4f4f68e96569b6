package candidate

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// confirmPath is the path of the link in the n-th mail that asks for a confirmation.
func confirmPath(r *rig.Running, n int) string {
	_, link, _ := strings.Cut(r.Mail("请确认邮箱", n).Body, r.URL)
	path, _, _ := strings.Cut(link, "\n")
	return path
}

// TestConfirmEmail: the link of the mail leads to a button, which alone confirms; that an
// address is unconfirmed is shown to the holder and to the office, and hinders nothing.
func TestConfirmEmail(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b, clerk := r.Register("测试", rig.LoopNumber), r.Staff("shenhe")
	const masked, open, done = "k***@example.com", "（未确认）", " 确认）"
	link := confirmPath(r, 1)

	b.Get("/profile").Has("邮箱未确认", masked)
	clerk.Account(rig.LoopNumber).Has("kaosheng@example.com" + open)
	reader := r.Browser() // a program that reads mails, in no session
	for range 2 {
		reader.Get(link).Is(http.StatusOK).Has(masked)
	}
	application := b.Apply(certificate2018, complete)
	clerk.Get("/office" + application).Has(masked + open)

	b.Sends(b.Get("/profile"), rig.FormTo("/profile/confirm-email"), nil).Has("确认邮件已发出")
	again := confirmPath(r, 2)
	reader.Sends(reader.Get(again), rig.FormTo("/confirm-email"), nil).Has(masked, "已确认")
	reader.Get(link).Is(http.StatusOK).Has("已确认")
	if p := b.Get("/profile"); p.Find(rig.FormTo("/profile/confirm-email")).Length() != 0 {
		t.Error("what is confirmed is asked for again")
	}
	clerk.Account(rig.LoopNumber).Has(done)
	clerk.Get("/office" + application).Has(done)

	form := b.Get("/profile")
	b.Post(form, "/profile/confirm-email", url.Values{}).Is(http.StatusUnprocessableEntity).Has("没有需要确认的邮箱")
	b.Sends(form, rig.FormTo("/profile"), map[string]string{"email": "xin@example.com"}).Has("邮箱已保存", "邮箱未确认")
	reader.Get(again).Is(http.StatusNotFound).Has("链接已失效")
	reader.Post(reader.Get("/login"), "/confirm-email", url.Values{"token": {"unknown"}}).Is(http.StatusUnprocessableEntity).Has("链接已失效")
}
