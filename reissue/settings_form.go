package reissue

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"certreissue/typed"
)

// SettingsForm is what an administrator typed into a form of the settings, by
// field, unchecked. The choice of smtp_security is told by its words.
type SettingsForm map[string]string

// SettingsBasis is what the settings are judged by beside themselves.
type SettingsBasis struct {
	// AnyAddress is set where the service may be reached from other machines.
	AnyAddress bool
	// Loses is set where the form's periods delete what is kept now: that wants to
	// be confirmed.
	Loses bool
	// MailAddress says what is wrong with an address of mail, nil for nothing.
	MailAddress func(string) error
}

// FieldConfirm is the box by which somebody lets records go. Its value are the
// periods that it was shown for, so that it stands for no others.
const FieldConfirm = "confirm_retention"

// setting is one field of the form: a text or a number, what people call it, its
// bounds, and its place in the settings.
type setting struct {
	name, label string
	text        func(*Settings) *string
	longest     int  // characters of a text
	needed      bool // of a text
	number      func(*Settings) *int
	least, most int // of a number
	// usual is set for days as Reminders keeps them: nothing typed is 0, never.
	usual int
}

// The longest period of the retention, in months.
const mostMonths = 600

// The fields in the form's order, but those of the mail server, which depend on
// each other.
var (
	officeSettings = []setting{
		{name: "system_name", label: "系统名称", text: func(s *Settings) *string { return &s.SystemName }, longest: 30, needed: true},
		{name: "office_name", label: "单位名称", text: func(s *Settings) *string { return &s.OfficeName }, longest: 40, needed: true},
		{name: "telephone", label: "咨询电话", text: func(s *Settings) *string { return &s.Telephone }, longest: 30},
		{name: "hours", label: "服务时间", text: func(s *Settings) *string { return &s.Hours }, longest: 60},
		{name: "address", label: "地址", text: func(s *Settings) *string { return &s.Address }, longest: 80},
		{name: "notice", label: "友情提示", text: func(s *Settings) *string { return &s.Notice }, longest: 500},
		{name: "announcement", label: "公告", text: func(s *Settings) *string { return &s.Announcement }, longest: 1000},
		{name: "photo_year", label: "需照片的年度", number: func(s *Settings) *int { return &s.PhotoYear }, least: firstYear, most: lastYear},
		{name: "target_days", label: "审核期限", number: func(s *Settings) *int { return &s.TargetDays }, least: 1, most: 365},
		{name: "returned_days", label: "退回未改提醒", number: func(s *Settings) *int { return &s.Reminders.Returned }, most: 365, usual: usualReturned},
		{name: "batch_days", label: "批次逾期提醒", number: func(s *Settings) *int { return &s.Reminders.Batch }, most: 365, usual: usualBatch},
		{name: "collect_days", label: "逾期未领提醒", number: func(s *Settings) *int { return &s.Reminders.Collect }, most: 730, usual: usualCollect},
		{name: "mail_delay", label: "审核邮件延迟", number: func(s *Settings) *int { return &s.MailDelay }, most: 1440},
		{name: "pledge", label: "承诺书", text: func(s *Settings) *string { return &s.Pledge }, longest: 2000},
	}
	// The bounds of a photo keep what one check costs within what package photo
	// allows.
	photoSettings = []setting{
		{name: "photo_width", label: "照片宽", number: func(s *Settings) *int { return &s.Photo.Width }, least: 100, most: 1500},
		{name: "photo_height", label: "照片高", number: func(s *Settings) *int { return &s.Photo.Height }, least: 100, most: 2000},
		{name: "photo_min_kb", label: "照片最小文件", number: func(s *Settings) *int { return &s.Photo.MinKB }, least: 1, most: 1024},
		{name: "photo_max_kb", label: "照片最大文件", number: func(s *Settings) *int { return &s.Photo.MaxKB }, least: 1, most: 1024},
		{name: "photo_fail_below", label: "照片背景不合格", number: func(s *Settings) *int { return &s.Photo.FailBelow }, most: 100},
		{name: "photo_clear_from", label: "照片背景不提示", number: func(s *Settings) *int { return &s.Photo.ClearFrom }, most: 100},
	}
	retentionSettings = []setting{
		{name: "photo_months", label: "照片保存期限", number: func(s *Settings) *int { return &s.Retention.PhotoMonths }, most: mostMonths},
		{name: "application_months", label: "申请保存期限", number: func(s *Settings) *int { return &s.Retention.ApplicationMonths }, most: mostMonths},
		{name: "account_months", label: "账号保存期限", number: func(s *Settings) *int { return &s.Retention.AccountMonths }, most: mostMonths},
	}
	addressSettings = []setting{
		{name: "listen", label: "监听地址", text: func(s *Settings) *string { return &s.Listen }, longest: 60},
		{name: "public_url", label: "公开网址", text: func(s *Settings) *string { return &s.PublicURL }, longest: 100},
	}
	settings = slices.Concat(officeSettings, photoSettings, retentionSettings, addressSettings)
)

