package candidate

import (
	"net/http"
	"testing"

	"certreissue/e2e/rig"
)

// TestPhoneAskedOnce: a number that nobody can be called under is asked about, taken when it comes again,
// and not asked about where it stands already.
func TestPhoneAskedOnce(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	phone := func(number string) map[string]string { return rig.ByHand(map[string]string{"phone": number}) }
	asked := func(p *rig.Page, title string) *rig.Page {
		t.Helper()
		if p.Faults("phone"); p.Find(".question").Length() != 1 || p.Find(".asked #phone:not([aria-invalid])").Length() != 1 || p.TextOf("title") != title {
			t.Errorf("a question looks like a fault: %s", p.TextOf("title"))
		}
		return p
	}
	form := b.Refused(http.StatusUnprocessableEntity, b.Get("/apply/self"), "form[enctype]", phone("1390000000")).
		Has("手机号码应为 11 位，现在是 10 位，确认无误请再次提交", "尚未提交").Shows(phone("1390000000"))
	asked(form, "请核对：补证申请：填写补证申请 - 证书补办申请系统")
	b.Get("/applications").Has("还没有补证申请")

	form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", phone("139000000011")).Has("现在是 12 位") // another one
	mixed := rig.ByHand(map[string]string{"phone": "139000000011", "city": ""})
	form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", mixed).Faults("city") // confirmed meanwhile
	application := b.Sends(form, "form[enctype]", phone("139000000011")).Has("提交完成").Path

	edit := application[:len(application)-len("/submitted")] + "/edit"
	b.Sends(b.Get(edit), "form[enctype]", map[string]string{"specialty": "安装"}).Has("已保存")
	form = b.Refused(http.StatusUnprocessableEntity, b.Get(edit), "form[enctype]", map[string]string{"phone": "1234567"})
	asked(form.Has("尚未保存，请核对"), "请核对：申请信息维护 - 证书补办申请系统")
	b.Sends(form, "form[enctype]", nil).Has("已保存")

	// The register's form, and a right number, which nobody asks about.
	form = b.Refused(http.StatusUnprocessableEntity, b.Get("/apply/certificates/2"), "form[enctype]", map[string]string{"phone": "311-85666666", "certificate_number": "无", "specialty": "无"})
	b.Sends(form, "form[enctype]", map[string]string{"phone": "0311-85666666"}).Has("提交完成")
}

// TestEmailAskedOnce: an obvious slip of an address is asked about, at registration and where it is changed, and
// results are promised to the masked one.
func TestEmailAskedOnce(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Browser()
	typed := map[string]string{"name": "测试", "id_number": rig.LoopNumber, "email": "ceshi@qq.con", "password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword, "consent": "1"}
	form := b.Refused(http.StatusUnprocessableEntity, b.Get("/register"), rig.FormTo("/register"), typed).Faults("email").Has("您是不是想写 ceshi@qq.com？确认无误请再次提交")
	typed["email"] = "ceshi@163.co"
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/register"), typed).Has("ceshi@163.com")
	b.Sends(form, rig.FormTo("/register"), typed).Has("注册成功")
	b.Login(rig.LoopNumber, rig.CandidatePassword)
	b.Sends(b.Get("/profile").Has("审核结果现在发到 c***@163.co"), rig.FormTo("/profile"), nil) // as it stands
	form = b.Refused(http.StatusUnprocessableEntity, b.Get("/profile"), rig.FormTo("/profile"), map[string]string{"email": "ceshi@gmial.com"}).Has("ceshi@gmail.com", "尚未保存，请核对")
	b.Sends(form, rig.FormTo("/profile"), map[string]string{"email": "z@gmail.com"}).Has("审核结果现在发到 ***@gmail.com")
	b.Sends(b.Get("/apply/self"), "form[enctype]", rig.ByHand(nil)).Has("也会发到您登记的邮箱 ***@gmail.com")
}
