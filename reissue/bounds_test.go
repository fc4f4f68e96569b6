package reissue

import (
	"strings"
	"testing"
	"time"
)

// TestBounds tries what is just within each bound, and what is just beyond.
func TestBounds(t *testing.T) {
	const today = "20261129"
	tracked := func(s string) bool { _, ok := ParseTracking(s); return ok }
	numbered := func(s string) bool { _, ok := ParseCertificateNumber(s); return ok }
	month := func(s string) bool { _, err := ParseMonth(s); return err == nil }
	paper := func(kind, number string) bool { _, err := ParsePerson(kind, number, today); return err == nil }
	agent := func(s string) bool { _, ok := parseAgent(s, today); return ok }
	phone := func(s string) bool {
		var problems Problems
		checkPhone(s, nil, nil, &problems)
		return len(problems) == 0
	}
	reason := func(label string) bool {
		return len(Reason{Code: "a", Label: label, Field: ReasonFields[0], Class: Correctable}.Check()) == 0
	}
	exam := func(field, value string, more ...string) bool {
		form := (&Exam{Year: 2020, Name: "考试", Photo: PhotoRules[0]}).Form()
		form[field] = value
		for i := 0; i < len(more); i += 2 {
			form[more[i]] = more[i+1]
		}
		return form.Fill(&Exam{}) == nil
	}
	lines := func(n int) string {
		var list []string
		for i := range n {
			list = append(list, strings.Repeat("级", i%50+1)+string(rune('a'+i/50)))
		}
		return strings.Join(list, "\n")
	}
	for _, c := range []struct {
		what string
		got  bool
		want bool
	}{
		{"a tracking number of 4", tracked("A09Z"), true},
		{"of 3", tracked("A09"), false},
		{"of 40", tracked(strings.Repeat("Z9", 20)), true},
		{"of 41", tracked(strings.Repeat("Z", 41)), false},
		{"of 0 and A", tracked("0-0A"), true},
		{"of what is before 0", tracked("000/"), false},
		{"of what is behind 9", tracked("999:"), false},
		{"of what is before A", tracked("AAA@"), false},
		{"of what is behind Z", tracked("ZZZ["), false},

		{"a certificate's number of 1", numbered("0"), true},
		{"of 0", numbered(""), false},
		{"of 40", numbered(strings.Repeat("Z", 40)), true},
		{"of 41", numbered(strings.Repeat("9", 41)), false},
		{"of bounds", numbered("09-AZ"), true},
		{"of what is before 0", numbered("0/"), false},
		{"of what is behind 9", numbered("9:"), false},
		{"of what is before A", numbered("A@"), false},
		{"of what is behind Z", numbered("Z["), false},

		{"January", month("1990-01"), true},
		{"December", month("1990-12"), true},
		{"month 0", month("1990-00"), false},
		{"month 13", month("1990-13"), false},

		{"a phone of 7 digits", phone("0123459"), true},
		{"of 6", phone("012345"), false},
		{"of 20", phone("0123456789-123456789"), true},
		{"of 21", phone("0123456789-1234567890"), false},

		{"a paper's number of 3", paper("护照", "E09"), true},
		{"of 2", paper("护照", "E0"), false},
		{"of 30", paper("护照", strings.Repeat("E", 30)), true},
		{"of 31", paper("护照", strings.Repeat("E", 31)), false},
		{"a paper's kind of 20", paper(strings.Repeat("证", 20), "E12"), true},
		{"of 21", paper(strings.Repeat("证", 21), "E12"), false},
		{"small letters", ValidPaperNumber("E1a"), false},
		{"the last small letter", ValidPaperNumber("E1z"), false},
		{"letters beyond z", ValidPaperNumber("E1é"), true},

		{"an agent's paper of 13 digits", agent("E1234567890123"), true},
		{"of 14", agent("E12345678901234"), false},

		{"a reason of 40", reason(strings.Repeat("因", 40)), true},
		{"of 41", reason(strings.Repeat("因", 41)), false},
		{"of 0", reason(""), false},

		{"an exam's name of 60", exam(ExamName, strings.Repeat("考", 60)), true},
		{"of 61", exam(ExamName, strings.Repeat("考", 61)), false},
		{"a level of 60", exam(ExamLevels, strings.Repeat("级", 60)), true},
		{"of 61", exam(ExamLevels, strings.Repeat("级", 61)), false},
		{"as many levels as may be", exam(ExamLevels, lines(MaxLevels)), true},
		{"one more", exam(ExamLevels, lines(MaxLevels+1)), false},
		{"a last day of the exam's year", exam(ExamLastDay, "20201231"), true},
		{"of the next", exam(ExamLastDay, "20210101"), true},
		{"of the one after", exam(ExamLastDay, "20220101"), false},
		{"of the one before", exam(ExamLastDay, "20191231"), false},
		{"closing on the day of opening", exam(ExamOpens, "20200901", ExamCloses, "20200901"), true},
		{"the day before", exam(ExamOpens, "20200901", ExamCloses, "20200831"), false},
		{"only opening", exam(ExamOpens, "20200901"), true},
		{"only closing", exam(ExamCloses, "20200901"), true},
		{"a link", exam(ExamLink, "https://example.com/a"), true},
		{"a link by http", exam(ExamLink, "http://example.com"), true},
		{"a link with a user", exam(ExamLink, "https://a@example.com"), false},
		{"a link to nowhere", exam(ExamLink, "https:///a"), false},
		{"a link of another kind", exam(ExamLink, "ftp://example.com"), false},
		{"the first route", exam(ExamRoute, Routes[0].Word()), true},
		{"no route", exam(ExamRoute, "别的"), false},

		{"the first character of the rare planes", ValidName("\U00020000\U00020000"), true},
		{"the last", ValidName("\U0003FFFF\U0003FFFF"), true},
		{"what is behind", ValidName("\U00040000\U00040000"), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", c.what, c.got)
		}
	}
}

