package visit

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// NetworkOf is what one visitor's addresses have in common: the address itself
// for IPv4, also where it comes written as IPv6, the /64 for IPv6. All unknown
// addresses are one network.
func NetworkOf(addr netip.Addr) netip.Prefix {
	addr = addr.Unmap()
	bits := addr.BitLen()
	if addr.Is6() {
		bits = 64
	}
	prefix, _ := addr.Prefix(bits) // fails on wrong bits only
	return prefix
}

// ClientAddr is the address a request comes from: that of the connection, or,
// where this is a trusted proxy, the last entry of X-Forwarded-For that no
// trusted proxy put there for another one. What stands left of it was written
// by the client and is not believed. The zero Addr means unknown.
func ClientAddr(r *http.Request, trusted []netip.Prefix) netip.Addr {
	client := ParseAddr(r.RemoteAddr)
	rest := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
	for IsOf(client, trusted) {
		comma := strings.LastIndexByte(rest, ',')
		hop := ParseAddr(strings.TrimSpace(rest[comma+1:]))
		if !hop.IsValid() {
			break
		}
		client, rest = hop, rest[:max(comma, 0)]
	}
	return client
}

// IsOf tells whether an address is of one of the networks.
func IsOf(addr netip.Addr, networks []netip.Prefix) bool {
	return slices.ContainsFunc(networks, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// ParseAddr reads an address with or without a port. Zones are dropped and
// mapped addresses unmapped, since no prefix contains the others.
func ParseAddr(s string) netip.Addr {
	if withPort, err := netip.ParseAddrPort(s); err == nil {
		return withPort.Addr().Unmap().WithZone("")
	}
	addr, _ := netip.ParseAddr(strings.Trim(s, "[]"))
	return addr.Unmap().WithZone("")
}
