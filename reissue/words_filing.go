package reissue

// What is said of applications that the counter filed.

// SayFilerApproves sends who filed an application to somebody else.
const SayFilerApproves = "这份申请由您代为填报或修改，须由另一位审核员审核通过。没有另一位审核员的，请管理员在“工作人员”中添加。"

var markFiledAtCounter = Mark{Word: "窗口代办", Text: "由窗口代为填报或修改，经办人不能审核通过，须由另一位审核员审核"}

// CounterWord is what was done at the counter for the candidate; "" for what candidates do
// not do themselves.
func (a Act) CounterWord() string {
	return map[Act]string{ActSubmit: "窗口代为填报", ActSave: "窗口代为修改", ActWithdraw: "窗口代为撤回"}[a]
}

// EventWord is what an event did to the application, as its history tells it.
func (a *Application) EventWord(e *Event) string {
	if e.AtCounter() {
		return e.Act.CounterWord()
	}
	return a.ActWord(e.Act)
}
