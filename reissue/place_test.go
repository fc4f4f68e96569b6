package reissue

import (
	"slices"
	"strings"
	"testing"
)

// TestPlaceOf: a city's own counter stands before the office's, part by part.
func TestPlaceOf(t *testing.T) {
	s := Settings{Address: "省路 1 号", Hours: "工作日", Telephone: "0311-1"}
	office := Place{"省路 1 号", "工作日", "0311-1"}
	if err := (SettingsForm{"address": " 市路 8 号 ", "telephone": "0312-8"}).FillPlace(&s, "保定市"); err != nil {
		t.Fatal(err)
	}
	for city, want := range map[string]Place{"": office, "石家庄市": office, "保定市": {"市路 8 号", "工作日", "0312-8"}, " 保定": {"市路 8 号", "工作日", "0312-8"}} {
		if got := s.PlaceOf(city); got != want {
			t.Errorf("%q: %+v, want %+v", city, got, want)
		}
	}
	before := s
	s.MovePlace("保定市", "雄安新区")
	if s.PlaceOf("保定市") != office || s.PlaceOf("雄安新区").Address != "市路 8 号" || before.PlaceOf("保定市").Address != "市路 8 号" {
		t.Error("a place does not follow its name, or former settings change with it")
	}
	if err := (SettingsForm{}).FillPlace(&s, "雄安新区"); err != nil || len(s.Places) != 0 {
		t.Errorf("a place without any part is kept: %v, %v", s.Places, err)
	}
	err := SettingsForm{"address": strings.Repeat("路", 81), "telephone": strings.Repeat("1", 31)}.FillPlace(&s, "保定市")
	problems, _ := err.(Problems)
	if problems.Of("address") == "" || problems.Of("telephone") == "" || problems.Of("hours") != "" {
		t.Errorf("too long parts: %v", err)
	}
}

// TestMailsSayWhere: every mail names its exam with the year, the state, and where to look and to ask; those
// that send people to a counter name that of their city. So do calls.
func TestMailsSayWhere(t *testing.T) {
	s := DefaultSettings()
	s.Address, s.Hours, s.Telephone = "省路 1 号", "工作日", "0311-1"
	s.Places = map[string]Place{"保定": {Address: "市路 8 号", Telephone: "0312-8"}}
	for _, act := range MailActs {
		a := &Application{ID: 20260000017, Proof: NewProofNumber(2026, 7), Fields: Fields{Name: "王小明", City: "保定市", ExamYear: 2015, ExamName: "一级建造师"}}
		text, _ := s.MailText(act)
		event := &Event{Act: act, Status: MailStatus(act), Note: "注意"}
		_, body := text.Fill(a.MailValues(event, &s, "https://bz.example.cn"))
		wanted := []string{"2015 年 一级建造师", "状态：" + MailStatus(act).Word() + "\n", "https://bz.example.cn/applications/20260000017\n", "0312-8\n"}
		if MailStatus(act) == Ready {
			wanted = append(wanted, "地址：市路 8 号\n服务时间：工作日\n")
		}
		for _, want := range wanted {
			if !strings.Contains(body, want) {
				t.Errorf("the mail of %s does not say %q:\n%s", act, want, body)
			}
		}
		if _, body := text.Fill(a.MailValues(event, &s, "")); strings.Contains(body, "查看申请") {
			t.Errorf("without a public address the mail of %s leads somewhere:\n%s", act, body)
		}
		call := a.Call(event, &s, event.At.Date())
		if MailStatus(act) == Ready && !strings.Contains(call, "地址：市路 8 号。服务时间：工作日。咨询电话：0312-8。") || MailStatus(act) == Refused && !strings.Contains(call, "0312-8") {
			t.Errorf("the call of %s: %s", act, call)
		}
	}
	if !slices.Contains(Placeholders, placePage) || !slices.Contains(Placeholders, placeState) {
		t.Error("an office cannot use what the usual words use")
	}
}
