package mail

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"
)

// TestTry: whoever tries a server signs in, says goodbye, and sends nothing; what is
// wrong with it is told as Send tells it.
func TestTry(t *testing.T) {
	for _, c := range []struct {
		reason string
		server *server
		change func(*SMTP)
		want   Reason // 0 for none
	}{
		{"plain, no login", &server{security: None}, nil, 0},
		{"STARTTLS with login", &server{security: StartTLS, auth: true}, nil, 0},
		{"TLS with login", &server{security: TLS, auth: true}, nil, 0},
		{"wrong password", &server{security: StartTLS, auth: true}, func(s *SMTP) { s.Password = "wrong" }, LoginRefused},
		{"certificate of nobody", &server{security: TLS}, func(s *SMTP) { s.roots = nil }, CertificateRefused},
		{"STARTTLS where none is offered", &server{security: None}, func(s *SMTP) { s.Security = StartTLS }, Unreachable},
		{"settings that cannot work", &server{security: None}, func(s *SMTP) { s.From = "" }, SenderForm},
	} {
		t.Run(c.reason, func(t *testing.T) {
			s := c.server.start(t)
			if c.change != nil {
				c.change(&s.settings)
			}
			err := s.settings.Try(t.Context())
			var fault Fault
			if errors.As(err, &fault); fault.Reason != c.want || (err != nil) != (c.want != 0) {
				t.Errorf("got %v, want reason %d", err, c.want)
			}
			heard := s.heard()
			if c.want == 0 && s.security == None && !strings.HasSuffix(heard, "QUIT\r\n") || strings.Contains(heard, "MAIL") || len(s.received()) != 0 {
				t.Errorf("the server heard %q, %d mails", heard, len(s.received()))
			}
		})
	}
}

// TestTryGivesUp hangs when Try does.
func TestTryGivesUp(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close() // takes connections and never speaks
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	settings := SMTP{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, From: user, Security: None}
	var fault Fault
	if err := settings.Try(ctx); !errors.As(err, &fault) || fault.Reason != TimedOut {
		t.Errorf("silent server: %v", err)
	}
}
