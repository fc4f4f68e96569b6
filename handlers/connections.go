package handlers

import (
	"net"
	"net/netip"
	"sync"
	"sync/atomic"

	"certreissue/handlers/visit"
)

// How many connections there may be, and of one network (docs/design.md).
const (
	mostConnections     = 4096
	mostConnectionsEach = 1024
)

// connections takes no more than there may be, and hangs up on the others: who keeps
// many waiting is in nobody's way. A trusted proxy speaks for many, and is not counted.
type connections struct {
	net.Listener
	proxies []netip.Prefix
	all     atomic.Int32
	each    *visit.Budget
}

// LimitConnections bounds how many connections of a listener are open at a time.
func LimitConnections(l net.Listener, proxies []netip.Prefix) net.Listener {
	return &connections{Listener: l, proxies: proxies, each: visit.NewBudget(mostConnectionsEach)}
}

// Accept is the next connection that there may be.
func (c *connections) Accept() (net.Conn, error) {
	for {
		conn, err := c.Listener.Accept()
		if err != nil {
			return nil, err
		}
		addr := visit.ParseAddr(conn.RemoteAddr().String())
		if visit.IsOf(addr, c.proxies) {
			return conn, nil
		}
		if c.all.Load() < mostConnections && c.each.Take(addr) {
			c.all.Add(1)
			return &counted{Conn: conn, end: sync.OnceFunc(func() { c.each.Give(addr); c.all.Add(-1) })}, nil
		}
		conn.Close()
	}
}

// counted is a connection that somebody else may have when it is closed.
type counted struct {
	net.Conn
	end func()
}

func (c *counted) Close() error {
	defer c.end()
	return c.Conn.Close()
}
