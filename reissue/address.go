package reissue

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
)

// ValidPublicURL tells whether an address can begin the links of mails: scheme
// and host, and nothing behind them.
func ValidPublicURL(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.Path == "" && u.RawQuery == "" && u.User == nil
}

// ValidListen tells whether the service can listen at an address: one with a
// port, and of this machine alone unless any is good.
func ValidListen(address string, any bool) bool {
	listen, err := netip.ParseAddrPort(address)
	return err == nil && listen.Port() != 0 && (any || listen.Addr().IsLoopback())
}

// Loopback tells whether a host and port, as host:port, are only reached from this
// machine.
func Loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// lowPort is the first port that everybody may listen at.
const lowPort = 1024

// LowPort tells whether listening at a host and port, as host:port, takes a right.
func LowPort(address string) bool {
	_, port, _ := net.SplitHostPort(address)
	number, err := strconv.Atoi(port)
	return err == nil && number > 0 && number < lowPort
}
