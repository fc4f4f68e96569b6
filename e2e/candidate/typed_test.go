package candidate

import (
	"image/color"
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/sample"
)

// TestTyped: what nobody sees, and the width of an input method, keeps nobody out:
// not in headers and cells of the register, and in no field of a form.
func TestTyped(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, "\u200e考试年度\u200b,考试\u00a0名称,\u202a姓名\ufe0f,证件号码\u2060,领取状态,级别\u00ad,专业,证书管理号,批准日期,报名市\n"+
		"２０１５,一级建造师\u200b,\u202d张\u200d三\U000E0100,11010119900307803×\u200e,\u200e已领取,考\u00a0四科,建筑工程,２０１５‑００１,2015‐09‐20,石家庄市\u200c\n")
	b := r.Browser()
	const secret = "\u3000kaosheng88\u200b "
	b.Sends(b.Get("/register"), rig.FormTo("/register"), map[string]string{"name": "\u202d张\u200b三\ufe00\u202c", "id_number": "１１０１０１１９９００３０７８０３ⅹ\u200e",
		"email": "\u200bｋａｏ＠example。com\u00a0", "password": secret, "password_confirm": secret, "consent": "1"}).Has("注册成功", "密码以空格开头或结尾")
	for _, wrong := range []string{strings.TrimSpace(secret), strings.ReplaceAll(secret, "\u200b", "")} {
		b.Refused(http.StatusUnprocessableEntity, b.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": "11010119900307803X", "password": wrong})
	}
	b.Login("\ufeff11010119900307803х", secret).Has("选择考试")
	application := b.Apply(b.Get("/apply?exam="+b.Get("/apply").Find("option:contains('2015')").AttrOr("value", "")).Link("申请补证"),
		map[string]string{"phone": "０３１１‑８５６６−６６６６\u200e"}, sample.Portrait(1, false, color.White))
	page := b.Get(application).Has("张三", "2015-001", "0311-8566-6666", "考 四科")
	if text := page.TextOf("main"); strings.ContainsAny(text, "\u200b\u200e\u202d\ufe00") {
		t.Errorf("the application holds what nobody sees: %q", text)
	}
	if got := b.Get("/profile").Value("email"); got != "kao@example.com" {
		t.Errorf("the address is kept as %q", got)
	}
	staff := r.Staff("shenhe")
	staff.Sends(staff.Get("/office/accounts"), rig.FormTo("/office/accounts"), map[string]string{"q": "１１０１０１１９９００３０７８０３Х\u200b"}).Has("张")
}