// backupSettings are those of the plan of the copies and of the mirror, which have a
// form of their own.
var backupSettings = []setting{
	{name: "hour", label: "每天几时", number: func(s *Settings) *int { return &s.Backup.Hour }, most: 23},
	{name: "keep", label: "保留份数", number: func(s *Settings) *int { return &s.Backup.Keep }, least: 2, most: 365},
	{name: "mirror_folder", label: "镜像文件夹", text: func(s *Settings) *string { return &s.Mirror.Folder }, longest: 200},
	{name: "mirror_seconds", label: "镜像间隔", number: func(s *Settings) *int { return &s.Mirror.Seconds }, least: leastMirror, most: mostMirror},
}

// SettingsFields are the fields of the form in its order, the password left out.
var SettingsFields = append(fieldsOf(settings), "smtp_host", "smtp_port", "smtp_security", "smtp_username", "smtp_from", fieldAlarmTo, fieldRemind, fieldTerm, fieldUncollected)

// fieldAlarmTo is the address of alarms. Scripts from before there was one leave it as it
// is.
const fieldAlarmTo = "alarm_to"

// BackupFields are those of the plan of the copies.
var BackupFields = fieldsOf(backupSettings)

func fieldsOf(list []setting) (names []string) {
	for _, one := range list {
		names = append(names, one.name)
	}
	return names
}

// SettingsLabels are what people call the fields of the settings' forms.
var SettingsLabels = func() map[string]string {
	labels := map[string]string{FieldConfirm: "保存期限", "smtp_host": "邮件服务器", "smtp_port": "邮件服务器端口", "smtp_security": "加密方式",
		"smtp_username": "邮件服务器用户名", "smtp_password": "邮件服务器密码", "smtp_from": "发件地址", fieldAlarmTo: "告警邮箱", "test_to": "收件地址",
		fieldRemind: "补正提醒", fieldTerm: "补正期限", fieldUncollected: "领取提醒"}
	for _, one := range slices.Concat(settings, backupSettings) {
		labels[one.name] = one.label
	}
	return labels
}()

// Form is the settings as their form shows them. The password is never shown.
func (s *Settings) Form() SettingsForm {
	form := s.form(settings)
	form["smtp_host"], form["smtp_username"], form["smtp_from"] = s.SMTP.Host, s.SMTP.Username, s.SMTP.From
	form["smtp_security"], form[fieldAlarmTo] = securities[s.SMTP.Security], s.AlarmTo
	form.showTerm(s)
	if s.SMTP.Port != 0 {
		form["smtp_port"] = strconv.Itoa(s.SMTP.Port)
	}
	return form
}

// BackupForm is the plan of the copies and of the mirror as its form shows it.
func (s *Settings) BackupForm() SettingsForm {
	form := s.form(backupSettings)
	form["mirror_seconds"] = strconv.Itoa(int(s.Mirror.Every() / time.Second))
	return form
}

func (s *Settings) form(list []setting) SettingsForm {
	form := SettingsForm{}
	for _, one := range list {
		switch {
		case one.text != nil:
			form[one.name] = *one.text(s)
		case one.usual > 0:
			form[one.name] = strconv.Itoa(daysOf(*one.number(s), one.usual))
		default:
			form[one.name] = strconv.Itoa(*one.number(s))
		}
	}
	return form
}

// Fill reads the form into the settings, or says all that is wrong with it.
func (f SettingsForm) Fill(s *Settings, b SettingsBasis) error {
	var problems Problems
	f.fill(officeSettings, s, &problems)
	f.fillTerm(s, &problems)
	before := len(problems)
	f.fill(photoSettings, s, &problems)
	if len(problems) == before { // what is no number is not compared
		checkPhotoLimits(s.Photo, &problems)
	}
	f.fillRetention(s, &problems)
	if b.Loses && f[FieldConfirm] != f.Periods() {
		problems.Add(FieldConfirm, sayConfirmLoss)
	}
	f.fill(addressSettings, s, &problems)
	if s.Listen != "" && !ValidListen(s.Listen, b.AnyAddress) {
		problems.Add("listen", sayBadListen)
	}
	if s.PublicURL != "" && !ValidPublicURL(s.PublicURL) {
		problems.Add("public_url", sayBadPublicURL)
	}
	f.fillSMTP(&s.SMTP, b, &problems)
	if posted, there := f[fieldAlarmTo]; there {
		if s.AlarmTo = typed.Address(posted); s.AlarmTo != "" {
			problems.AddFault(fieldAlarmTo, b.MailAddress(s.AlarmTo))
		}
	}
	return problems.Err()
}

