package office

import (
	"fmt"
	"image/color"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/sample"

	"github.com/PuerkitoBio/goquery"
)

// TestSettings changes what candidates are told and what photos must be like,
// and finds old and new value in the log.
func TestSettings(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	settings := admin.Get("/office/settings")
	stale := admin.Get("/office/settings")
	admin.Sends(settings, rig.FormTo("/office/settings"), map[string]string{"announcement": "十二月起在一楼领取。", "photo_width": "300", "photo_max_kb": "40",
		"target_days": "20", "photo_months": "6", "application_months": "36", "account_months": "0", "returned_days": "", "batch_days": "0", "collect_days": "90", "listen": "127.0.0.1:8099", "smtp_password": "geheim-1"}).Has("设置已保存").
		Shows(map[string]string{"returned_days": "0", "batch_days": "0", "collect_days": "90"})
	r.Browser().Get("/login").Has("公告", "十二月起在一楼领取。")
	if told := r.Browser().Get("/office/login"); strings.Contains(told.TextOf("main"), "十二月") {
		t.Error("the office's sign-in shows what candidates are told")
	}

	// Somebody who had opened the form before is told what changed, and may insist.
	refused := admin.Refused(http.StatusConflict, stale, rig.FormTo("/office/settings"), map[string]string{"telephone": "0311-1"}).Has("设置已被同事修改")
	changed := refused.Problems()
	for field, now := range map[string]string{"target_days": "审核期限：现在保存的是：20", "announcement": "公告：现在保存的是：十二月起在一楼领取。", "telephone": "咨询电话：现在保存的是：（空）"} {
		if changed[field] != now {
			t.Errorf("%s: %q, want %q", field, changed[field], now)
		}
	}
	if changed["office_name"] != "" {
		t.Errorf("what nobody changed is told: %v", changed)
	}
	if refused.Find("#telephone").AttrOr("value", "") != "0311-1" {
		t.Error("what was typed is lost")
	}
	admin.Sends(refused, rig.FormTo("/office/settings"), map[string]string{"announcement": "十二月起在一楼领取。", "photo_width": "300", "photo_max_kb": "40"})

	for field, value := range map[string]string{"photo_width": "20", "photo_max_kb": "5", "photo_clear_from": "50", "photo_fail_below": "x", "office_name": " ",
		"announcement": strings.Repeat("长", 1001), "target_days": "0", "returned_days": "x", "batch_days": "366", "collect_days": "-1", "photo_months": "-1", "application_months": "11", "account_months": "601", "listen": "192.168.1.5:8080"} {
		refused := admin.Refused(http.StatusUnprocessableEntity, admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{field: value})
		label := strings.TrimPrefix(refused.TextOf("label[for='"+field+"']"), "*")
		if got := refused.Problems()[field]; !strings.HasPrefix(got, label+"：") {
			t.Errorf("%s=%s: %q, want it to name %s", field, value, got, label)
		}
	}
	both := admin.Refused(http.StatusUnprocessableEntity, admin.Get("/office/settings"), rig.FormTo("/office/settings"),
		map[string]string{"office_name": "", "photo_min_kb": "40", "photo_clear_from": "50", "listen": "x"})
	if got := both.Problems(); got["office_name"] == "" || got["photo_max_kb"] == "" || got["photo_clear_from"] == "" || got["listen"] == "" {
		t.Errorf("not everything is told at once: %v", got)
	}
	encrypted := admin.Get("/office/settings")
	admin.Sends(encrypted, rig.FormTo("/office/settings"), map[string]string{"smtp_host": "smtp.example.cn", "smtp_port": "465", "smtp_from": "bz@example.cn",
		"smtp_security": encrypted.TextOf("#smtp_security option:contains('全程加密')")})
	if got := admin.Get("/office/settings").TextOf("#smtp_security option[selected]"); !strings.Contains(got, "TLS，") {
		t.Errorf("the way to secure the mail is saved as %q", got)
	}

	candidate := r.Register("测试", "110101199003071233")
	exam := candidate.Get("/apply").Has("公告").Find("option:contains('2015')").AttrOr("value", "")
	form := candidate.Get(candidate.Get("/apply?exam=" + exam).Link("申请补证"))
	form.Has("像素 300 × 413", "10KB 与 40KB")
	if got := candidate.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", map[string]string{"phone": "13800138000"}).Problems()["photo"]; !strings.Contains(got, "300×413") {
		t.Errorf("the missing photo: %q", got)
	}
	if got := candidate.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", nil, sample.Portrait(1, false, color.White)).Problems()["photo"]; !strings.Contains(got, "已按要求调整") {
		t.Errorf("a photo of the old size: %q", got)
	}

	log := r.Staff("shenji").Get("/office/audit?object=settings").Has("公告", "（空） → 十二月起在一楼领取。", "295×413", "300×413", "审核期限", "15 → 20", "保存期限", "提醒天数", "退回未改 不提醒，批次逾期 不提醒，逾期未领 90 天", "127.0.0.1:8099", "邮件服务器")
	if strings.Contains(string(log.Body), "geheim") {
		t.Error("a password stands in the log")
	}
}

