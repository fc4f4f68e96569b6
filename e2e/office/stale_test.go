package office

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// TestTwoClerksOneAccount: of two clerks with the same page of an account one acts; the
// other is told what was done, and can go on from there. What the account was before is
// on its page, and in what its holder takes along.
func TestTwoClerksOneAccount(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	number := rig.IDNumber(t, 3)
	candidate := r.Register("错名", number)
	clerk, colleague := r.Staff("shenhe"), r.Staff("guanli")
	older := colleague.Account(number)
	const email, correct = "form[action$='/email']", "form[action$='/correct']"
	clerk.Sends(clerk.Account(number), email, map[string]string{"email": "xin@example.com"}).Has("更改前的内容", "邮箱原为：kaosheng@example.com", "shenhe")

	for act, fill := range map[string]map[string]string{"email": {"email": "lao@example.com"}, "correct": {"name": "对名"}, "reset": nil, "attach": {"name": "对名"}, "close": nil} {
		told := colleague.Refused(http.StatusConflict, older, "form[action$='/"+act+"']", fill).Has("这个账号已有变动", "shenhe", "窗口更正：邮箱", "xin@example.com")
		if told.Find("[role=alert]").Length() != 1 || told.Find(".one-time").Length() != 0 {
			t.Errorf("%s is not refused as a form is", act)
		}
	}
	told := colleague.Refused(http.StatusConflict, older, email, map[string]string{"email": "lao@example.com"}).Faults("", "email")
	if got := told.Problems()["email"]; !strings.Contains(got, "xin@example.com") {
		t.Errorf("at the address it says %q", got)
	}
	told.Shows(map[string]string{"email": "lao@example.com"})
	colleague.Sends(told, email, nil).Has("邮箱原为：xin@example.com", "guanli")
	colleague.Send(told, email, nil).Is(http.StatusSeeOther) // a double click changes nothing more

	older = clerk.Account(number)
	colleague.Sends(colleague.Account(number), correct, map[string]string{"name": "对名"}).Has("姓名原为：错名")
	clerk.Refused(http.StatusConflict, older, correct, map[string]string{"name": "另名"}).Faults("", "name").Has("对名")
	clerk.Post(older, older.Path+"/email", map[string][]string{"email": {"script@example.com"}}).Is(http.StatusSeeOther)

	taken := candidate.Send(candidate.Get("/profile/data"), rig.FormTo("/profile/data"), map[string]string{"password": rig.CandidatePassword}).Is(http.StatusOK)
	pack, err := zip.NewReader(bytes.NewReader(taken.Body), int64(len(taken.Body)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := pack.Open("我的信息.html")
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(file)
	for _, want := range []string{"账号更改前的内容", "姓名原为：错名", "邮箱原为：kaosheng@example.com"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("what the holder takes along lacks %q", want)
		}
	}
}

// TestTwoAdministratorsOneLogin is the same of a login of the office: an older form does
// not take a limit away.
func TestTwoAdministratorsOneLogin(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, staffRegister)
	first, second := r.Staff("guanli"), r.Staff("guanli")
	path := first.Get("/office/staff").Link("shenhe")
	older := second.Get(path)
	first.Sends(first.Get(path), rig.FormTo(path), map[string]string{"role": "reviewer", "city": "石家庄市"}).Has("已保存")
	told := second.Refused(http.StatusConflict, older, rig.FormTo(path), map[string]string{"role": "auditor"}).Faults("", "role", "city").Has("这个登录已有变动", "guanli", "修改：限定报名市", "石家庄市")
	if told.Find("input[name=role][value=auditor][checked]").Length() != 1 {
		t.Error("the refused form has lost what was ticked")
	}
	for _, act := range []string{"disable", "password"} {
		told := second.Refused(http.StatusConflict, older, "form[action$='/"+act+"']", nil).Has("这个登录已有变动")
		if told.Find("input[name=role][value=reviewer][checked]").Length() != 1 || told.Find("input[value=石家庄市][checked]").Length() != 1 {
			t.Errorf("%s: the boxes do not show what is stored", act)
		}
	}
	older = first.Get(path).Has("石家庄市", "正常")
	second.Sends(told, "form[action$='/disable']", nil).Has("已停用")
	first.Refused(http.StatusConflict, older, "form[action$='/password']", nil).Has("停用", "启用")
}
