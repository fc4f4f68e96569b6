package reissue

import (
	"errors"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// noAddress refuses every address of mail.
func noAddress(string) error { return errAddress{} }

type errAddress struct{}

func (errAddress) Error() string    { return "no address" }
func (errAddress) Sentence() string { return "不是邮箱地址" }

// basis takes every address of mail.
var basis = SettingsBasis{MailAddress: func(string) error { return nil }}

// decided are settings with something in every field.
func decided() Settings {
	s := DefaultSettings()
	s.Telephone, s.Hours, s.Address, s.Announcement, s.Pledge = "0311", "九点", "示例路", "公告", "承诺"
	s.Listen, s.PublicURL = "127.0.0.1:8081", "https://bz.example.cn"
	s.Reminders = Reminders{Returned: 10, Batch: -1}
	s.Retention = Retention{PhotoMonths: 3, ApplicationMonths: 24, AccountMonths: 12}
	s.AlarmTo = "guanli@example.cn"
	s.RemindDays, s.TermDays, s.UncollectedDays = DayList{10, 3}, 30, DayList{0}
	s.SMTP = SMTP{Host: "smtp.example.cn", Port: 587, Username: "office", Password: "secret", From: "office@example.cn", Security: "starttls"}
	return s
}

// TestSettingsForm: what a form shows and is sent back untouched changes nothing,
// and every field has its place, its label and its order.
func TestSettingsForm(t *testing.T) {
	want := decided()
	form := want.Form()
	if got := slices.Sorted(maps.Keys(form)); !slices.Equal(got, slices.Sorted(slices.Values(SettingsFields))) {
		t.Errorf("the form shows %v, its fields are %v", got, SettingsFields)
	}
	for _, field := range slices.Concat(SettingsFields, BackupFields) {
		if SettingsLabels[field] == "" {
			t.Errorf("%s has no label", field)
		}
	}
	if strings.Contains(strings.Join(slices.Collect(maps.Values(form)), "\n"), "secret") {
		t.Error("the form shows the password")
	}
	got := Settings{Reasons: want.Reasons, Notes: want.Notes, Backup: want.Backup, SMTP: want.SMTP}
	if err := form.Fill(&got, basis); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("sent back untouched: %v\n%+v\n%+v", err, got, want)
	}
	form["smtp_password"] = "another"
	if err := form.Fill(&got, basis); err != nil || got.SMTP.Password != "another" {
		t.Errorf("a new password: %v, %q", err, got.SMTP.Password)
	}
}

// TestSettingsBounds: each field takes its bounds, and nothing beyond.
func TestSettingsBounds(t *testing.T) {
	text := func(n int) string { return strings.Repeat("长", n) }
	for field, c := range map[string]struct{ good, bad []string }{
		"system_name":             {[]string{text(30), " 系统 "}, []string{text(31), "", " "}},
		"office_name":             {[]string{text(40)}, []string{text(41), ""}},
		"telephone":               {[]string{text(30), ""}, []string{text(31)}},
		"hours":                   {[]string{text(60)}, []string{text(61)}},
		"address":                 {[]string{text(80)}, []string{text(81)}},
		"notice":                  {[]string{text(500)}, []string{text(501)}},
		"announcement":            {[]string{text(1000)}, []string{text(1001)}},
		"photo_year":              {[]string{"1949", "2999", "２０１６"}, []string{"1948", "3000", "", "x"}},
		"target_days":             {[]string{"1", "365"}, []string{"0", "366", "1.5"}},
		"returned_days":           {[]string{"0", "", "30", "365"}, []string{"-1", "366", "x"}},
		"batch_days":              {[]string{"0", "", "365"}, []string{"-1", "366"}},
		"collect_days":            {[]string{"0", "", "730"}, []string{"-1", "731"}},
		"term_days":               {[]string{"", "0", "7", "730", "３０"}, []string{"6", "731", "-1", "x"}},
		"remind_days":             {[]string{"14 7 2", "2，7", "29、1 1"}, []string{"x", "0", "-1", "366", "1 2 3 4 5 6", "", "30 60"}},
		"uncollected_remind_days": {[]string{"", "30", "365,1"}, []string{"x", "0", "366"}},
		"mail_delay":              {[]string{"0", "1440"}, []string{"-1", "1441"}},
		"pledge":                  {[]string{text(2000)}, []string{text(2001)}},
		"photo_width":             {[]string{"100", "1500"}, []string{"99", "1501"}},
		"photo_height":            {[]string{"100", "2000"}, []string{"99", "2001"}},
		"photo_min_kb":            {[]string{"1", "29"}, []string{"0", "1025"}},
		"photo_max_kb":            {[]string{"11", "1024"}, []string{"10", "9", "1025"}},
		"photo_fail_below":        {[]string{"0", "90"}, []string{"-1", "101"}},
		"photo_clear_from":        {[]string{"85", "100"}, []string{"84", "101"}},
		"photo_months":            {[]string{"0", "1", "600"}, []string{"-1", "601"}},
		"application_months":      {[]string{"0", "12", "600"}, []string{"1", "11", "601"}},
		"account_months":          {[]string{"0", "12", "600"}, []string{"1", "11", "601"}},
		"listen":                  {[]string{"", "127.0.0.1:8081", "[::1]:80"}, []string{"192.0.2.1:80", "127.0.0.1:0", "127.0.0.1", text(61)}},
		"public_url":              {[]string{"", "http://a.cn:8080"}, []string{"ftp://a.cn", "https://a.cn/x", "https://u@a.cn", "a.cn"}},
		"smtp_port":               {[]string{"1", "65535"}, []string{"0", "65536", "", "x"}},
		"smtp_security":           {append(SecurityWords(), "starttls"), []string{"", "加密"}},
	} {
		for _, value := range append(c.good, c.bad...) {
			s := decided()
			form := s.Form()
			form["smtp_password"] = "again"
			form[field] = value
			err := form.Fill(&s, basis)
			var problems Problems
			errors.As(err, &problems)
			if bad := slices.Contains(c.bad, value); bad != (problems.Of(field) != "") || len(problems) > 0 && !bad {
				t.Errorf("%s %.20q: %v", field, value, problems)
			}
		}
	}
}