// TestMailPasswordAskedAgain: the stored password of the mail server is for that
// server and user; turning mail off asks for none, and forgets it.
func TestMailPasswordAskedAgain(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	const path = "/office/settings"
	mail := map[string]string{"smtp_host": "127.0.0.1", "smtp_port": "2525", "smtp_security": "none", "smtp_username": "bz", "smtp_from": "bz@example.cn", "smtp_password": "geheim-1"}
	admin.Sends(admin.Get(path), rig.FormTo(path), mail).Has("设置已保存")
	for field, value := range map[string]string{"smtp_host": "127.0.0.2", "smtp_port": "2526", "smtp_security": "starttls", "smtp_username": "other"} {
		admin.Refused(http.StatusUnprocessableEntity, admin.Get(path), rig.FormTo(path), map[string]string{field: value}).Faults("smtp_password").Has("请重新输入邮件服务器的密码")
		if got := admin.Get(path).Value("smtp_host"); got != "127.0.0.1" {
			t.Errorf("a refused change of %s is saved: %s", field, got)
		}
	}
	admin.Sends(admin.Get(path), rig.FormTo(path), map[string]string{"smtp_from": "zs@example.cn"}).Has("设置已保存")
	admin.Sends(admin.Get(path), rig.FormTo(path), map[string]string{"smtp_host": "127.0.0.2", "smtp_password": "geheim-2"}).Has("设置已保存")
	admin.Sends(admin.Get(path), rig.FormTo(path), map[string]string{"smtp_host": ""}).Has("设置已保存")
	admin.Sends(admin.Get(path), rig.FormTo(path), map[string]string{"smtp_host": "127.0.0.3", "smtp_port": "25", "smtp_security": "none"}).Has("设置已保存")
}

