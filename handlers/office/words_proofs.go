package office

import (
	"fmt"
	"time"

	"certreissue/reissue"
)

// The words of the 合格证明.
const (
	sayIssued           = "开具时间"
	sayIssuedBy         = "开具人"
	sayReprints         = "补打"
	sayProofWaits       = "审核通过后开具合格证明，不进入制证批次。打印后为待领取，考生会收到领取通知。"
	sayProofOutdated    = "打印之后，考生的姓名或证件号码更正过，这份证明不能再用。请作废后重新开具。"
	sayVoidProof        = "作废合格证明"
	sayVoidProofExplain = "回到审核通过，可以重新开具或收回审核。这个编号作废，不再使用；请收回已打印的纸质证明。"
	sayBadStubYear      = "年度应为四位年份，如 2026。"
	sayBadProofNumber   = "证明编号应如 2026-000012。"
	sayStubsName        = "合格证明存根"
	sayProofsMoved      = "勾选的申请有的已由其他人打印或另行办理，这次一份也没有打印。下面是现在等待打印的，请重新勾选。"
	sayToProofs         = "去打印"
	sayRouteNow         = "审核时这项考试的办理方式与现在不同。要按现在的办理方式发放，请收回审核后重新审核。"

	flashProofVoid = "proof-void"
)

func sayPickProofs(most int) string {
	return fmt.Sprintf("请勾选要打印的申请，一次最多 %d 份。", most)
}

// sayReprint stands on a sheet that was printed again.
func sayReprint(stub *reissue.Proof) string {
	return fmt.Sprintf("补打（第 %d 次），%s", stub.Reprints, reissue.ShowDate(stub.Reprinted.Date()))
}

func sayProofsWaiting(n int) string { return fmt.Sprintf("有 %d 份合格证明等待打印。", n) }

// sayHandoutProof is what the counter can do with what leads to a 合格证明.
var sayHandoutProof = map[reissue.Status]string{
	reissue.Approved:  "已审核通过，合格证明还没有打印，不能发放。请先在审核页面打印。",
	reissue.Ready:     "合格证明已打印。盖章后，核验身份证件，登记领取，或登记寄出。",
	reissue.HandedOut: "合格证明已领取。",
	reissue.Mailed:    "合格证明已寄出。",
}

// proofHints tell what the placeholders of the text become.
var proofHints = map[string]string{
	"姓名": "考生姓名", "性别": "男或女", "出生年月": "如 1990 年 3 月", "证件类型": "如 身份证", "证件号码": "完整的证件号码", "考试年度": "如 2015", "考试名称": "考试名称",
	"级别": "没有级别的为空", "专业": "没有专业的为空", "证书管理号": "原证书管理号，没有的为空", "批准日期": "如 2015 年 9 月 20 日", "报名市": "考生的报名市",
	"证明编号": "如 2026-000012（纸上方已印）", "申请编号": "补证申请的编号（纸下方已印）", "开具日期": "第一次打印的日期（落款已印）", "单位": "设置中的单位名称（落款已印）",
}

// previewProof is a 合格证明 of somebody who was made up.
func previewProof(settings *reissue.Settings, now time.Time) (*reissue.Proof, *reissue.Application) {
	a := &reissue.Application{ID: reissue.NewNumber(now.Year(), 123), Status: reissue.Approved, Route: reissue.RouteProof,
		Person: reissue.Person{Paper: reissue.IDCard, Number: "11010119900307123X"},
		Fields: reissue.Fields{Name: "张三", Sex: "男", BirthMonth: "199003", ExamYear: 2015, ExamName: "招标师", CertificateNumber: "ZB201513010001", ApprovalDate: "20150920",
			Level: "考全科", Specialty: "无", City: "石家庄市"}}
	return &reissue.Proof{Number: reissue.NewProofNumber(now.Year(), 12), Application: a.ID, Text: settings.Proof(), Office: settings.OfficeName, Issued: reissue.At(now)}, a
}