// TestReminderDays: an office that has decided nothing is reminded after the usual
// days; 0 and nothing typed are never, and stay so.
func TestReminderDays(t *testing.T) {
	if r := (Reminders{}); r.ReturnedDays() != 30 || r.BatchDays() != 3 || r.CollectDays() != 60 {
		t.Errorf("nothing decided: %d, %d, %d", r.ReturnedDays(), r.BatchDays(), r.CollectDays())
	}
	for typed, want := range map[string]int{"0": 0, "": 0, "60": 60, "7": 7} {
		s := decided()
		form := s.Form()
		form["collect_days"] = typed
		if err := form.Fill(&s, basis); err != nil || s.Reminders.CollectDays() != want {
			t.Errorf("%q: %d days, %v", typed, s.Reminders.CollectDays(), err)
		}
		form = s.Form()
		if typed == "7" {
			delete(form, "collect_days") // a script from before there were reminders
		}
		if err := form.Fill(&s, basis); err != nil || s.Reminders.CollectDays() != want {
			t.Errorf("%q, shown as %q and saved again: %d days, %v", typed, form["collect_days"], s.Reminders.CollectDays(), err)
		}
	}
}

// TestSettingsTogether: what depends on more than one field, and on what surrounds
// the settings.
func TestSettingsTogether(t *testing.T) {
	for reason, c := range map[string]struct {
		change map[string]string
		basis  SettingsBasis
		faults string
	}{
		"any address, where others may come":      {map[string]string{"listen": "192.0.2.1:80"}, SettingsBasis{AnyAddress: true, MailAddress: basis.MailAddress}, ""},
		"no server of mail":                       {map[string]string{"smtp_host": "", "smtp_port": "", "smtp_security": "", "alarm_to": ""}, SettingsBasis{MailAddress: noAddress}, ""},
		"senders and receivers that are none":     {nil, SettingsBasis{MailAddress: noAddress}, "smtp_from alarm_to"},
		"a number that is none is not compared":   {map[string]string{"photo_min_kb": "x", "photo_max_kb": "1"}, basis, "photo_min_kb"},
		"the year of photos has no part in it":    {map[string]string{"photo_year": "x", "photo_max_kb": "1"}, basis, "photo_year photo_max_kb"},
		"something would go":                      {nil, SettingsBasis{Loses: true, MailAddress: basis.MailAddress}, FieldConfirm},
		"something would go, and that is agreed":  {map[string]string{FieldConfirm: "3-24-12"}, SettingsBasis{Loses: true, MailAddress: basis.MailAddress}, ""},
		"agreed to other periods":                 {map[string]string{FieldConfirm: "3-12-12"}, SettingsBasis{Loses: true, MailAddress: basis.MailAddress}, FieldConfirm},
		"the problems stand in the form's order":  {map[string]string{"smtp_port": "", "listen": "x", "account_months": "1", "system_name": ""}, SettingsBasis{Loses: true, MailAddress: basis.MailAddress}, "system_name account_months confirm_retention listen smtp_port smtp_password"},
		"two numbers of the background that swap": {map[string]string{"photo_fail_below": "95"}, basis, "photo_clear_from"},
	} {
		s := decided()
		form := s.Form()
		maps.Copy(form, c.change)
		var problems Problems
		errors.As(form.Fill(&s, c.basis), &problems)
		var fields []string
		for _, problem := range problems {
			fields = append(fields, problem.Field)
		}
		if got := strings.Join(fields, " "); got != c.faults {
			t.Errorf("%s: %q, want %q", reason, got, c.faults)
		}
	}
}

