package exchange

import "certreissue/sheet"

// The words of the stubs' list.
const (
	sheetProofs  = "合格证明存根"
	sayVoid      = "已作废"
	sayForgotten = "申请已删除"
	sayElsewhere = "由其他报名市办理"

	sayYear        = "年度"
	sayProofNumber = "证明编号"
)

// ProofColumns is the header of an exported list of stubs.
var ProofColumns = []string{"证明编号", "开具时间", "申请编号", "姓名", "证件号码", "考试", "报名市", "开具人", "补打次数", "最近补打", "状态", "作废时间"}

// ProofKinds are its columns that are not text.
var ProofKinds = sheet.Kinds{"开具时间": sheet.Time, "补打次数": sheet.Number, "最近补打": sheet.Time, "作废时间": sheet.Time}
