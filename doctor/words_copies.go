package doctor

import (
	"fmt"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// What is said of what the file holds, and of its copies.

const (
	sayDataGood = "没有发现损坏（服务启动时和每晚检查；随时可用 check 命令检查）。"

	sayNoCopy    = "没有一份成功的备份。请在办公端“备份”页面立即备份，并查看服务窗口里的原因。"
	sayNoCopyYet = "还没有备份，服务运行后会自动备份。"

	sayNoMirror = "没有设置。硬盘损坏时，上次备份以后的工作会全部丢失。请接上另一块磁盘，在办公端“备份”页面填写镜像文件夹，或用 serve -mirror 指定。"
)

func sayCopy(made time.Time) string {
	return "最近一次成功的备份在 " + moment(made) + "。请定期另存一份到别的设备。"
}

func sayOldCopy(made time.Time) string {
	return "最近一次成功的备份在 " + moment(made) + "，已超过两天。请查看服务窗口里的原因。"
}

func sayCopyFailed(failure *store.CopyFailure) string {
	return moment(failure.At.Time()) + " 的备份没有成功：" + sayCopiesUnread(failure.Err)
}

// sayCopiesUnread is why the copies could not be made, or looked at.
func sayCopiesUnread(err error) string {
	if why, speaks := reissue.Sentence(err); speaks {
		return why
	}
	return "请查看服务窗口里的原因。"
}

func sayCopyAhead(made time.Time) string {
	return "最近一次成功的备份在 " + moment(made) + "，晚于现在。请校准系统时间，再备份一次。"
}

func sayNewestGood(c store.Copy) string {
	return c.Name + "（" + moment(c.Made.Time()) + "），已打开并检查全部内容，完好。"
}

func sayNewestDamaged(c store.Copy) string {
	return c.Path + "（" + moment(c.Made.Time()) + "）已损坏，不能用来恢复。请马上在办公端“备份”页面立即备份，检查这块磁盘，并用 certreissue check 文件 检查更早的几份。"
}

func sayNewestUnread(c store.Copy, why string) string {
	return c.Path + "（" + moment(c.Made.Time()) + "）没有通过检查：" + why + "请在办公端“备份”页面立即备份，再运行一次 doctor。"
}

func sayNewestUnchecked(c store.Copy) string {
	return c.Name + "（" + moment(c.Made.Time()) + "）没有检查完，不能说明是否完好。请再运行一次 doctor；刚换过程序文件的，先重新启动服务。"
}

func saySameDisk(folder string) string {
	return "镜像文件夹 " + folder + " 与数据文件在同一块磁盘上，这块磁盘坏了，两份都会丢失。请换到另一块磁盘；已换的，请检查那块磁盘有没有挂载。"
}

// sayMendData says what to do about a damaged record; newest is the path of a copy, ""
// for none.
func sayMendData(newest string) string {
	if newest == "" {
		return "。请停止服务，用 check -repair 新文件 修复。"
	}
	return "。请停止服务，用 check -repair 新文件 -from " + newest + " 修复，或用 restore 恢复该备份。"
}

func sayDamages(n int) string {
	return fmt.Sprintf("数据文件有 %d 处损坏，是哪些见工作台", n)
}
