package main

import (
	"crypto/tls"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// renewBefore is how long before its end a certificate should have been renewed
// by whoever does that.
const renewBefore = 14 * 24 * time.Hour

// connection looks at how browsers reach the running service.
func (d *doctor) connection() error {
	s := d.serving
	switch {
	case s == nil:
		d.say(hint, lookConnection, sayNotRunning)
	case s.certFile != "":
		d.certificate(hostOf(d.publicURL()), s.certFile, s.keyFile)
	case len(s.acme.hosts) > 0:
		for _, host := range s.acme.hosts {
			// autocert keeps the key and its certificates in one file.
			path := filepath.Join(s.data+".acme", host)
			d.certificate(host, path, path)
		}
	case s.options.Secure && len(s.options.TrustedProxies) == 0:
		d.say(hint, lookConnection, sayNoTrustedProxy)
	case s.options.Secure:
		d.say(good, lookConnection, sayBehindProxy)
	case loopback(s.addr):
		d.say(good, lookConnection, sayOnlyHere)
	default:
		d.say(mend, lookConnection, sayPlainHTTP(s.addr))
	}
	return nil
}

// certificate judges the certificate that the service shows for a host, "" where
// the host is not known.
func (d *doctor) certificate(host, certFile, keyFile string) {
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		d.say(mend, lookConnection, sayNoCertificate(certFile))
		return
	}
	// Groups may share a key on purpose; the rest of the machine may not.
	if info, err := os.Stat(keyFile); err == nil && info.Mode().Perm()&0o007 != 0 && runtime.GOOS != "windows" {
		d.say(mend, lookConnection, sayOpenKey(keyFile, info.Mode()))
	}
	now, leaf := d.st.Now(), pair.Leaf
	switch {
	case now.After(leaf.NotAfter) || now.Before(leaf.NotBefore):
		d.say(mend, lookConnection, sayCertificateOver(leaf.NotBefore, leaf.NotAfter))
	case now.Add(renewBefore).After(leaf.NotAfter):
		d.say(mend, lookConnection, sayCertificateEnds(leaf.NotAfter))
	case host != "" && leaf.VerifyHostname(host) != nil:
		d.say(mend, lookConnection, sayCertificateOfOther(host))
	default:
		d.say(good, lookConnection, sayCertificate(leaf.NotAfter))
	}
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
	if d.serving != nil && d.serving.options.PublicURL != "" {
		return d.serving.options.PublicURL
	}
	return d.st.Settings().PublicURL
}

func (d *doctor) address() error {
	public := d.publicURL()
	switch host := hostOf(public); {
	case host == "" && d.st.Settings().SMTP.Host != "":
		d.say(mend, lookAddress, sayNoAddressForMail)
	case host == "":
		d.say(hint, lookAddress, sayNoAddress)
	case strings.HasPrefix(public, "https:") || loopback(net.JoinHostPort(host, "0")):
		d.say(good, lookAddress, public)
	default:
		d.say(mend, lookAddress, sayPlainAddress(public))
	}
	return nil
}

// settings looks at what the office has not decided, or decided weakly.
func (d *doctor) settings() error {
	settings := d.st.Settings()
	held, err := d.st.MailHeld()
	if err != nil {
		return err
	}
	smtp := settings.SMTP
	switch {
	case held:
		d.say(mend, lookMail, sayMailHeld)
	case smtp.Host == "":
		d.say(hint, lookMail, sayNoSMTP)
	case smtp.Security == "none" && !loopback(net.JoinHostPort(smtp.Host, "0")):
		d.say(hint, lookMail, sayPlainSMTP)
	default:
		d.say(good, lookMail, smtp.Host)
	}
	if unlimited := keptForEver(settings.Retention); len(unlimited) > 0 {
		d.say(hint, lookRetention, sayNoRetention(unlimited))
	} else {
		d.say(good, lookRetention, sayRetention(settings.Retention))
	}
	return nil
}
