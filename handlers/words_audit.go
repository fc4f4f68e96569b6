package handlers

import (
	"cmp"
	"fmt"
	"strings"

	"certreissue/reissue"
	"certreissue/store"
)

// The words of the staff page and of the log: every act, object and field that
// a row can hold.

const (
	sayAnd       = "、"
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
	return strings.Join(words, sayAnd)
}

// actWords are the acts of rows about anything but an application or an
// account.
var actWords = map[string]string{
	"add": "添加", "change": "修改", "disable": "停用", "enable": "重新启用", "unlock": "解除锁定", "import": "导入", "export": "导出",
	"viewed": "查看完整信息", "release": "恢复发送", "restore": "恢复备份", "remove": "删除", "rename": "改名", "retry": "立即重发",
	"backup": "备份", "download": "下载备份", "verify": "核验", "sign_out": "退出其他登录",
	"factor_on": "启用两步验证", "factor_off": "停用两步验证", "recovery": "使用恢复代码",
	"forget": "按保存期限删除",
}

// objectWords are what rows are about.
var objectWords = map[string]string{
	"application": "补证申请", "applications": "申请名单", "account": "考生账号", "accounts": "账号名单", "staff": "工作人员", "settings": "系统设置",
	"certificates": "证书档案", "certificate": "证书", "import": "导入", "file": "数据文件", "mail": "邮件", "city": "报名市",
	"audit": "操作日志", "backup": "备份", "exam": "考试", "batch": "制证批次",
}

// fieldWords are the names of changed fields, beside those of an application.
var fieldWords = map[string]string{
	"password": "密码", "email": "邮箱", "roles": "角色", "cities": "限定报名市", "disabled": "状态",
	"SystemName": "系统名称", "OfficeName": "单位名称", "Telephone": "咨询电话", "Hours": "服务时间", "Address": "地址", "Notice": "友情提示",
	"PhotoYear": "需要照片的年度", "TargetDays": "审核期限", "MailDelay": "审核邮件延迟", "Reasons": "审核原因", "Pledge": "承诺书",
	"PublicURL": "公开网址", "SMTP": "邮件服务器", "Announcement": "公告", "Photo": "照片要求", "Notes": "常用说明", "Backup": "自动备份",
	"MailTexts": "邮件文字", "RosterColumns": "名册的列", "PhotosByIDNumber": "照片按证件号码命名", "SecondPerson": "锁定批次须另一位审核员", "Retention": "保存期限", "Listen": "监听地址",
}

// fieldWord is a field's name in words; the text of a mail is named with its act.
func fieldWord(field string) string {
	if field, act, ok := strings.Cut(field, "."); ok {
		return fieldWord(field) + "（" + reissue.Act(act).Word() + "）"
	}
	if word := fieldWords[field]; word != "" {
		return word
	}
	if word := reissue.Label(field); word != "" {
		return word
	}
	return field
}

// actWord is what was done, in words; what the tables do not know is shown as
// it stands in the file.
func actWord(object, act string) string {
	word := ""
	switch object {
	case "application":
		word = reissue.Act(act).Word()
	case "account":
		word = accountWords[act]
	case "batch":
		word = reissue.BatchAct(act).Word()
	}
	if word == "" {
		word = actWords[act]
	}
	return cmp.Or(word, act)
}

// auditWhat is what a row tells, the changed fields included.
func auditWhat(row *store.Audit) string {
	word := actWord(row.Object, row.Act)
	names := make([]string, len(row.Fields))
	for i, field := range row.Fields {
		names[i] = fieldWord(field)
	}
	if len(names) > 0 && row.Act != "disable" && row.Act != "enable" {
		word += "：" + strings.Join(names, sayAnd)
	}
	return word
}

// auditWho is who acted. A candidate is a number: the log holds no more.
func auditWho(row *store.Audit, staff map[uint64]string) string {
	switch {
	case row.Kind == "candidate":
		return fmt.Sprintf("考生账号 %d", row.By)
	case row.Kind != "staff":
		return actorWords["system"]
	}
	return cmp.Or(staff[row.By], fmt.Sprintf("工作人员 %d", row.By))
}

// auditNote is the old and the new value, where the row keeps them.
func auditNote(row *store.Audit) string {
	if row.Old == "" && row.New == "" {
		return ""
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

// auditColumns is the header of an exported log.
var auditColumns = []string{"序号", "时间", "操作人", "操作", "对象", "对象编号", "改动前", "改动后", "校验值"}
