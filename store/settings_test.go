package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
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

// TestSettingsBeforePlaces: what was stored before cities had places of their own is read as it was, and
// stored again has none.
func TestSettingsBeforePlaces(t *testing.T) {
	o := open(t)
	stored, err := encode([]byte(settingsRecord.name), map[int]any{1: "补办", 2: "测试中心", 3: "0311-1", 4: "工作日", 5: "省路 1 号", 7: 2015, 8: 20, 50: true})
	o.must(err)
	o.must(o.db.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte(singles)).Put([]byte(settingsRecord.name), stored) }))
	o.must(o.Close())
	o.Store, err = Open(o.Path(), Options{Now: o.now})
	o.must(err)
	want := reissue.Settings{SystemName: "补办", OfficeName: "测试中心", Telephone: "0311-1", Hours: "工作日", Address: "省路 1 号", PhotoYear: 2015, TargetDays: 20, StepsHidden: true}
	if got := *o.Settings(); !reflect.DeepEqual(got, want) || got.PlaceOf("保定市") != (reissue.Place{Address: "省路 1 号", Hours: "工作日", Telephone: "0311-1"}) {
		t.Errorf("they are read as %+v", got)
	}
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.TargetDays = 21; return nil }))
	var again map[int]any
	o.must(o.db.View(func(tx *bolt.Tx) error {
		value, err := unseal([]byte(settingsRecord.name), tx.Bucket([]byte(singles)).Get([]byte(settingsRecord.name)))
		if err != nil {
			return err
		}
		return decoding.Unmarshal(value, &again)
	}))
	if _, places := again[26]; places {
		t.Errorf("a change of something else stores places: %v", again)
	}
}

// TestPlacesInLog: a city's place that changes is told alone, with what it was.
func TestPlacesInLog(t *testing.T) {
	o := open(t)
	set := func(city, address string) {
		t.Helper()
		o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { return reissue.SettingsForm{"address": address}.FillPlace(s, city) }))
	}
	set("保定市", "市路 8 号")
	set("唐山市", "海路 3 号")
	set("保定市", "")
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.MovePlace("唐山市", "雄安新区"); return nil }))
	var said []string
	for _, row := range rows(o, &audits) {
		said = append(said, fmt.Sprint(row.Fields, row.Old, ">", row.New))
	}
	want := []string{"[Places.保定]>地址：市路 8 号。", "[Places.唐山]>地址：海路 3 号。", "[Places.保定]地址：市路 8 号。>", "[Places.唐山]地址：海路 3 号。>", "[Places.雄安新区]>地址：海路 3 号。"}
	if !slices.Equal(said, want) {
		t.Errorf("the log says %q, want %q", said, want)
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
