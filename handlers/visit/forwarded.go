package visit

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
)

// Forwarded is how many requests came for others than who sent them: a proxy's, or
// those of one who says to be one.
type Forwarded struct {
	Named    int64      // from a trusted proxy, which said whom it asks for
	Silent   int64      // from a trusted proxy, which did not
	Strange  int64      // said so, and came from somebody else
	Stranger netip.Addr // who was the last of these
}

// forwards counts them since the start.
type forwards struct {
	mu   sync.Mutex
	seen Forwarded
}

// forwarding are the headers by which proxies say whom they ask for. Only the first is
// believed of trusted ones (ClientAddr).
var forwarding = []string{"X-Forwarded-For", "Forwarded", "X-Real-Ip"}

// NoteForwarded counts a request.
func (s *Server) NoteForwarded(r *http.Request) {
	from, said := ParseAddr(r.RemoteAddr), strings.Join(r.Header.Values(forwarding[0]), ",")
	f := &s.forwards
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case IsOf(from, s.TrustedProxies) && ParseAddr(strings.TrimSpace(said[strings.LastIndexByte(said, ',')+1:])).IsValid():
		f.seen.Named++
	case IsOf(from, s.TrustedProxies):
		f.seen.Silent++
	case slices.ContainsFunc(forwarding, func(name string) bool { return r.Header.Get(name) != "" }):
		f.seen.Strange++
		f.seen.Stranger = from
	}
}

// Forwarded is what was counted.
func (s *Server) Forwarded() Forwarded {
	s.forwards.mu.Lock()
	defer s.forwards.mu.Unlock()
	return s.forwards.seen
}
