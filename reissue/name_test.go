package reissue

import (
	"strings"
	"testing"
)

func TestMatchNames(t *testing.T) {
	for _, c := range []struct {
		reason, a, b string
		want         NameMatch
	}{
		{"the same", "王小明", "王小明", NamesEqual},
		{"spaces at the ends", " 王小明　", "王小明", NamesEqual},
		{"a rare character", "王𠮷", "王𠮷", NamesEqual},
		{"another rare character", "王𠮷", "王吉", NamesDiffer},
		{"two middle dots", "买买提•艾力", "买买提·艾力", NamesEqual},
		{"a katakana dot", "买买提・艾力", "买买提·艾力", NamesEqual},
		{"a hyphenation point", "买买提‧艾力", "买买提·艾力", NamesEqual},
		{"a full-width full stop", "买买提．艾力", "买买提·艾力", NamesEqual},
		{"a full stop", "买买提.艾力", "买买提·艾力", NamesEqual},
		{"without the dot", "买买提艾力", "买买提·艾力", NamesTolerant},
		{"a space in the middle", "王 小明", "王小明", NamesTolerant},
		{"a space for the dot", "买买提 艾力", "买买提·艾力", NamesTolerant},
		{"a homophone in brackets", "王晓霈", "王晓[沛]", NamesTolerant},
		{"full-width brackets", "王晓霈", "王晓（沛）", NamesTolerant},
		{"black brackets", "王晓霈", "王晓【沛】", NamesTolerant},
		{"tortoise-shell brackets", "王晓霈", "王晓〔沛〕", NamesTolerant},
		{"a description in brackets", "王晓霈", "王晓[雨+沛]", NamesTolerant},
		{"brackets on the left", "王[小]明", "王晓明", NamesTolerant},
		{"the same brackets", "王晓[沛]", "王晓[沛]", NamesEqual},
		{"brackets stand for one character, not for none", "王晓", "王晓[沛]", NamesDiffer},
		{"and not for two", "王晓沛沛", "王晓[沛]", NamesDiffer},
		{"brackets never closed", "王晓霈", "王晓[沛", NamesTolerant},
		{"the rest still counts", "李晓霈", "王晓[沛]", NamesDiffer},
		{"Latin letters in another case", "Ana Maria", "ANA MARIA", NamesTolerant},
		{"full-width Latin letters, as they were typed", "ＡＮＡ", "ANA", NamesEqual},
		{"a private code point of GBK", "王\uE863", "王䶮", NamesTolerant},
		{"the first of them", "王\uE815", "王⺁", NamesTolerant},
		{"one beyond the basic plane", "王\uE855", "王\U000241FE", NamesTolerant},
		{"the last of them", "王\uE864", "王\u9FBB", NamesTolerant},
		{"one private code point is not another", "王\uE863", "王\uE864", NamesDiffer},
		{"a private code point of nobody", "王\uE865", "王䶮", NamesDiffer},
		{"a Kangxi radical", "⽅⾼", "方高", NamesTolerant},
		{"a compatibility ideograph", "\uF9DC伟", "隆伟", NamesTolerant},
		{"decomposed letters", "Jose\u0301 Mari\u0301a", "José María", NamesTolerant},
		{"other letters are others", "José", "Jose", NamesDiffer},
		{"a variation selector", "辻\U000E0100伟", "辻伟", NamesEqual},
		{"an ideographic full stop", "买买提。艾力", "买买提·艾力", NamesEqual},
		{"a black circle", "买买提●艾力", "买买提·艾力", NamesEqual},
		{"a small full stop", "买买提﹒艾力", "买买提·艾力", NamesEqual},
		{"a black square", "买买提▪艾力", "买买提·艾力", NamesEqual},
		{"a half-width katakana dot", "买买提･艾力", "买买提·艾力", NamesEqual},
		{"a character that was lost", "王䶮明", "王?明", NamesTolerant},
		{"beyond the basic plane", "王小𠮷", "王小？", NamesTolerant},
		{"as a box", "王䶮明", "王□明", NamesTolerant},
		{"as a black box", "王䶮", "王■", NamesTolerant},
		{"as typesetters do", "王䶮明", "王〓明", NamesTolerant},
		{"two that were lost", "欧阳䶮𠮷", "欧阳??", NamesTolerant},
		{"a lost character with dots", "买买提·䶮力", "买买提?力", NamesTolerant},
		{"a lost character stands for one, not for none", "王明", "王?明", NamesDiffer},
		{"and not for two", "王小小明", "王?明", NamesDiffer},
		{"the others count", "王小红", "王?明", NamesDiffer},
		{"the same marks", "王?明", "王?明", NamesEqual},
		{"a lost surname", "王小明", "?小明", NamesDiffer},
		{"more than half lost", "王小明", "王??", NamesDiffer},
		{"all lost", "王小明", "???", NamesDiffer},
		{"lost within brackets", "王晓霈", "王晓[氵?]", NamesTolerant},
		{"a circle is 〇, not lost", "李䶮", "李○", NamesDiffer},
		{"what hides a name is not lost", "王小明", "王*明", NamesDiffer},
		{"another name", "王小明", "王小红", NamesDiffer},
		{"a shorter name", "王小", "王小明", NamesDiffer},
		{"a zero byte is no wildcard", "王\x00明", "王小明", NamesDiffer},
		{"nothing", "", "", NamesDiffer},
		{"nothing beside a name", "", "王小明", NamesDiffer},
		{"dots beside nothing", "··", "", NamesDiffer},
	} {
		if got := MatchNames(c.a, c.b); got != c.want {
			t.Errorf("%s: MatchNames(%q, %q) = %d, want %d", c.reason, c.a, c.b, got, c.want)
		}
		if got := MatchNames(c.b, c.a); got != c.want {
			t.Errorf("%s, the other way round: %d, want %d", c.reason, got, c.want)
		}
	}
}

