package command

func sayNeedsAdministrator(do string) string {
	return "需要管理员的权限。请在“开始”菜单里找到“命令提示符”，右键点它，选“以管理员身份运行”，再运行 certreissue service " + do + "。"
}
