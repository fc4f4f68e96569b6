package sheet

import (
	"strings"
	"testing"
	"unicode/utf8"

	"certreissue/typed"
)

func TestSpoilt(t *testing.T) {
	for cell, want := range map[string]bool{
		"1.10101E+17": true, "1.10101199003071E+17": true, "1.1e+17": true, "1E+17": true,
		"1.10101199003071E+017": true, "1.1E17": true, "-1.1E+17": true,
		"1.1E+19": true, "##": true, "########": true, "#N/A": true, "#REF!": true,
		"": false, "0": false, "2020": false, "110101199003071233": false, "11010119900307803X": false,
		"2E12": false, "E+17": false, "1.5": false, "A1.1E+17": false, "#1": false, "#": false, "无": false,
	} {
		if got := Spoilt(cell); got != want {
			t.Errorf("%q: %v", cell, got)
		}
	}
	if sentence := SpoiltSentence("1.10101E+17"); !strings.Contains(sentence, "号码已被表格软件改成“1.10101E+17”") {
		t.Error(sentence)
	}
	if sentence := SpoiltSentence("#N/A"); !strings.Contains(sentence, "错误值“#N/A”") {
		t.Error(sentence)
	}
}

func TestHarmless(t *testing.T) {
	for _, test := range []struct{ reason, in, want string }{
		{"a formula", "=1+1", "'=1+1"},
		{"a phone number", "+86 138 0000 0000", "'+86 138 0000 0000"},
		{"a minus", "-x", "'-x"},
		{"an at sign", "@SUM(A1)", "'@SUM(A1)"},
		{"a tab", "\tx", "'\tx"},
		{"a carriage return", "\rx", "'\rx"},
		{"a full-width sign", "＝1＋1", "'＝1＋1"},
		{"white space before a sign", " \u3000=1", "' \u3000=1"},
		{"an apostrophe of the data", "'=1", "''=1"},
		{"an apostrophe and no sign", "'x", "'x"},
		{"digits behind an apostrophe of the data", "'5", "''5"},
		{"digits behind a backtick of the data", "`5", "'`5"},
		{"a backtick and no digit", "`x", "`x"},
		{"a backtick and nothing", "`", "`"},
		{"a sign inside", "a=1", "a=1"},
		{"an ID number", "110101199003071233", "110101199003071233"},
		{"a name", "王䶮", "王䶮"},
		{"nothing", "", ""},
	} {
		if got := Harmless(test.in); got != test.want {
			t.Errorf("%s: %q, want %q", test.reason, got, test.want)
		}
	}
}

func FuzzHarmless(f *testing.F) {
	for _, seed := range []string{"=1", "'=1", "''-", "' '=", `="1"`, "\t", "'", "王", "' \t="} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		s = typed.Trimmed(s)
		written := Harmless(s)
		if written != "" && strings.ContainsAny(written[:1], "=+-@\t\r\n") {
			t.Fatalf("%q is written as %q", s, written)
		}
		if read := clean(written); read != s {
			t.Fatalf("%q is written as %q and read as %q", s, written, read)
		}
	})
}
