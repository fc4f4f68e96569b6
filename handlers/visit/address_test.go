package visit

import (
	"net/http"
	"net/netip"
	"testing"
)

func TestClientAddr(t *testing.T) {
	tests := []struct {
		reason    string
		remote    string
		forwarded []string
		want      string // "" for unknown
	}{
		{"direct", "192.0.2.1:5000", nil, "192.0.2.1"},
		{"direct, IPv6", "[2001:db8::1]:5000", nil, "2001:db8::1"},
		{"direct, IPv4 written as IPv6", "[::ffff:192.0.2.1]:5000", nil, "192.0.2.1"},
		{"direct, with a zone", "[fe80::1%eth0]:5000", nil, "fe80::1"},
		{"forged by a client without proxy", "192.0.2.1:5000", []string{"198.51.100.1"}, "192.0.2.1"},
		{"behind the proxy", "10.0.0.1:5000", []string{"192.0.2.1"}, "192.0.2.1"},
		{"behind the proxy, which is written as IPv6", "[::ffff:10.0.0.1]:5000", []string{"192.0.2.1"}, "192.0.2.1"},
		{"behind the IPv6 proxy on the link", "[fd00::1%eth0]:5000", []string{"192.0.2.1"}, "192.0.2.1"},
		{"forged by a client behind the proxy", "10.0.0.1:5000", []string{"198.51.100.1, 192.0.2.1"}, "192.0.2.1"},
		{"forged as if from a proxy", "10.0.0.1:5000", []string{"10.0.0.9, 192.0.2.1"}, "192.0.2.1"},
		{"two proxies", "10.0.0.1:5000", []string{"198.51.100.1, 192.0.2.1, 10.0.0.2"}, "192.0.2.1"},
		{"two proxies, each with a line of its own", "10.0.0.1:5000", []string{"198.51.100.1", "192.0.2.1", "10.0.0.2"}, "192.0.2.1"},
		{"proxy that writes ports", "10.0.0.1:5000", []string{"192.0.2.1:6000"}, "192.0.2.1"},
		{"proxy that writes IPv6 with a port", "10.0.0.1:5000", []string{"[2001:db8::1]:6000"}, "2001:db8::1"},
		{"proxy that writes IPv6 in brackets", "10.0.0.1:5000", []string{"[2001:db8::1]"}, "2001:db8::1"},
		{"the proxy itself asks", "10.0.0.1:5000", nil, "10.0.0.1"},
		{"only proxies", "10.0.0.1:5000", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		{"rubbish from the proxy", "10.0.0.1:5000", []string{"192.0.2.1, unknown"}, "10.0.0.1"},
		{"empty entry", "10.0.0.1:5000", []string{"192.0.2.1,"}, "10.0.0.1"},
		{"Unix socket", "@", []string{"192.0.2.1"}, ""},
	}
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			r := &http.Request{RemoteAddr: tt.remote, Header: http.Header{"X-Forwarded-For": tt.forwarded}}
			var want netip.Addr
			if tt.want != "" {
				want = netip.MustParseAddr(tt.want)
			}
			if got := ClientAddr(r, trusted); got != want {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

// FuzzClientAddr: whatever a client writes left of the entry of the trusted
// proxy changes nothing.
func FuzzClientAddr(f *testing.F) {
	f.Add("10.0.0.1")
	f.Add("[::1]:80,")
	f.Add("fe80::1%a, \x00")
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	client := netip.MustParseAddr("192.0.2.1")
	f.Fuzz(func(t *testing.T, forged string) {
		r := &http.Request{RemoteAddr: "10.0.0.1:5000", Header: http.Header{"X-Forwarded-For": {forged, client.String()}}}
		if got := ClientAddr(r, trusted); got != client {
			t.Errorf("got %v, want %v", got, client)
		}
	})
}
