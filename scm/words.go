package scm

// Every Chinese sentence of this package stands in this file and in words_windows.go.

const (
	sayEntry = "服务 %s，随电脑启动，出错后自动重新启动\n命令 %s\n账户 %s，只保留权限 %s\n"
	sayOwn   = "文件夹 %s 只有管理员、系统和这个账户能进入（%s）\n"
	// What the account is given besides.
	sayWrites = "这个账户可以写 %s\n"
	sayReads  = "这个账户可以读 %s\n"

	sayNotStarted = "service run 由 Windows 的服务管理器使用，不必自己运行。请用 certreissue service start 启动服务。"
)