// TestShorterRetention: whoever shortens a period so that something goes is told
// how much, and agrees to those periods and no others.
func TestShorterRetention(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	b, submitted := r.Apply("测试", rig.LoopNumber)
	b.Sends(b.Get(strings.TrimSuffix(submitted.Path, "/submitted")), "form[action$='/withdraw']", nil)
	r.Pass(400 * 24 * time.Hour)
	admin := r.Staff("guanli")
	const path, box = "/office/settings", "confirm_retention"
	saved := func() string { return admin.Get(path).Value("photo_months") }

	form := admin.Sends(admin.Get(path), rig.FormTo(path), map[string]string{"photo_months": "24", "application_months": "24"}).Has("设置已保存")
	if form.Find("#"+box).Length() != 0 {
		t.Error("a form that nobody has filled in asks")
	}
	asked := admin.Refused(http.StatusUnprocessableEntity, form, rig.FormTo(path), map[string]string{"photo_months": "6", "hours": "9:00"}).Faults(box)
	asked.Has("请先确认保存期限", "现在已到期的有：照片 1 张。", "不能恢复").Shows(map[string]string{"photo_months": "6", "hours": "9:00"})
	if asked.Find(".problems:not(.question), .wrong").Length() != 0 || saved() != "24" {
		t.Errorf("it is told as a fault, or saved: %s", saved())
	}
	agreed := asked.Find("#"+box).AttrOr("value", "")

	// Beside other faults it is one of them, and what was ticked stays so.
	wrong := admin.Refused(http.StatusUnprocessableEntity, asked, rig.FormTo(path), map[string]string{"target_days": "0"}).Faults("target_days", box)
	ticked := admin.Refused(http.StatusUnprocessableEntity, wrong, rig.FormTo(path), map[string]string{"target_days": "0", box: agreed}).Faults("target_days").Has("照片 1 张")
	if ticked.Find("#"+box+"[checked]").Length() != 1 {
		t.Error("the tick is lost")
	}
	other := admin.Refused(http.StatusUnprocessableEntity, asked, rig.FormTo(path), map[string]string{"application_months": "12", box: agreed}).Faults(box)
	other.Has("照片 1 张、申请 1 份（连同照片和邮件）")
	if other.Find("#"+box+"[checked]").Length() != 0 || saved() != "24" {
		t.Error("what was agreed to for one period stands for another")
	}
	admin.Sends(asked, rig.FormTo(path), map[string]string{box: agreed}).Has("设置已保存").Shows(map[string]string{"photo_months": "6", "hours": "9:00"})
	admin.Sends(admin.Get(path), rig.FormTo(path), map[string]string{"photo_months": "5"}) // nothing more goes
	admin.Sends(admin.Get(path), rig.FormTo(path), map[string]string{"photo_months": "0"})
}

// TestStaleForms: on the small pages of settings, too, nobody undoes unseen what a
// colleague has saved.
func TestStaleForms(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	admin, colleague := r.Staff("guanli"), r.Staff("guanli")
	for path, c := range map[string]struct {
		theirs, mine map[string]string
		untick       string // a box that the colleague ticks
		told         map[string]string
	}{
		"/office/backup": {map[string]string{"hour": "5", "keep": "14"}, map[string]string{"hour": "4", "keep": "20"}, "",
			map[string]string{"hour": "每天几时：现在保存的是：5", "keep": "保留份数：现在保存的是：14"}},
		"/office/batches/settings": {map[string]string{"columns": "序号\n姓名", "second_person": "1"}, map[string]string{"columns": "姓名"}, "second_person",
			map[string]string{"columns": "名册的列：现在保存的是：序号 姓名", "second_person": "锁定须有第二人：现在保存的是：已勾选"}},
	} {
		form := admin.Get(path)
		colleague.Sends(colleague.Get(path), rig.FormTo(path), c.theirs)
		refused := admin.Refused(http.StatusConflict, form, rig.FormTo(path), c.mine).Has("设置已被同事修改")
		told := refused.Problems()
		delete(told, "") // the sentence above them
		for field, sentence := range told {
			told[field] = strings.Join(strings.Fields(sentence), " ")
		}
		if !maps.Equal(told, c.told) {
			t.Errorf("%s tells %q, want %q", path, told, c.told)
		}
		if c.untick != "" && refused.Find("#"+c.untick+"[checked]").Length() != 0 {
			t.Errorf("%s: what was not ticked is", path)
		}
		// Having seen it, one may insist; and who does not tell what was seen is taken.
		again := admin.Sends(refused, rig.FormTo(path), nil).Has("设置已保存")
		values := url.Values{}
		for field, value := range c.theirs {
			values.Set(field, value)
		}
		admin.Follows(admin.Post(again, path, values)).Has("设置已保存")
	}
}

