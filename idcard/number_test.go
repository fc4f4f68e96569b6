package idcard

import (
	"testing"
	"unicode/utf8"
)

const today = "20260115"

func TestNormalise(t *testing.T) {
	for _, c := range []struct{ reason, in, want string }{
		{"as it should be", "110101199003071233", "110101199003071233"},
		{"spaces around and between", " 110101 19900307 1233\r\n", "110101199003071233"},
		{"full-width space", "　110101199003071233　", "110101199003071233"},
		{"no-break spaces", "110101\u00a019900307\u202f1233", "110101199003071233"},
		{"zero width and direction marks", "\ufeff\u202d110101199003071233\u200b\u2060\u202c", "110101199003071233"},
		{"full-width digits and x", "１１０１０１１９９００３０７８０３ｘ", "11010119900307803X"},
		{"small x", "11010119900307803x", "11010119900307803X"},
		{"passport", "e 1234567a", "E1234567A"},
		{"full-width hyphen", "ab－１２", "AB-12"},
		{"a Roman ten for X", "11010119900307803Ⅹ", "11010119900307803X"},
		{"a small Roman ten", "11010119900307803ⅹ", "11010119900307803X"},
		{"a sign of multiplication", "11010119900307803×", "11010119900307803X"},
		{"Cyrillic", "11010119900307803х", "11010119900307803X"},
		{"Cyrillic capital", "11010119900307803Х", "11010119900307803X"},
		{"no X but at the end of an ID number", "1101×1Х", "1101×1Х"},
		{"other hyphens", "AB‐1−2", "AB-1-2"},
		{"variation selectors", "12\ufe0f3\U000E0100", "123"},
		{"dotless i is not I", "ı1", "ı1"},
		{"officer's card", "军字第 0012345 号", "军字第0012345号"},
		{"nothing", " \t\u3000", ""},
	} {
		if got := Normalise(c.in); got != c.want {
			t.Errorf("%s: Normalise(%q) = %q, want %q", c.reason, c.in, got, c.want)
		}
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ reason, in, birth, sex string }{
		{"the guide's own", "110101199003071233", "19900307", "男"},
		{"Shenzhen", "440308199901101512", "19990110", "男"},
		{"ends with X", "11010119900307803X", "19900307", "男"},
		{"small full-width x", "1101011990030780 3ｘ", "19900307", "男"},
		{"Hong Kong", "810000199408230021", "19940823", "女"},
		{"Taiwan", "830000199201300022", "19920130", "女"},
		{"region in no list any more", "34240120010721571X", "20010721", "男"},
		{"foreigner's permanent residence", withCheck("91115619900307123"), "19900307", "男"},
		{"born today", withCheck("110101" + today + "002"), today, "女"},
		{"born on the first day of 1900", withCheck("11010119000101001"), "19000101", "男"},
		{"leap day", withCheck("11010120000229001"), "20000229", "男"},
	} {
		n, err := Parse(c.in, today)
		if err != nil {
			t.Errorf("%s: Parse(%q): %v", c.reason, c.in, err)
			continue
		}
		if n.Full() != Normalise(c.in) {
			t.Errorf("%s: Full = %q", c.reason, n.Full())
		}
		if n.Birth() != c.birth || n.BirthMonth() != c.birth[:6] || n.BirthYear() != c.birth[:4] || n.Sex() != c.sex {
			t.Errorf("%s: born %s %s %s, sex %s, want %s %s", c.reason,
				n.Birth(), n.BirthMonth(), n.BirthYear(), n.Sex(), c.birth, c.sex)
		}
	}
}

func TestParseFaults(t *testing.T) {
	for _, c := range []struct {
		reason, in string
		want       Fault
	}{
		{"nothing", "", Fault{Reason: Empty}},
		{"white space", " 　\u200b", Fault{Reason: Empty}},
		{"17 characters", "11010119900307123", Fault{Reason: Length, Found: 17}},
		{"19 characters", "1101011990030712333", Fault{Reason: Length, Found: 19}},
		{"15 digits are for registers only", "610104620927690", Fault{Reason: Length, Found: 15}},
		{"counted by character, not by byte", "身份证号错误", Fault{Reason: Length, Found: 6}},
		{"18 characters but more bytes", "身10101199003071233", Fault{Reason: Characters}},
		{"18 bytes but fewer characters", "身101011990030712", Fault{Reason: Length, Found: 16}},
		{"letter O for zero", "11O101199003071233", Fault{Reason: Characters}},
		{"X in the middle", "1101011990030X1233", Fault{Reason: Characters}},
		{"another letter at the end", "11010119900307803Y", Fault{Reason: Characters}},
		{"Arabic-Indic digits", "١10101199003071233", Fault{Reason: Characters}},
		{"broken UTF-8", "\xff10101199003071233", Fault{Reason: Characters}},
		{"region 00", withCheck("00010119900307123"), Fault{Reason: Region}},
		{"region 16", withCheck("16010119900307123"), Fault{Reason: Region}},
		{"region 84", withCheck("84010119900307123"), Fault{Reason: Region}},
		{"30 February", withCheck("11010119600230001"), Fault{Reason: NoSuchDate}},
		{"30 February, wrong check", "110101196002300011", Fault{Reason: NoSuchDate}},
		{"29 February of a common year", withCheck("11010119000229001"), Fault{Reason: NoSuchDate}},
		{"month 13", withCheck("11010119901301001"), Fault{Reason: NoSuchDate}},
		{"month 0", withCheck("11010119900001001"), Fault{Reason: NoSuchDate}},
		{"day 0", withCheck("11010119900100001"), Fault{Reason: NoSuchDate}},
		{"day 31 of April", withCheck("11010119900431001"), Fault{Reason: NoSuchDate}},
		{"no date in a foreigner's", withCheck("91115619901307123"), Fault{Reason: NoSuchDate}},
		{"1899", withCheck("11010118991231001"), Fault{Reason: TooEarly}},
		{"year 0", withCheck("11010100000101001"), Fault{Reason: TooEarly}},
		{"tomorrow", withCheck("11010120260116001"), Fault{Reason: InFuture}},
		{"last character", "110101199003071234", Fault{Reason: CheckCharacter}},
		{"X where a digit belongs", "11010119900307123X", Fault{Reason: CheckCharacter}},
	} {
		n, err := Parse(c.in, today)
		if err != c.want || n != "" {
			t.Errorf("%s: Parse(%q) = %q, %v, want %v", c.reason, c.in, n.Full(), err, c.want)
		}
	}
}

