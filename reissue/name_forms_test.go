package reissue

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// TestGBKPrivate holds the table against the mapping of golang.org/x/text, which
// has the 14 characters of GB 18030-2022 at their private code points, or at none.
func TestGBKPrivate(t *testing.T) {
	if len(fromPrivate) != 80 {
		t.Fatalf("%d characters, want 80", len(fromPrivate))
	}
	seen, same := map[rune]bool{}, 0
	trail := byte(0x50)
	for i, r := range fromPrivate {
		if seen[r] {
			t.Errorf("%c is there twice", r)
		}
		seen[r] = true
		decoded, err := simplifiedchinese.GB18030.NewDecoder().String(string([]byte{0xFE, trail}))
		if err != nil {
			t.Fatal(err)
		}
		switch got := []rune(decoded)[0]; {
		case got == r:
			same++
		case got != firstPrivate+rune(i) && got != '\uFFFD':
			t.Errorf("FE%X is %U in the table and %U there", trail, r, got)
		}
		if trail++; trail == 0x7F {
			trail++
		}
	}
	if same < 66 {
		t.Errorf("only %d of the characters stand there", same)
	}
}
