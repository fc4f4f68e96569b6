package owner

import (
	"slices"
	"testing"
)

// TestServiceSID: the numbers are those of Windows; that of its own installer is known to
// everybody.
func TestServiceSID(t *testing.T) {
	if sid := ServiceSID("TrustedInstaller"); sid != "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464" {
		t.Error(sid)
	}
}

// TestClosed: a list that shuts others out names the system, administrators and whom it
// is made for, and takes nothing over from above.
func TestClosed(t *testing.T) {
	if list := Closed("S-1-5-21-1-2-3-1001"); list != "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;S-1-5-21-1-2-3-1001)" {
		t.Error(list)
	}
}

// TestOthers reads lists as Windows writes them.
func TestOthers(t *testing.T) {
	service := ServiceSID(Service)
	for what, c := range map[string]struct {
		list string
		want []string
	}{
		"our own":         {"O:BAG:SYD:P" + Closed(service)[3:], nil},
		"a folder's file": {"O:" + service + "G:SYD:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;" + service + ")", nil},
		"ProgramData": {"O:SYG:SYD:PAI(A;OICIIO;GA;;;CO)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;CI;DCLCRPCR;;;BU)",
			[]string{"BU"}},
		"a second disk":              {"O:BAG:DUD:AI(A;OICIID;FA;;;BA)(A;OICIID;FA;;;SY)(A;OICIID;0x1301bf;;;AU)(A;OICIID;0x1200a9;;;BU)", []string{"AU", "BU"}},
		"a user's":                   {"O:S-1-5-21-1-2-3-1001G:DUD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;S-1-5-21-1-2-3-1001)", []string{"S-1-5-21-1-2-3-1001"}},
		"somebody else who owns it":  {"O:S-1-5-21-1-2-3-1002G:DUD:P(A;;FA;;;SY)", []string{"S-1-5-21-1-2-3-1002"}},
		"who is kept out":            {"O:BAD:(D;;FA;;;BG)(A;;FA;;;BA)", nil},
		"everybody, by no list":      {"O:BAG:SYD:NO_ACCESS_CONTROL", []string{"WD"}},
		"everybody, by none at all":  {"O:BAG:SY", []string{"WD"}},
		"everybody, with conditions": {`O:BAD:(XA;;FR;;;WD;(@USER.Department == "a"))(A;;FA;;;BA)`, []string{"WD"}},
		"what is made below alone":   {"O:BAD:(A;OICIIO;FA;;;BU)(A;CIOI;FR;;;AU)", []string{"AU"}},
		"who is watched":             {"O:BAD:(A;;FA;;;BA)S:(AU;SA;FA;;;WD)", nil},
	} {
		if got := others(c.list); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
}
