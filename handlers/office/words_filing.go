package office

import (
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// The words of the counter's filing for who comes there.

const (
	sayToRegistered      = "为这本证书填报"
	sayToApply           = "返回选择考试"
	sayCounterCorrects   = "考生带证件来窗口的，可以"
	sayCorrectFor        = "代为修改"
	sayFirstNotCollected = "档案显示该证书尚未领取，不能申请补办。已经领取过的，请先核对并更正档案中的领取状态。"
)

// filingErrors are why a form at the counter is closed.
var filingErrors = map[error]templates.Error{
	store.ErrNotCollected: {Heading: "这本证书不可申请补办", Sentence: "档案显示该证书尚未领取，不能申请补办。", Advice: "已经领取过的，请先核对并更正档案中的领取状态。"},
	store.ErrLineMoved: {Heading: "这本证书的档案已更正或撤销",
		Sentence: "档案更正后，申请所依据的证书不再登记在这位考生名下，这份申请不能再修改。", Advice: "请查看档案；考生仍要补办的，撤回这份申请，再重新填报。"},
	store.ErrBeingUndone: {Heading: "这本证书的档案正在更正", Sentence: "它所在的一次导入正在撤回，没有作任何改动。", Advice: "请过几分钟再试。"},
}

// sayFiled names who filed an application at the counter, and when.
func sayFiled(by string, at reissue.Moment) string { return "窗口代办：" + by + " " + at.String() }
