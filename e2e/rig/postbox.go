package rig

import (
	"bytes"
	"encoding/base64"
	"io"
	"maps"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// Postbox is a mail server that keeps what it is given.
type Postbox struct {
	t          *testing.T
	server     *smtp.Server
	host, port string

	mu    sync.Mutex
	mails [][]byte
	to    []string
	gone  string // an address that it refuses for good
}

// NewPostbox starts one.
func NewPostbox(t *testing.T) *Postbox {
	t.Helper()
	p := &Postbox{t: t}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.host, p.port, _ = net.SplitHostPort(listener.Addr().String())
	p.server = smtp.NewServer(p)
	p.server.Domain = "localhost"
	go p.server.Serve(listener)
	t.Cleanup(p.Close)
	return p
}

// Close has the server answer nobody any more.
func (p *Postbox) Close() { p.server.Close() }

func (p *Postbox) NewSession(*smtp.Conn) (smtp.Session, error) { return p, nil }
func (p *Postbox) Mail(string, *smtp.MailOptions) error        { return nil }
func (p *Postbox) Reset()                                      {}
func (p *Postbox) Logout() error                               { return nil }

func (p *Postbox) Rcpt(to string, _ *smtp.RcptOptions) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if to == p.gone {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	}
	p.to = append(p.to, to)
	return nil
}

// Refuse has the server know nobody of an address.
func (p *Postbox) Refuse(to string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gone = to
}

// Serves sets the server in an office's settings, with more of them.
func (p *Postbox) Serves(admin *Browser, more map[string]string) {
	fill := map[string]string{"smtp_host": p.host, "smtp_port": p.port, "smtp_security": "none", "smtp_from": "office@example.com"}
	maps.Copy(fill, more)
	admin.Sends(admin.Get("/office/settings"), FormTo("/office/settings"), fill)
}

// Letters are to whom mails went, each with one.
func (p *Postbox) Letters() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.to)
}

func (p *Postbox) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mails = append(p.mails, content)
	return err
}

// Letter waits for the nth mail and answers it with its text.
func (p *Postbox) Letter(n int) (m *mail.Message, text string) {
	p.t.Helper()
	var content []byte
	for deadline := time.Now().Add(time.Minute); content == nil && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		p.mu.Lock()
		if len(p.mails) >= n {
			content = p.mails[n-1]
		}
		p.mu.Unlock()
	}
	m, err := mail.ReadMessage(bytes.NewReader(content))
	if err != nil {
		p.t.Fatalf("mail %d: %v", n, err)
	}
	body := m.Body
	switch m.Header.Get("Content-Transfer-Encoding") {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	decoded, err := io.ReadAll(body)
	if err != nil {
		p.t.Fatal(err)
	}
	return m, string(decoded)
}
