package mail

import (
	netmail "net/mail"
	"strings"
	"testing"
)

func TestParseAddress(t *testing.T) {
	long := strings.Repeat("a", 63) + "."
	for _, c := range []struct {
		reason, in, want string
		fault            Reason
	}{
		{"usual", "zhang.san@example.com", "zhang.san@example.com", 0},
		{"digits only", "10001@qq.com", "10001@qq.com", 0},
		{"white space around", " \u3000a@example.com\r\n", "a@example.com", 0},
		{"plus and signs", "o'neil+exam_1@mail.example.com.cn", "o'neil+exam_1@mail.example.com.cn", 0},
		{"capitals stay", "Zhang@Example.COM", "Zhang@Example.COM", 0},
		{"domain in punycode", "a@xn--fiqs8s.xn--fiqs8s", "a@xn--fiqs8s.xn--fiqs8s", 0},
		{"254 characters", strings.Repeat("a", 50) + "@" + strings.Repeat("b", 50) + "." + strings.Repeat("c", 50) + "." + strings.Repeat("d", 50) + "." + strings.Repeat("e", 47) + ".fr", "", 0},

		{"nothing", " ", "", AddressMissing},
		{"Chinese local part", "张三@example.com", "", AddressForeign},
		{"Chinese domain", "a@例子.中国", "", AddressForeign},
		{"full-width @, as input methods write it", "a＠example.com", "a@example.com", 0},
		{"Chinese full stop", "a@example。com", "a@example.com", 0},
		{"zero-width space inside", "a@exam\u200bple.com", "a@example.com", 0},
		{"broken UTF-8", "a\xff@example.com", "", AddressForeign},
		{"too long", "a@" + long + long + long + long + "com", "", AddressLong},
		{"local part too long", strings.Repeat("a", 65) + "@example.com", "", AddressLong},
		{"no @", "example.com", "", AddressForm},
		{"two @", "a@b@example.com", "", AddressForm},
		{"no local part", "@example.com", "", AddressForm},
		{"no domain", "a@", "", AddressForm},
		{"domain of one label", "a@localhost", "", AddressForm},
		{"domain ends in a dot", "a@example.com.", "", AddressForm},
		{"two dots", "a..b@example.com", "", AddressForm},
		{"dot before the @", "a.@example.com", "", AddressForm},
		{"hyphen begins a label", "a@-example.com", "", AddressForm},
		{"IP address", "a@192.0.2.1", "", AddressForm},
		{"domain literal", "a@[192.0.2.1]", "", AddressForm},
		{"with a name", "Zhang <a@example.com>", "", AddressForm},
		{"in brackets", "<a@example.com>", "", AddressForm},
		{"two addresses", "a@example.com,b@example.com", "", AddressForm},
		{"quoted", `"a b"@example.com`, "", AddressForm},
		{"comment", "a(x)@example.com", "", AddressForm},
		{"space inside", "a b@example.com", "", AddressForm},
		{"header injection", "a@b\r\nBcc: c@example.com", "", AddressForm},
		{"header injection behind a good address", "a@example.com\r\nBcc: c@example.com", "", AddressForm},
		{"header injection, still encoded", "a@b%0d%0aBcc:", "", AddressForm},
		{"LF alone", "a\n@example.com", "", AddressForm},
		{"NUL", "a\x00@example.com", "", AddressForm},
	} {
		want, err := c.want, error(nil)
		if c.fault != 0 {
			err = Fault{Reason: c.fault}
		} else if want == "" {
			want = c.in
		}
		if got, gotErr := ParseAddress(c.in); got != want || gotErr != err {
			t.Errorf("%s: ParseAddress(%q) = %q, %v, want %q, %v", c.reason, c.in, got, gotErr, want, err)
		}
	}
}

// Whatever passes must mean the same to the standard parser, which the mail library uses.
func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"a@example.com", "a@b%0d%0aBcc:", "a@b.cc\r\nBcc: x@y.zz", `"a"@example.com`, "a@[1.2.3.4]", "张@例.cn", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ParseAddress(s)
		if err != nil {
			if fault, ok := err.(Fault); !ok || fault.Sentence() == "" || got != "" {
				t.Errorf("%q: %q, %v", s, got, err)
			}
			return
		}
		parsed, err := netmail.ParseAddress(got)
		if err != nil || parsed.Address != got || parsed.Name != "" {
			t.Errorf("%q is %+v, %v to net/mail", got, parsed, err)
		}
		if again, err := ParseAddress(got); again != got || err != nil {
			t.Errorf("%q becomes %q, %v", got, again, err)
		}
	})
}
