package reissue

import "testing"

func TestText(t *testing.T) {
	for _, c := range []struct {
		reason   string
		of       func(string) string
		in, want string
	}{
		{"full-width letters, digits and signs", HalfWidth, "ＡＢ１２（）－．", "AB12()-."},
		{"full-width space", HalfWidth, "一　二", "一 二"},
		{"Chinese stays", HalfWidth, "二级建造师，。·", "二级建造师,。·"},
		{"spaces at the ends and folded", Clean, "  一 \t\n 二　", "一 二"},
		{"nothing to be cleaned", Clean, "一 x 二", "一 x 二"},
		{"one space at the start", Clean, " 一", "一"},
		{"one space at the end", Clean, "一 ", "一"},
		{"two spaces between", Clean, "一  二", "一 二"},
		{"a space alone", Clean, " ", ""},
		{"nothing", Clean, "", ""},
		{"control characters go", Clean, "一\x00\x07二", "一二"},
		{"invisible characters go", Clean, "\ufeff一\u200b\u202e二", "一二"},
		{"only invisible ones", Clean, " \u200b ", ""},
		{"broken bytes become readable ones", Clean, "一\xff", "一\uFFFD"},
		{"spaces, width and case do not count", Key, " 二级（ 建造师 ）ａ ", "二级(建造师)A"},
		{"无 is blank", Key, " 无 ", ""},
		{"无 within a word is none", Key, "无损检测", "无损检测"},
		{"city with 市", CityKey, "石家庄市", "石家庄"},
		{"city without", CityKey, " 石家庄 ", "石家庄"},
		{"only the last 市 goes", CityKey, "市市", "市"},
		{"no city", CityKey, "无", ""},
	} {
		if got := c.of(c.in); got != c.want {
			t.Errorf("%s: of %q came %q, want %q", c.reason, c.in, got, c.want)
		}
	}
}

func TestFindCity(t *testing.T) {
	cities := []string{"石家庄市", "保定"}
	for _, c := range []struct{ reason, in, want string }{
		{"as listed", "石家庄市", "石家庄市"},
		{"without 市", "石家庄", "石家庄市"},
		{"with 市", "保定市", "保定"},
		{"with spaces", "保 定", "保定"},
		{"another", "唐山", ""},
		{"the beginning only", "石家", ""},
		{"nothing", "", ""},
		{"无", "无", ""},
	} {
		if got, ok := FindCity(cities, c.in); got != c.want || ok != (c.want != "") {
			t.Errorf("%s: FindCity(%q) = %q, %v, want %q", c.reason, c.in, got, ok, c.want)
		}
	}
	if city, ok := FindCity([]string{""}, ""); ok || city != "" {
		t.Errorf("a blank city was found in a list with a blank: %q", city)
	}
}
