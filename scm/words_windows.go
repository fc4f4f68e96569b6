package scm

import "strings"

const (
	sayDisplay     = "证书补办申请系统"
	sayDescription = "考生在网上补办证书，办公室审核、制证、发放。由 certreissue service install 安装。"

	sayNotInstalled = "还没有安装成系统服务。请先运行 certreissue service install。"
	sayNotStaying   = "服务启动后又停止了。原因见日志文件，改正后再运行 certreissue service start。"
	sayNotStopping  = "服务还在停止，没有等到它结束。请稍候再看 certreissue service status。"
)

// sayRefused is of what Windows has refused.
func sayRefused(what string, err error) string {
	return "没有完成：" + what + "（" + strings.TrimSpace(err.Error()) + "）。"
}

// What may be refused.
const (
	doConnect   = "不能与 Windows 的服务管理器联系"
	doInstall   = "不能登记服务"
	doUninstall = "不能删除服务"
	doStart     = "不能启动服务"
	doStop      = "不能停止服务"
	doAsk       = "不能查看服务"
)

func sayRights(path string, err error) string {
	return "不能设置 " + path + " 的访问权限（" + strings.TrimSpace(err.Error()) + "）。请检查这个路径，然后再安装一次。"
}
