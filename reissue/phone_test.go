package reissue

import (
	"slices"
	"strings"
	"testing"
)

func TestPhoneKey(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"signs and spaces do not tell numbers apart", "(0311) 8566-6666", "031185666666"},
		{"the country's prefix is not part of it", "+86 139 0000 0000", "13900000000"},
		{"nor with the dialling prefix", "0086-13900000000", "13900000000"},
		{"a short number may begin with 86", "86669999", "86669999"},
		{"full-width digits", "１３９００００００００", "13900000000"},
		{"nothing", "", ""},
	} {
		if got := PhoneKey(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}

// TestDoubtPhone: only what nobody can be called under is asked about.
func TestDoubtPhone(t *testing.T) {
	for _, c := range []struct{ phone, asked string }{
		{"13900000000", ""},
		{"139 0000 0000", ""},
		{"138-0000-0000", ""},
		{"19912345678", ""},
		{"+86 139 0000 0000", ""},
		{"0086-13900000000", ""},
		{"013900000000", ""},
		{"0311-85666666", ""},
		{"0311-8566-6666", ""},
		{"(0311)8566 6666", ""},
		{"+86 (0311) 8686-8686", ""},
		{"0315-2123456", ""},
		{"010-12345678", ""},
		{"0311-85666666-801", ""},
		{"85666666", ""}, // whoever calls is in the same city, mostly
		{"2123456-12", ""},
		{"400-800-1234", ""},
		{"+852 9123 4567", ""},
		{"00853-66123456", ""},
		{"+1 (212) 555-0123", ""},
		{"1390000000", "11 位，现在是 10 位"},
		{"138-0000-000", "11 位，现在是 10 位"},
		{"+86 139 0000 000", "11 位，现在是 10 位"},
		{"139000000001", "11 位，现在是 12 位"},
		{"12345678", "11 位，现在是 8 位"},
		{"12345678901", "13 至 19"},
		{"311-85666666", "现在共 11 位"},
		{"0311-856666", "现在共 10 位"},
		{"031185666", "现在共 9 位"},
		{"856666666", "现在共 9 位"},
		{"0000000", "现在共 7 位"},
	} {
		asked := doubtPhone(c.phone)
		if (asked == "") != (c.asked == "") || !strings.Contains(asked, c.asked) {
			t.Errorf("%s: asked %q, want %q", c.phone, asked, c.asked)
		}
	}
}

// TestAskPhone: a doubtful number is asked about once, and another one again.
func TestAskPhone(t *testing.T) {
	stored := func(b *Basis) { b.Phone = "1390000000" }
	for _, c := range []struct {
		why   string
		draft Draft
		basis *Basis
		asks  []bool
	}{
		{"a right one", Draft{FieldPhone: "13900000000"}, byHand(), nil},
		{"a wrong one", Draft{FieldPhone: "1390000000"}, byHand(), []bool{true}},
		{"the wrong one again", Draft{FieldPhone: " 139-000-0000", Confirm(FieldPhone): "139－000-0000"}, byHand(), nil},
		{"another wrong one", Draft{FieldPhone: "1390000001", Confirm(FieldPhone): "1390000000"}, byHand(), []bool{true}},
		{"any word", Draft{FieldPhone: "1390000000", Confirm(FieldPhone): "1"}, byHand(), []bool{true}},
		{"what cannot be taken at all", Draft{FieldPhone: "139", Confirm(FieldPhone): "139"}, byHand(), []bool{false}},
		{"that of the application", Draft{FieldPhone: "1390000000"}, byHand(stored), nil},
		{"another than the application's", Draft{FieldPhone: "1390000001"}, byHand(stored), []bool{true}},
		{"beside a fault", Draft{FieldPhone: "1390000000", FieldCity: ""}, byHand(), []bool{false, true}},
	} {
		_, err := filled(c.draft).Check(c.basis)
		problems, _ := err.(Problems)
		var asks []bool
		for _, problem := range problems {
			asks = append(asks, problem.Asks)
		}
		if !slices.Equal(asks, c.asks) {
			t.Errorf("%s: %v (%+v), want %v", c.why, asks, problems, c.asks)
		}
	}
}
