package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"certreissue/reissue"
)

func TestSettings(t *testing.T) {
	o := open(t)
	if !reflect.DeepEqual(*o.Settings(), reissue.DefaultSettings()) {
		t.Errorf("a new office has %+v", o.Settings())
	}
	by := reissue.Actor{ID: 9, Roles: []reissue.Role{reissue.RoleAdmin}}
	o.must(o.ChangeSettings(by, func(s *reissue.Settings) error {
		s.OfficeName, s.MailDelay, s.SMTP.Password = "测试中心", 0, "secret"
		return nil
	}))
	o.must(o.ChangeSettings(by, func(s *reissue.Settings) error { s.Reasons[0].Label = "改过"; return nil }))
	o.must(o.ChangeSettings(by, func(*reissue.Settings) error { return nil }))
	var said []string
	for _, row := range rows(o, &audits) {
		said = append(said, fmt.Sprint(row.By, row.Fields, row.Old == "", row.New == ""))
		if strings.Contains(row.Old+row.New, "secret") {
			t.Errorf("a secret stands in the log: %+v", row)
		}
	}
	want := []string{"9 [OfficeName] false false", "9 [MailDelay] false false", "9 [SMTP] true true", "9 [Reasons] false false"}
	if !slices.Equal(said, want) {
		t.Errorf("the log says %q, want %q", said, want)
	}
	now := *o.Settings()
	o.must(o.Close())
	s, err := Open(o.Path(), Options{Now: o.now})
	o.must(err)
	o.Store = s
	if !reflect.DeepEqual(*o.Settings(), now) || now.OfficeName != "测试中心" || now.MailDelay != 0 || now.Reasons[0].Label != "改过" {
		t.Errorf("after a restart %+v", o.Settings())
	}
}

// TestLongSetting: a text that the log shortens must not be cut within a
// character, or the row could not be read again.
func TestLongSetting(t *testing.T) {
	o := open(t)
	for _, shift := range []string{"", "a", "ab"} {
		o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Pledge = shift + strings.Repeat("承", longestValue/2); return nil }))
	}
	for _, row := range rows(o, &audits) {
		if len(row.New) > longestValue || strings.ContainsRune(row.New, '\uFFFD') {
			t.Errorf("%d bytes, %q…", len(row.New), row.New[:10])
		}
	}
}

// TestSettingsAtOnce: of many changes at once none is lost.
func TestSettingsAtOnce(t *testing.T) {
	o := open(t)
	var group sync.WaitGroup
	for n := range 20 {
		group.Go(func() {
			err := o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error {
				s.Reasons = append(s.Reasons, reissue.Reason{Code: fmt.Sprint(n)})
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got, want := len(o.Settings().Reasons), len(reissue.DefaultReasons())+20; got != want {
		t.Errorf("%d reasons, want %d", got, want)
	}
}
