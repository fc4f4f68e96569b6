package unit

import "strings"

// Every Chinese sentence of this package stands in this file.

const (
	sayDescription = "证书补办申请系统"
	// sayUnit begins the unit's file.
	sayUnit = `# 由 certreissue service install 写成。要改选项时，带上新的选项再运行一次它，然后重新启动服务。
# 服务没有启动时，原因见 journalctl -u certreissue。

`
	sayNoSystemd    = "这台电脑没有用 systemd 启动，不能安装成系统服务。请用 certreissue serve 启动，或交给这里管理服务的程序。"
	sayNotInstalled = "还没有安装成系统服务。请先运行 certreissue service install。"
	sayNotStaying   = "服务启动后又停止了。原因见 journalctl -u certreissue -n 20，改正后再运行 certreissue service start。"
)

// sayRefused is of a program of the system that has refused, with what it said.
func sayRefused(command []string, said string) string {
	line := "没有完成：" + strings.Join(command, " ") + " 没有成功"
	if said = strings.Join(strings.Fields(said), " "); said != "" {
		line += "（" + said + "）"
	}
	return line + "。服务的日志见 journalctl -u certreissue -n 20。"
}

func sayCannotWrite(path string, err error) string {
	return "无法写入 " + path + "：" + err.Error() + "。请检查磁盘和权限。"
}
