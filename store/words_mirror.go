package store

import (
	"errors"
	"fmt"
	"time"

	"certreissue/reissue"
)

// The words of the mirror.

// Sentence says in Chinese why the mirror was not written, and what to do.
func (e *MirrorError) Sentence() string {
	switch e.Fault {
	case MirrorAway:
		return "找不到镜像文件夹 " + e.Folder + "，磁盘可能没有接上。请接好磁盘，镜像会自动接着写；系统不会自己建立这个文件夹。"
	case MirrorGone:
		return "镜像文件夹 " + e.Folder + " 里的镜像不见了，磁盘可能已断开。请接好磁盘，镜像会自动接着写；确实要重新建立的，请重新启动服务。"
	case MirrorFull:
		return "镜像文件夹 " + e.Folder + " 所在的磁盘已满，请清理。镜像需要数据文件两倍的空间。"
	case MirrorReadOnly:
		return "镜像文件夹 " + e.Folder + " 不能写入，磁盘可能是只读的，或者运行服务的用户没有权限。请检查后等待镜像自动继续。"
	case MirrorInUse:
		return fmt.Sprintf("镜像文件 %v 正被另一个程序使用，用完后镜像自动继续。", e.Err)
	case MirrorForeign:
		return fmt.Sprintf("%v 是另一份数据的镜像（%s），没有覆盖。请换一个文件夹；确实不再需要它的，请用 -mirror-replace 重新启动服务。", e.Err, sayLastRow(e.Lies.Last))
	case MirrorAhead:
		return fmt.Sprintf("数据文件可能回退：数据文件%s，镜像 %v %s。请先查明原因，再选一种办法：用 restore %s 恢复镜像；或者确认以数据文件为准，用 -mirror-replace 启动服务，覆盖镜像。",
			sayLastRow(e.Ours.Last), e.Err, sayLastRow(e.Lies.Last), e.Folder)
	case MirrorDamage:
		return "数据文件有损坏，镜像已停止写入，保持损坏之前的内容。请停止服务，用 restore " + e.Folder + " 恢复镜像，或用 check -repair 新文件 -from " + e.Folder + " 补回损坏的记录。"
	case MirrorSpoilt:
		return fmt.Sprintf("镜像文件 %v 重写之后内容仍有损坏，镜像已停止，另一个文件保持原样。请更换镜像的磁盘，并用 certreissue check 检查数据文件。", e.Err)
	}
	return "镜像没有写成，系统会继续重试。请检查文件夹 " + e.Folder + " 和所在的磁盘，原因见服务的窗口。"
}

func sayLastRow(at reissue.Moment) string {
	if at == 0 {
		return "没有操作记录"
	}
	return "最后的操作记录在 " + at.Time().Format("2006-01-02 15:04:05")
}

// Sentence says how old the mirror is, and what is wrong with it.
func (m *MirrorStatus) Sentence(now time.Time) string {
	if trouble := m.Trouble(now); trouble != "" {
		return m.Age(now) + "。" + trouble
	}
	return m.Age(now)
}

// Age says how old the mirror is.
func (m *MirrorStatus) Age(now time.Time) string {
	switch {
	case m.Last.IsZero() && m.Err == nil:
		return "正在建立"
	case m.Last.IsZero():
		return "还没有建立"
	case m.Slowed && m.Err == nil:
		return fmt.Sprintf("%s前（一次写入较慢，已自动改为每 %s一次）", SaySpan(now.Sub(m.Last)), SaySpan(m.Every))
	}
	return SaySpan(now.Sub(m.Last)) + "前"
}

// Trouble says what is wrong with the mirror; "" for nothing.
func (m *MirrorStatus) Trouble(now time.Time) string {
	if fault, ok := errors.AsType[*MirrorError](m.Err); ok {
		return fault.Sentence()
	}
	if m.late(now) {
		return "这一次写入很久没有完成，磁盘可能很慢，或没有响应。请检查文件夹 " + m.Folder + " 所在的磁盘和网络。"
	}
	return ""
}

// SaySpan is a span of time in words.
func SaySpan(span time.Duration) string {
	switch {
	case span < 2*time.Minute:
		return fmt.Sprintf("%d 秒", max(0, int(span/time.Second)))
	case span < 2*time.Hour:
		return fmt.Sprintf("%d 分钟", int(span/time.Minute))
	case span < 48*time.Hour:
		return fmt.Sprintf("%d 小时", int(span/time.Hour))
	}
	return fmt.Sprintf("%d 天", int(span/(24*time.Hour)))
}
