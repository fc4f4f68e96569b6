package filing

import (
	"errors"
	"fmt"

	"certreissue/photo"
	"certreissue/reissue"
	"certreissue/templates"
)

// Every Chinese sentence of this package stands in this file; what pages say of
// themselves stands in templates.

const (
	SaySubmitted     = "提交时间"
	SayDownload      = "下载电子证书"
	sayNotAccepted   = "这项考试现在不能申请补办"
	SayApplicable    = "可申请"
	SayNotApplicable = "不可申请"
	SayApply         = "申请补证"
	SayLook          = "查看申请"
	sayTooLargePhoto = "照片最大 20 MB，选择的文件超过了，没有提交。"
	sayBrokenPhoto   = "照片未能读出：可能是网络中断，或文件已被移动或删除。其他内容还在，请重新选择照片。"
	sayStaleEdit     = "您打开页面之后，这份申请已有变动，您的修改还没有保存。请核对下面的变动，再次点击“保存”。"
	sayNoPhoto       = "请选择照片文件。"
	sayOnePhoto      = "一次只能上传一张照片，请重新选择。"
	sayOwnExams      = "您名下有证书的考试"
	sayOtherExams    = "其他考试"
	sayNumber        = "申请编号"
	sayByHandForm    = "填写补证申请（没有填完）"
	sayLookAtPhoto   = "请核对照片"
)

func sayEditForm(application uint64) string {
	return fmt.Sprintf("申请 %d 的信息维护", application)
}

func sayLastDay(exam *reissue.Exam) string {
	return "本中心登记的 " + exam.Title() + " 最后一天是 " + reissue.ShowDate(exam.LastDay) + "，批准日期一般填 " + exam.LastDay + "。"
}

// SaySince names the moment from which an application is in its state.
func SaySince(a *reissue.Application) string {
	switch a.Status {
	case reissue.Pending:
		return SaySubmitted
	case reissue.InProduction:
		return "开始制证"
	case reissue.Ready:
		if a.ByProof() {
			return "开具时间"
		}
		return "到证时间"
	case reissue.HandedOut:
		return "领取时间"
	case reissue.Mailed:
		return "寄出时间"
	}
	return "审核时间"
}

// sayMended tells what was made of a photo that could not be taken as it came.
func sayMended(before, after int) string {
	if after < before {
		return fmt.Sprintf("选择的照片现为 %s，已压缩到 %s，尺寸已按要求裁剪。", photo.Size(before), photo.Size(after))
	}
	return fmt.Sprintf("选择的照片现为 %s，尺寸和大小已按要求调整，调整后为 %s。", photo.Size(before), photo.Size(after))
}

// sayPhotoAgreed asks for agreement to a photo that was mended.
func sayPhotoAgreed(edit bool) string {
	button := "下一步"
	if edit {
		button = "保存"
	}
	return "照片已按要求调整，请看预览：合适的，请再点“" + button + "”；不合适的，请另选照片。"
}

// NotAccepted are the reason and the way on that stand on step 1; nothing
// for nil.
func NotAccepted(err error) (reason string, more templates.Link) {
	var e *reissue.NotAcceptedError
	if !errors.As(err, &e) {
		return "", more
	}
	if link := e.Exam.Download(); link != "" {
		more = templates.Link{Text: SayDownload, URL: link}
	}
	return e.Sentence(), more
}

// NotAcceptedPage tells why step 2 is closed, and where to go on; back leads to step 1.
func NotAcceptedPage(e *reissue.NotAcceptedError, back templates.Link) templates.Error {
	page := templates.Error{Heading: sayNotAccepted, Sentence: e.Sentence(), Ways: []templates.Link{back}}
	if link := e.Exam.Download(); link != "" {
		page.Ways = append([]templates.Link{{Text: SayDownload, URL: link}}, page.Ways...)
	}
	return page
}