// TestReasons edits the list of reasons and uses it.
func TestReasons(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	const path = "/office/settings/reasons"
	list := admin.Get(path)
	last := list.Find("input[name^='label-']").Length() - 1
	if last != 22+3-1 {
		t.Fatalf("%d rows, want 22 reasons and 3 for new ones", last+1)
	}
	fresh := func(field string) string {
		return field + "-" + strings.TrimPrefix(list.Find("input[name^='label-']").Last().AttrOr("name", ""), "label-")
	}
	for why, c := range map[string]struct {
		fill  map[string]string
		field string
	}{
		"a label gone":    {map[string]string{"label-0": " "}, "label-0"},
		"a foreign field": {map[string]string{"field-0": "password"}, "field-0"},
		"a foreign class": {map[string]string{"class-0": "x"}, "class-0"},
		"a bad code":      {map[string]string{fresh("label"): "新的", fresh("code"): "A B", fresh("class"): "final"}, fresh("code")},
		"a taken code":    {map[string]string{fresh("label"): "新的", fresh("code"): "phone", fresh("class"): "final"}, fresh("code")},
		"the code of 其他":  {map[string]string{fresh("label"): "新的", fresh("code"): "other", fresh("class"): "final"}, fresh("code")},
		"a long note":     {map[string]string{"notes": strings.Repeat("长", 201)}, "notes"},
	} {
		refused := admin.Refused(http.StatusUnprocessableEntity, admin.Get(path), rig.FormTo(path), c.fill)
		if len(refused.Problems()) != 1 || refused.Problems()[c.field] == "" {
			t.Errorf("%s: %v", why, refused.Problems())
		}
	}
	saved := admin.Sends(admin.Get(path), rig.FormTo(path), map[string]string{"label-0": "照片模糊", "remove-1": "1",
		fresh("label"): "缺少签字", fresh("order"): "0", fresh("field"): "", fresh("class"): "correctable", "notes": "请补签字。\n\n请补签字。\n请核对。"})
	stale := admin.Refused(http.StatusConflict, list, rig.FormTo(path), nil).Has("设置已被同事修改", "现在保存的是：缺少签字（退回修改，快捷键 2）")
	if got := stale.Problems()["notes"]; !strings.Contains(got, "请补签字。") {
		t.Errorf("what was saved meanwhile is not told: %v", stale.Problems())
	}
	if first := saved.Find("input[name='label-0']").AttrOr("value", ""); first != "缺少签字" {
		t.Errorf("the new reason is not the first: %q", first)
	}
	if notes := saved.TextOf("#notes"); notes != "请补签字。 请核对。" {
		t.Errorf("notes %q", notes)
	}

	r.Apply("测试", "110101199003071233")
	clerk := r.Staff("shenhe")
	review := clerk.Get(clerk.Get("/office/applications?status=等待审核").Find("main a[href^='/office/applications/2']").AttrOr("href", ""))
	review.Has("缺少签字", "照片模糊", "其他")
	if strings.Contains(review.TextOf(".decide"), "照片变形") {
		t.Error("a removed reason is offered")
	}
	r.Staff("shenji").Get("/office/audit?object=settings").Has("审核原因", "缺少签字（退回修改，快捷键 2）")
}