// FillBackup reads the form of the plan of the copies and of the mirror.
func (f SettingsForm) FillBackup(s *Settings) error {
	var problems Problems
	for _, one := range backupSettings {
		if _, posted := f[one.name]; !posted && strings.HasPrefix(one.name, "mirror_") {
			continue // scripts from before there was a mirror leave it as it is
		}
		f.fill([]setting{one}, s, &problems)
		if one.name == "mirror_folder" && s.Mirror.Folder != "" && !filepath.IsAbs(s.Mirror.Folder) {
			problems.Add(one.name, sayBadFolder)
		}
	}
	if s.Mirror.Seconds == usualMirror {
		s.Mirror.Seconds = 0
	}
	return problems.Err()
}

// fill reads fields, each within its bounds.
func (f SettingsForm) fill(list []setting, s *Settings, problems *Problems) {
	for _, one := range list {
		posted, there := f[one.name]
		if one.usual > 0 && !there {
			continue // scripts from before there were reminders leave them as they are
		}
		typed := Clean(posted)
		if one.number != nil {
			if one.usual > 0 {
				typed = cmp.Or(typed, "0")
			}
			n, err := strconv.Atoi(HalfWidth(typed))
			if err != nil || n < one.least || n > one.most {
				problems.Add(one.name, sayNumberBetween(one.least, one.most))
			}
			if one.usual > 0 {
				n = storedDays(n, one.usual)
			}
			*one.number(s) = n
			continue
		}
		*one.text(s) = typed
		switch {
		case utf8.RuneCountInString(typed) > one.longest:
			problems.Add(one.name, sayTooLong(one.longest))
		case typed == "" && one.needed:
			problems.Add(one.name, sayBlankField)
		}
	}
}

// checkPhotoLimits compares the rules for a photo.
func checkPhotoLimits(limits PhotoLimits, problems *Problems) {
	if limits.MinKB >= limits.MaxKB {
		problems.Add("photo_max_kb", sayMaxBelowMin)
	}
	if limits.ClearFrom < limits.FailBelow {
		problems.Add("photo_clear_from", sayClearBelowFail)
	}
}

// fillRetention reads how many months things are kept, 0 for ever.
func (f SettingsForm) fillRetention(s *Settings, problems *Problems) {
	for _, one := range retentionSettings {
		f.fill([]setting{one}, s, problems)
		if months := *one.number(s); one.name != "photo_months" && months > 0 && months < LeastMonths {
			problems.Add(one.name, sayMonths(LeastMonths, mostMonths))
		}
	}
}

// Retention are the periods of the form; ok is false where they are none.
func (f SettingsForm) Retention() (r Retention, ok bool) {
	var s Settings
	var problems Problems
	f.fillRetention(&s, &problems)
	return s.Retention, len(problems) == 0
}

// Periods are the periods of the form, in one word.
func (f SettingsForm) Periods() string {
	r, _ := f.Retention()
	return fmt.Sprintf("%d-%d-%d", r.PhotoMonths, r.ApplicationMonths, r.AccountMonths)
}

// fillSMTP reads the mail server. Without a host there is none. An empty password
// leaves the one that is there, but for the server and the user only that it was given
// for: whoever takes an administrator's place must not have it sent to a server of his.
func (f SettingsForm) fillSMTP(smtp *SMTP, b SettingsBasis, problems *Problems) {
	was := *smtp
	*smtp = SMTP{Host: Clean(f["smtp_host"]), Username: Clean(f["smtp_username"]), Password: f["smtp_password"], From: typed.Address(f["smtp_from"]), Security: securityOf(f["smtp_security"])}
	if smtp.Host == "" {
		smtp.Password = ""
		return
	}
	port, err := strconv.Atoi(Clean(f["smtp_port"]))
	if err != nil || port < 1 || port > 65535 {
		problems.Add("smtp_port", sayNumberBetween(1, 65535))
	}
	smtp.Port = port
	if !slices.Contains(SMTPSecurities, smtp.Security) {
		problems.Add("smtp_security", saySecurity)
	}
	switch {
	case smtp.Password != "" || smtp.Username == "" || was.Password == "":
	case smtp.Host != was.Host || smtp.Port != was.Port || smtp.Security != was.Security || smtp.Username != was.Username:
		problems.Add("smtp_password", sayPasswordAgain)
	default:
		smtp.Password = was.Password
	}
	problems.AddFault("smtp_from", b.MailAddress(smtp.From))
}

// SecurityWords are the ways to secure the connection to a mail server, as the
// form offers them.
func SecurityWords() (words []string) {
	for _, security := range SMTPSecurities {
		words = append(words, securities[security])
	}
	return words
}

// securityOf is the way with the word; what is none stays as it was typed.
func securityOf(word string) string {
	for security, known := range securities {
		if known == word {
			return security
		}
	}
	return word
}
