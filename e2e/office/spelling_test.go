package office

import (
	"net/http"
	"testing"

	"certreissue/e2e/rig"
)

// TestSpellingIsPicked: where the register writes the name otherwise than the
// account, the reviewer sees both and says which one the new certificate gets,
// the account's unless another is picked; it is not approved by the way, among
// many.
func TestSpellingIsPicked(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2020,二级建造师,王晓[沛],110101199003071233,已领取,,,EJ2020001,20201122,石家庄市
`)
	number := applyFirst(r.Register("王晓霈", "110101199003071233"), "13900000000")
	clerk, path := r.Staff("shenhe"), "/office/applications/"+number
	approve := rig.FormTo(path + "/approve")

	queue := clerk.Get("/office/applications").Has("姓名写法")
	many := clerk.Sends(queue, "form.many", map[string]string{"application": number + ".1", "act": "approve"})
	many.Has("姓名写法不同")
	review := clerk.Get(path).Has("等待审核", "档案写法", "账号写法")
	refused := clerk.Refused(http.StatusUnprocessableEntity, review, approve, map[string]string{"name": "王晓沛"}).Faults("approve-name")
	clerk.Sends(refused, approve, nil).Has("审核通过", "新证书姓名用账号的写法", "审核时选用了账号的写法")
	clerk.Sends(clerk.Get(path), rig.FormTo(path+"/take-back"), map[string]string{"note": "再看一次"}).Has("等待审核", "姓名恢复档案的写法")
	clerk.Sends(clerk.Get(path), approve, map[string]string{"name": "王晓[沛]"}).Has("审核通过")
	if got := clerk.Get(path).Facts()["姓名"]; got != "王晓[沛]" {
		t.Errorf("approved as %q", got)
	}
}

// TestSameCharacters: who types the ordinary form of the characters that the
// register has under other code points registers, sees the line, and is marked.
func TestSameCharacters(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, "考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市\n"+
		"2020,二级建造师,王\uE863,110101199003071233,已领取,,,EJ2020001,20201122,石家庄市\n"+
		"2020,二级建造师,⽅⾼\uF9DC,11010119900307803X,已领取,,,EJ2020002,20201122,石家庄市\n"+
		"2020,二级建造师,Jose\u0301 Mari\u0301a,110101199003074610,已领取,,,EJ2020003,20201122,石家庄市\n")
	b := r.Browser()
	b.Refused(http.StatusUnprocessableEntity, b.Get("/register"), rig.FormTo("/register"), map[string]string{"name": "王\uE864", "id_number": "110101199003071233",
		"email": "a@example.com", "password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword, "consent": "1"})
	clerk := r.Staff("shenhe")
	for _, c := range []struct{ typed, registered, number string }{
		{"王䶮", "王\uE863", "110101199003071233"}, {"方高隆", "⽅⾼\uF9DC", "11010119900307803X"}, {"José María", "Jose\u0301 Mari\u0301a", "110101199003074610"},
	} {
		number := applyFirst(r.Register(c.typed, c.number), "13900000000")
		clerk.Get("/office/applications/"+number).Has("等待审核", "档案写法", "账号写法", c.typed, c.registered)
	}
}

// TestLostCharacters: a line of the register in whose name a character was lost is
// taken and pointed out; who types the ordinary name registers, sees the line, and
// is marked. Where too little is certain the line is rejected.
func TestLostCharacters(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	const register = "考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市\n" +
		"2020,二级建造师,王?明,11010119900307803X,已领取,,,EJ2020011,20201122,石家庄市\n" +
		"2020,二级建造师,欧阳〓,110101199003074610,已领取,,,EJ2020012,20201122,石家庄市\n" +
		"2020,二级建造师,□小明,440308199901101512,已领取,,,EJ2020013,20201122,石家庄市\n"
	admin, clerk := r.Staff("guanli"), r.Staff("shenhe")
	check := counts(uploads(admin, "档案.csv", []byte(register), askBlank), 2, 0, 0, 1)
	check.Has("请核对的行（2 处）", "“王?明”里有字未能显示", "“欧阳〓”里有字未能显示", "无法确定是谁")
	counts(settled(admin, admin.Sends(check, "form[action$='/apply']", nil).Path), 2, 0, 0, 1)

	b := r.Browser()
	b.Refused(http.StatusUnprocessableEntity, b.Get("/register"), rig.FormTo("/register"), map[string]string{"name": "王䶮红", "id_number": "11010119900307803X",
		"email": "a@example.com", "password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword, "consent": "1"})
	for _, c := range []struct{ typed, registered, number string }{
		{"王䶮明", "王?明", "11010119900307803X"}, {"欧阳𠮷", "欧阳〓", "110101199003074610"},
	} {
		number := applyFirst(r.Register(c.typed, c.number), "13900000000")
		clerk.Get("/office/applications/"+number).Has("等待审核", "档案写法", "账号写法", c.typed, c.registered)
	}
	clerk.Get("/office/applications").Has("姓名写法")
}
