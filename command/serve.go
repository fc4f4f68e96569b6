package command

import (
	"context"
	"path/filepath"
	"strings"

	"certreissue/owner"
	"certreissue/reissue"
	"certreissue/service"
	"certreissue/store"
)

func (p *Program) serve(ctx context.Context, args []string) error {
	f := newFlags("serve")
	c := service.Config{}
	serveFlags(f, &c)
	if _, err := p.parseFor(f, args, 0, 0); err != nil {
		return err
	}
	if err := p.settle(f, &c); err != nil {
		return err
	}
	if err := p.makeHome(c.Data); err != nil {
		return err
	}
	c.Unseen, c.Drain = p.Unseen, p.Drain
	return p.service().Serve(ctx, c)
}

// makeHome makes the folder of the installed place, which nobody else does.
func (p *Program) makeHome(data string) error {
	if data != p.Home {
		return nil
	}
	if err := owner.MkdirAll(filepath.Dir(data)); err != nil {
		return store.WriteError(data, err)
	}
	return nil
}

// serveFlags are what is said of how a file is served.
func serveFlags(f *flags, c *service.Config) {
	f.StringVar(&c.Addr, "addr", service.UsualAddress, "")
	f.StringVar(&c.CertFile, "tls-cert", "", "")
	f.StringVar(&c.KeyFile, "tls-key", "", "")
	f.Func("acme", "", c.ACME.AddHosts)
	f.StringVar(&c.ACME.Directory, "acme-directory", "", "")
	f.StringVar(&c.PublicURL, "public-url", "", "")
	f.BoolVar(&c.PlainHTTP, "plain-http", false, "")
	f.StringVar(&c.Mirror, "mirror", "", "")
	f.DurationVar(&c.MirrorEvery, "mirror-every", 0, "")
	f.BoolVar(&c.MirrorReplace, "mirror-replace", false, "")
	f.Func("trusted-proxy", "", c.TrustedProxies.Add)
	f.StringVar(&c.Log, "log", "", "")
	f.BoolVar(&c.New, "new", false, "")
}

// places are where a data file lies that nobody has given a place.
func (p *Program) places() []string { return []string{usualData, p.Installed} }

// settle completes what was said, and refuses what does not fit together.
func (p *Program) settle(f *flags, c *service.Config) error {
	c.Data, c.Places = f.data, p.places()
	if (c.CertFile == "") != (c.KeyFile == "") {
		return usageError(sayTLSPair)
	}
	if c.CertFile != "" && len(c.ACME.Hosts) > 0 {
		return usageError(sayTLSOrACME)
	}
	if c.TrustedProxies.Everybody() {
		return usageError(sayEverybodyTrusted)
	}
	if f.given("mirror-every") && !reissue.ValidMirrorEvery(c.MirrorEvery) {
		return usageError(sayBadMirror)
	}
	c.Mirror = absolute(c.Mirror)
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	if c.PublicURL != "" && !reissue.ValidPublicURL(c.PublicURL) {
		return usageError(sayBadPublicURL)
	}
	if c.PublicURL == "" && len(c.ACME.Hosts) > 0 {
		c.PublicURL = "https://" + c.ACME.Hosts[0]
	}
	if !f.given("addr") {
		// One that was good with other flags must not keep the service from starting.
		if addr := store.StoredSettings(c.Data).Listen; reissue.ValidListen(addr, c.AnyAddress()) {
			c.Addr = addr
		}
	}
	if !c.AnyAddress() && !reissue.Loopback(c.Addr) {
		return usageError(sayNeedsTLS(c.Addr))
	}
	return nil
}
