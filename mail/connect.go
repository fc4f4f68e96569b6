package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// logins are the ways to sign in, the safest first. PLAIN and LOGIN are what most servers have; without TLS the
// library uses them on this machine only.
var logins = []struct {
	name string
	by   func(SMTP) smtp.Auth
}{
	{"SCRAM-SHA-256", func(s SMTP) smtp.Auth { return smtp.ScramSHA256Auth(s.Username, s.Password) }},
	{"CRAM-MD5", func(s SMTP) smtp.Auth { return smtp.CRAMMD5Auth(s.Username, s.Password) }},
	{"PLAIN", func(s SMTP) smtp.Auth { return smtp.PlainAuth("", s.Username, s.Password, s.Host, false) }},
	{"LOGIN", func(s SMTP) smtp.Auth { return smtp.LoginAuth(s.Username, s.Password, s.Host, false) }},
}

// open is a connection that is signed in, and lives no longer than ctx. The error is a Fault.
func (s SMTP) open(ctx context.Context) (*gomail.Client, *smtp.Client, error) {
	client, err := s.client(ctx)
	if err != nil {
		return nil, nil, Fault{Reason: Unreachable, cause: err}
	}
	conn, err := s.connect(ctx, client)
	return client, conn, err
}

// connect reaches the server and signs in, by the next way where the server does not know one that it has announced.
// It does so itself: the library takes the first way only, and reads nothing but AUTH in capitals. The error is a
// Fault.
func (s SMTP) connect(ctx context.Context, client *gomail.Client) (*smtp.Client, error) {
	conn, ways, err := s.reach(ctx, client)
	if err != nil {
		return nil, dialFault(ctx, err)
	}
	if s.Username == "" {
		return conn, nil
	}
	failed := Fault{Reason: LoginUnoffered}
	for _, login := range logins {
		if !slices.Contains(ways, login.name) {
			continue
		}
		if conn == nil {
			if conn, _, err = s.reach(ctx, client); err != nil {
				return nil, dialFault(ctx, err)
			}
		}
		if err = conn.Auth(login.by(s)); err == nil {
			return conn, nil
		}
		_ = conn.Close() // the library has said goodbye
		conn, failed = nil, loginFault(ctx, err)
		if failed.Reason != LoginUnoffered && failed.Reason != LoginUnprotected {
			return nil, failed
		}
	}
	if conn != nil {
		_ = conn.Quit()
	}
	return nil, failed
}

// reach connects without signing in, and tells by which ways one may.
func (s SMTP) reach(ctx context.Context, client *gomail.Client) (*smtp.Client, []string, error) {
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return nil, nil, err
	}
	if s.Security == StartTLS {
		if err := conn.StartTLS(s.secure()); err != nil {
			_ = conn.Close()
			return nil, nil, err
		}
	}
	if s.Username == "" {
		return conn, nil, nil
	}
	ways, err := s.ways(conn)
	if err != nil {
		_ = conn.Close()
	}
	return conn, ways, err
}

// ways reads the server's announcement by itself: keywords count in any case (RFC 5321 §2.4), and AUTH= is how
// servers have it that are older than RFC 2554.
func (s SMTP) ways(conn *smtp.Client) (ways []string, err error) {
	id, err := conn.Text.Cmd("EHLO %s", s.domain())
	if err != nil {
		return nil, err
	}
	conn.Text.StartResponse(id)
	defer conn.Text.EndResponse(id)
	_, said, err := conn.Text.ReadResponse(250)
	var answer *textproto.Error
	if errors.As(err, &answer) {
		return nil, nil // a server that knows HELO only
	}
	for line := range strings.Lines(said) {
		words := strings.Fields(strings.ToUpper(strings.Replace(line, "=", " ", 1)))
		if len(words) > 0 && words[0] == "AUTH" {
			ways = append(ways, words[1:]...)
		}
	}
	return ways, err
}

// client prepares connections that live no longer than ctx. The library heeds the context while it dials only,
// and leaves the connection open where the greeting fails; closing it at the end of ctx mends both.
func (s SMTP) client(ctx context.Context) (*gomail.Client, error) {
	dial := (&net.Dialer{}).DialContext
	if s.Security == TLS {
		dial = (&tls.Dialer{Config: s.secure()}).DialContext
	}
	return gomail.NewClient(s.Host,
		gomail.WithPort(s.Port),
		gomail.WithTimeout(patience),
		gomail.WithTLSPolicy(gomail.NoTLS), // see reach
		// Every address is ASCII, and some servers that offer more refuse it.
		gomail.WithoutSMTPUTF8(),
		// The name of this machine is nobody's business, and on Windows it may be Chinese.
		gomail.WithHELO(s.domain()),
		gomail.WithDialContextFunc(func(dialing context.Context, network, _ string) (net.Conn, error) {
			// The address that comes along lacks the brackets of IPv6.
			conn, err := dial(dialing, network, net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
			if err == nil {
				context.AfterFunc(ctx, func() { conn.Close() })
			}
			return conn, err
		}))
}

func (s SMTP) secure() *tls.Config {
	return &tls.Config{ServerName: s.Host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
}

// dialFault says what went wrong before any message was named, so that the cause holds nothing of a candidate.
func dialFault(ctx context.Context, err error) Fault {
	var answer *textproto.Error
	var certificate *tls.CertificateVerificationError
	switch {
	case ctx.Err() != nil:
		return Fault{Reason: TimedOut, cause: err}
	case errors.As(err, &certificate):
		return Fault{Reason: CertificateRefused, cause: err}
	case errors.As(err, &answer) && later(answer.Code):
		return Fault{Reason: Delayed, Code: answer.Code, cause: err}
	}
	return Fault{Reason: Unreachable, cause: err}
}

// loginFault says why signing in went wrong.
func loginFault(ctx context.Context, err error) Fault {
	var answer *textproto.Error
	switch {
	case ctx.Err() != nil:
		return Fault{Reason: TimedOut, cause: err}
	case errors.Is(err, smtp.ErrUnencrypted):
		return Fault{Reason: LoginUnprotected, cause: err}
	case !errors.As(err, &answer):
		return Fault{Reason: LoginRefused, cause: err}
	case later(answer.Code):
		return Fault{Reason: LoginDelayed, Code: answer.Code, cause: err}
	// 500 to 504 are the answers to a command or parameter that the server does not know, 534 and 538 are those of
	// RFC 4954 to a way that it does not take here.
	case answer.Code <= 504, answer.Code == 534, answer.Code == 538:
		return Fault{Reason: LoginUnoffered, Code: answer.Code, cause: err}
	}
	return Fault{Reason: LoginRefused, Code: answer.Code, cause: err}
}

// later tells the answers by which a server asks to come again.
func later(code int) bool { return 400 <= code && code < 500 }
