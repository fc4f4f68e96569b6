package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// Security is how the connection to the server is protected.
type Security string

// The ways, with the ports that usually belong to them.
const (
	StartTLS Security = "starttls" // required, on port 587
	TLS      Security = "tls"      // from the first byte, on port 465
	None     Security = "none"     // for a relay on the same machine or network, on port 25
)

// SMTP is the office's mail server. It prints without its password.
type SMTP struct {
	Host     string // name or IP address
	Port     int
	Username string // "" for a server that asks for none
	Password string
	From     string // the address that mail comes from
	FromName string // shown beside it; may be ""
	Security Security

	roots *x509.CertPool // for tests; nil asks the system
}

// patience bounds one Send as a whole. A message that has not gone out by then stays in the outbox.
const patience = 30 * time.Second

// hostForm is a DNS name; IP addresses are parsed.
var hostForm = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$`)

// Validate answers the first of the settings that cannot work, as a Fault.
func (s SMTP) Validate() error {
	from, err := ParseAddress(s.From)
	switch {
	case !hostForm.MatchString(s.Host) && net.ParseIP(s.Host) == nil:
		return Fault{Reason: HostForm}
	case s.Port < 1 || s.Port > 65535:
		return Fault{Reason: PortRange}
	case s.Security != StartTLS && s.Security != TLS && s.Security != None:
		return Fault{Reason: SecurityUnknown}
	case err != nil || from != s.From:
		return Fault{Reason: SenderForm}
	case !line(s.FromName):
		return Fault{Reason: SenderName}
	case !line(s.Username), !line(s.Password), (s.Username == "") != (s.Password == ""):
		return Fault{Reason: LoginForm}
	}
	return nil
}

// Send hands m to the server and returns once the server has taken it over, or after 30 seconds at most. The error
// is a Fault; see Fault.Permanent for whether trying again makes sense.
func (s SMTP) Send(ctx context.Context, m Message) error {
	if err := s.Validate(); err != nil {
		return err
	}
	msg, err := s.build(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	client, err := s.client(ctx)
	if err != nil {
		return Fault{Reason: Unreachable, cause: err}
	}
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return dialFault(ctx, err)
	}
	defer client.CloseWithSMTPClient(conn)
	// Where the server took the message and failed at the courtesies after it, a retry would send it twice.
	if err := client.SendWithSMTPClient(conn, msg); err != nil && !msg.IsDelivered() {
		return sendFault(ctx, err)
	}
	return nil
}

// client prepares a connection that lives no longer than ctx. The library heeds the context while it dials only,
// and leaves the connection open where the greeting, TLS or the login fails; closing it at the end of ctx mends
// both.
func (s SMTP) client(ctx context.Context) (*gomail.Client, error) {
	secure := &tls.Config{ServerName: s.Host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
	dial := (&net.Dialer{}).DialContext
	if s.Security == TLS {
		dial = (&tls.Dialer{Config: secure}).DialContext
	}
	options := []gomail.Option{
		gomail.WithPort(s.Port),
		gomail.WithTimeout(patience),
		gomail.WithTLSConfig(secure),
		gomail.WithTLSPolicy(gomail.NoTLS),
		// The name of this machine is nobody's business, and on Windows it may be Chinese.
		gomail.WithHELO(s.domain()),
		gomail.WithDialContextFunc(func(dialing context.Context, network, _ string) (net.Conn, error) {
			// The address that comes along lacks the brackets of IPv6.
			conn, err := dial(dialing, network, net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
			if err == nil {
				context.AfterFunc(ctx, func() { conn.Close() })
			}
			return conn, err
		}),
	}
	if s.Security == StartTLS {
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.Username != "" {
		// PLAIN and LOGIN are what most servers have; without TLS the library uses them on this machine only.
		options = append(options, gomail.WithUsername(s.Username), gomail.WithPassword(s.Password),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthCramMD5,
				gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	return gomail.NewClient(s.Host, options...)
}

// domain is what stands behind the @ of the sender.
func (s SMTP) domain() string {
	_, domain, _ := strings.Cut(s.From, "@")
	return domain
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
	case errors.Is(err, smtp.ErrUnencrypted):
		return Fault{Reason: LoginUnprotected, cause: err}
	// 530 to 538 are the answers of RFC 4954 to a login.
	case errors.As(err, &answer) && answer.Code >= 530 && answer.Code <= 538:
		return Fault{Reason: LoginRefused, Code: answer.Code, cause: err}
	}
	return Fault{Reason: Unreachable, cause: err}
}

// sendFault keeps the server's code and drops its words, which often repeat the recipient's address.
func sendFault(ctx context.Context, err error) Fault {
	var sending *gomail.SendError
	if !errors.As(err, &sending) || sending.ErrorCode() == 0 {
		if ctx.Err() != nil {
			return Fault{Reason: TimedOut}
		}
		return Fault{Reason: Interrupted}
	}
	reason := MessageRefused
	switch sending.Reason {
	case gomail.ErrSMTPMailFrom:
		reason = SenderRefused
	case gomail.ErrSMTPRcptTo:
		reason = RecipientRefused
	}
	return Fault{Reason: reason, Code: sending.ErrorCode()}
}

// String names the server as far as a log may know it.
func (s SMTP) String() string {
	return fmt.Sprintf("%s %s:%d from %s", s.Security, s.Host, s.Port, s.From)
}

// Format keeps the password from every verb of fmt.
func (s SMTP) Format(f fmt.State, verb rune) { fmt.Fprintf(f, fmt.FormatString(f, verb), s.String()) }

// LogValue keeps the password from log/slog.
func (s SMTP) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalJSON keeps the password from JSON, which cannot be read back.
func (s SMTP) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }
