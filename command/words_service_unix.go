//go:build !windows

package command

func sayNeedsRoot(do string) string {
	return "需要管理员的权限。请用 sudo certreissue service " + do + "，或以 root 用户运行。"
}

func sayHidden(path string) string {
	return "系统服务看不到 " + path + "：用户的文件夹和临时文件夹（/home、/root、/tmp 等）对它是关着的。请放到别处，如 /opt/certreissue，再安装。"
}
