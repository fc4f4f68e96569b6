package main

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
)

const publicName = "bz.example.cn"

// freeAddress is one that nothing listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// staffedFile is a data file with staff and nothing else.
func staffedFile(t *testing.T) string {
	t.Helper()
	content, err := staffed()
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "office.db", content)
}

// through lets a browser find the public name at an address, and trust roots.
func (b *browser) through(addr string, roots *x509.CertPool) *browser {
	b.client.Transport = &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: roots},
		ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, addr)
		},
	}
	b.t.Cleanup(b.client.CloseIdleConnections)
	return b
}

// serial is which certificate an address shows.
func serial(t *testing.T, addr string) int64 {
	t.Helper()
	c, err := tls.Dial("tcp", addr, &tls.Config{ServerName: publicName, InsecureSkipVerify: true})
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
	addr, folder := freeAddress(t), t.TempDir()
	certFile, keyFile := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	put := func(path string, content []byte) {
		t.Helper()
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	first, firstKey := signed(t, 11, publicName, nil, nil)
	put(certFile, certificatePEM(first))
	put(keyFile, keyPEM(t, firstKey))
	r := start(t, "serve", "-addr", addr, "-data", staffedFile(t), "-tls-cert", certFile, "-tls-key", keyFile, "-public-url", "https://"+publicName)
	roots := x509.NewCertPool()
	roots.AddCert(first)
	b := r.browser().through(addr, roots)

	seen := 0
	cookies := func(p *page, secure bool) {
		t.Helper()
		for _, line := range p.header.Values("Set-Cookie") {
			seen++
			c, err := http.ParseSetCookie(line)
			prefix := map[string]string{"/": "__Host-", "/office": "__Secure-"}[c.Path]
			if err != nil || secure != strings.HasPrefix(c.Name, prefix) || prefix == "" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != secure || c.Domain != "" || c.MaxAge > 0 || !c.Expires.IsZero() {
				t.Errorf("the cookie %q, %v", line, err)
			}
		}
	}
	login := b.at("/office/login").is(http.StatusOK)
	cookies(login, true)
	inside := b.send(login, formTo("/office/login"), map[string]string{"username": "shenhe", "password": "shenhe-pass1"})
	inside.leads("/office")
	cookies(inside, true)
	if b.at("/office").is(http.StatusOK).has("工作台"); seen < 4 {
		t.Errorf("only %d cookies are set", seen)
	}
	for _, path := range []string{"/office", "/login", "/nowhere", "/healthz", "/static/app.css"} {
		if got := b.at(path).header.Get("Strict-Transport-Security"); !strings.HasPrefix(got, "max-age=31536000") {
			t.Errorf("%s: HSTS is %q", path, got)
		}
	}
	if c, err := tls.Dial("tcp", addr, &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11, InsecureSkipVerify: true}); err == nil {
		c.Close()
		t.Error("TLS 1.1 is spoken")
	}

	// A renewal writes one file after the other.
	next, nextKey := signed(t, 12, publicName, nil, nil)
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

	open := start(t, "serve", "-data", staffedFile(t)).browser()
	login = open.at("/office/login")
	cookies(login, false)
	cookies(open.send(login, formTo("/office/login"), map[string]string{"username": "shenhe", "password": "shenhe-pass1"}).is(http.StatusSeeOther), false)
	if got := open.at("/office").is(http.StatusOK).header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("without TLS, HSTS is %q", got)
	}
}

// TestACME: the service asks an authority for its certificate, proves the host
// over its own port, and has the certificate again after a restart. It asks for
// no other host.
func TestACME(t *testing.T) {
	t.Parallel()
	addr, data := freeAddress(t), staffedFile(t)
	ca := newAuthority(t, addr)
	args := []string{"serve", "-addr", addr, "-data", data, "-acme", publicName, "-acme-directory", ca.URL + "/directory"}
	r := start(t, args...)
	roots := x509.NewCertPool()
	roots.AddCert(ca.root)
	if r.url != "https://"+publicName {
		t.Errorf("the public address is %s", r.url)
	}
	login := r.browser().through(addr, roots).at("/office/login").is(http.StatusOK)
	if login.header.Get("Strict-Transport-Security") == "" || !strings.Contains(login.header.Get("Set-Cookie"), "Secure") {
		t.Errorf("headers %v", login.header)
	}
	if c, err := tls.Dial("tcp", addr, &tls.Config{ServerName: "evil.example", InsecureSkipVerify: true}); err == nil {
		c.Close()
		t.Error("another host gets a certificate")
	}
	if strings.Contains(r.out.String(), "evil.example") {
		t.Error("the log is open to strangers")
	}
	for path, mode := range map[string]os.FileMode{data + ".acme": 0o700, data + ".acme/" + publicName: 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	r.stop()
	r = start(t, args...)
	r.browser().through(addr, roots).at("/office/login").is(http.StatusOK)
	if n := ca.orders.Load(); n != 1 {
		t.Errorf("%d certificates were ordered, want 1", n)
	}
}
