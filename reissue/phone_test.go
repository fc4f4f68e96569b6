package reissue

import "testing"

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
