package office

import (
	"fmt"
	"net/http"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// The words of 需电话通知.

const (
	sayToCalls   = "去电话通知"
	sayNoAddress = "没有邮箱"
	sayNoCall    = "请先勾选已经通知到的考生，没有作任何改动。"
)

// callOver is for a tick from an old list.
var callOver = visit.ErrorPage{Err: store.ErrCallOver, Status: http.StatusConflict, Page: templates.Error{Heading: "名单已有变动",
	Sentence: "您打开页面之后，所选的通知中有的已由同事通知、邮件已经送达、邮箱已经更正，或申请又有了新的进展。没有作任何改动。", Advice: "请查看最新的名单后再标记。",
	Ways: []templates.Link{{Text: "返回需电话通知", URL: callsPage}}}}

func sayCalls(n int) string {
	return sayCount(n) + " 项通知邮件送不到，需要电话通知考生。"
}

// sayAttempts is why a mail does not arrive.
func sayAttempts(to, failure string) string { return to + " 送不到：" + failure }

// countedFlash words what was done to so many, "" for a code of something else.
func countedFlash(code, count string) string {
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || n > reissue.MaxBatch {
		return ""
	}
	switch code {
	case flashCorrected:
		return flashes[flashCorrected] + visit.SayMailsMoved(n)
	case flashTogether:
		return fmt.Sprintf("已登记领取 %d 份。", n)
	case flashTold:
		return fmt.Sprintf("%d 项已标记为电话通知，邮件不再发送。", n)
	}
	return ""
}
