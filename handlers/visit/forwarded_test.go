package visit

import (
	"net/http"
	"net/netip"
	"testing"
)

// TestForwarded: a trusted proxy that names whom it asks for, be that itself, one that
// does not, and somebody else who says to ask for others are counted apart; all others
// are nobody's business.
func TestForwarded(t *testing.T) {
	s := &Server{Options: Options{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}}
	note := func(from, header string, values ...string) {
		s.NoteForwarded(&http.Request{RemoteAddr: from, Header: http.Header{header: values}})
	}
	note("10.0.0.1:5000", "X-Forwarded-For", "192.0.2.1")
	note("10.0.0.1:5000", "X-Forwarded-For", "forged", "10.0.0.1")
	note("[::ffff:10.0.0.1]:5000", "X-Forwarded-For", "192.0.2.1:6000")
	note("10.0.0.1:5000", "X-Forwarded-For")
	note("10.0.0.1:5000", "X-Forwarded-For", "192.0.2.1, unknown")
	note("10.0.0.1:5000", "X-Real-Ip", "192.0.2.1")
	note("192.0.2.7:5000", "User-Agent", "x")
	want := Forwarded{Named: 3, Silent: 3}
	if got := s.Forwarded(); got != want {
		t.Errorf("counted %+v, want %+v", got, want)
	}
	note("192.0.2.7:5000", "X-Forwarded-For", "192.0.2.1")
	note("192.0.2.8:5000", "X-Real-Ip", "192.0.2.1")
	note("192.0.2.9:5000", "Forwarded", "for=192.0.2.1")
	want.Strange, want.Stranger = 3, netip.MustParseAddr("192.0.2.9")
	if got := s.Forwarded(); got != want {
		t.Errorf("counted %+v, want %+v", got, want)
	}
}
