package typed

import (
	"strings"
	"testing"
)

func TestTyped(t *testing.T) {
	hyphens := func(s string) string { return strings.Map(Hyphen, s) }
	for _, c := range []struct {
		reason   string
		of       func(string) string
		in, want string
	}{
		{"direction marks, joiners, soft hyphen", Visible, "\u200e\u202d姓\u200b\u200c\u200d\u2060\ufeff名\u00ad\u2069", "姓名"},
		{"variation selectors", Visible, "辻\U000E0100王\uFE00\u180B", "辻王"},
		{"what has no look: fillers, the grapheme joiner, tags", Visible, "a\u3164b\uffa0c\u115fd\u034fe\U000E0041", "abcde"},
		{"no-break, narrow and figure spaces, Braille without a dot", Visible, "a\u00a0b\u202fc\u2007d\u2800e", "a b c d e"},
		{"paragraphs stay", Visible, "　　一\r\n\t二　\u200b", "　　一\r\n\t二　"},
		{"full-width letters stay in free text", Visible, "Ａ\u200b１", "Ａ１"},
		{"marks of a script stay", Visible, "e\u0301ئۇيغۇر", "e\u0301ئۇيغۇر"},
		{"white space around a paragraph, and marks beyond it", Trimmed, "\u200b\u00a0　一\n 二\t\u200e ", "一\n 二"},
		{"nothing to trim", Trimmed, "一 2", "一 2"},
		{"full-width letters and digits", Clean, "ＡＺａｚ０９", "AZaz09"},
		{"full-width signs stay", Clean, "二级（建造师），＋", "二级（建造师），＋"},
		{"NBSP at the ends and inside", Clean, "\u00a0一\u00a0\u3000二\u202f", "一 二"},
		{"control characters", Clean, "a\x00b\x07c\u0085d", "abc d"},
		{"broken bytes become readable ones", Clean, "一\xff", "一\uFFFD"},
		{"only what nobody sees", Clean, "\u200b\u00a0\ufe0f", ""},
		{"every hyphen", hyphens, "1‐2‑3‒4–5—6―7−8﹣9－0-1", "1-2-3-4-5-6-7-8-9-0-1"},
		{"一 is no hyphen, nor is ー", hyphens, "一ー", "一ー"},
		{"address of an input method", Address, "　ｚｈａｎｇ．san＠example。com\u200b", "zhang.san@example.com"},
		{"small @, half-width stop, hyphens", Address, "a﹫b｡c‑d", "a@b.c-d"},
		{"an address keeps what it is refused for", Address, "a\r\nb\x00@c", "a\r\nb\x00@c"},
	} {
		if got := c.of(c.in); got != c.want {
			t.Errorf("%s: of %q came %q, want %q", c.reason, c.in, got, c.want)
		}
	}
}

// FuzzClean: what is clean stays, and the short way changes nothing.
func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", " ", "一 x", "一  x", "\u00a0", "Ａ", "\x00", "\ufeff", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Clean(s)
		if again := Clean(once); again != once {
			t.Errorf("Clean(%q) = %q, and of that %q", s, once, again)
		}
		if Visible(once) != once {
			t.Errorf("%q is clean and not visible", once)
		}
		if trimmed := Trimmed(s); trimmed != strings.TrimSpace(Visible(s)) {
			t.Errorf("%q is trimmed to %q", s, trimmed)
		}
		if isPlain(s) && once != s {
			t.Errorf("%q is plain and comes out as %q", s, once)
		}
	})
}
