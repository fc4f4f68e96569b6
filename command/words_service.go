package command

const (
	sayNotThere       = "还没有安装成系统服务。请用 certreissue service install 安装。"
	sayServiceStopped = "系统已安装成随电脑启动的服务，现在没有运行。请管理员在“以管理员身份运行”的命令提示符里运行 certreissue service start；原因见它的日志文件。"
)

// Where said is a file or a command by which to read what the service says.
func sayRuns(said string) string { return "服务正在运行。日志见 " + said + "。" }

func sayRunsNot(said string) string {
	return "服务已安装，没有运行。请用 certreissue service start 启动；没有启动成功的，原因见 " + said + "。"
}

// sayServiceDone is said of what was done, where there is no more to say.
func sayServiceDone(do, account, said string) string {
	return map[string]string{
		"uninstall": "服务已停止，不再随电脑启动。数据文件、它的备份和账户 " + account + " 没有改动；不再需要的数据，请备份后自行删除。",
		"start":     "服务已启动。地址、第一个管理员的一次性代码见 " + said + "。",
		"stop":      "服务已停止。",
	}[do]
}

func sayInstalled(account, data string) string {
	return "已安装成系统服务，随电脑启动，由账户 " + account + " 运行，数据文件是 " + data +
		"。现在启动请用 certreissue service start（正在运行的，先用 certreissue service stop 停止，新的选项才生效）。"
}

// sayDriveLetter is of a path on another machine's disk.
func sayDriveLetter(path string) string {
	return "系统服务看不到 " + path + "：网络驱动器的盘符只属于登录的用户。请放在本机的磁盘上；镜像也可以写成 \\\\服务器\\共享\\文件夹，并让这台电脑的计算机账户能够写入那里。"
}

func sayBadService(do string) string {
	return "service 之后应为 install、uninstall、start、stop 或 status，不能是 " + do + "。"
}

func sayOnlyInstall(option string) string { return "-" + option + " 只能用于 service install。" }

// sayWholeDisk is of a file that lies in no folder: the service would be given the disk.
func sayWholeDisk(path string) string {
	return path + " 直接放在磁盘的根目录下，服务的账户会得到整个磁盘的权限。请放在一个文件夹里。"
}
