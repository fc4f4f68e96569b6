package store

import (
	"maps"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"
)

// TestAlarmsKept: what is known lies in the file, with the mails about it, which go where
// the office says.
func TestAlarmsKept(t *testing.T) {
	o := open(t)
	if known, err := o.Alarms(); err != nil || len(known) != 0 {
		t.Errorf("a new file knows of %v, %v", known, err)
	}
	at := reissue.At(o.Store.Now())
	known := reissue.Alarms{reissue.AlarmMirror: {Since: at, Sentence: "找不到镜像文件夹。", Mailed: true, Last: at}}
	news := []reissue.AlarmNews{{Alarm: reissue.Alarm{Kind: reissue.AlarmMirror, Sentence: "找不到镜像文件夹。"}, Since: at}}
	o.must(o.KeepAlarms(known, news)) // to nobody
	if page, err := o.Outbox("", "", 9); err != nil || len(page.Rows) != 0 {
		t.Errorf("without an address %d mails are posted, %v", len(page.Rows), err)
	}
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error {
		s.AlarmTo, s.PublicURL, s.OfficeName = "guanli@example.com", "https://bz.example.cn", "示例考试中心"
		return nil
	}))
	news = append(news, news[0])
	news[1].Over = true
	o.must(o.KeepAlarms(known, news))
	if kept, err := o.Alarms(); err != nil || !maps.Equal(kept, known) {
		t.Errorf("%v is kept, %v", kept, err)
	}
	for i, subject := range []string{"请处理：镜像中断", "已恢复正常：镜像中断"} {
		m, err := o.NextMail("")
		o.must(err)
		o.must(o.MailSent(m.ID))
		if m.Kind != MailAlarm || m.To != "guanli@example.com" || m.Subject != subject {
			t.Errorf("%+v", m)
		}
		for _, text := range []string{"找不到镜像文件夹。", "发现时间：" + at.String(), FullPath(o.Path()), "https://bz.example.cn/office\n", "示例考试中心"} {
			if !strings.Contains(m.Body, text) {
				t.Errorf("mail %d does not say %q:\n%s", i, text, m.Body)
			}
		}
		if over := strings.Contains(m.Body, "已经恢复正常"); over != (i == 1) {
			t.Errorf("mail %d says that it is over: %v", i, over)
		}
	}
}

// TestUndelivered counts what was refused for good, or has failed for half an hour, until
// it has left or was told otherwise; not the mails about alarms themselves.
func TestUndelivered(t *testing.T) {
	o := open(t)
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.AlarmTo = "guanli@example.com"; return nil }))
	counts := func(why string, want int) {
		t.Helper()
		if n, err := o.Undelivered(); err != nil || n != want {
			t.Errorf("%s: %d, %v, want %d", why, n, err, want)
		}
	}
	o.applied(1)
	o.applied(2)
	o.must(o.KeepAlarms(nil, []reissue.AlarmNews{{}}))
	due := func() (list []*Mail) {
		page, err := o.Outbox(MailWaiting, "", 9)
		o.must(err)
		return page.Rows
	}()
	if len(due) != 3 {
		t.Fatalf("%d mails wait", len(due))
	}
	counts("nothing was tried", 0)
	for _, m := range due {
		o.must(o.MailFailed(m.ID, "连接不上", false))
	}
	counts("failed once", 0)
	o.forward(29 * time.Minute)
	counts("for less than half an hour", 0)
	o.forward(time.Minute)
	o.must(o.MailFailed(due[0].ID, "连接不上", false))
	counts("for half an hour", 2)
	_, err := o.RetryFailed(reissue.System())
	o.must(err)
	counts("somebody has it tried again", 2)
	o.must(o.MailSent(due[0].ID))
	counts("one has left", 1)
	o.must(o.MailSent(due[1].ID))
	counts("both have left", 0)

	_, a := o.applied(3)
	receipt, err := o.Outbox(MailWaiting, "", 9)
	o.must(err)
	o.must(o.MailFailed(receipt.Rows[0].ID, "没有这个邮箱", true))
	o.forward(time.Hour)
	counts("a receipt was refused for good", 0)
	o.due()
	o.decide(a.ID, returnIt)
	page, err := o.Outbox(MailWaiting, "", 9)
	o.must(err)
	o.must(o.MailFailed(page.Rows[0].ID, "没有这个邮箱", true))
	counts("news were refused for good", 1)
	o.must(o.Tell(clerk(), []uint64{page.Rows[0].ID}))
	counts("and told by telephone", 0)
}
