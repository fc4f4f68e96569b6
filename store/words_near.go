package store

import (
	"cmp"
	"strings"
)

// Sentence names each file that was found, and the two ways on.
func (e *NearError) Sentence() string {
	names, best := make([]string, len(e.Found)), ""
	for i, n := range e.Found {
		if best == "" && !n.Demo && !n.Hidden {
			best = n.Path
		}
		names[i] = n.Path
		switch {
		case n.Demo:
			names[i] += "（演示数据）"
		case n.Hidden:
			names[i] += "（当前用户无权查看）"
		}
	}
	return "找不到数据文件 " + e.Path + "，但附近有本系统的其他数据文件：" + strings.Join(names, "、") +
		"。没有新建空的数据文件。要使用其中一个的，请用 -data " + cmp.Or(best, e.Found[0].Path) + " 这样的写法指定它，或用 restore 命令把它恢复到原处；确实要从空白开始的，请加 -new。"
}
