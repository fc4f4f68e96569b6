package store

import (
	"fmt"

	"certreissue/reissue"
)

// The words of the mails that are not about an application.

// signature ends a mail that is about no application: whom it is from, and where that is.
func signature(office *reissue.Settings) string {
	return office.OfficeName + "\n" + office.PlaceOf("").Lines()
}

func resetMail(name, link string, office *reissue.Settings) (subject, body string) {
	return "找回密码", fmt.Sprintf("%s：\n\n请在 20 分钟内打开下面的链接，设置新密码。链接只能使用一次。\n\n%s\n\n如果不是您本人申请，请忽略这封邮件，您的密码不会改变。\n\n%s", name, link, signature(office))
}

func confirmMail(name, link string, office *reissue.Settings) (subject, body string) {
	return "请确认邮箱", fmt.Sprintf("%s：\n\n您在本系统登记了这个邮箱。请在 7 天内打开下面的链接，在打开的页面上点“确认邮箱”，我们就知道通知能送到您手里。不确认也不影响办理。\n\n%s\n\n如果不是您本人登记的，请忽略这封邮件。\n\n%s", name, link, signature(office))
}

// alarmMail tells the administrator of an alarm; pages is where the service is found by a
// browser, "" where nobody knows.
func alarmMail(news reissue.AlarmNews, data, pages string, office *reissue.Settings) (subject, body string) {
	subject = "请处理：" + news.Kind.Word()
	body = news.Sentence + "\n\n发现时间：" + news.Since.String()
	if news.Over {
		subject = "已恢复正常：" + news.Kind.Word()
		body = "下面的问题已经恢复正常，不用再处理。\n\n" + body
	}
	body += "\n数据文件：" + data + "\n"
	if pages != "" {
		body += "工作台：" + pages + "/office\n"
	}
	return subject, body + "\n" + signature(office)
}

func emailChangedMail(name string, office *reissue.Settings) (subject, body string) {
	return "邮箱已修改", fmt.Sprintf("%s：\n\n您在本系统登记的邮箱已修改，今后的通知将发往新邮箱。如果不是您本人操作，请带身份证件到窗口核验。\n\n%s", name, signature(office))
}

func farewellMail(office *reissue.Settings, keeps bool) (subject, body string) {
	kept := ""
	if keeps {
		kept = "已办结的申请（含联系电话、照片）是办理档案，按期限保存。"
	}
	return "账号已注销", fmt.Sprintf("您好：\n\n您在本系统的账号已按您的要求注销，密码和邮箱已删除。%s如果不是您本人操作，请带身份证件到窗口核验。\n\n%s", kept, signature(office))
}

func accountMovedMail(office *reissue.Settings) (subject, body string) {
	return "账号已停用", fmt.Sprintf("您好：\n\n您用此邮箱登记的账号，其身份证号经窗口核验证件后，已归属持证人本人，原账号停用。如有疑问，请带身份证件到窗口核验。\n\n%s", signature(office))
}
