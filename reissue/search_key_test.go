package reissue

import (
	"slices"
	"strings"
	"testing"
)

// TestSearchKeys: a number is found however it is typed, and a name is no number.
func TestSearchKeys(t *testing.T) {
	for typed, want := range map[string]string{
		"ej2020-001": "EJ2020-001", "ＥＪ２０２０００１": "EJ2020001", "1390 0000 000": "13900000000", "139-0000-0000": "139-0000-0000 13900000000",
		"+86 139 0000 0000": "13900000000", "(0311) 8566.6666": "031185666666", "sf 1234": "SF1234", "00123456789012345678": "00123456789012345678 123456789012345678",
		"2026-000012": "2026-000012 2026000012", "2026000012": "2026000012 2026-000012", "２０２６－12": "2026-12 2026-000012 202612", "2026-000000": "2026-000000 2026000000",
		"": "", "王小明": "", "ANNA": "", "无": "", "王1": "", "---": "",
	} {
		if got := SearchKeys(typed); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