func TestParseRegister(t *testing.T) {
	for _, c := range []struct{ reason, in, want string }{
		{"15 digits", "610104620927690", "610104196209276908"},
		{"15 digits with spaces, full-width", "６１０１０４ 620927 690", "610104196209276908"},
		{"18 digits", "110101199003071233", "110101199003071233"},
	} {
		if n, err := ParseRegister(c.in, today); err != nil || n.Full() != c.want {
			t.Errorf("%s: ParseRegister(%q) = %q, %v, want %q", c.reason, c.in, n.Full(), err, c.want)
		}
	}
	for _, c := range []struct {
		reason, in string
		want       Fault
	}{
		{"15 with a letter", "61010462092769X", Fault{Reason: Length, Found: 15}},
		{"15 with 30 February", "610104620230690", Fault{Reason: NoSuchDate}},
		{"15 of no region", "000104620927690", Fault{Reason: Region}},
		{"16 digits", "6101046209276901", Fault{Reason: Length, Found: 16}},
		{"spoilt by a spreadsheet", "1.10101E+17", Fault{Reason: Length, Found: 11}},
	} {
		if n, err := ParseRegister(c.in, today); err != c.want || n != "" {
			t.Errorf("%s: ParseRegister(%q) = %q, %v, want %v", c.reason, c.in, n.Full(), err, c.want)
		}
	}
}

// The check character is there to catch the two commonest slips: one digit mistyped, two neighbours swapped.
func TestEverySlipIsCaught(t *testing.T) {
	for _, good := range []string{"110101199003071233", "11010119900307803X", "810000199408230021", "34240120010721571X"} {
		for i := range good {
			for _, r := range "0123456789X" {
				slip := good[:i] + string(r) + good[i+1:]
				if _, err := Parse(slip, today); (err == nil) != (slip == good) {
					t.Errorf("position %d of %s as %c: %v", i, good, r, err)
				}
			}
			if i > 0 && good[i] != good[i-1] {
				slip := good[:i-1] + good[i:i+1] + good[i-1:i] + good[i+1:]
				if _, err := Parse(slip, today); err == nil {
					t.Errorf("%s: positions %d and %d swapped were not noticed", good, i-1, i)
				}
			}
		}
	}
}

func TestOtherPapersTellNothing(t *testing.T) {
	for _, n := range []Number{"", "E12345678", "军字第0012345号", "ABCDEFGHIJKLMNOPQR", "110101199003071234"} {
		if n.Birth() != "" || n.BirthMonth() != "" || n.BirthYear() != "" || n.Sex() != "" {
			t.Errorf("%q tells %s %s", n.Full(), n.Birth(), n.Sex())
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"110101199003071233", "11010119900307803x", "610104620927690", "１１０", "", "\xff", "e 123"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Normalise(s)
		if twice := Normalise(once); twice != once {
			t.Errorf("normalised twice: %q, then %q", once, twice)
		}
		n, err := ParseRegister(s, today)
		if err != nil {
			if fault, ok := err.(Fault); !ok || fault.Sentence() == "" || n != "" {
				t.Errorf("%q: %q, %v", s, n.Full(), err)
			}
		} else {
			again, err := Parse(n.Full(), today)
			if err != nil || again != n || len(n.Birth()) != 8 || n.Sex() == "" {
				t.Errorf("%q: %q, then %q, %v", s, n.Full(), again.Full(), err)
			}
		}
		if masked := Number(once).String(); utf8.RuneCountInString(masked) != utf8.RuneCountInString(once) {
			t.Errorf("mask of %q is %q", once, masked)
		}
	})
}

// withCheck completes 17 digits, so that a case fails for its own reason only.
func withCheck(s string) string { return s + string(checkCharacter(s)) }
