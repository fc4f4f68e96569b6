package office

import (
	"fmt"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// The sentences about taking back, batches and handing out.

const sayToSecondOpen = "查看正在办理的申请"

// secondOpen refuses a way back while another application for the same
// certificate is open.
var secondOpen = templates.Error{Heading: "不能恢复这份申请",
	Sentence: "同一本证书已有另一份正在办理的申请，您的操作没有执行。", Advice: "请先办结那一份申请，再更正这一份。"}

// sayOpenElsewhere is all that is told of it to whose work it is not.
func sayOpenElsewhere(cities store.Elsewhere) string {
	return "那一份申请由" + cities.Windows() + "办理，请等它办结，再更正这一份。"
}

// batchChanged is for an act on a batch from an old screen.
var batchChanged = templates.Error{Heading: "这个批次已有变动",
	Sentence: "您打开页面之后，这个批次的状态或内容已有变动，您的操作没有执行。", Advice: "请查看批次的最新状态后再办理。",
	Ways: []templates.Link{{Text: "返回制证批次", URL: "/office/batches"}}}

const (
	sayBatchSize     = "份数"
	sayBatchCities   = "报名市"
	sayBatchMade     = "建立"
	sayBatchLocked   = "锁定"
	sayBatchReported = "上报"
	sayBatchArrived  = "到证"
	sayBatchExpected = "预计到证"
	sayBatchOut      = "退出制证"
	sayNotYet        = "未定"
	sayLongName      = "批次名称最多 30 个字。"
)

func sayCopies(n int) string { return fmt.Sprintf("%d 份", n) }

// sayMembers is the size of a batch, with how many of it are kept no longer.
func sayMembers(b *reissue.Batch) string {
	if b.Forgotten == 0 {
		return sayCopies(b.Members)
	}
	return fmt.Sprintf("%s，其中 %s已按保存期限删除", sayCopies(b.Members), sayCopies(b.Forgotten))
}

// sayCities names the first cities of a batch.
func sayCities(cities []string) string {
	if len(cities) > 3 {
		return strings.Join(cities[:3], "、") + fmt.Sprintf("等 %d 个市", len(cities))
	}
	return strings.Join(cities, "、")
}

// sayBatchNext is what is to be done with a batch now.
var sayBatchNext = map[reissue.BatchStatus]string{
	reissue.BatchOpen:      "正在收集。可以继续编入或移出；锁定后，申请进入制证，名册可以下载。",
	reissue.BatchLocked:    "申请已进入制证。请下载名册和照片报送制证单位，报送后标记已上报。",
	reissue.BatchReported:  "已报送制证单位。新证书到达后标记已到证，考生会收到领取通知。",
	reissue.BatchArrived:   "新证书已到，可以发放。个别未到的，请在证书发放中更正那一份。",
	reissue.BatchDissolved: "这个批次已解散，申请已全部移出。",
}

// Handing out.
const (
	sayNoSuchNumber  = "没有找到这个编号，或不属于您办理的报名市。申请编号为 11 位数字；各种编号都要完整，请核对后重新输入或扫描。"
	sayTrackingLabel = "运单号"
	sayMailedAt      = "寄出时间"
	sayCollector     = "领取人"
	sayHolder        = "本人"
	sayAgent         = "代领人"
	sayAgentNumber   = "代领人证件号码"
	sayCollectedAt   = "领取时间"

	sayTooLargeList       = "表格最大 20 MB，选择的文件超过了，没有读取。"
	sayTooLargeListAdvice = "请只保留需要的列，或把表格拆成几个文件，分别提交。"
)

// sayHandout is what the counter can do with an application in each state.
func sayHandout(a *reissue.Application) string {
	if said := sayHandoutProof[a.Status]; a.ByProof() && said != "" {
		return said
	}
	return map[reissue.Status]string{
		reissue.Pending:      "还在等待审核，不能发放。",
		reissue.Returned:     "审核未过，等待考生修改，不能发放。",
		reissue.Approved:     "已审核通过，还没有制证，不能发放。",
		reissue.Refused:      "不予受理，没有新证书。",
		reissue.Withdrawn:    "考生已撤回，没有新证书。",
		reissue.InProduction: "新证书正在制作。这一份已经到达的，请先标记已到。",
		reissue.Ready:        "新证书已到。核验身份证件后登记领取，或登记寄出。",
		reissue.HandedOut:    "新证书已领取。",
		reissue.Mailed:       "新证书已寄出。",
	}[a.Status]
}

// handoutUndo are the ways back of the counter.
var handoutUndo = map[reissue.Status]*templates.BatchUndo{
	reissue.Ready:     {Act: "undo-arrival", Title: "更正到证记录", Explain: "这一份其实没有到，回到制证中。"},
	reissue.HandedOut: {Act: "correct-handout", Title: "更正领取记录", Explain: "回到待领取，可以重新登记；原记录保留在办理记录中。"},
	reissue.Mailed:    {Act: "correct-mailing", Title: "更正寄出记录", Explain: "回到待领取，可以重新登记；原记录保留在办理记录中。"},
}

// leaveWords are the ways out of production.
var leaveWords = map[reissue.Status]string{
	reissue.Approved: "重新制证：回到审核通过，编入下一批次",
	reissue.Returned: "退回考生修改：保存后排在审核的最前面",
	reissue.Refused:  "不予受理",
}

// undoLeave is the way back into production.
var undoLeave = templates.BatchUndo{Act: "undo-leave", Title: "更正退出制证记录"}

func sayUndoLeave(batch string) string {
	return "这一份不应退出的，回到“" + batch + "”，制证中；作废的新证书管理号恢复，已登记在别处的除外。"
}

func sayLeft(n int) string { return fmt.Sprintf("%d 份，不计在内", n) }

// sayAboutOne begins the note of what was done to one application of a batch.
func sayAboutOne(application uint64, note string) string {
	return visit.Join(fmt.Sprintf("申请 %d", application), note)
}

func saySignatureHeading(scope string) string {
	if scope == "" {
		return "补办证书领取签收单"
	}
	return scope + "补办证书领取签收单"
}