// TestReasonKeys: a reason has the key of the settings on every application, though not
// every one offers all reasons.
func TestReasonKeys(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	admin, clerk := r.Staff("guanli"), r.Staff("shenhe")
	const path = "/office/settings/reasons"
	list := admin.Get(path)
	admin.Refused(http.StatusUnprocessableEntity, list, rig.FormTo(path), map[string]string{"key-0": "O"}).Has("快捷键 O 已用于")
	list = admin.Sends(list, rig.FormTo(path), map[string]string{"key-0": "Y"}).Has("设置已保存")
	keys := map[string]string{"other": "o"}
	for i := range 22 {
		keys[list.Value(fmt.Sprintf("code-%d", i))] = strings.ToLower(list.Value(fmt.Sprintf("key-%d", i)))
	}
	if keys["photo_unclear"] != "y" || keys["phone"] != "c" {
		t.Fatalf("the settings have %v", keys)
	}
	b, _ := r.Apply("测试", rig.LoopNumber)
	b.Apply("/apply/self", rig.ByHand(nil), rig.Portrait())
	offered := map[int]bool{}
	clerk.Get("/office/applications?status=等待审核").Find("main tbody a[href^='/office/applications/2']").Each(func(_ int, link *goquery.Selection) {
		boxes := clerk.Get(link.AttrOr("href", "")).Find(".decide input[name=reason]")
		offered[boxes.Length()] = true
		boxes.Each(func(_ int, box *goquery.Selection) {
			code := box.AttrOr("value", "")
			if got, shown := box.AttrOr("data-key", ""), box.Parent().Find("kbd").Text(); got != keys[code] || shown != strings.ToUpper(got) {
				t.Errorf("%s has the key %q, shown as %q, want %q", code, got, shown, keys[code])
			}
		})
	})
	if len(offered) != 2 {
		t.Errorf("both applications offer as many reasons: %v", offered)
	}
}

// TestCities adds, renames and removes places.
func TestCities(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	const path = "/office/settings/cities"
	add := func(name string) *rig.Page {
		return admin.Send(admin.Get(path), rig.FormTo(path), map[string]string{"name": name})
	}
	for name, want := range map[string]int{"": 422, "石家庄": 422, strings.Repeat("长", 21): 422, "雄安": 303} {
		if got := add(name).Status; got != want {
			t.Errorf("adding %q: %d, want %d", name, got, want)
		}
	}
	form := func(name string) string {
		return rig.FormTo(admin.Get(path).Find("input[value='"+name+"']").First().Closest("form").AttrOr("action", "none"))
	}
	rename := func(name, to string) *rig.Page {
		return admin.Send(admin.Get(path), form(name), map[string]string{"name": to})
	}
	remove := func(name string) *rig.Page {
		return admin.Send(admin.Get(path), strings.TrimSuffix(form(name), `"]`)+`/remove"]`, nil)
	}
	if got := rename("石家庄市", "邢台市"); got.Status != http.StatusUnprocessableEntity || !strings.Contains(got.TextOf("main"), "已有证书或申请使用") {
		t.Errorf("another name for a city in use: %d", got.Status)
	}
	if got := rename("石家庄市", "石家庄").Status; got != http.StatusSeeOther {
		t.Errorf("another spelling for a city in use: %d", got)
	}
	if got := rename("雄安", "雄安新区").Status; got != http.StatusSeeOther {
		t.Errorf("another name for a city nobody uses: %d", got)
	}
	if got := rename("雄安新区", "唐山"); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("a name that is taken: %d", got.Status)
	}
	if got := remove("唐山市").Status; got != http.StatusUnprocessableEntity {
		t.Errorf("removing a city in use: %d", got)
	}
	// Whoever is limited to a city follows its name, and keeps it from going.
	staff := admin.Get("/office/staff").Link("shenhe")
	admin.Sends(admin.Get(staff), rig.FormTo(staff), map[string]string{"city": "雄安新区"})
	if got := rename("雄安新区", "雄安市").Status; got != http.StatusSeeOther {
		t.Errorf("renaming a limit: %d", got)
	}
	if got := remove("雄安市").Status; got != http.StatusUnprocessableEntity {
		t.Errorf("removing a limit: %d", got)
	}
	admin.Get(staff).Has("雄安市")
	add("空城")
	if got := remove("空城").Status; got != http.StatusSeeOther {
		t.Errorf("removing a city nobody uses: %d", got)
	}
	admin.Get("/office/audit?object=city").Has("添加", "改名", "删除", "雄安 → 雄安新区")
}
