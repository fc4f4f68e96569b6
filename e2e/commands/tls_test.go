package commands

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// through lets a browser find the public name at an address, and trust roots.
func through(b *rig.Browser, addr string, roots *x509.CertPool) *rig.Browser {
	b.Client.Transport = &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: roots},
		ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, addr)
		},
	}
	b.T.Cleanup(b.Client.CloseIdleConnections)
	return b
}

// serial is which certificate an address shows.
func serial(t *testing.T, addr string) int64 {
	t.Helper()
	c, err := tls.Dial("tcp", addr, &tls.Config{ServerName: rig.PublicName, InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

// TestTLS: cookies and headers with TLS and without, and certificate files that
// are exchanged while the service runs.
func TestTLS(t *testing.T) {
	t.Parallel()
	addr, folder := rig.FreeAddress(t), t.TempDir()
	certFile, keyFile := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	put := func(path string, content []byte) {
		t.Helper()
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	first, firstKey := signed(t, 11, rig.PublicName, nil, nil)
	put(certFile, certificatePEM(first))
	put(keyFile, keyPEM(t, firstKey))
	r := rig.Start(t, "serve", "-addr", addr, "-data", rig.StaffedFile(t), "-tls-cert", certFile, "-tls-key", keyFile, "-public-url", "https://"+rig.PublicName)
	roots := x509.NewCertPool()
	roots.AddCert(first)
	b := through(r.Browser(), addr, roots)

	seen := 0
	cookies := func(p *rig.Page, secure bool) {
		t.Helper()
		for _, line := range p.Header.Values("Set-Cookie") {
			seen++
			c, err := http.ParseSetCookie(line)
			prefix := map[string]string{"/": "__Host-", "/office": "__Secure-"}[c.Path]
			if err != nil || secure != strings.HasPrefix(c.Name, prefix) || prefix == "" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != secure || c.Domain != "" || !c.Expires.IsZero() ||
				(c.MaxAge > 0) != strings.HasSuffix(c.Name, "office_device") { // which outlives the browser
				t.Errorf("the cookie %q, %v", line, err)
			}
		}
	}
	login := b.At("/office/login").Is(http.StatusOK)
	cookies(login, true)
	inside := b.Send(login, rig.FormTo("/office/login"), map[string]string{"username": "shenhe", "password": "shenhe-pass1"})
	inside.Leads("/office")
	cookies(inside, true)
	if b.At("/office").Is(http.StatusOK).Has("工作台"); seen < 5 {
		t.Errorf("only %d cookies are set", seen)
	}
	for _, path := range []string{"/office", "/login", "/nowhere", "/healthz", "/static/app.css"} {
		if got := b.At(path).Header.Get("Strict-Transport-Security"); !strings.HasPrefix(got, "max-age=31536000") {
			t.Errorf("%s: HSTS is %q", path, got)
		}
	}
	if c, err := tls.Dial("tcp", addr, &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11, InsecureSkipVerify: true}); err == nil {
		c.Close()
		t.Error("TLS 1.1 is spoken")
	}

	// A renewal writes one file after the other.
	next, nextKey := signed(t, 12, rig.PublicName, nil, nil)
	put(certFile, certificatePEM(next)[:100])
	if got := serial(t, addr); got != 11 {
		t.Errorf("with half a file, certificate %d is shown, want the old one", got)
	}
	put(certFile, certificatePEM(next))
	if got := serial(t, addr); got != 11 {
		t.Errorf("without its key, certificate %d is shown, want the old one", got)
	}
	put(keyFile, keyPEM(t, nextKey))
	if got := serial(t, addr); got != 12 {
		t.Errorf("certificate %d is shown, want the new one", got)
	}

	open := rig.Start(t, "serve", "-data", rig.StaffedFile(t)).Browser()
	login = open.At("/office/login")
	cookies(login, false)
	cookies(open.Send(login, rig.FormTo("/office/login"), map[string]string{"username": "shenhe", "password": "shenhe-pass1"}).Is(http.StatusSeeOther), false)
	if got := open.At("/office").Is(http.StatusOK).Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("without TLS, HSTS is %q", got)
	}
}

// TestACME: the service asks an authority for its certificate, proves the host
// over its own port, and has the certificate again after a restart. It asks for
// no other host.
func TestACME(t *testing.T) {
	t.Parallel()
	addr, data := rig.FreeAddress(t), rig.StaffedFile(t)
	ca := newAuthority(t, addr)
	args := []string{"serve", "-addr", addr, "-data", data, "-acme", rig.PublicName, "-acme-directory", ca.URL + "/directory"}
	r := rig.Start(t, args...)
	roots := x509.NewCertPool()
	roots.AddCert(ca.root)
	if r.URL != "https://"+rig.PublicName {
		t.Errorf("the public address is %s", r.URL)
	}
	login := through(r.Browser(), addr, roots).At("/office/login").Is(http.StatusOK)
	if login.Header.Get("Strict-Transport-Security") == "" || !strings.Contains(login.Header.Get("Set-Cookie"), "Secure") {
		t.Errorf("headers %v", login.Header)
	}
	if c, err := tls.Dial("tcp", addr, &tls.Config{ServerName: "evil.example", InsecureSkipVerify: true}); err == nil {
		c.Close()
		t.Error("another host gets a certificate")
	}
	if strings.Contains(r.Out.String(), "evil.example") {
		t.Error("the log is open to strangers")
	}
	for path, mode := range map[string]os.FileMode{data + ".acme": 0o700, data + ".acme/" + rig.PublicName: 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	r.Stop()
	r = rig.Start(t, args...)
	through(r.Browser(), addr, roots).At("/office/login").Is(http.StatusOK)
	if n := ca.orders.Load(); n != 1 {
		t.Errorf("%d certificates were ordered, want 1", n)
	}
}
