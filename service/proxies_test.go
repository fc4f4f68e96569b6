package service

import "testing"

// TestProxies: what is trusted may not be everybody, in whatever pieces.
func TestProxies(t *testing.T) {
	for value, everybody := range map[string]bool{
		"127.0.0.1": false, "10.0.0.0/8,fc00::/7": false, "0.0.0.0/1": false, "::/1": false, "128.0.0.0/1, 64.0.0.0/2": false,
		"0.0.0.0/0": true, "::/0": true, "0.0.0.0/1,128.0.0.0/1": true, "128.0.0.0/1,::/1,64.0.0.0/2,0.0.0.0/2": true,
		"8000::/1,::/2,4000::/2": true, "8.8.8.8/0": true, "::ffff:0:0/96": true, "::ffff:0:0/97,::ffff:128.0.0.0/97": true,
		"0.0.0.0/1,128.0.0.0/2,192.0.0.0/3,224.0.0.0/4,240.0.0.0/4": true, "0.0.0.0/1,128.0.0.0/2,192.0.0.0/3,224.0.0.0/4,240.0.0.0/5": false,
	} {
		var p Proxies
		if err := p.Add(value); err != nil || p.Everybody() != everybody {
			t.Errorf("%s: everybody %t, %v", value, p.Everybody(), err)
		}
	}
	for _, value := range []string{"", "proxy", "10.0.0.0/33", "10.0.0.1,"} {
		if err := new(Proxies).Add(value); err == nil {
			t.Errorf("%q is an address", value)
		}
	}
	var p Proxies
	if err := p.Add("::ffff:192.0.2.1, ::ffff:10.0.0.0/104"); err != nil || p[0].String() != "192.0.2.1/32" || p[1].String() != "10.0.0.0/8" {
		t.Errorf("%v, %v", p, err)
	}
}
