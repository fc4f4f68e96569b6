package reissue

import (
	"strings"
	"testing"
)

func TestMailTextFill(t *testing.T) {
	text := MailText{"{{姓名}}的{{说明}}", "{{姓名}}：\n\n原因：\n{{ 原因 }}\n说明：{{说明}}\n{{单位}}\n"}
	for _, c := range []struct {
		why, note     string
		subject, body string
	}{
		{"every value", "请改", "测试的请改", "测试：\n\n原因：\n· 照片不清晰\n· 其他\n说明：请改\n中心\n"},
		{"a line without its value is left out", "", "测试的", "测试：\n\n原因：\n· 照片不清晰\n· 其他\n中心\n"},
		{"a subject stays one line", "一\r\n二", "测试的一 二", "测试：\n\n原因：\n· 照片不清晰\n· 其他\n说明：一\r\n二\n中心\n"},
		{"a value is no text", "{{姓名}}", "测试的{{姓名}}", "测试：\n\n原因：\n· 照片不清晰\n· 其他\n说明：{{姓名}}\n中心\n"},
	} {
		subject, body := text.Fill(map[string]string{"姓名": "测试", "原因": "· 照片不清晰\n· 其他", "说明": c.note, "单位": "中心"})
		if subject != c.subject || body != c.body {
			t.Errorf("%s: %q, %q", c.why, subject, body)
		}
	}
}

func TestSetMailText(t *testing.T) {
	fine := DefaultMailText(ActReturn)
	for _, c := range []struct {
		why  string
		text MailText
		want string // the refused field
	}{
		{"the default", fine, ""},
		{"own words", MailText{"需要修改", "{{姓名}}，请修改。"}, ""},
		{"unknown placeholder", MailText{"需要修改", "{{名字}}"}, FieldBody},
		{"a stray brace", MailText{"需要修改", "{{姓名}"}, FieldBody},
		{"a placeholder left open", MailText{"{{姓名", "正文"}, FieldSubject},
		{"nothing inside", MailText{"需要修改", "{{}}"}, FieldBody},
		{"no subject", MailText{" ", "正文"}, FieldSubject},
		{"no body", MailText{"需要修改", "\r\n "}, FieldBody},
		{"too long", MailText{"需要修改", strings.Repeat("长", 2001)}, FieldBody},
	} {
		s := DefaultSettings()
		err := s.SetMailText(ActReturn, c.text)
		problems, _ := err.(Problems)
		if c.want == "" && err != nil || c.want != "" && problems.Of(c.want) == "" {
			t.Errorf("%s: %v", c.why, err)
		}
		if got, _ := s.MailText(ActReturn); c.want != "" && got != fine {
			t.Errorf("%s: a refused text was kept: %q", c.why, got)
		}
	}
	s := DefaultSettings()
	if s.SetMailText(ActLock, fine) != ErrNotFound {
		t.Error("an act that sends no mail has a text")
	}
	for _, act := range MailActs {
		text := DefaultMailText(act)
		if err := s.SetMailText(act, text); err != nil || len(s.MailTexts) != 0 {
			t.Errorf("the default of %s is refused or kept: %v", act, err)
		}
	}
}
