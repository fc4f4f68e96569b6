package visit

import (
	"cmp"
	"net"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// PublicAddress is where candidates reach the office, which mail links to: the
// command's address or the office's, but never the request's Host.
func (s *Server) PublicAddress() string {
	return cmp.Or(s.PublicURL, s.Store.Settings().PublicURL)
}

// fromHere tells whether a form was sent from one of our own pages, as far as the
// browser says. Old browsers name the page's origin only, which is not the request's
// Host where a proxy has put another one: then it must be that of the public address.
func (s *Server) fromHere(r *http.Request) bool {
	if s.protect.Check(r) == nil {
		return true
	}
	own := originOf(s.PublicAddress())
	return own != "" && r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == own
}

// usualPorts are those that browsers leave out of an origin.
var usualPorts = map[string]string{"http": "80", "https": "443"}

// originOf is the origin of an address as browsers write it, "" of what is none.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	host, port := strings.ToLower(u.Hostname()), u.Port()
	if ascii, err := idna.Lookup.ToASCII(host); err == nil { // an address of IPv6 is no name
		host = ascii
	}
	switch {
	case port != "" && port != usualPorts[u.Scheme]:
		host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	}
	return u.Scheme + "://" + host
}
