package office

import (
	"fmt"

	"certreissue/reissue"
)

// What is said of notes, and of what was put off.

const (
	sayHeldFilter = "还没有到日期"
	sayToHeld     = "查看这些申请"
)

// sayHeldUntil is until when an application is out of the queue.
func sayHeldUntil(day string) string { return "暂缓到 " + reissue.ShowDate(day) }

// sayAside is what was noted, by whom and when.
func sayAside(text, by string, at reissue.Moment) string {
	return text + "　" + by + " " + at.String()
}

func sayPutOff(count int) string {
	return fmt.Sprintf("%d 份申请暂缓办理，到日期自动回到等待审核。", count)
}
