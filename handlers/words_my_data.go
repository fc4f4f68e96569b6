package handlers

import (
	"fmt"

	"certreissue/reissue"
)

// The words of what candidates take along, and of their leaving.

const (
	sayMyData     = "我的信息"
	sayMyAccount  = "账号"
	sayConsented  = "同意个人信息保护说明"
	sayCollected  = "领取状态"
	saySubmitted  = "提交时间"
	sayMyMails    = "发给我的邮件"
	sayMySignIns  = "现在的登录"
	sayMyDeeds    = "账号记录"
	sayUnderstood = "请确认后勾选。"
)

func sayApplicationOf(a *reissue.Application) string {
	return fmt.Sprintf("补证申请 %d：%s", a.ID, examTitle(&a.Fields))
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
