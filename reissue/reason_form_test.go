package reissue

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestReasonsForm: sent back untouched, the list stays as it is; 其他 is none of its
// rows and stays at the end.
func TestReasonsForm(t *testing.T) {
	s := DefaultSettings()
	form := s.ReasonsForm()
	if n := form.rows(); n != len(s.Reasons)-1 || form["order-0"] != "1" || form["code-0"] != "photo_unclear" {
		t.Errorf("%d rows, the first %q %q", n, form["order-0"], form["code-0"])
	}
	got := Settings{Reasons: s.Reasons}
	if err := form.Fill(&got); err != nil || !reflect.DeepEqual(got.Reasons, s.Reasons) || !slices.Equal(got.Notes, s.Notes) {
		t.Errorf("sent back untouched: %v, %v, %v", err, got.Reasons, got.Notes)
	}
}

func TestReasonsFormChanged(t *testing.T) {
	before := []Reason{{"a", "甲", "", Correctable, "7"}, {"b", "乙", FieldPhoto, Final, ""}, {ReasonOther, "其他", "", EitherClass, ""}}
	base := (&Settings{Reasons: before}).ReasonsForm()
	row := func(i int, code, label, class, order string) map[string]string {
		return map[string]string{Indexed("code", i): code, Indexed("label", i): label, Indexed("class", i): class, Indexed("order", i): order}
	}
	for reason, c := range map[string]struct {
		change map[string]string
		want   string
		faults string
	}{
		"another order":              {map[string]string{"order-0": "３"}, "b a other", ""},
		"one is gone":                {map[string]string{"remove-0": "1"}, "b other", ""},
		"a new one":                  {row(2, "", "丙", "final", ""), "a b reason_1 other", ""},
		"a new one in between":       {row(2, "c", "丙", "final", "1"), "a c b other", ""},
		"a blank one":                {row(2, "", "", "", ""), "a b other", ""},
		"a known one without label":  {map[string]string{"label-1": ""}, "a b other", "label-1"},
		"a code twice":               {row(2, "a", "丙", "final", ""), "a b a other", "code-2"},
		"the code of 其他":             {row(2, ReasonOther, "丙", "final", ""), "a b other other", "code-2"},
		"no order":                   {map[string]string{"order-0": "x"}, "a b other", "order-0"},
		"no class":                   {map[string]string{"class-0": "?"}, "a b other", "class-0"},
		"behind a gap nothing comes": {row(3, "d", "丁", "final", ""), "a b other", ""},
	} {
		form := maps.Clone(base)
		maps.Copy(form, c.change)
		s := Settings{Reasons: before}
		var problems Problems
		errors.As(form.Fill(&s), &problems)
		var codes, fields []string
		for _, r := range s.Reasons {
			codes = append(codes, r.Code)
		}
		for _, p := range problems {
			fields = append(fields, p.Field)
		}
		if got := strings.Join(codes, " "); got != c.want || strings.Join(fields, " ") != c.faults {
			t.Errorf("%s: %s, faults %v; want %s, %s", reason, got, fields, c.want, c.faults)
		}
	}
}

func TestReasonsFormMany(t *testing.T) {
	for n, many := range map[int]bool{mostReasons - 1: false, mostReasons: true} {
		form := ReasonsForm{}
		for i := range n {
			form[Indexed("code", i)], form[Indexed("label", i)], form[Indexed("class", i)] = fmt.Sprintf("r%d", i), "原因", string(Final)
		}
		var problems Problems
		errors.As(form.Fill(&Settings{}), &problems)
		if got := problems.Of("") != ""; got != many {
			t.Errorf("%d reasons: %v", n, problems)
		}
	}
}

func TestReasonsFormNotes(t *testing.T) {
	long := strings.Repeat("长", longestNote)
	lines := func(n int) (text string) {
		for i := range n {
			text += fmt.Sprintf("第 %d 条\n", i)
		}
		return text
	}
	for reason, c := range map[string]struct {
		typed string
		notes int
		fault bool
	}{
		"blank lines and repeated ones": {"甲\n\n 甲 \r\n乙", 2, false},
		"as long as may be":             {long, 1, false},
		"longer":                        {long + "长", 1, true},
		"as many as may be":             {lines(mostNotes), mostNotes, false},
		"more":                          {lines(mostNotes + 1), mostNotes + 1, true},
	} {
		var s Settings
		var problems Problems
		errors.As(ReasonsForm{FieldNotes: c.typed}.Fill(&s), &problems)
		if len(s.Notes) != c.notes || (problems.Of(FieldNotes) != "") != c.fault {
			t.Errorf("%s: %d notes, %v", reason, len(s.Notes), problems)
		}
	}
}
