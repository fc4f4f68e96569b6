package reissue

import "fmt"

// What is said of reminders and of the term for corrections.
const (
	sayLapsed            = "逾期未补正"
	sayTermNeedsReminder = "设了补正期限的，请至少填写一个比期限短的提醒天数，考生才会事先得到提醒。"
	sayUsualDays         = "默认"
	sayNeverReminds      = "不提醒"
)

var (
	sayBadDayList = fmt.Sprintf("请填写天数，用空格分开，最多 %d 个，每个 1 到 %d；不提醒的留空。", mostReminders, mostRemindDays)
	sayBadTerm    = fmt.Sprintf("请填写 %d 到 %d 之间的数字；不设期限的留空。", leastTerm, mostTerm)
)