func FuzzMatchNames(f *testing.F) {
	for _, seed := range [][2]string{{"王晓霈", "王晓[沛]"}, {"买买提•艾力", "买买提艾力"}, {"", "·"}, {"[[", "))"}, {"\xff", "�"}, {"ß", "SS"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if x, y := MatchNames(a, b), MatchNames(b, a); x != y {
			t.Errorf("MatchNames(%q, %q) = %d, the other way round %d", a, b, x, y)
		}
		if got := MatchNames(a, a); got == NamesTolerant || got == NamesDiffer && CleanName(a) != "" {
			t.Errorf("MatchNames(%q) with itself = %d", a, got)
		}
		if again := CleanName(CleanName(a)); again != CleanName(a) {
			t.Errorf("CleanName(%q) = %q and then %q", a, CleanName(a), again)
		}
	})
}

func TestValidName(t *testing.T) {
	for _, c := range []struct {
		reason, in string
		want       bool
	}{
		{"the usual", "王小明", true},
		{"two characters", "王明", true},
		{"extension A", "䶮䶮", true},
		{"extension B", "王𠮷", true},
		{"extension G", "王\U00030000", true},
		{"newer than the tables", "王\U0003FFF0", true},
		{"private use", "王\uE123", true},
		{"〇 is a number to Unicode", "李〇", true},
		{"a variation selector", "葛\U000E0100城", true},
		{"middle dot", "买买提·艾力", true},
		{"Latin with space, hyphen and apostrophe", "Ana-Maria O’Neill D'Arc", true},
		{"Uighur", "مۇھەممەت", true},
		{"fifty characters", strings.Repeat("王", 50), true},
		{"fifty-one", strings.Repeat("王", 51), false},
		{"one character", "王", false},
		{"one character and a dot", "王·", false},
		{"dots only", "··", false},
		{"nothing", "", false},
		{"a digit", "王小明2", false},
		{"a lost character", "王?明", false},
		{"as a box", "王□明", false},
		{"as typesetters do", "王〓明", false},
		{"brackets", "王晓[沛]", false},
		{"markup", "<b>王</b>", false},
		{"a line break", "王\n明", false},
		{"an invisible character", "王\u200b明", false},
		{"direction override", "王\u202e明", false},
		{"an emoji", "王😀", false},
		{"broken bytes", "王\xff明", false},
	} {
		if got := ValidName(c.in); got != c.want {
			t.Errorf("%s: ValidName(%q) = %v", c.reason, c.in, got)
		}
	}
}
