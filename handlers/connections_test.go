package handlers

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"
)

// pretended are connections that say to come from the addresses, one after the other.
type pretended struct {
	net.Listener
	from []string
}

type from struct {
	net.Conn
	addr string
}

func (f *from) RemoteAddr() net.Addr { return pretendedAddr(f.addr) }
func (f *from) Close() error         { return nil }

type pretendedAddr string

func (pretendedAddr) Network() string  { return "tcp" }
func (a pretendedAddr) String() string { return string(a) }

func (p *pretended) Accept() (net.Conn, error) {
	if len(p.from) == 0 {
		return nil, net.ErrClosed
	}
	next := p.from[0]
	p.from = p.from[1:]
	return &from{addr: next}, nil
}

// TestConnections: a network has its share, however many addresses of it are used; all
// have no more than there may be; a trusted proxy may have any number, also when the
// others have used theirs up; and a connection that ends makes room, once.
func TestConnections(t *testing.T) {
	dials := &pretended{}
	l := LimitConnections(dials, []netip.Prefix{netip.MustParsePrefix("198.51.100.0/24")})
	open := func(n int, addr func(i int) string) (taken []net.Conn) {
		for i := range n {
			dials.from = append(dials.from, addr(i))
		}
		for {
			conn, err := l.Accept()
			if err != nil {
				return taken
			}
			taken = append(taken, conn)
		}
	}
	same := func(addr string) func(int) string { return func(int) string { return addr } }
	flood := open(5000, same("192.0.2.1:99"))
	if len(flood) != mostConnectionsEach {
		t.Errorf("one network has %d", len(flood))
	}
	if n := len(open(5000, func(i int) string { return fmt.Sprintf("[2001:db8::%x]:99", i+1) })); n != mostConnectionsEach {
		t.Errorf("one customer of IPv6 has %d", n)
	}
	if n := len(open(5000, same("198.51.100.7:99"))); n != 5000 {
		t.Errorf("a proxy has %d of 5,000", n)
	}
	if n := len(open(mostConnections, func(i int) string {
		return fmt.Sprintf("10.0.%d.%d:99", i>>8, i&255)
	})); n != mostConnections-2*mostConnectionsEach {
		t.Errorf("all others have %d", n)
	}
	if len(open(1, same("198.51.100.7:99"))) != 1 {
		t.Error("a proxy is kept out by the others")
	}
	flood[0].Close()
	flood[0].Close()
	if n := len(open(5, same("192.0.2.1:99"))); n != 1 {
		t.Errorf("where one has ended, %d come", n)
	}
}

// TestConnectionsHangUp: who may have no more is told so at once.
func TestConnectionsHangUp(t *testing.T) {
	real, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := LimitConnections(real, nil)
	defer l.Close()
	me := netip.MustParseAddr("127.0.0.1")
	for range mostConnectionsEach {
		l.(*connections).each.Take(me)
	}
	go l.Accept()
	conn, err := net.Dial("tcp", real.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	if _, err := conn.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("it is kept waiting: %v", err)
	}
}
