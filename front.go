package main

import (
	"crypto/tls"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// front lets the address answer before the file is ready.
type front struct{ handler atomic.Pointer[http.Handler] }

func (f *front) set(h http.Handler) { f.handler.Store(&h) }

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	(*f.handler.Load()).ServeHTTP(w, r)
}

// certificate reads the TLS files again when they have changed, so that a
// renewed certificate needs no restart.
type certificate struct {
	certFile, keyFile string
	mu                sync.Mutex
	loaded            *tls.Certificate
	changed           time.Time
}

// listenTLS speaks TLS on a listener.
func listenTLS(listener net.Listener, certFile, keyFile string) (net.Listener, error) {
	c := &certificate{certFile: certFile, keyFile: keyFile}
	if _, err := c.get(nil); err != nil {
		return nil, plain(sayBadTLS(err))
	}
	return tls.NewListener(listener, &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: c.get, NextProtos: []string{"h2", "http/1.1"}}), nil
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
