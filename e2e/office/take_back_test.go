package office

import (
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

const takeBackRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2020,二级建造师,测试,110101199003071233,已领取,,,EJ2020001,20201122,石家庄市
2018,经济师,测试,110101199003071233,已领取,中级,,,20181103,唐山市
`

// applied submits an application from the register for an exam of the year.
func applied(b *rig.Browser, year string, photos ...[]byte) (own string) {
	b.T.Helper()
	exam := b.Get("/apply").Find("option:contains('"+year+"')").AttrOr("value", "")
	step1 := b.Get("/apply?exam=" + exam)
	step2 := b.Get(step1.Find("a[href^='/apply/certificates/']").AttrOr("href", "")) // 申请补证 or 重新申请
	fill := map[string]string{"phone": "13900000000"}
	if step2.Find("input#specialty[name]").Length() > 0 {
		fill["specialty"] = "无"
	}
	if step2.Find("input#certificate_number[name]").Length() > 0 {
		fill["certificate_number"] = "无"
	}
	done := b.Sends(step2, "form[enctype]", fill, photos...).Has("提交完成")
	return done.Link("查看这份申请")
}

// approved is an application that a reviewer has approved.
func approved(candidate, reviewer *rig.Browser, year string) (number string) {
	candidate.T.Helper()
	own := applied(candidate, year)
	reviewer.Sends(reviewer.Get("/office"+own), "form[action$='/approve']", nil).Has("审核通过")
	return strings.TrimPrefix(own, "/applications/")
}

func TestTakeBack(t *testing.T) {
	r := rig.Office(t, takeBackRegister)
	candidate, reviewer := r.Register("测试", "110101199003071233"), r.Staff("shenhe")
	number := approved(candidate, reviewer, "2020")
	path := "/office/applications/" + number
	takeBack := rig.FormTo(path + "/take-back")

	review := reviewer.Get(path)
	refused := reviewer.Refused(http.StatusUnprocessableEntity, review, takeBack, map[string]string{"note": " "})
	if refused.Problems()["takeback-note"] == "" {
		t.Errorf("no reason: %v", refused.Problems())
	}
	reviewer.Sends(refused, takeBack, map[string]string{"note": "看错了一行"}).Has("等待审核", "看错了一行")
	candidate.Get("/applications/" + number).Has("等待审核")
	if again := reviewer.Send(review, takeBack, map[string]string{"note": "x"}); again.Status != http.StatusConflict {
		t.Errorf("taken back twice: %d", again.Status)
	}

	// Refused, applied again: the first cannot come back beside the second.
	reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/refuse"), map[string]string{"reason": "electronic"}).Has("不予受理")
	second := applied(candidate, "2020")
	conflict := reviewer.Refused(http.StatusConflict, reviewer.Get(path), takeBack, map[string]string{"note": "误点"})
	if conflict.Link("查看正在办理的申请") != "/office"+second {
		t.Errorf("the conflict leads to %s", conflict.Link("查看正在办理的申请"))
	}
	if r.Staff("guanli").Get(path).Find(takeBack).Length() != 0 {
		t.Error("an admin is offered to take a decision back")
	}
}
