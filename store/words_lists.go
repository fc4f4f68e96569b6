package store

import (
	"fmt"

	"certreissue/reissue"
)

// The sentences about lists and new numbers.

// Why an application is left by a decision about many.
const (
	WhyState      = "状态已改变，不再等待审核"
	WhyStale      = "列表打开之后，考生修改了申请，请重新查看"
	WhyGone       = "申请不存在，或不在您负责的报名市"
	sayRowDamaged = "这份申请的记录已损坏，请告诉管理员处理"
	sayRowMoved   = "此后又有新的办理"
	sayRowSecond  = "同一本证书已有另一份正在办理的申请"

	sayNoApplication = "没有这个申请编号"
	sayNotInBatch    = "这份申请不在这个批次中"
	sayNoMember      = "这个批次中没有这个证件号码的申请"
	sayManyMembers   = "这个批次中有 %d 份这个证件号码的申请，请改填申请编号"
	sayOtherPerson   = "申请编号和证件号码不是同一个人，请核对"
	sayOtherName     = "与申请中的姓名不一致，请核对申请编号和姓名"

	sayNotReady      = "这份申请的状态是“%s”，不能登记寄出"
	sayOtherTracking = "已登记为其他运单号 %s，如有误请先更正"
	saySentBefore    = "申请 %d 已登记过这个运单号，请核对是否同一个包裹"
	saySentElsewhere = "其他报名市的申请已登记过这个运单号，请核对是否同一个包裹"
	saySameTracking  = "与第 %d 行（申请 %d）的运单号相同，请核对是否同一个包裹"

	sayNotNumbered = "这份申请的状态是“%s”，新证书到达后才能登记新证书管理号"
	sayOtherNumber = "已登记为其他新证书管理号 %s，有误的请到那份申请更正"
	sayByList      = "按清单登记"
)

// Sentence says who has the number, as far as a staff member may know, and who may say
// that both have it.
func (e *NumberTakenError) Sentence(staff *reissue.Staff) string {
	return e.Holder(staff) + "，请核对新证书；确实相同的，由管理员在这份申请的“新证书管理号”处确认登记。"
}

// Holder says who has the number, as far as a staff member may know.
func (e *NumberTakenError) Holder(staff *reissue.Staff) string {
	whose := fmt.Sprintf("已登记在申请 %d", e.Application)
	switch {
	case !staff.Covers(e.City):
		whose = "已属于由" + Elsewhere{e.City}.Windows() + "办理的另一本证书"
	case e.Application == 0:
		whose = "在证书档案中属于另一个人"
	}
	return "新证书管理号 " + e.Number + " " + whose
}
