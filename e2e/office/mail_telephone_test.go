package office

import (
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"certreissue/e2e/rig"

	"github.com/emersion/go-smtp"
)

// choosyMail is a mail server that knows no mailbox but the new ones.
type choosyMail struct {
	mu   sync.Mutex
	took []string
}

func (c *choosyMail) NewSession(*smtp.Conn) (smtp.Session, error) { return c, nil }
func (c *choosyMail) Mail(string, *smtp.MailOptions) error        { return nil }
func (c *choosyMail) Reset()                                      {}
func (c *choosyMail) Logout() error                               { return nil }

func (c *choosyMail) Rcpt(to string, _ *smtp.RcptOptions) error {
	if !strings.HasPrefix(to, "new") {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.took = append(c.took, to)
	return nil
}

func (c *choosyMail) Data(r io.Reader) error { _, err := io.Copy(io.Discard, r); return err }

// TestTelephone: what no mail brings is told by telephone, ticked off, taken back,
// exported; a corrected address brings it after all.
func TestTelephone(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	choosy := &choosyMail{}
	server := smtp.NewServer(choosy)
	server.Domain = "localhost"
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })

	r := rig.InEarnest(t, rig.LoopRegister)
	admin, clerk, auditor := r.Staff("guanli"), r.Staff("shenhe"), r.Staff("shenji")
	const settings, page = "/office/settings", "/office/mail/telephone"
	admin.Sends(admin.Get(settings), rig.FormTo(settings), map[string]string{"smtp_host": "127.0.0.1", "smtp_port": strconv.Itoa(listener.Addr().(*net.TCPAddr).Port),
		"smtp_security": "none", "smtp_from": "bz@example.cn", "mail_delay": "0"}).Has("设置已保存")
	candidate, submitted := r.Apply("测试", rig.LoopNumber)
	number := strings.TrimSuffix(strings.TrimPrefix(submitted.Path, "/applications/"), "/submitted")
	clerk.Get(page).Has("没有需要电话通知的考生")
	clerk.Decide("/applications/"+number, "return", map[string]string{"reason": "phone", "note": ""})
	listed := clerk.Eventually(page, number).Has("测试", "13800138000", "2015 年 一级建造师", "审核未过，原因是：联系方式无法接通", "k***@example.com 送不到")
	clerk.Get("/office").Has("1 项通知邮件送不到，需要电话通知考生")
	admin.Get("/office").Has("需要电话通知考生")
	if auditor.Get(page).Status != http.StatusForbidden || strings.Contains(auditor.Get("/office").TextOf("main"), "电话通知") {
		t.Error("the auditor is to telephone")
	}

	if rows := table(t, clerk.Get(page+".xlsx").Body); len(rows) != 2 || !slices.Equal(rows[0], []string{"手机号", "文字"}) ||
		rows[1][0] != "13800138000" || !strings.HasPrefix(rows[1][1], "测试您好，") {
		t.Errorf("the list for short messages is %q", rows)
	}
	auditor.Get("/office/audit?object=calls").Has("导出", "1 条")

	clerk.Refused(http.StatusUnprocessableEntity, listed, rig.FormTo(page), nil).Has("请先勾选")
	mail := listed.Find("input[name=mail]").AttrOr("value", "")
	seen := admin.Get(page).Has(number)
	told := clerk.Sends(listed, rig.FormTo(page), map[string]string{"mail": mail}).Has("1 项已标记为电话通知", "没有需要电话通知的考生", "最近已通知", "shenhe")
	clerk.Get("/office/audit?object=application").Has("标记已电话通知")
	admin.Get("/office/mail?state=told").Has("已电话通知", "补证申请需要修改")
	admin.Refused(http.StatusConflict, seen, rig.FormTo(page), map[string]string{"mail": mail}).Has("名单已有变动", "已由同事通知")
	again := clerk.Sends(told, "form[action$='/undo']", nil).Has("仍需通知", "13800138000")

	// The counter corrects the address: what has not arrived goes there.
	account := clerk.Account(rig.LoopNumber)
	clerk.Sends(account, "form[action$='/email']", map[string]string{"email": "new@example.com"}).Has("已更正。2 封邮件将发到新地址。")
	clerk.Refused(http.StatusConflict, again, rig.FormTo(page), map[string]string{"mail": mail}).Has("名单已有变动", "邮箱已经更正")
	clerk.Get(page).Has("没有需要电话通知的考生")
	admin.Eventually("/office/mail?state=sent", "补证申请需要修改").Has("n***@example.com", "补证申请已收到")
	candidate.Sends(candidate.Get("/profile"), rig.FormTo("/profile"), map[string]string{"email": "new2@example.com"}).Has("邮箱已保存。")
	r.Pass(time.Minute)
	choosy.mu.Lock()
	defer choosy.mu.Unlock()
	if len(choosy.took) < 2 || choosy.took[0] != "new@example.com" {
		t.Errorf("the server took mails to %v", choosy.took)
	}
}