// TestMailPasswordIsOfItsServer: the stored password goes along with nothing but what
// it was given for.
func TestMailPasswordIsOfItsServer(t *testing.T) {
	for change, c := range map[string]struct {
		fields   map[string]string
		password string // that is stored afterwards
		refused  bool
	}{
		"nothing":                    {nil, "secret", false},
		"the sender":                 {map[string]string{"smtp_from": "b@example.cn"}, "secret", false},
		"the host":                   {map[string]string{"smtp_host": "smtp.example.com"}, "", true},
		"the port":                   {map[string]string{"smtp_port": "25"}, "", true},
		"the security":               {map[string]string{"smtp_security": "none"}, "", true},
		"the user":                   {map[string]string{"smtp_username": "other"}, "", true},
		"the host, with a password":  {map[string]string{"smtp_host": "smtp.example.com", "smtp_password": "new"}, "new", false},
		"the password":               {map[string]string{"smtp_password": "new"}, "new", false},
		"to a server without a user": {map[string]string{"smtp_host": "smtp.example.com", "smtp_username": ""}, "", false},
		"to no server":               {map[string]string{"smtp_host": "", "smtp_port": "", "smtp_security": ""}, "", false},
	} {
		s := decided()
		form := s.Form()
		maps.Copy(form, c.fields)
		var problems Problems
		errors.As(form.Fill(&s, basis), &problems)
		if refused := problems.Of("smtp_password") != ""; refused != c.refused || len(problems) > 1 || !refused && s.SMTP.Password != c.password {
			t.Errorf("%s: %v, %q is stored", change, problems, s.SMTP.Password)
		}
	}
	var s Settings
	form := decided()
	if err := form.Form().Fill(&s, basis); err != nil {
		t.Errorf("the first server, without a password: %v", err)
	}
}

func TestFormRetention(t *testing.T) {
	for typed, want := range map[string]bool{"0 0 0": true, "1 12 600": true, "1 11 12": false, "1 12 11": false, "x 12 12": false, "601 12 12": false} {
		months := strings.Fields(typed)
		form := SettingsForm{"photo_months": months[0], "application_months": months[1], "account_months": months[2]}
		if _, ok := form.Retention(); ok != want {
			t.Errorf("%s: %v", typed, ok)
		}
	}
	r, _ := SettingsForm{"photo_months": "6", "application_months": "24", "account_months": "12"}.Retention()
	if want := (Retention{6, 24, 12}); r != want {
		t.Errorf("%+v", r)
	}
}

func TestBackupForm(t *testing.T) {
	for _, c := range []struct {
		field     string
		good, bad []string
	}{
		{"hour", []string{"0", "23"}, []string{"24", "-1", ""}},
		{"keep", []string{"2", "365"}, []string{"1", "366"}},
		{"mirror_folder", []string{"", "/mnt/usb/镜像"}, []string{"mnt/usb", "/" + strings.Repeat("长", 200)}},
		{"mirror_seconds", []string{"5", "15", "3600"}, []string{"4", "3601", "", "1.5"}},
	} {
		for _, value := range append(c.good, c.bad...) {
			if runtime.GOOS == "windows" && strings.HasPrefix(value, "/") {
				continue // has no drive there
			}
			s := DefaultSettings()
			form := s.BackupForm()
			form[c.field] = value
			var problems Problems
			errors.As(form.FillBackup(&s), &problems)
			if bad := slices.Contains(c.bad, value); bad != (problems.Of(c.field) != "") || len(problems) > 0 && !bad {
				t.Errorf("%s %.20q: %v", c.field, value, problems)
			}
		}
	}
	s := DefaultSettings()
	form := s.BackupForm()
	if form["hour"] != "3" || form["keep"] != "14" || form["mirror_folder"] != "" || form["mirror_seconds"] != "15" || len(form) != 4 {
		t.Errorf("the form shows %v", form)
	}
	if err := form.FillBackup(&s); err != nil || !reflect.DeepEqual(s, DefaultSettings()) {
		t.Errorf("sent back untouched: %v, %+v", err, s)
	}
	// Scripts from before there was a mirror leave it as it is.
	s.Mirror = MirrorPlan{Folder: "/mnt/usb", Seconds: 30}
	if err := (SettingsForm{"hour": "4", "keep": "5"}).FillBackup(&s); err != nil || s.Backup != (BackupPlan{4, 5}) || s.Mirror.Seconds != 30 {
		t.Errorf("an old form: %v, %+v", err, s)
	}
}

func TestParseYear(t *testing.T) {
	for typed, want := range map[string]int{"2020": 2020, " 2020年 ": 2020, "２０２０": 2020, "1949": 1949, "2999": 2999, "1948": 0, "3000": 0, "20": 0, "02020": 0, "": 0, "二〇": 0, "+202": 0} {
		if year, ok := ParseYear(typed); ok != (want != 0) || ok && year != want {
			t.Errorf("%q: %d, %v", typed, year, ok)
		}
	}
}
