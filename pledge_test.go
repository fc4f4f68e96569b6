package main

import (
	"net/http"
	"strings"
	"testing"
)

// The 承诺书: the office writes it, candidates accept it with the application,
// once for each.
func TestPledge(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b, admin := r.register("测试", loopNumber), r.staff("guanli")
	const text = "本人承诺证书确已遗失，所填信息真实。"
	earlier := b.apply(certificate2018, complete)
	if b.get(certificate2015).Find("#pledge").Length() != 0 {
		t.Error("a pledge is asked before there is one")
	}
	admin.sends(admin.get("/office/settings"), formTo("/office/settings"), map[string]string{"pledge": text})

	form := b.get(certificate2015).has("承诺书", text)
	if form.Find("#pledge[checked]").Length() != 0 {
		t.Error("the pledge is accepted beforehand")
	}
	form = b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", map[string]string{"phone": "1"}, []byte("no picture")).faults("phone", "photo", "pledge")
	form = b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", map[string]string{"phone": "1", "pledge": "1"}, portrait()).faults("phone")
	if form.Find("#pledge[checked]").Length() != 1 {
		t.Error("the tick is lost")
	}
	submitted := b.sends(form, "form[enctype]", map[string]string{"phone": "13900000000"}).has("提交完成")
	r.staff("shenhe").get("/office" + strings.TrimSuffix(submitted.path, "/submitted")).has("承诺书已于")
	accepted := b.get(strings.TrimSuffix(submitted.path, "/submitted"))
	if says := accepted.facts()["承诺书"]; !strings.HasPrefix(says, "已于 20") || !strings.HasSuffix(says, " 同意") {
		t.Errorf("of the pledge the application says %q", says)
	}
	if b.get(accepted.path+"/edit").Find("#pledge").Length() != 0 {
		t.Error("an edit asks for the pledge again")
	}

	// An application from before is asked for it when it is saved.
	edit := b.refused(http.StatusUnprocessableEntity, b.get(earlier+"/edit").has(text), "form[enctype]", nil).faults("pledge")
	b.sends(edit, "form[enctype]", map[string]string{"pledge": "1"}).has("已保存", "承诺书")

	admin.sends(admin.get("/office/settings"), formTo("/office/settings"), map[string]string{"pledge": ""})
	b.sends(b.get("/apply/self"), "form[enctype]", byHand(nil)).has("提交完成")
}
