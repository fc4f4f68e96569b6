package reissue

import "fmt"

const (
	sayUndoNeedsNote     = "请写明更正的原因。"
	sayNoWayOut          = "请选择退出制证后怎样办理。"
	sayAnewNeedsNote     = "请写明重新制证的原因。"
	sayPaperUnchecked    = "请先核验领取人的身份证件，核验后勾选。"
	sayNoCollector       = "请选择领取人：本人或代领人。"
	sayBadAgentName      = "请填写代领人的真实姓名。"
	sayBadAgentNumber    = "代领人的证件号码不正确，请按证件核对。"
	sayAgentIsHolder     = "代领人的证件号码与考生本人相同；本人领取的，请选择“本人”。"
	sayNumberOfPerson    = "这是身份证号，不是证书管理号。请扫描或填写新证书上的管理号；没有的填写“无”。"
	sayOtherHolder       = "一次只能为一位持证人办理，这一份是另一个人的，请单独办理。"
	sayNewNumberMissing  = "请按新证书填写证书管理号；没有的填写“无”。"
	saySameNumber        = "与已登记的新证书管理号相同，没有改动。"
	sayNumberNeedsReason = "请写明原因。"
	sayBadTracking       = "运单号应为 4 至 40 位字母和数字。"
	sayEmptyBatch        = "批次中还没有申请，不能锁定。"
	saySecondPerson      = "批次中的申请都由您本人审核，按本中心的设置，须由另一位审核员锁定。"
	sayExpectedPast      = "预计到证日期不能早于今天。"
	sayNoColumns         = "请至少保留一列。"
	sayColumnTwice       = "列名重复："
	sayUnknownColumn     = "没有这一列："
)

// saySomeMovedOn names the first members of a batch that an act cannot take
// along.
func saySomeMovedOn(count int, first string) string {
	return fmt.Sprintf("有 %d 份申请的状态不允许（如 %s），请先逐份更正。", count, first)
}

// BatchName is what a batch is called unless the office gives it another name.
func BatchName(year, n int) string { return fmt.Sprintf("%d 年第 %d 批", year, n) }

// Word is the batch's state as pages show it.
func (s BatchStatus) Word() string {
	return map[BatchStatus]string{
		BatchOpen: "收集中", BatchLocked: "待上报", BatchReported: "已上报", BatchArrived: "已到证", BatchDissolved: "已解散",
	}[s]
}

// Word is what was done to a batch, as its history tells it.
func (a BatchAct) Word() string {
	return map[BatchAct]string{
		BatchMake: "建立批次", BatchAdd: "编入申请", BatchRemove: "移出申请", BatchExpect: "更改预计到证日期", BatchLock: "锁定", BatchUnlock: "解除锁定",
		BatchReport: "标记已上报", BatchUndoReport: "更正上报记录", BatchArrive: "标记已到证", BatchUndoArrival: "更正到证记录", BatchDissolve: "解散批次",
		BatchLeave: "一份退出制证", BatchRejoin: "一份退出制证已更正",
	}[a]
}

// String is the collection as the office's history tells it, the agent's
// number masked.
func (c Collection) String() string {
	who := "本人领取"
	if c.Agent != "" {
		who = fmt.Sprintf("代领人 %s（%s）领取", c.Agent, c.AgentPerson.Number)
	}
	if c.NewNumber == "" {
		return who
	}
	return who + "；新证书管理号 " + c.NewNumber
}

// The columns that a roster can have beside those of the register.
const (
	ColumnOrder       = "序号"
	ColumnApplication = "申请编号"
	ColumnPhone       = "联系方式"
	ColumnPhotoFile   = "照片文件名"
	ColumnBatch       = "制证批次"
	ColumnRound       = "第几次补办"
)
