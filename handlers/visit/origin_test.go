package visit

import "testing"

// TestOriginOf: the origin is written as browsers write it.
func TestOriginOf(t *testing.T) {
	for address, want := range map[string]string{
		"https://bz.example.cn": "https://bz.example.cn", "https://BZ.example.cn:443": "https://bz.example.cn", "http://bz.example.cn:80": "http://bz.example.cn",
		"https://bz.example.cn:80": "https://bz.example.cn:80", "http://bz.example.cn:8443": "http://bz.example.cn:8443",
		"http://[2001:DB8::1]": "http://[2001:db8::1]", "http://[2001:db8::1]:8080": "http://[2001:db8::1]:8080", "http://192.0.2.1:8080": "http://192.0.2.1:8080",
		"https://补办.中国": "https://xn--wfr746j.xn--fiqs8s", "": "", "bz.example.cn": "", "://": "",
	} {
		if got := originOf(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}
