package handlers

import (
	"cmp"

	"certreissue/reissue"
)

// logActs are the acts that rows of the log can hold, in words, by what they are
// about: the same act has another word on another object.
var logActs = map[string]map[string]string{
	"application": applicationActs(),
	"batch":       batchWords(),
	"account": {"register": "注册", "import": "从证书邮寄系统导入", "change": "修改", "renew": "更新密码存储方式", "reset": "重置密码", "correct": "窗口更正",
		"unlock": "解除锁定", "close": "停用（号码归还本人）", "shut": "停用", "open": "窗口开立", "attach": "窗口开立（号码归还本人）", "ask_reset": "申请找回密码",
		"viewed": "查看完整信息", "sign_out": "退出其他登录", "leave": "本人注销", "forget": "按保存期限删除", "export": "本人下载"},
	"staff": {"add": "添加", "change": "修改", "disable": "停用", "enable": "重新启用", "unlock": "解除锁定", "sign_out": "退出其他登录",
		"factor_on": "启用两步验证", "factor_off": "停用两步验证", "recovery": "使用恢复代码"},
	"certificates":   {"import": "导入", "take_back": "撤回导入", "export": "导出"},
	"certificate":    {"collect": "标记为已领取", "uncollect": "改为未领取"},
	"exam":           {"add": "添加", "change": "修改", "delete": "删除"},
	"city":           {"add": "添加", "rename": "改名", "remove": "删除"},
	"settings":       {"change": "修改"},
	"mail":           {"retry": "立即重发", "release": "恢复发送"},
	"backup":         {"backup": "备份", "download": "下载备份"},
	"file":           {"restore": "恢复备份"},
	"audit":          {"verify": "核验", "export": "导出"},
	"accounts":       {"import": "导入"},
	"applications":   {"export": "导出"},
	"rejected lines": {"export": "导出"},
}

// applicationActs are those of an application: a clerk's looks beside what
// changes it.
func applicationActs() map[string]string {
	words := map[string]string{"viewed": "查看完整信息", "forget": "按保存期限删除"}
	for _, act := range append(reissue.Acts(), reissue.ActCorrectHolder, reissue.ActForgetPhoto) {
		words[string(act)] = act.Word()
	}
	return words
}

func batchWords() map[string]string {
	words := map[string]string{"export": "导出"}
	for _, act := range append(batchActs, reissue.BatchMake) {
		words[string(act)] = act.Word()
	}
	return words
}

// actWord is what was done, in words; what the tables do not know is shown as
// it stands in the file.
func actWord(object, act string) string { return cmp.Or(logActs[object][act], act) }
