package doctor

import (
	"testing"

	"certreissue/mail"
	"certreissue/reissue"
)

// TestMailServer: a server that is set is tried; what is wrong with it is said in the
// mail's own words. Where no mail would leave, none is.
func TestMailServer(t *testing.T) {
	p := well(t)
	tried := 0
	var err error
	p.TryMail = func() error { tried++; return err }
	p.silent(t, lookMailServer)
	p.change(t, func(s *reissue.Settings) {
		s.SMTP = reissue.SMTP{Host: "smtp.example.cn", Port: 587, Security: "starttls", From: "bz@example.cn"}
	})
	p.finds(t, Good, lookMailServer, "smtp.example.cn 可以连接（")
	err = mail.Fault{Reason: mail.LoginRefused, Code: 535}
	p.finds(t, Mend, lookMailServer, "请核对用户名和密码")
	err = nil
	p.change(t, func(s *reissue.Settings) { s.SMTP.Username, s.SMTP.Password = "bz", "geheim" })
	p.finds(t, Good, lookMailServer, "smtp.example.cn 可以连接并登录")
	if tried != 3 {
		t.Errorf("the server was tried %d times", tried)
	}
	p.finds(t, Hint, lookAlarms, "没有填写告警邮箱")
	p.change(t, func(s *reissue.Settings) { s.AlarmTo = "guanli@example.cn" })
	p.finds(t, Good, lookAlarms, "g***@example.cn")
	if err := p.Store.AfterRestore(); err != nil { // which holds mail
		t.Fatal(err)
	}
	p.silent(t, lookMailServer)
	p.finds(t, Mend, lookMail, "暂停发送")
}
