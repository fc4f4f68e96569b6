package service

import (
	"crypto/tls"
	"log/slog"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// tlsConfig is how connections are encrypted: with a pair of files, or with
// certificates that an authority gives out for the asking.
func (c *Config) tlsConfig(log *slog.Logger) (*tls.Config, error) {
	if len(c.ACME.Hosts) > 0 {
		return c.ACME.config(c.Data+".acme", log), nil
	}
	pair := &certificate{certFile: c.CertFile, keyFile: c.KeyFile}
	if _, err := pair.get(nil); err != nil {
		return nil, Refusal(sayBadTLS(err))
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: pair.get, NextProtos: []string{"h2", "http/1.1"}}, nil
}

// certificate reads the TLS files again when they have changed, so that a
// renewed certificate needs no restart.
type certificate struct {
	certFile, keyFile string
	mu                sync.Mutex
	loaded            *tls.Certificate
	changed           time.Time
}

func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	info, err := os.Stat(c.certFile)
	if err == nil && (c.loaded == nil || info.ModTime() != c.changed) {
		pair, pairErr := tls.LoadX509KeyPair(c.certFile, c.keyFile)
		if pairErr == nil {
			c.loaded, c.changed = &pair, info.ModTime()
		}
		err = pairErr
	}
	// A renewal under way may leave half a file for a moment: the old pair serves
	// until the new one is whole.
	if c.loaded != nil {
		return c.loaded, nil
	}
	return nil, err
}

// ACME is for which hosts certificates are asked, and of whom.
type ACME struct {
	Hosts     []string
	Directory string // "" is Let's Encrypt
}

// A public host has a name of several parts; nobody certifies a bare one.
var publicHost = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9]$`)

// AddHosts takes one host or several with commas. Its error is a Refusal.
func (a *ACME) AddHosts(value string) error {
	for _, host := range strings.Split(strings.ToLower(value), ",") {
		host = strings.TrimSpace(host)
		if _, err := netip.ParseAddr(host); err == nil || !publicHost.MatchString(host) {
			return Refusal(sayBadACMEHost(host))
		}
		a.Hosts = append(a.Hosts, host)
	}
	return nil
}

// config asks for a certificate at the first visit of a host, and for the next
// one a month before it expires. The authority proves the host by a connection
// to this very port (TLS-ALPN-01), so that port 80 stays closed. Keys and
// certificates lie in a folder that only this user reads.
func (a *ACME) config(folder string, log *slog.Logger) *tls.Config {
	manager := &autocert.Manager{
		Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(folder), HostPolicy: autocert.HostWhitelist(a.Hosts...),
		Client: &acme.Client{DirectoryURL: a.Directory},
	}
	config := manager.TLSConfig()
	config.MinVersion = tls.VersionTLS12
	config.GetCertificate = func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		found, err := manager.GetCertificate(hello)
		// Strangers ask for anything; that our own host has none the office must know.
		if err != nil && slices.Contains(a.Hosts, hello.ServerName) {
			log.Warn(logNoCertificate, logHost, hello.ServerName, logWhy, err)
		}
		return found, err
	}
	return config
}
