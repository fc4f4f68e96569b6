package office

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"testing"

	"certreissue/e2e/rig"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// oldMail is a mail server that announces how to sign in as old ones do, takes a
// mail for a recipient when asked for the second time, and no way but PLAIN.
type oldMail struct {
	net.Listener

	mu    sync.Mutex
	asked map[string]int
	took  int
}

type oldConn struct{ net.Conn }

func (o *oldMail) Accept() (net.Conn, error) {
	conn, err := o.Listener.Accept()
	return oldConn{conn}, err
}

// Write puts the announcement the old way.
func (c oldConn) Write(p []byte) (int, error) {
	old := bytes.ReplaceAll(p, []byte("AUTH CRAM-MD5 PLAIN"), []byte("auth=cram-md5 plain"))
	return c.Conn.Write(old)
}

func (o *oldMail) NewSession(*smtp.Conn) (smtp.Session, error) { return o, nil }
func (o *oldMail) AuthMechanisms() []string                    { return []string{"CRAM-MD5", sasl.Plain} }
func (o *oldMail) Mail(string, *smtp.MailOptions) error        { return nil }
func (o *oldMail) Reset()                                      {}
func (o *oldMail) Logout() error                               { return nil }

func (o *oldMail) Auth(way string) (sasl.Server, error) {
	if way != sasl.Plain {
		return nil, smtp.ErrAuthUnknownMechanism // 504
	}
	return sasl.NewPlainServer(func(_, username, password string) error {
		if username != "bz" || password != "geheim-1" {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (o *oldMail) Rcpt(to string, _ *smtp.RcptOptions) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.asked[to]++; o.asked[to] == 1 {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted"}
	}
	return nil
}

func (o *oldMail) Data(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.took++
	return err
}

// TestOldMailServer signs in where the announcement is of old, tells a wrong
// password and a server that asks to come again from one that is out of reach,
// and comes again.
func TestOldMailServer(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	old := &oldMail{Listener: listener, asked: map[string]int{}}
	server := smtp.NewServer(old)
	server.Domain, server.AllowInsecureAuth = "localhost", true
	go server.Serve(old)
	t.Cleanup(func() { server.Close() })

	r := rig.InEarnest(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	const path = "/office/settings"
	set := func(password string) {
		admin.Sends(admin.Get(path), rig.FormTo(path), map[string]string{"smtp_host": "127.0.0.1", "smtp_port": strconv.Itoa(listener.Addr().(*net.TCPAddr).Port),
			"smtp_security": "none", "smtp_username": "bz", "smtp_from": "bz@example.cn", "smtp_password": password}).Has("设置已保存")
	}
	test := rig.FormTo(path + "/test-mail")
	to := map[string]string{"test_to": "a@example.com"}
	set("geheim-2")
	admin.Refused(http.StatusUnprocessableEntity, admin.Get(path), test, to).Has("登录邮件服务器失败", "核对用户名和密码")
	set("geheim-1")
	admin.Refused(http.StatusUnprocessableEntity, admin.Get(path), test, to).Has("邮件服务器暂时不收", "灰名单")
	admin.Sends(admin.Get(path), test, to)

	r.Apply("测试", rig.LoopNumber)
	failed := admin.Eventually("/office/mail?state=failed", "下次重试").Has("邮件服务器暂时不收")
	admin.Sends(failed, "td form[action$='/retry']", nil)
	// The first to the candidate asks to confirm the address, and is the one to come again.
	admin.Eventually("/office/mail?state=sent", "请确认邮箱")
	admin.Eventually("/office/mail?state=sent", "补证申请已收到")
	old.mu.Lock()
	defer old.mu.Unlock()
	if old.took != 3 {
		t.Errorf("the server took %d mails, want the test, the one about the address and the application's", old.took)
	}
}
