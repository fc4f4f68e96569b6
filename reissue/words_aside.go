package reissue

// What is said of a form that puts an application off, or notes something.
const (
	sayNoteEmpty         = "请填写备注内容。"
	sayUntilMissing      = "请填写暂缓到哪一天，例如 2026-01-31。"
	sayUntilUnreadable   = "日期应写成 2026-01-31 这样。"
	sayUntilPast         = "请填写今天以后的日期，最早是明天。"
	sayUntilFar          = "最多暂缓一年，请填写一年以内的日期。"
	sayHoldReasonMissing = "请填写暂缓的原因，考生看不到。"
)
