package reissue

import (
	"testing"

	"certreissue/idcard"
)

func TestParsePerson(t *testing.T) {
	const today = "20260115"
	for _, c := range []struct{ reason, paper, number, want string }{
		{"an ID number", "身份证", "110101199003071233", "110101199003071233\x00身份证"},
		{"blank is an ID card", "", "110101199003071233", "110101199003071233\x00身份证"},
		{"the long word", "居民身份证", "11010119900307803x", "11010119900307803X\x00身份证"},
		{"15 digits become 18", "身份证", "610104620927690", "610104196209276908\x00身份证"},
		{"residence permit", "", "810000199408230021", "810000199408230021\x00身份证"},
		{"passport", "护照", " e1234567 8 ", "E12345678\x00护照"},
		{"officer's card", "军官证", "军字第12345678号", "军字第12345678号\x00军官证"},
		{"wrong check character", "", "110101199003071234", ""},
		{"born tomorrow", "", "110101202601160014", ""},
		{"spoilt", "", "1.10101E+17", ""},
		{"no number", "", "", ""},
		{"passport without a number", "护照", "", ""},
		{"too short", "护照", "E1", ""},
		{"signs", "护照", "E123/456", ""},
		{"other signs", "护照", "E123★456", ""},
		{"too long", "护照", "E123456789012345678901234567890", ""},
		{"a paper with too long a name", "一二三四五六七八九十一二三四五六七八九十一", "E1234567", ""},
	} {
		person, err := ParsePerson(c.paper, c.number, today)
		switch {
		case c.want == "" && err == nil:
			t.Errorf("%s: taken as %q", c.reason, person.Key())
		case c.want == "":
			if _, speaks := err.(idcard.Fault); !speaks {
				t.Errorf("%s: %v says nothing to people", c.reason, err)
			}
		case err != nil || person.Key() != c.want:
			t.Errorf("%s: %q, %v, want %q", c.reason, person.Key(), err, c.want)
		}
	}
}

func TestPersonTells(t *testing.T) {
	for _, c := range []struct {
		reason      string
		person      Person
		account     Account
		month, sex  string
		birth, gend string
	}{
		{"the number tells", Person{IDCard, "110101199003071233"}, Account{BirthMonth: "200001", Sex: "女"}, "199003", "男", "199003", "男"},
		{"another paper leaves it to the account", Person{"护照", "E12345678"}, Account{BirthMonth: "200001", Sex: "女"}, "", "", "200001", "女"},
		{"a passport numbered like an ID card", Person{"护照", "110101199003071233"}, Account{}, "", "", "", ""},
	} {
		c.account.Person = c.person
		if c.person.BirthMonth() != c.month || c.person.Sex() != c.sex || c.account.Birth() != c.birth || c.account.Gender() != c.gend {
			t.Errorf("%s: %q %q, account %q %q", c.reason, c.person.BirthMonth(), c.person.Sex(), c.account.Birth(), c.account.Gender())
		}
	}
}

func TestStaffCovers(t *testing.T) {
	for _, c := range []struct {
		reason string
		cities []string
		city   string
		want   bool
	}{
		{"no limit", nil, "保定", true},
		{"no limit and no city", nil, "", true},
		{"one of them", []string{"石家庄", "保定市"}, "保定", true},
		{"another", []string{"石家庄"}, "保定", false},
		{"limited, and the application has no city", []string{"石家庄"}, "", false},
	} {
		staff := Staff{Cities: c.cities}
		if got := staff.Covers(c.city); got != c.want {
			t.Errorf("%s: %v", c.reason, got)
		}
	}
}
