package handlers

import (
	"certreissue/templates"
)

// The sentences about taking back, batches and handing out.

const sayToSecondOpen = "查看正在办理的申请"

// secondOpen refuses a way back while another application for the same
// certificate is open.
var secondOpen = templates.Error{Heading: "不能恢复这份申请",
	Sentence: "同一本证书已有另一份正在办理的申请，您的操作没有执行。", Advice: "请先办结那一份申请，再更正这一份。"}
