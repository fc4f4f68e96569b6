package mail

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"regexp"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
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

// patience bounds one Send as a whole, and tryPatience one Try, for which somebody waits. A message that has not gone
// out by then stays in the outbox.
const (
	patience    = 30 * time.Second
	tryPatience = 10 * time.Second
)

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
	client, conn, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer client.CloseWithSMTPClient(conn)
	// Where the server took the message and failed at the courtesies after it, a retry would send it twice.
	if err := client.SendWithSMTPClient(conn, msg); err != nil && !msg.IsDelivered() {
		return sendFault(ctx, err)
	}
	return nil
}

// Try reaches the server and signs in as Send does, but sends nothing, within ten seconds. The error is a Fault.
func (s SMTP) Try(ctx context.Context) error {
	if err := s.Validate(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, tryPatience)
	defer cancel()
	client, conn, err := s.open(ctx)
	if err != nil {
		return err
	}
	_ = client.CloseWithSMTPClient(conn) // whatever it says to the goodbye
	return nil
}

// domain is what stands behind the @ of the sender.
func (s SMTP) domain() string {
	_, domain, _ := strings.Cut(s.From, "@")
	return domain
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
	switch {
	case later(sending.ErrorCode()):
		reason = Delayed
	case sending.Reason == gomail.ErrSMTPMailFrom:
		reason = SenderRefused
	case sending.Reason == gomail.ErrSMTPRcptTo:
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
