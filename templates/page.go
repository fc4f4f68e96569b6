package templates

import "slices"

// Page is what every page shows around its own part. It is embedded in each page's struct.
type Page struct {
	SystemName string // 证书补办申请系统
	OfficeName string
	Phone      string
	Hours      string // when the office can be reached, in words
	// Counters are where a page sends people: the one of their city, or the office and then what it has set for
	// cities, each under its name; nil where it sends nobody.
	Counters []Place
	Notice   string // 友情提示 under the sign-in card; empty shows none
	// Announcement is what the office tells every candidate; empty shows none.
	Announcement string
	User         string // who is signed in, as the header names them; empty when nobody is
	Login        string // what they sign in with; of a reset link whose it is
	Staff        bool   // a page of the office
	Roles        []string
	CSRF         string
	Flash        string // what has just been done, shown once
	FlashWay     *Link  // to what it was done to; nil for none
	Undone       bool   // Flash tells of what has not been done
	Demo         bool   // sample data: says so on top of every page
	Form         Form
	// Size is how large the text is.
	Size TextSize
	// Address is what the switch of sizes leads back to; empty offers none.
	Address string
}

// TextSize is the usual size of text, or that of the large version.
type TextSize string

const (
	StandardText TextSize = "standard"
	LargeText    TextSize = "large"
)

// Large says that the page is shown in the large version, which candidates have.
func (p Page) Large() bool { return p.Size == LargeText }

// Style is the file of a stylesheet, as this page needs it.
func (p Page) Style(name string) string {
	switch {
	case p.Large():
		return name + "-large.css"
	case p.Staff:
		return name + "-office.css"
	}
	return name + ".css"
}

// OtherStyle is the one to which the switch leads.
func (p Page) OtherStyle(name string) string {
	if p.Size != LargeText {
		p.Size = LargeText
	} else {
		p.Size = StandardText
	}
	return p.Style(name)
}

// Pair is one line of facts.
type Pair struct{ Label, Value string }

// Link is a way on.
type Link struct{ Text, URL string }

// MenuItem is an entry of the office's menu.
type MenuItem struct {
	Text, URL string
	Current   bool
	Letter    string // opens it after G
}

// officeMenuTable says which roles see which page; the order is that of the menu. After G the letter opens it:
// where it can be, that of the pinyin.
var officeMenuTable = []struct {
	key, letter, text, url string
	roles                  []string
}{
	{"desk", "g", "工作台", "/office", []string{"reviewer", "admin", "auditor"}},
	{"applications", "s", "补证申请", "/office/applications", []string{"reviewer", "admin", "auditor"}},
	{"batches", "p", "制证批次", "/office/batches", []string{"reviewer", "admin", "auditor"}},
	{"handout", "f", "证书发放", "/office/counter", []string{"reviewer", "admin", "auditor"}},
	{"certificates", "d", "证书档案", "/office/certificates", []string{"reviewer", "admin", "auditor"}},
	{"accounts", "z", "考生账号", "/office/accounts", []string{"reviewer", "admin"}},
	{"exams", "k", "考试", "/office/exams", []string{"admin", "auditor"}},
	{"mail", "y", "邮件", "/office/mail", []string{"admin"}},
	{"mail", "h", "电话通知", "/office/mail/telephone", []string{"reviewer"}},
	{"staff", "r", "工作人员", "/office/staff", []string{"admin"}},
	{"report", "t", "统计报表", "/office/report", []string{"reviewer", "admin", "auditor"}},
	{"audit", "l", "操作日志", "/office/audit", []string{"reviewer", "admin", "auditor"}},
	{"backup", "b", "备份", "/office/backup", []string{"admin"}},
	{"settings", "x", "系统设置", "/office/settings", []string{"admin"}},
}

// officeMenu is the template function menu: what the roles may open, with the current entry marked.
func officeMenu(roles []string, current string) []MenuItem {
	var items []MenuItem
	shown := ""
	for _, entry := range officeMenuTable {
		// Whoever may open the first of two of one key finds the second there.
		if entry.key != shown && slices.ContainsFunc(entry.roles, func(r string) bool { return slices.Contains(roles, r) }) {
			items, shown = append(items, MenuItem{entry.text, entry.url, entry.key == current, entry.letter}), entry.key
		}
	}
	return items
}

// tones give a status word its colour; the word itself always stands beside it.
var tones = map[string]string{
	"等待审核":  "waiting",
	"待确认":   "waiting",
	"已办理":   "success",
	"审核未过":  "error",
	"审核通过":  "success",
	"制证中":   "success",
	"待领取":   "success",
	"已领取":   "success",
	"已寄出":   "success",
	"可申请":   "success",
	"不可申请":  "neutral",
	"已有申请":  "waiting",
	"已锁定":   "error",
	"待上报":   "waiting",
	"已上报":   "success",
	"已到证":   "success",
	"待发送":   "waiting",
	"已暂停":   "waiting",
	"发送失败":  "error",
	"没有邮箱":  "waiting",
	"已电话通知": "success",
	"已发送":   "success",
	"未领取":   "waiting",
	"正在导入":  "waiting",
	"正在撤回":  "waiting",
	"导入中断":  "error",
	"撤回中断":  "error",
	"导入完成":  "success",
}

// tone is the template function that names the colour of a status word.
func tone(word string) string {
	if t, ok := tones[word]; ok {
		return t
	}
	return "neutral"
}

// shortcut is the template function that names the key for the box at a place of an open panel.
func shortcut(place int) string {
	const keys = "123456789abcdefghijklmnopqrstuvwxyz"
	if place < len(keys) {
		return keys[place : place+1]
	}
	return ""
}
