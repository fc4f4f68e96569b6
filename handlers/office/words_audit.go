package office

import (
	"cmp"
	"fmt"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
)

// The words of the staff page and of the log: every act, object and field that
// a row can hold.

const (
	sayLocked    = "已锁定"
	sayRoles     = "角色"
	sayLimitedTo = "限定报名市"
	sayNoLimit   = "不限"
	sayNotLately = "近期未登录"
	sayBadDate   = "日期应如 20261124。"
	sayBadNumber = "编号应为数字。"
	sayNothing   = "（空）"
	sayHashEqual = "与本系统中第 %d 条的校验值一致：到这一条为止，日志没有被改动。"
	sayHashOther = "与本系统中第 %d 条的校验值不一致：日志可能被改动，或抄写有误，请核对。"
	sayNoRow     = "本系统中没有第 %d 条日志：日志可能缺少，请核对序号。"
	sayBadRow    = "请填写日志序号（数字）和校验值（64 位，可只填前 16 位以上）。"
	sayAuditBook = "操作日志"
)

// roleHints tell whoever gives roles what they are for.
var roleHints = map[reissue.Role]string{
	reissue.RoleReviewer: "审核、制证、发证、窗口服务",
	reissue.RoleAdmin:    "档案、考试、设置、工作人员、备份",
	reissue.RoleAuditor:  "查看申请，核验日志",
}

func roleWords(roles []reissue.Role) string {
	words := make([]string, len(roles))
	for i, role := range roles {
		words[i] = role.Word()
	}
	return strings.Join(words, visit.SayAnd)
}

// objectWords are what rows are about.
var objectWords = map[string]string{
	"application": "补证申请", "applications": "申请名单", "account": "考生账号", "accounts": "账号名单", "staff": "工作人员", "settings": "系统设置",
	"certificates": "证书档案", "certificate": "证书", "file": "数据文件", "mail": "邮件", "city": "报名市",
	"proofs": "合格证明存根", "audit": "操作日志", "backup": "备份", "exam": "考试", "batch": "制证批次", "list": "清单", "rejected lines": "未导入的行",
	"calls": "需电话通知", "archive": "存档", "report": "统计报表",
}

// auditWho is who acted. A candidate is a number: the log holds no more.
func auditWho(row *store.Audit, staff map[uint64]string) string {
	switch {
	case row.Kind == "candidate":
		return fmt.Sprintf("考生账号 %d", row.By)
	case row.Kind != "staff":
		return visit.ActorWords["system"]
	}
	return cmp.Or(staff[row.By], fmt.Sprintf("工作人员 %d", row.By))
}

// auditNote is the old and the new value, where the row keeps them, or what an export
// has.
func auditNote(row *store.Audit) string {
	if row.Old == "" && row.New == "" || row.Act == "export" {
		return row.New
	}
	return fmt.Sprintf("%s → %s", cmp.Or(auditValue(row, row.Old), sayNothing), cmp.Or(auditValue(row, row.New), sayNothing))
}

// auditValue is a kept value for people: codes of roles in words.
func auditValue(row *store.Audit, value string) string {
	if row.Object == "staff" {
		for _, role := range reissue.StaffRoles {
			value = strings.ReplaceAll(value, string(role), role.Word())
		}
		value = strings.Trim(value, "[]")
	}
	return value
}

// sayMeanwhile tells what was done to a record since a form showed it.
func sayMeanwhile(since []store.Deed) string {
	var said []string
	for _, deed := range since {
		said = append(said, deed.At.String()+" "+cmp.Or(deed.Name, visit.ActorWords[deed.Kind])+" "+visit.AuditWhat(deed.Audit)+"。")
	}
	return strings.Join(said, "")
}

// auditChosen puts the log's filter into words, for the row of its export.
func auditChosen(f *store.AuditFilter, staff map[uint64]string) (chosen []string) {
	const unknown = "未知" // what else stands in an address may be of anybody
	add := func(label, value string) {
		if value != "" {
			chosen = append(chosen, label+" "+value)
		}
	}
	switch {
	case f.By != 0:
		add("操作人", auditWho(&store.Audit{Kind: f.Kind, By: f.By}, staff))
	case f.Kind != "":
		add("操作人", cmp.Or(visit.ActorWords[f.Kind], unknown))
	}
	if f.Act != "" {
		add("操作", cmp.Or(visit.LogActs[f.Object][f.Act], unknown))
	}
	if f.Object != "" {
		add("对象", cmp.Or(objectWords[f.Object], unknown))
	}
	if f.ObjectID != 0 {
		add("编号", visit.Number(f.ObjectID))
	}
	if f.From != 0 {
		add("从", f.From.String())
	}
	if f.To != 0 {
		add("到", (f.To - 1).String())
	}
	return chosen
}

// auditColumns is the header of an exported log.
var auditColumns = []string{"序号", "时间", "操作人", "操作", "对象", "对象编号", "改动前", "改动后", "校验值"}
