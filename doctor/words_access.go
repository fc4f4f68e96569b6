package doctor

import (
	"strings"

	"certreissue/owner"
)

// sayOpenAccess says who may reach what, with the command of Windows against it.
func sayOpenAccess(path string, list []owner.Other) string {
	names, numbers := make([]string, len(list)), make([]string, len(list))
	for i, other := range list {
		names[i], numbers[i] = other.Name, "*"+other.SID
	}
	return "其他账户（" + strings.Join(names, "、") + "）可以进入或读写 " + path +
		"，里面有个人信息。请在以管理员身份运行的命令提示符里执行 certreissue service install；不装成系统服务的，把数据文件放到只有自己能进入的文件夹，或执行 icacls \"" + path +
		"\" /inheritance:d /remove:g " + strings.Join(numbers, " ")
}

func sayAccessUnknown(path string, err error) string {
	return "不能查看 " + path + " 的访问权限（" + strings.TrimSpace(err.Error()) + "）。请以管理员身份运行 doctor，再检查一次。"
}
