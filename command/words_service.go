package command

const (
	sayRuns         = "服务正在运行。它说的话见 journalctl -u certreissue。"
	sayRunsNot      = "服务已安装，没有运行。请用 certreissue service start 启动；没有启动成功的，原因见 journalctl -u certreissue。"
	sayNotThere     = "还没有安装成系统服务。请用 certreissue service install 安装。"
	sayNoServiceYet = "service 命令目前只有 Linux 版本，这个系统上还没有。请用 certreissue serve 启动服务，并让它的窗口开着。"
)

// sayServiceDone is said of what was done, where there is no more to say.
var sayServiceDone = map[string]string{
	"uninstall": "服务已停止，不再随电脑启动。数据文件、它的备份和用户 certreissue 没有改动；不再需要的，请备份后自行删除。",
	"start":     "服务已启动。地址、第一个管理员的一次性代码见 journalctl -u certreissue。",
	"stop":      "服务已停止。",
}

func sayInstalled(data string) string {
	return "已安装成系统服务，随电脑启动，由用户 certreissue 运行，数据文件是 " + data +
		"。现在启动请用 certreissue service start（正在运行的，先用 certreissue service stop 停止，新的选项才生效）。"
}

func sayBadService(do string) string {
	return "service 之后应为 install、uninstall、start、stop 或 status，不能是 " + do + "。"
}

func sayOnlyInstall(option string) string { return "-" + option + " 只能用于 service install。" }

func sayNeedsRoot(do string) string {
	return "需要管理员的权限。请用 sudo certreissue service " + do + "，或以 root 用户运行。"
}

func sayHidden(path string) string {
	return "系统服务看不到 " + path + "：用户的文件夹和临时文件夹（/home、/root、/tmp 等）对它是关着的。请放到别处，如 /opt/certreissue，再安装。"
}
