package handlers

import (
	"fmt"

	"certreissue/reissue"
)

// The words of one's own access: where one is signed in, and the second factor.

const (
	sayUnknownDevice = "其他设备"
	sayFactor        = "两步验证"
	sayCodeMissing   = "请输入验证码。"
	sayCodeWrong     = "验证码不正确或已用过，请等手机上换成新的数字后再输入。"
	sayFirstCode     = "验证码不正确。请核对手机上的账号是本系统的，手机时间是自动设置的，再输入当前的数字。"
	saySetupOver     = "页面打开得太久，二维码已更换。请在手机上删除刚才的账号，重新扫描。"
)

func sayFactorState(f reissue.SecondFactor) string {
	if !f.On() {
		return "未启用"
	}
	return fmt.Sprintf("已启用（%s），恢复代码还剩 %d 个", f.Since, len(f.Recovery))
}
