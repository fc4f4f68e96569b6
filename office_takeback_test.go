package main

import (
	"net/http"
	"strings"
	"testing"
)

const takeBackRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2020,二级建造师,测试,110101199003071233,已领取,,,EJ2020001,20201122,石家庄市
2018,经济师,测试,110101199003071233,已领取,中级,,,20181103,唐山市
`

// applied submits an application from the register for an exam of the year.
func applied(b *browser, year string, photos ...[]byte) (own string) {
	b.t.Helper()
	exam := b.get("/apply").Find("option:contains('"+year+"')").AttrOr("value", "")
	step2 := b.get(b.get("/apply?exam=" + exam).link("申请补证"))
	fill := map[string]string{"phone": "13900000000"}
	if step2.Find("input#specialty[name]").Length() > 0 {
		fill["specialty"] = "无"
	}
	if step2.Find("input#certificate_number[name]").Length() > 0 {
		fill["certificate_number"] = "无"
	}
	done := b.sends(step2, "form[enctype]", fill, photos...).has("提交完成")
	return done.link("查看这份申请")
}

// approved is an application that a reviewer has approved.
func approved(candidate, reviewer *browser, year string) (number string) {
	candidate.t.Helper()
	own := applied(candidate, year)
	reviewer.sends(reviewer.get("/office"+own), "form[action$='/approve']", nil).has("审核通过")
	return strings.TrimPrefix(own, "/applications/")
}

func TestTakeBack(t *testing.T) {
	r := office(t, takeBackRegister)
	candidate, reviewer := r.register("测试", "110101199003071233"), r.staff("shenhe")
	number := approved(candidate, reviewer, "2020")
	path := "/office/applications/" + number
	takeBack := formTo(path + "/take-back")

	review := reviewer.get(path)
	refused := reviewer.refused(http.StatusUnprocessableEntity, review, takeBack, map[string]string{"note": " "})
	if refused.problems()["takeback-note"] == "" {
		t.Errorf("no reason: %v", refused.problems())
	}
	reviewer.sends(refused, takeBack, map[string]string{"note": "看错了一行"}).has("等待审核", "看错了一行")
	candidate.get("/applications/" + number).has("等待审核")
	if again := reviewer.send(review, takeBack, map[string]string{"note": "x"}); again.status != http.StatusConflict {
		t.Errorf("taken back twice: %d", again.status)
	}

	// Refused, applied again: the first cannot come back beside the second.
	reviewer.sends(reviewer.get(path), formTo(path+"/refuse"), map[string]string{"reason": "electronic"}).has("不予受理")
	second := applied(candidate, "2020")
	conflict := reviewer.refused(http.StatusConflict, reviewer.get(path), takeBack, map[string]string{"note": "误点"})
	if conflict.link("查看正在办理的申请") != "/office"+second {
		t.Errorf("the conflict leads to %s", conflict.link("查看正在办理的申请"))
	}
	if r.staff("guanli").get(path).Find(takeBack).Length() != 0 {
		t.Error("an admin is offered to take a decision back")
	}
}
