package service

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/store"
)

// alarming is a new file of an office that wants mails of alarms.
func alarming(t *testing.T, now *time.Time) *store.Store {
	t.Helper()
	st := clocked(t, now)
	if err := st.ChangeSettings(reissue.System(), func(s *reissue.Settings) error {
		s.AlarmTo, s.SMTP.Host = "guanli@example.com", "smtp.example.com"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return st
}

// TestAlarmsOverStarts: what has begun is mailed once though the service starts again, and
// its end is, too; both are in the log.
func TestAlarmsOverStarts(t *testing.T) {
	now := time.Date(2026, 12, 1, 3, 0, 0, 0, time.UTC)
	st := alarming(t, &now)
	var log bytes.Buffer
	found, posted := []reissue.Alarm{}, 0
	began := func() *alarms { // as a service that starts
		a := &alarms{st: st, log: newLog(&log), posted: func() { posted++ }, keep: st.KeepAlarms,
			look: func() ([]reissue.AlarmKind, []reissue.Alarm) { return []reissue.AlarmKind{reissue.AlarmDisk}, found },
			send: func(context.Context, mail.Message) error { t.Error("a mail goes past the outbox"); return nil }}
		a.begin()
		return a
	}
	mailed := func(why string, want ...string) {
		t.Helper()
		page, err := st.Outbox("", "", 9)
		if err != nil {
			t.Fatal(err)
		}
		var subjects []string
		for _, m := range slices.Backward(page.Rows) {
			subjects = append(subjects, m.Subject)
		}
		if !slices.Equal(subjects, want) {
			t.Errorf("%s: %q is mailed, want %q", why, subjects, want)
		}
	}
	a := began()
	a.turn(t.Context())
	mailed("all is well")
	found = []reissue.Alarm{{Kind: reissue.AlarmDisk, Sentence: "剩余 1 GB，请清理磁盘。"}}
	a.turn(t.Context())
	a.turn(t.Context())
	mailed("it has begun", "请处理：磁盘将满")
	if !slices.Equal(a.Found(), found) {
		t.Errorf("the desk is told %v", a.Found())
	}
	a = began()
	a.turn(t.Context())
	mailed("after another start", "请处理：磁盘将满")
	found = nil
	a.turn(t.Context())
	mailed("it is over", "请处理：磁盘将满", "已恢复正常：磁盘将满")
	began().turn(t.Context())
	mailed("after one more start", "请处理：磁盘将满", "已恢复正常：磁盘将满")
	if posted != 2 {
		t.Errorf("the outbox is told %d times of two mails", posted)
	}
	for _, line := range []string{"告警 内容=磁盘将满 原因=\"剩余 1 GB，请清理磁盘。\"", "告警解除 内容=磁盘将满"} {
		if n := strings.Count(log.String(), line); n != 1 {
			t.Errorf("%d times the log says %q:\n%s", n, line, &log)
		}
	}
}

// TestAlarmsOfFullDisk: what the file cannot take goes to the administrator at once, and
// once; when it can, what is over is posted as ever.
func TestAlarmsOfFullDisk(t *testing.T) {
	now := time.Date(2026, 12, 1, 3, 0, 0, 0, time.UTC)
	st := alarming(t, &now)
	var log bytes.Buffer
	var sent []string
	var refused, unsent error
	found := []reissue.Alarm{{Kind: reissue.AlarmDisk, Sentence: "剩余 0 MB"}}
	a := &alarms{st: st, log: newLog(&log), posted: func() {},
		look: func() ([]reissue.AlarmKind, []reissue.Alarm) { return []reissue.AlarmKind{reissue.AlarmDisk}, found },
		send: func(_ context.Context, m mail.Message) error {
			if unsent == nil {
				sent = append(sent, m.To+" "+m.Subject)
			}
			return unsent
		},
		keep: func(known reissue.Alarms, news []reissue.AlarmNews) error {
			if refused != nil {
				return refused
			}
			return st.KeepAlarms(known, news)
		}}
	a.begin()
	refused, unsent = &store.FileError{Fault: store.Full}, errors.New("no server answers")
	for range 3 {
		a.turn(t.Context())
	}
	if len(sent) != 0 || strings.Count(log.String(), "告警 内容") != 1 || strings.Count(log.String(), "告警没有记下") != 1 {
		t.Errorf("%q is sent, the log says\n%s", sent, &log)
	}
	unsent = nil
	now = now.Add(time.Hour)
	for range 3 {
		a.turn(t.Context())
	}
	if want := []string{"guanli@example.com 请处理：磁盘将满"}; !slices.Equal(sent, want) {
		t.Errorf("%q is sent, want %q", sent, want)
	}
	refused = nil
	a.turn(t.Context())
	if known, err := st.Alarms(); err != nil || !known[reissue.AlarmDisk].Mailed {
		t.Errorf("once there is room %v is kept, %v", known, err)
	}
	found = nil
	a.turn(t.Context())
	page, err := st.Outbox("", "", 9)
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Subject != "已恢复正常：磁盘将满" || len(sent) != 1 {
		t.Errorf("when it is over %v is posted, %q sent, %v", page.Rows, sent, err)
	}
}
