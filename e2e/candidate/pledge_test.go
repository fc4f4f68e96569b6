package candidate

import (
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// The 承诺书: the office writes it, candidates accept it with the application,
// once for each.
func TestPledge(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b, admin := r.Register("测试", rig.LoopNumber), r.Staff("guanli")
	const text = "本人承诺证书确已遗失，所填信息真实。"
	earlier := b.Apply(certificate2018, complete)
	if b.Get(rig.Certificate2015).Find("#pledge").Length() != 0 {
		t.Error("a pledge is asked before there is one")
	}
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"pledge": text})

	form := b.Get(rig.Certificate2015).Has("承诺书", text)
	if form.Find("#pledge[checked]").Length() != 0 {
		t.Error("the pledge is accepted beforehand")
	}
	form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", map[string]string{"phone": "1"}, []byte("no picture")).Faults("phone", "photo", "pledge")
	form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", map[string]string{"phone": "1", "pledge": "1"}, rig.Portrait()).Faults("phone")
	if form.Find("#pledge[checked]").Length() != 1 {
		t.Error("the tick is lost")
	}
	submitted := b.Sends(form, "form[enctype]", map[string]string{"phone": "13900000000"}).Has("提交完成")
	r.Staff("shenhe").Get("/office" + strings.TrimSuffix(submitted.Path, "/submitted")).Has("承诺书已于")
	accepted := b.Get(strings.TrimSuffix(submitted.Path, "/submitted"))
	if says := accepted.Facts()["承诺书"]; !strings.HasPrefix(says, "已于 20") || !strings.HasSuffix(says, " 同意") {
		t.Errorf("of the pledge the application says %q", says)
	}
	if b.Get(accepted.Path+"/edit").Find("#pledge").Length() != 0 {
		t.Error("an edit asks for the pledge again")
	}

	// An application from before is asked for it when it is saved.
	edit := b.Refused(http.StatusUnprocessableEntity, b.Get(earlier+"/edit").Has(text), "form[enctype]", nil).Faults("pledge")
	b.Sends(edit, "form[enctype]", map[string]string{"pledge": "1"}).Has("已保存", "承诺书")

	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"pledge": ""})
	b.Sends(b.Get("/apply/self"), "form[enctype]", rig.ByHand(nil)).Has("提交完成")
}
