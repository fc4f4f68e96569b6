package mail

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

const (
	user   = "office@example.com"
	secret = "canary-password"
)

// server is a mail server on loopback, which keeps what it is given and refuses what it is told to.
type server struct {
	host       string   // to listen on, "" for 127.0.0.1
	security   Security // how it listens: TLS from the start, STARTTLS on offer, or neither
	auth       bool     // asks for a login
	refuseMail error
	refuseRcpt error
	refuseData error
	hangUp     bool // right after a message was taken

	settings SMTP // reaches it

	mu    sync.Mutex
	mails []received
	wire  []byte // what came in before or without TLS
}

type received struct {
	user, from string
	to         []string
	data       string
}

func (s *server) start(t *testing.T) *server {
	t.Helper()
	certificate, roots := testCertificate(t)
	secure := &tls.Config{Certificates: []tls.Certificate{certificate}}
	srv := smtp.NewServer(s)
	srv.Domain = "localhost"
	srv.AllowInsecureAuth = true
	if s.host == "" {
		s.host = "127.0.0.1"
	}
	listener, err := net.Listen("tcp", s.host+":0")
	if err != nil && s.host != "127.0.0.1" {
		t.Skipf("this system has no %s: %v", s.host, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener = tapped{listener, s}
	switch s.security {
	case TLS:
		listener = tls.NewListener(listener, secure)
	case StartTLS:
		srv.TLSConfig = secure
	}
	go srv.Serve(listener)
	t.Cleanup(func() { srv.Close() })
	s.settings = SMTP{Host: s.host, Port: port, From: user, FromName: "河北考试中心", Security: s.security, roots: roots}
	if s.auth {
		s.settings.Username, s.settings.Password = user, secret
	}
	return s
}

// testCertificate borrows the one that net/http/httptest has for 127.0.0.1.
func testCertificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	borrowed := httptest.NewTLSServer(nil)
	defer borrowed.Close()
	roots := x509.NewCertPool()
	roots.AddCert(borrowed.Certificate())
	return borrowed.TLS.Certificates[0], roots
}

func (s *server) received() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

func (s *server) heard() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.wire)
}

// tapped records what the client puts on the wire.
type tapped struct {
	net.Listener
	s *server
}

func (l tapped) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return tappedConn{conn, l.s}, err
}

type tappedConn struct {
	net.Conn
	s *server
}

func (c tappedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.s.wire = append(c.s.wire, p[:n]...)
	return n, err
}

// session is one connection's talk, as github.com/emersion/go-smtp asks for it.
type session struct {
	s    *server
	conn *smtp.Conn
	mail received
}

func (s *server) NewSession(conn *smtp.Conn) (smtp.Session, error) {
	return &session{s: s, conn: conn}, nil
}

func (c *session) AuthMechanisms() []string {
	if !c.s.auth {
		return nil
	}
	return []string{sasl.Plain}
}

func (c *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, username, password string) error {
		if username != user || password != secret {
			return smtp.ErrAuthFailed
		}
		c.mail.user = username
		return nil
	}), nil
}

func (c *session) Mail(from string, _ *smtp.MailOptions) error {
	c.mail.from = from
	return c.s.refuseMail
}

func (c *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.mail.to = append(c.mail.to, to)
	return c.s.refuseRcpt
}

func (c *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil || c.s.refuseData != nil {
		return c.s.refuseData
	}
	c.mail.data = string(data)
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.s.mails = append(c.s.mails, c.mail)
	return nil
}

func (c *session) Reset() {
	if c.s.hangUp && c.mail.data != "" {
		c.conn.Conn().Close() // Conn.Close would wait for the lock that the caller holds
	}
}

func (c *session) Logout() error { return nil }
