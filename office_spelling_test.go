package main

import (
	"net/http"
	"testing"
)

// TestSpellingIsPicked: where the register writes the name otherwise than the
// account, the reviewer sees both and says which one the new certificate gets,
// the account's unless another is picked; it is not approved by the way, among
// many.
func TestSpellingIsPicked(t *testing.T) {
	t.Parallel()
	r := office(t, `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2020,二级建造师,王晓[沛],110101199003071233,已领取,,,EJ2020001,20201122,石家庄市
`)
	number := r.register("王晓霈", "110101199003071233").applyFirst("13900000000")
	clerk, path := r.staff("shenhe"), "/office/applications/"+number
	approve := formTo(path + "/approve")

	queue := clerk.get("/office/applications").has("姓名写法")
	many := clerk.sends(queue, "form.many", map[string]string{"application": number + ".1", "act": "approve"})
	many.has("姓名写法不同")
	review := clerk.get(path).has("等待审核", "档案写法", "账号写法")
	refused := clerk.refused(http.StatusUnprocessableEntity, review, approve, map[string]string{"name": "王晓沛"}).faults("approve-name")
	clerk.sends(refused, approve, nil).has("审核通过", "新证书姓名用账号的写法", "审核时选用了账号的写法")
	clerk.sends(clerk.get(path), formTo(path+"/take-back"), map[string]string{"note": "再看一次"}).has("等待审核", "姓名恢复档案的写法")
	clerk.sends(clerk.get(path), approve, map[string]string{"name": "王晓[沛]"}).has("审核通过")
	if got := clerk.get(path).facts()["姓名"]; got != "王晓[沛]" {
		t.Errorf("approved as %q", got)
	}
}
