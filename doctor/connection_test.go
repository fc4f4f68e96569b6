package doctor

import (
	"net"
	"net/netip"
	"os"
	"runtime"
	"syscall"
	"testing"
)

// TestPort: while no service runs, its address is tried.
func TestPort(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("every user may listen at every port there")
	}
	p := well(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.Addr = taken.Addr().String()
	p.finds(t, Hint, lookPort, p.Addr, "已被其他程序占用")
	taken.Close()
	p.finds(t, Good, lookPort, p.Addr)
	again, err := net.Listen("tcp", p.Addr)
	if err != nil {
		t.Fatalf("the address is not given back: %v", err)
	}
	again.Close()

	p.Addr = "0.0.0.0:443"
	denied := func(network, address string) (net.Listener, error) {
		if network != "tcp" || address != p.Addr {
			t.Errorf("tried %s %s", network, address)
		}
		return nil, &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", syscall.EACCES)}
	}
	p.listening(denied).finds(t, Mend, lookPort, p.Addr, "service install", "setcap", "8443")
	p.Service = &Service{}
	p.silent(t, lookPort)
}

// TestProxies: what the service has seen of proxies since its start.
func TestProxies(t *testing.T) {
	p := well(t)
	p.silent(t, lookProxies)
	named := []netip.Prefix{netip.MustParsePrefix("10.0.0.1/32")}
	see := func(trusted []netip.Prefix, seen Forwarded) Patient {
		p.Service = &Service{TrustedProxies: trusted, Forwarded: seen}
		return p
	}
	see(nil, Forwarded{}).finds(t, Good, lookProxies, "没有经过代理")
	see(named, Forwarded{}).finds(t, Hint, lookProxies, "打开对外地址")
	see(named, Forwarded{Named: 7, Silent: 2}).finds(t, Good, lookProxies, "7 次")
	see(named, Forwarded{Silent: 3}).finds(t, Mend, lookProxies, "3 次", "X-Forwarded-For")
	see(nil, Forwarded{Strange: 4, Stranger: netip.MustParseAddr("192.0.2.9")}).finds(t, Hint, lookProxies, "4 次", "-trusted-proxy 192.0.2.9")
}