// TestNumbersCheckDigit: every digit counts, and no two that stand beside each
// other can be exchanged.
func TestNumbersCheckDigit(t *testing.T) {
	// The German tax number, which has the same check, is explained with 86095742719.
	if got := checkDigit(8609574271); got != 9 {
		t.Errorf("the check digit of 8609574271 is %d", got)
	}
	number := uint64(2026000123)
	whole := number*10 + checkDigit(number)
	for place := uint64(1); place < 1e11; place *= 10 {
		for add := uint64(1); add < 10; add++ {
			digit := whole / place % 10
			other := whole - digit*place + (digit+add)%10*place
			if checkDigit(other/10) == other%10 {
				t.Errorf("%d passes for %d", other, whole)
			}
		}
	}
}

// TestPhoneKeyKeepsEleven: only what is longer than a mobile number has the country's.
func TestPhoneKeyKeepsEleven(t *testing.T) {
	for typed, want := range map[string]string{"86138000000": "86138000000", "+86 138 0000 0000": "13800000000", "0086 13800000000": "13800000000", "/0:9": "09"} {
		if got := PhoneKey(typed); got != want {
			t.Errorf("%s: %s", typed, got)
		}
	}
}

func TestBackupDueToTheMinute(t *testing.T) {
	plan := BackupPlan{Hour: 3}
	at := func(text string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04", text, cst)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for _, c := range []struct {
		last, now string
		due       bool
	}{
		{"2026-11-28 03:00", "2026-11-29 02:59", false},
		{"2026-11-28 02:59", "2026-11-29 02:59", true},
		{"2026-11-29 02:59", "2026-11-29 03:00", true},
		{"2026-11-29 03:00", "2026-11-29 03:00", false},
		{"2026-11-29 10:00", "2026-11-29 10:00", false},
		{"2026-11-29 10:01", "2026-11-29 10:00", true},
	} {
		if got := plan.Due(At(at(c.last)), at(c.now)); got != c.due {
			t.Errorf("last %s, now %s: %v", c.last, c.now, got)
		}
	}
}

func TestFreeCode(t *testing.T) {
	if code := freeCode(map[string]bool{"reason_1": true, "reason_2": true}); code != "reason_3" {
		t.Error(code)
	}
}

// TestMergeKeepsWhatIsFilled: 无 replaces nothing but a blank.
func TestMergeKeepsWhatIsFilled(t *testing.T) {
	for _, c := range []struct{ was, newer, want string }{
		{"一级", None, "一级"}, {"一级", "", "一级"}, {"一级", "二级", "二级"}, {"", None, None}, {None, "一级", "一级"},
	} {
		line := Certificate{Level: c.was, Specialty: c.was}
		line.Merge(&Certificate{Level: c.newer, Specialty: c.newer})
		if line.Level != c.want || line.Specialty != c.want {
			t.Errorf("%q and then %q: %q, %q", c.was, c.newer, line.Level, line.Specialty)
		}
	}
}

// TestUnknownPlaceholder finds one behind those that are known.
func TestUnknownPlaceholder(t *testing.T) {
	known := "{{" + Placeholders[0] + "}}"
	for text, want := range map[string]string{known: "", known + " {{别的}}": "{{别的}}", known + "}}": "}}", "{{": "{{"} {
		if got := unknownPlaceholder(text, Placeholders); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestHandOutChecks: an agent is another person, and what is wrong is told before
// it is noted.
func TestHandOutChecks(t *testing.T) {
	now := time.Date(2026, 11, 29, 9, 0, 0, 0, cst)
	holder, err := ParsePerson("", "110101199003071233", "20261129")
	if err != nil {
		t.Fatal(err)
	}
	other := Person{OtherPaper, "E1234567"}
	for _, c := range []struct {
		what string
		act  func(*Application) error
		ok   bool
	}{
		{"the holder", func(a *Application) error { return a.HandOut(reviewer, now, Collection{}) }, true},
		{"an agent", func(a *Application) error {
			return a.HandOut(reviewer, now, Collection{Agent: "李四", AgentPerson: other})
		}, true},
		{"the holder as agent", func(a *Application) error {
			return a.HandOut(reviewer, now, Collection{Agent: "李四", AgentPerson: holder})
		}, false},
		{"a tracking number", func(a *Application) error { return a.Mail(reviewer, now, "EMS123") }, true},
		{"no tracking number", func(a *Application) error { return a.Mail(reviewer, now, "快递") }, false},
	} {
		a := &Application{Person: holder, Status: Ready, Revision: 1, History: []Event{{Act: ActArrive, Status: Ready}}}
		if err := c.act(a); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.what, err)
		}
		approved := &Application{Person: holder, Status: Approved, Revision: 1}
		if err := c.act(approved); err == nil {
			t.Errorf("%s, of what is not ready", c.what)
		}
	}
}

// TestMayTakeBack: decisions can be taken back, nothing else.
func TestMayTakeBack(t *testing.T) {
	for _, status := range []Status{Pending, Returned, Refused, Approved, Withdrawn, InProduction, Ready, HandedOut, Mailed} {
		want := status == Returned || status == Refused || status == Approved
		if got := (&Application{Status: status}).MayTakeBack(); got != want {
			t.Errorf("%s: %v", status, got)
		}
	}
}
