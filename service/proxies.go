package service

import (
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks whose machines may say whom they ask for.
type Proxies []netip.Prefix

// Add takes one address or network, or several with commas.
func (p *Proxies) Add(value string) error {
	for _, one := range strings.Split(value, ",") {
		network, err := parseNetwork(strings.TrimSpace(one))
		if err != nil {
			return err
		}
		*p = append(*p, network)
	}
	return nil
}

// parseNetwork reads an address as the network of itself. One of IPv4 that is written
// as IPv6 is of IPv4: so are the addresses that it is held against.
func parseNetwork(s string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(s); err == nil {
		addr = addr.Unmap()
		return addr.Prefix(addr.BitLen())
	}
	network, err := netip.ParsePrefix(s)
	if mapped := network.Addr().Is4In6() && network.Bits() >= 96; err == nil && mapped {
		return network.Addr().Unmap().Prefix(network.Bits() - 96)
	}
	return network.Masked(), err
}

// Everybody tells whether no address of IPv4 or of IPv6 is left that is no proxy's: then
// everybody may claim to be somebody else, and no limit of an address holds.
func (p Proxies) Everybody() bool {
	return p.hold(netip.PrefixFrom(netip.IPv4Unspecified(), 0)) || p.hold(netip.PrefixFrom(netip.IPv6Unspecified(), 0))
}

// hold tells whether all addresses of a network are proxies'.
func (p Proxies) hold(network netip.Prefix) bool {
	switch {
	case slices.ContainsFunc(p, func(one netip.Prefix) bool { return one.Bits() <= network.Bits() && one.Contains(network.Addr()) }):
		return true
	case !slices.ContainsFunc(p, network.Overlaps):
		return false
	}
	half := network.Bits() + 1
	upper := network.Addr().AsSlice()
	upper[network.Bits()/8] |= 0x80 >> (network.Bits() % 8)
	other, _ := netip.AddrFromSlice(upper)
	return p.hold(netip.PrefixFrom(network.Addr(), half)) && p.hold(netip.PrefixFrom(other, half))
}
