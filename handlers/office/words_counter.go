package office

import (
	"fmt"

	"certreissue/reissue"
	"certreissue/store"
)

// The sentences of the counter's box, and of what is handed out in one go.

const (
	sayBoxEmpty      = "请刷身份证，或扫描、输入编号、姓名。"
	sayFoundNothing  = "没有找到，或不属于您办理的报名市。编号和证件号码要完整，姓名从姓开始；请核对后重新扫描或输入。"
	sayNobody        = "这个证件号码没有补证申请，或不属于您办理的报名市。请核对证件；换过证件号码的，用申请编号或姓名查找。"
	sayOrNumber      = "扫描的是编号的，没有找到这个编号，请核对后重新扫描。"
	sayFoundByNumber = "有这个编号的申请"
	sayFoundSeveral  = "找到几位持证人，请核对后选择"
)

// sayScanned says whether the card that was scanned is the holder's.
var sayScanned = map[bool]string{
	true:  "刷证号码与持证人一致，已选“本人”。",
	false: "刷证号码不是持证人的，已选“代领人”并填好号码，请填写姓名。",
}

func sayAsAgent(a *reissue.Application) string {
	return fmt.Sprintf("这是代领人：继续办理 %s（%d）", a.Fields.Name, a.ID)
}

func sayTogether(others int) string {
	return fmt.Sprintf("持证人另有 %d 份待领取，一并办理", others)
}

// sayPerson is what can be done for somebody of whom so much is ready, whom the application has led to.
func sayPerson(a *reissue.Application, ready int) string {
	about := ""
	if a.Status != reissue.Ready {
		about = fmt.Sprintf("申请 %d 的状态是“%s”：%s", a.ID, a.Status.Word(), sayHandout(a))
	}
	switch ready {
	case 0:
		return about + "没有待领取的证书。"
	case 1:
		return about + "有 1 份待领取，核验身份证件后登记。"
	}
	return about + fmt.Sprintf("有 %d 份待领取，核验身份证件后一并登记；这次不领的，去掉勾选。", ready)
}

// sayReadyElsewhere is empty where nothing of somebody is ready in other cities.
func sayReadyElsewhere(cities store.Elsewhere) string {
	if len(cities) == 0 {
		return ""
	}
	return "另有由" + cities.Windows() + "办理的待领取证书。"
}

func sayPickTogether(most int) string {
	return fmt.Sprintf("请勾选要领取的证书，一次最多 %d 份。", most)
}

// sayMovedTogether is of an application that is not as the form showed it.
func sayMovedTogether(a *reissue.Application) string {
	return fmt.Sprintf("申请 %d 已有变动，现在的状态是“%s”。这一次都没有登记，请核对后再办理。", a.ID, a.Status.Word())
}

func sayOfApplication(id uint64, message string) string {
	return fmt.Sprintf("申请 %d：%s", id, message)
}
