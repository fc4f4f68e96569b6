package reissue

import (
	"strings"
	"testing"
)

func TestMaskEmail(t *testing.T) {
	for address, want := range map[string]string{
		"zhangsan@qq.com":                        "z***@qq.com",
		"z@qq.com":                               "***@qq.com",
		"zs@qq.com":                              "z***@qq.com",
		strings.Repeat("a", 64) + "@example.com": "a***@example.com",
		"𠮷祥@例子.cn":                               "𠮷***@例子.cn",
		"𠮷@例子.cn":                                "***@例子.cn",
		"":                                       "",
	} {
		if got := MaskEmail(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

// TestAskEmail: an obvious slip is asked about once, and nothing else is.
func TestAskEmail(t *testing.T) {
	for _, c := range []struct{ address, confirmed, meant string }{
		{"a@qq.con", "", "a@qq.com"},
		{"a@qq.co", "", "a@qq.com"},
		{"a@163.co", "", "a@163.com"},
		{"a@163.comm", "", "a@163.com"},
		{"a@gmial.com", "", "a@gmail.com"},
		{"a@gmal.com", "", "a@gmail.com"},
		{"a@OUTLOK.com", "", "a@outlook.com"},
		{"a@fxomail.com", "", "a@foxmail.com"},
		{"a@qq.con", "a@qq.con", ""},
		{"a@qq.con", "a＠qq。con", ""},
		{"b@qq.con", "a@qq.con", "b@qq.com"},
		{"a@qq.com", "", ""},
		{"a@QQ.com", "", ""},
		{"a@vip.qq.com", "", ""},
		{"a@sina.cn", "", ""},
		{"a@189.cn", "", ""},
		{"a@188.com", "", ""},
		{"a@example.com", "", ""},
		{"kaosheng@q.cn", "", ""},
	} {
		var problems Problems
		problems.AskEmail("email", c.address, c.confirmed)
		if asked := problems.Of("email"); (asked == "") != (c.meant == "") || !strings.Contains(asked, c.meant) || len(problems) > 0 && !problems[0].Asks {
			t.Errorf("%s after %q: %+v, want %q", c.address, c.confirmed, problems, c.meant)
		}
	}
}
