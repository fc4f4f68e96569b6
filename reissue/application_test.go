package reissue

import (
	"slices"
	"strconv"
	"testing"
)

func TestNumber(t *testing.T) {
	for _, sequence := range []uint64{1, 2, 9, 10, 123456, 999999} {
		number := NewNumber(2026, sequence)
		text := strconv.FormatUint(number, 10)
		if len(text) != 11 || text[:4] != "2026" {
			t.Errorf("the number after 2026 and %d is %s", sequence, text)
		}
		for _, typed := range []string{text, " " + text + " ", text[:4] + "-" + text[4:10] + " " + text[10:], "２０２６" + text[4:]} {
			if got, ok := ParseNumber(typed); !ok || got != number {
				t.Errorf("ParseNumber(%q) = %d, %v", typed, got, ok)
			}
		}
		for place := range text {
			for d := byte('0'); d <= '9'; d++ {
				slip := []byte(text)
				if slip[place] = d; d == text[place] {
					continue
				}
				if got, ok := ParseNumber(string(slip)); ok {
					t.Errorf("%s typed as %s passes as %d", text, slip, got)
				}
			}
		}
	}
	for _, bad := range []string{"", "2026", "无", "110101199003071233", "2026000001x", "-2026000001", "+2026000001", "20260000010 1"} {
		if got, ok := ParseNumber(bad); ok {
			t.Errorf("ParseNumber(%q) = %d", bad, got)
		}
	}
}

func TestOpenKey(t *testing.T) {
	byHand := func(change func(*Application)) *Application {
		a := &Application{Status: Pending, Person: Person{IDCard, "110101199003071233"},
			Fields: Fields{ExamYear: 2016, ExamName: "二级（建造师）", Level: "二级", Specialty: "建筑"}}
		change(a)
		return a
	}
	base := byHand(func(*Application) {}).OpenKey()
	for _, c := range []struct {
		reason string
		change func(*Application)
		same   bool
	}{
		{"another way of writing the exam", func(a *Application) { a.Fields.ExamName = " 二级(建造师) " }, true},
		{"other fields", func(a *Application) { a.Fields.City, a.Fields.Phone, a.Owner = "保定", "1", 9 }, true},
		{"returned is open too", func(a *Application) { a.Status = Returned }, true},
		{"another year", func(a *Application) { a.Fields.ExamYear = 2015 }, false},
		{"another level", func(a *Application) { a.Fields.Level = "一级" }, false},
		{"another specialty", func(a *Application) { a.Fields.Specialty = "" }, false},
		{"level and specialty exchanged", func(a *Application) { a.Fields.Level, a.Fields.Specialty = "建筑", "二级" }, false},
		{"another person", func(a *Application) { a.Person.Number = "11010119900307803X" }, false},
		{"another paper", func(a *Application) { a.Person.Paper = "护照" }, false},
		{"from the register", func(a *Application) { a.Certificate = 1 }, false},
	} {
		a := byHand(c.change)
		if (a.OpenKey() == base) != c.same || a.OpenKey() != a.SubjectKey() {
			t.Errorf("%s: %q beside %q", c.reason, a.OpenKey(), base)
		}
	}
	none := byHand(func(a *Application) { a.Fields.Level = "无" }).OpenKey()
	blank := byHand(func(a *Application) { a.Fields.Level = "" }).OpenKey()
	if none != blank {
		t.Errorf("无 and blank differ: %q, %q", none, blank)
	}
	for _, status := range []Status{Refused, Withdrawn, HandedOut, Mailed} {
		a := Application{Status: status, Certificate: 4}
		if a.OpenKey() != "" || a.SubjectKey() == "" {
			t.Errorf("%s: %q", status, a.OpenKey())
		}
	}
	one, eleven := Application{Status: Pending, Certificate: 1}, Application{Status: Pending, Certificate: 11}
	if one.OpenKey() == eleven.OpenKey() {
		t.Error("two certificates share a key")
	}
}

func TestFields(t *testing.T) {
	full := Fields{Name: "王小明", Sex: "男", BirthMonth: "199003", ExamYear: 2016, ExamName: "二级建造师", CertificateNumber: "A1",
		ApprovalDate: "20160605", Level: "二级", Specialty: "建筑", City: "保定", Phone: "13800000000"}
	if got := full.Diff(Fields{}); !slices.Equal(got, FieldNames) {
		t.Errorf("all fields differ from none, but Diff gives %v", got)
	}
	if got := full.Diff(full); got != nil {
		t.Errorf("Diff with itself gives %v", got)
	}
	if full.Get(FieldExamYear) != "2016" || (&Fields{}).Get(FieldExamYear) != "" || full.Get("no such field") != "" {
		t.Error("a field is not read as text")
	}
}
