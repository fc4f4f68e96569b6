package doctor

import (
	"fmt"
	"io/fs"
	"strings"
)

// What is said of the file, the folders around it and its disk.

const (
	sayCanWrite = "数据文件和它所在的文件夹都可以写入。"

	sayParentsGood = "从数据文件到根目录的文件夹，只有管理员和运行本服务的用户能改动。"

	sayNotOnNetwork = "数据文件在本机的磁盘上。"

	sayNoOthers = "附近没有别的数据文件。"
)

func sayRightsGood(path string) string {
	return path + " 只有运行本服务的用户可以读取。"
}

func sayOpenFile(path string, mode fs.FileMode) string {
	wanted := "600"
	if mode.IsDir() {
		wanted = "700"
	}
	return fmt.Sprintf("其他用户可以进入或读写 %s（%04o），里面有个人信息。请执行 chmod %s %s", path, mode.Perm(), wanted, path)
}

func sayOpenFolder(path string, mode fs.FileMode) string {
	return fmt.Sprintf("其他用户可以在文件夹 %s（%04o）里换掉数据文件。请执行 chmod go-w %s", path, mode.Perm(), path)
}

func sayCannotWrite(path string) string {
	return "不能写入 " + path + "，服务不能启动，要写入的命令不能使用（backup、doctor、check 可以）。请让运行本程序的用户能够写入数据文件和它所在的文件夹，磁盘也不能是只读的。"
}

func sayFolderOfOther(path, user string) string {
	return "文件夹 " + path + " 属于用户 " + user + "，他可以换掉里面的数据文件。请把数据文件移到别人不能改动的文件夹；这个文件夹只给本系统用的，也可以执行 chown root " + path
}

func sayOnNetwork(path string) string {
	return path + " 在网络磁盘上，那里的锁和读写不可靠，数据可能损坏。请停止服务，用 backup 和 restore 把数据放到本机的磁盘上；备份和镜像可以放在网络磁盘上。"
}

func sayCannotSpool(folder string) string {
	return "不能使用 " + folder + "（上传等临时文件放在那里），它可能属于另一个用户，或者不是文件夹。请在停止服务以后删除它，会自动重建。"
}

func saySpoolSmall(folder string) string {
	return folder + " 在另一块磁盘上，那里的空间不够上传文件和做加密备份。请清理那块磁盘，或在停止服务以后删除它，会在数据文件旁边重建。"
}

func saySpoolLeft(folder string) string {
	return folder + " 里有被强行终止的程序留下的文件，可能含有个人信息。启动服务时会自动清除；不再启动的，没有别的命令在运行时可以删除这个文件夹。"
}

func saySpoolGood(folder string) string { return folder + "，需要时建立，可以使用。" }

func sayOthers(path string, found []string) string {
	return "附近还有本系统的其他数据文件：" + strings.Join(found, "、") + "。请确认正在使用的 " + path + " 是要用的那一个。别的里面也有个人信息，没有加密，不再需要的请移到安全的地方或删除。"
}

func sayKept(found []string) string {
	return "恢复或升级时留下的原文件：" + strings.Join(found, "、") + "。里面有个人信息，没有加密，到期也不会自动删除。确认不再需要退回以后，请删除。"
}

func sayDisk(free, size uint64) string {
	return fmt.Sprintf("剩余 %s，数据文件 %s。", bytesWord(free), bytesWord(size))
}

func sayDiskSmall(free, size uint64) string {
	return fmt.Sprintf("剩余 %s，数据文件 %s，备份、压缩或恢复时可能不够。请清理磁盘，或减少保留的备份份数。", bytesWord(free), bytesWord(size))
}
