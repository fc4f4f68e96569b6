package doctor

import (
	"crypto/tls"
	"crypto/x509"
	"iter"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"certreissue/reissue"
)

// renewBefore is how long before its end a certificate should have been renewed
// by whoever does that.
const renewBefore = 14 * 24 * time.Hour

// connection looks at how browsers reach the running service.
func (d *doctor) connection() error {
	s := d.Service
	if s == nil {
		d.say(Hint, lookConnection, sayNotRunning)
		return nil
	}
	if i := slices.IndexFunc(s.TrustedProxies, beyondPrivate); i >= 0 {
		d.say(Mend, lookConnection, sayWideProxy(s.TrustedProxies[i]))
	}
	switch {
	case s.CertFile != "":
		d.certificate(hostOf(d.publicURL()), s.CertFile, s.KeyFile)
	case len(s.ACMEHosts) > 0:
		for host, path := range s.authorityFiles() {
			d.certificate(host, path, path)
		}
	case s.Secure && len(s.TrustedProxies) == 0:
		d.say(Hint, lookConnection, sayNoTrustedProxy)
	case s.Secure:
		d.say(Good, lookConnection, sayBehindProxy)
	case reissue.Loopback(s.Addr):
		d.say(Good, lookConnection, sayOnlyHere)
	default:
		d.say(Mend, lookConnection, sayPlainHTTP(s.Addr))
	}
	return nil
}

// authorityFiles are where the certificates of an authority lie, by host: autocert keeps
// the key with them in one file.
func (s *Service) authorityFiles() iter.Seq2[string, string] {
	return func(yield func(host, path string) bool) {
		for _, host := range s.ACMEHosts {
			if !yield(host, filepath.Join(s.Data+".acme", host)) {
				return
			}
		}
	}
}

// beyondPrivate tells whether a network is wider than any private one, 10.0.0.0/8 and
// fc00::/7: no proxies of an office fill it.
func beyondPrivate(network netip.Prefix) bool {
	if network.Addr().Is4() {
		return network.Bits() < 8
	}
	return network.Bits() < 7
}

// certificate judges the certificate that the service shows for a host, "" where
// the host is not known.
func (d *doctor) certificate(host, certFile, keyFile string) {
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		d.say(Mend, lookConnection, sayNoCertificate(certFile))
		return
	}
	// Groups may share a key on purpose; the rest of the machine may not.
	if info, err := os.Stat(keyFile); err == nil && info.Mode().Perm()&0o007 != 0 && runtime.GOOS != "windows" {
		d.say(Mend, lookConnection, sayOpenKey(keyFile, info.Mode()))
	}
	leaf := pair.Leaf
	switch {
	case d.ends(leaf):
	case host != "" && leaf.VerifyHostname(host) != nil:
		d.say(Mend, lookConnection, sayCertificateOfOther(host))
	default:
		d.say(Good, lookConnection, sayCertificate(leaf.NotAfter))
	}
}

// ends tells of a certificate that is over, or soon will be.
func (d *doctor) ends(leaf *x509.Certificate) bool {
	switch now := d.Store.Now(); {
	case now.After(leaf.NotAfter) || now.Before(leaf.NotBefore):
		d.say(Mend, lookConnection, sayCertificateOver(leaf.NotBefore, leaf.NotAfter))
	case now.Add(renewBefore).After(leaf.NotAfter):
		d.say(Mend, lookConnection, sayCertificateEnds(leaf.NotAfter))
	default:
		return false
	}
	return true
}

// hostOf is the host of an address, "" for none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// publicURL is the address of links in mail, by flag or by setting.
func (d *doctor) publicURL() string {
	if d.Service != nil && d.Service.PublicURL != "" {
		return d.Service.PublicURL
	}
	return d.Store.Settings().PublicURL
}

func (d *doctor) address() error {
	public := d.publicURL()
	switch host := hostOf(public); {
	case host == "" && d.Store.Settings().SMTP.Host != "":
		d.say(Mend, lookAddress, sayNoAddressForMail)
	case host == "":
		d.say(Hint, lookAddress, sayNoAddress)
	case strings.HasPrefix(public, "https:") || reissue.Loopback(net.JoinHostPort(host, "0")):
		d.say(Good, lookAddress, public)
	default:
		d.say(Mend, lookAddress, sayPlainAddress(public))
	}
	return nil
}
