package handlers

import (
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
	sayCities    = "限定报名市"
	sayNoLimit   = "不限"
	sayNotLately = "近期未登录"
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
	"backup": "备份", "download": "下载备份", "verify": "核验",
}

// fieldWords are the names of changed fields, beside those of an application.
var fieldWords = map[string]string{
	"password": "密码", "email": "邮箱", "roles": "角色", "cities": "限定报名市", "disabled": "状态",
	"SystemName": "系统名称", "OfficeName": "单位名称", "Telephone": "咨询电话", "Hours": "服务时间", "Address": "地址", "Notice": "友情提示",
	"PhotoYear": "需要照片的年度", "TargetDays": "审核期限", "MailDelay": "审核邮件延迟", "Reasons": "审核原因", "Pledge": "承诺书",
	"PublicURL": "公开网址", "SMTP": "邮件服务器",
}

func fieldWord(field string) string {
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
	}
	if word == "" {
		word = actWords[act]
	}
	return orElse(word, act)
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
	return orElse(staff[row.By], fmt.Sprintf("工作人员 %d", row.By))
}

// auditNote is the old and the new value, where the row keeps them.
func auditNote(row *store.Audit) string {
	if row.Old == "" && row.New == "" {
		return ""
	}
	return fmt.Sprintf("%s → %s", auditValue(row, row.Old), auditValue(row, row.New))
}

// auditValue is a kept value for people: codes of roles in words.
func auditValue(row *store.Audit, value string) string {
	if row.Object == "staff" {
		for _, role := range reissue.StaffRoles {
			value = strings.ReplaceAll(value, string(role), role.Word())
		}
		value = strings.Trim(value, "[]")
	}
	return orElse(value, "（空）")
}
