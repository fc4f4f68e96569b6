package reissue

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

// keysOf are the keys of a list, in its order; "." is none.
func keysOf(list []Reason) (keys string) {
	for _, reason := range list {
		if reason.Key == "" {
			reason.Key = "."
		}
		keys += reason.Key
	}
	return keys
}

// TestKeyed: every reason has one key, its own or the next that is free among those that
// it may stand beside; what may never stand beside it may have the same.
func TestKeyed(t *testing.T) {
	reasons := func(spec string) (list []Reason) {
		classes := map[string]Class{"c": Correctable, "f": Final, "e": EitherClass}
		for one := range strings.FieldsSeq(spec) {
			r := Reason{Code: one, Class: classes[one[:1]], Key: one[1:]}
			if one == "other" {
				r = Reason{Code: ReasonOther, Class: EitherClass}
			}
			list = append(list, r)
		}
		return list
	}
	for spec, want := range map[string]string{
		"c c c other":    "123o",
		"c f c f":        "1122",
		"c e f":          "121", // what both lists have stands beside all
		"e c f":          "122",
		"c c2 c1 c":      "3214", // what was chosen stays
		"f3 c c c c":     "31234",
		"c1 f1":          "11",
		"other f c1 fo":  "o11o",
		"":               "",
		"c2 c1 e e e3 c": "214536",
	} {
		list := reasons(spec)
		before := slices.Clone(list)
		if got := keysOf(Keyed(list)); got != want {
			t.Errorf("%s: %s, want %s", spec, got, want)
		}
		if !slices.Equal(list, before) {
			t.Errorf("%s: the list itself has changed", spec)
		}
	}
	many := keysOf(Keyed(reasons(strings.Repeat("c ", 36) + "other")))
	if want := strings.Replace(reasonKeys, "o", "", 1) + "..o"; many != want {
		t.Errorf("of thirty-seven reasons the keys are %s, want %s", many, want)
	}
	if got, want := keysOf(DefaultReasons()), "123456789abcde12345678o"; got != want || keysOf(Keyed(DefaultReasons())) != want {
		t.Errorf("an office starts with %s, want %s", got, want)
	}
}

// TestReasonKeysForm: a key that is typed is the reason's for good, one that is left out
// is found, and one that cannot be told from another's is refused.
func TestReasonKeysForm(t *testing.T) {
	before := []Reason{{"a", "甲", "", Correctable, "7"}, {"b", "乙", "", Final, ""}, {"c", "丙", "", EitherClass, ""}, {ReasonOther, "其他", "", EitherClass, ""}}
	base := (&Settings{Reasons: before}).ReasonsForm()
	if base["key-0"] != "7" || base["key-1"] != "1" || base["key-2"] != "2" {
		t.Errorf("the form shows %q %q %q", base["key-0"], base["key-1"], base["key-2"])
	}
	for reason, c := range map[string]struct {
		change map[string]string
		want   string
		faults string
	}{
		"untouched":                      {nil, "712o", ""},
		"another":                        {map[string]string{"key-0": "K"}, "k12o", ""},
		"of full width":                  {map[string]string{"key-0": "９"}, "912o", ""},
		"none is found":                  {map[string]string{"key-0": ""}, "112o", ""},
		"the order moves no key":         {map[string]string{"order-0": "9"}, "127o", ""},
		"one of the other list":          {map[string]string{"key-0": "1"}, "112o", ""},
		"one of both lists":              {map[string]string{"key-0": "2"}, "212o", "key-2"},
		"that of 其他":                     {map[string]string{"key-0": "o"}, "o12o", "key-0"},
		"two signs":                      {map[string]string{"key-0": "12"}, "", "key-0"},
		"that of the note":               {map[string]string{"key-0": "0"}, "", "key-0"},
		"no key":                         {map[string]string{"key-0": "*"}, "", "key-0"},
		"a script of before knows none":  {map[string]string{"key-0": "-", "key-1": "-", "key-2": "-"}, "712o", ""},
		"and neither does a new reason":  {map[string]string{"code-3": "d", "label-3": "丁", "class-3": "final", "order-3": "9"}, "7123o", ""},
		"two new ones may have the same": {map[string]string{"label-3": "丁", "class-3": "final", "key-3": "x", "label-4": "戊", "class-4": "correctable", "key-4": "x"}, "712xxo", ""},
	} {
		form := maps.Clone(base)
		maps.Copy(form, c.change)
		maps.DeleteFunc(form, func(_, value string) bool { return value == "-" })
		s := Settings{Reasons: before}
		var problems Problems
		errors.As(form.Fill(&s), &problems)
		var fields []string
		for _, p := range problems {
			fields = append(fields, p.Field)
		}
		if got := keysOf(s.Reasons); c.want != "" && got != c.want || strings.Join(fields, " ") != c.faults {
			t.Errorf("%s: %s, faults %v; want %s, %s", reason, got, fields, c.want, c.faults)
		}
	}
}

// TestPickedHaveNoKey: an application keeps a reason as it was worded, and no key of a
// list that changes.
func TestPickedHaveNoKey(t *testing.T) {
	picked, problems := PickReasons(DefaultReasons(), Correctable, []string{"city", "phone"}, "")
	if len(problems) > 0 || keysOf(picked) != ".." {
		t.Errorf("picked %v, %v", picked, problems)
	}
}
