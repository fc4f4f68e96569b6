package candidate

import (
	"fmt"

	"certreissue/handlers/visit"
	"certreissue/reissue"
)

// The words of what candidates take along, and of their leaving.

const (
	sayMyData     = "我的信息"
	sayMyAccount  = "账号"
	sayConsented  = "同意个人信息保护说明"
	sayLastUse    = "最近使用"
	sayCollected  = "领取状态"
	sayMyMails    = "发给我的邮件"
	sayMySignIns  = "现在的登录"
	sayMyDeeds    = "账号记录"
	sayMyFormer   = "账号更改前的内容"
	sayUnderstood = "请确认后勾选。"
)

func sayApplicationOf(a *reissue.Application) string {
	return fmt.Sprintf("补证申请 %d：%s", a.ID, visit.ExamTitle(&a.Fields))
}

func sayCertificateOf(c *reissue.Certificate) string {
	return fmt.Sprintf("证书档案：%d 年 %s", c.ExamYear, c.ExamName)
}

func sayPhotoFile(application uint64) string { return fmt.Sprintf("照片-%d.jpg", application) }

func sayConsentGiven(c reissue.Consent) string {
	if c.At == 0 {
		return "没有记录（账号不是在本系统注册的）"
	}
	return c.At.String() + "，版本 " + c.Version
}

// saySpan is a number of months in words; "" for no end.
func saySpan(months int) string {
	switch {
	case months == 0:
		return ""
	case months%12 == 0:
		return fmt.Sprintf("%d 年", months/12)
	}
	return fmt.Sprintf("%d 个月", months)
}

// sayKept tells how long things are kept, for the privacy notice.
func sayKept(r reissue.Retention, backup reissue.BackupPlan) []string {
	applications, photos, accounts := "按档案管理的规定保存，期满删除", "随申请一起保存", "保存到您注销为止"
	if span := saySpan(r.ApplicationMonths); span != "" {
		applications = "办结 " + span + "后自动删除"
	}
	if span := saySpan(r.PhotoMonths); span != "" {
		photos = "申请办结 " + span + "后自动删除"
	}
	if span := saySpan(r.AccountMonths); span != "" {
		accounts += "；没有申请、" + span + "没有登录的，自动删除"
	}
	return []string{
		"补证申请和发给您的通知：" + applications + "。",
		"电子照片：" + photos + "。",
		"账号：" + accounts + "。",
		"填写后没有提交的内容：24 小时；登录记录：约 2 天，账号上只留最近一次登录的时间。",
		fmt.Sprintf("备份：最多 %d 份，新的替换旧的；删除的信息随之从备份中消失。", backup.Keep),
		"操作日志：长期保存，只记编号和做了什么，不含您的姓名、证件号码和联系方式。",
	}
}
