package templates

// wayWords are the words of problems that name a page, with as much around them as
// tells them from others.
var wayWords = []struct{ phrase, word, url string }{
	{"请先注册", "注册", "/register"},
	{"找回密码", "找回密码", "/forgot"},
	{"请直接登录", "登录", "/login"},
	{"到窗口", "窗口", "/help#counter"},
}

// stop ends the sentence of a problem that leads to its field.
const stop = "。"
