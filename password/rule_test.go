package password

import (
	"strings"
	"testing"
)

const owner = "110101199003071233"

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		reason, plain, number string
		want                  error
	}{
		{"the shortest", "xkq7vz", owner, nil},
		{"the longest", "xkq7vz" + strings.Repeat("m", 24), owner, nil},
		{"five", "xkq7v", owner, TooShort},
		{"thirty-one", "xkq7vz" + strings.Repeat("m", 25), owner, TooLong},
		{"nothing", "", owner, TooShort},
		{"counted by character, not by byte", "春眠不觉晓处处闻啼鸟夜来风雨声花落知多少 k7", owner, nil},
		{"four characters of many bytes", "春眠k7", owner, TooShort},
		{"digits alone", "48151623", owner, NoLetter},
		{"letters alone", "correcthorse", owner, NoDigit},
		{"Chinese is no Latin letter", "春眠不觉晓7", owner, NoLetter},
		{"nor is the Kelvin sign, though its small form is", "48151623\u212a", owner, NoLetter},
		{"full-width digits are none", "xkqvzm７", owner, NoDigit},
		{"signs and spaces are welcome", "it is 9 o'clock!", owner, nil},
		{"common", "abc123", "", Common},
		{"common in capitals", "PassWord1", "", Common},
		{"common in China", "woaini1314", "", Common},
		{"and the admin of old", "admin888", "", Common},
		{"last six of the number", "a071233", owner, HoldsNumber},
		{"last six inside", "my071233pw", owner, HoldsNumber},
		{"last eight", "zs03071233", owner, HoldsNumber},
		{"last six with X", "ab07803x", "11010119900307803X", HoldsNumber},
		{"last six before X", "ab307803", "11010119900307803X", HoldsNumber},
		{"last six of a passport", "345678pw", "E12345678", HoldsNumber},
		{"a passport too short to speak of", "pw12x45z", "12", nil},
		{"birthday", "zhang19900307", owner, HoldsBirthday},
		{"birthday among digits", "zs1990-03-07-1", owner, HoldsBirthday},
		{"short birthday", "zs900307", owner, HoldsBirthday},
		{"short birthday inside other digits", "zs59003071", owner, nil},
		{"another's birthday", "zs19910307", owner, nil},
		{"staff have no number", "zhang19900307", "", nil},
	} {
		if got := Check(c.plain, c.number); got != c.want {
			t.Errorf("%s: Check(%q, %q) = %v, want %v", c.reason, c.plain, c.number, got, c.want)
		}
	}
}

// Every line of the list must be one that only the list refuses.
func TestCommonList(t *testing.T) {
	if n := len(common()); n < 3000 {
		t.Errorf("%d common passwords, want 3,000 or more", n)
	}
	for word := range common() {
		if got := Check(word, ""); got != Common {
			t.Errorf("%q is refused for %v", word, got)
		}
	}
}

func TestEveryFaultSpeaks(t *testing.T) {
	said := map[string]Fault{}
	for _, span := range [][2]Fault{{TooShort, HoldsBirthday}, {NoDigest, BadSalt}} {
		for f := span[0]; f <= span[1]; f++ {
			for _, s := range []string{f.Error(), f.Sentence()} {
				if other, ok := said[s]; ok || s == "" || s == "password: " {
					t.Errorf("faults %d and %d both say %q", f, other, s)
				}
				said[s] = f
			}
		}
	}
}
