package mail

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

var message = Message{
	To:      "zhang.san@example.com",
	Subject: "您的补证申请已通过审核，请留意领取通知：申请编号 2026-000123-7，河北考试中心",
	Body:    "张三，您好！\n您的申请已通过审核。䶮𠮷\n.\n.. 以点开头的行\n\n" + strings.Repeat("很长的一行", 400) + "\n",
}

func TestSend(t *testing.T) {
	for _, c := range []struct {
		reason   string
		security Security
		auth     bool
	}{
		{"plain, no login", None, false},
		{"STARTTLS, no login", StartTLS, false},
		{"TLS, no login", TLS, false},
		{"plain with login, on this machine", None, true},
		{"STARTTLS with login", StartTLS, true},
		{"TLS with login", TLS, true},
	} {
		t.Run(c.reason, func(t *testing.T) {
			s := (&server{security: c.security, auth: c.auth}).start(t)
			if err := s.settings.Send(t.Context(), message); err != nil {
				t.Fatal(err)
			}
			mails := s.received()
			if len(mails) != 1 {
				t.Fatalf("%d mails arrived", len(mails))
			}
			got := mails[0]
			if got.from != user || len(got.to) != 1 || got.to[0] != message.To || (got.user == user) != c.auth {
				t.Errorf("envelope: from %q to %q, signed in as %q", got.from, got.to, got.user)
			}
			compare(t, got.data)
			if open := strings.Contains(s.heard(), "MAIL FROM"); open != (c.security == None) {
				t.Errorf("sent in the open: %v", open)
			}
		})
	}
}

// compare reads the message as a mail program would.
func compare(t *testing.T, data string) {
	t.Helper()
	got, err := netmail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != message.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	from, err := got.Header.AddressList("From")
	if err != nil || len(from) != 1 || *from[0] != (netmail.Address{Name: "河北考试中心", Address: user}) {
		t.Errorf("from %v, %v", from, err)
	}
	body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, got.Body))
	if err != nil || string(body) != message.Body {
		t.Errorf("body %q, %v", body, err)
	}
	if _, err := got.Header.Date(); err != nil {
		t.Errorf("date: %v", err)
	}
	for header, want := range map[string]string{
		"To":             "<" + message.To + ">",
		"Content-Type":   "text/plain; charset=UTF-8",
		"Auto-Submitted": "auto-generated",
	} {
		if got.Header.Get(header) != want {
			t.Errorf("%s: %q", header, got.Header.Get(header))
		}
	}
	if id := got.Header.Get("Message-Id"); !strings.HasSuffix(id, "@example.com>") || got.Header.Get("User-Agent") != "" {
		t.Errorf("the header tells of this machine: %s %s", id, got.Header.Get("User-Agent"))
	}
	for line := range strings.Lines(data) {
		if len(line) > 1000 {
			t.Errorf("a line of %d bytes, SMTP allows 1,000", len(line))
		}
	}
}

func TestSendFaults(t *testing.T) {
	refusal := func(code int) error { return &smtp.SMTPError{Code: code, Message: "<" + message.To + "> no"} }
	for _, c := range []struct {
		reason    string
		server    *server
		change    func(*SMTP)
		want      Fault
		permanent bool
	}{
		{"recipient unknown", &server{refuseRcpt: refusal(550)}, nil, Fault{Reason: RecipientRefused, Code: 550}, true},
		{"mailbox full for now", &server{refuseRcpt: refusal(452)}, nil, Fault{Reason: Delayed, Code: 452}, false},
		{"sender to come again", &server{refuseMail: refusal(421)}, nil, Fault{Reason: Delayed, Code: 421}, false},
		{"sender not allowed", &server{refuseMail: refusal(553)}, nil, Fault{Reason: SenderRefused, Code: 553}, false},
		{"taken for spam", &server{refuseData: refusal(554)}, nil, Fault{Reason: MessageRefused, Code: 554}, true},
		{"greylisted", &server{refuseData: refusal(451)}, nil, Fault{Reason: Delayed, Code: 451}, false},
		{"wrong password", &server{security: TLS, auth: true}, func(s *SMTP) { s.Password = "wrong" }, Fault{Reason: LoginRefused, Code: 535}, false},
		{"login where none is offered", &server{security: TLS}, func(s *SMTP) { s.Username, s.Password = user, secret }, Fault{Reason: LoginUnoffered}, false},
		{"STARTTLS where none is offered", &server{}, func(s *SMTP) { s.Security = StartTLS }, Fault{Reason: Unreachable}, false},
		{"TLS where none is spoken", &server{}, func(s *SMTP) { s.Security = TLS }, Fault{Reason: Unreachable}, false},
		{"certificate of nobody, TLS", &server{security: TLS}, func(s *SMTP) { s.roots = nil }, Fault{Reason: CertificateRefused}, false},
		{"certificate of nobody, STARTTLS", &server{security: StartTLS}, func(s *SMTP) { s.roots = nil }, Fault{Reason: CertificateRefused}, false},
		{"settings that cannot work", &server{}, func(s *SMTP) { s.Port = 0 }, Fault{Reason: PortRange}, false},
	} {
		t.Run(c.reason, func(t *testing.T) {
			if c.server.security == "" {
				c.server.security = None
			}
			s := c.server.start(t)
			if c.change != nil {
				c.change(&s.settings)
			}
			err := s.settings.Send(t.Context(), message)
			fault, ok := err.(Fault)
			if !ok || fault.Reason != c.want.Reason || fault.Code != c.want.Code || fault.Permanent() != c.permanent {
				t.Errorf("got %v (permanent %v), want %v", err, fault.Permanent(), c.want)
			}
			if said := fmt.Sprintf("%v %+v %s", err, err, fault.Sentence()); strings.Contains(said, message.To) || strings.Contains(said, secret) {
				t.Errorf("the fault tells a secret: %s", said)
			}
			if n := len(s.received()); n != 0 {
				t.Errorf("%d mails arrived all the same", n)
			}
		})
	}
}

// A password must not cross a network in the open, even where a server offers to take it.
func TestNoPlainLoginWithoutTLS(t *testing.T) {
	// The mail library makes an exception for 127.0.0.1; this one is as good as any other machine to it.
	s := (&server{host: "127.0.0.2", security: None, auth: true}).start(t)
	var fault Fault
	if err := s.settings.Send(t.Context(), message); !errors.As(err, &fault) || fault.Reason != LoginUnprotected {
		t.Errorf("got %v", err)
	}
	if strings.Contains(s.heard(), "AUTH") {
		t.Errorf("sent: %s", s.heard())
	}
}

// An outbox would send again what Send calls failed.
func TestTakenIsSent(t *testing.T) {
	s := (&server{security: None, hangUp: true}).start(t)
	if err := s.settings.Send(t.Context(), message); err != nil || len(s.received()) != 1 {
		t.Errorf("%d mails arrived, %v", len(s.received()), err)
	}
}

// TestSendGivesUp hangs when Send does.
func TestSendGivesUp(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close() // takes connections and never speaks
	settings := SMTP{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, From: user, Security: None}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	var fault Fault
	if err := settings.Send(ctx, message); !errors.As(err, &fault) || fault.Reason != TimedOut {
		t.Errorf("silent server: %v", err)
	}
	listener.Close()
	if err := settings.Send(t.Context(), message); !errors.As(err, &fault) || fault.Reason != Unreachable {
		t.Errorf("nobody there: %v", err)
	}
}

func TestNothingIsInjected(t *testing.T) {
	s := (&server{security: None}).start(t)
	for _, c := range []struct {
		reason string
		change func(*Message)
		want   Reason
	}{
		{"recipient with a line break", func(m *Message) { m.To = "a@example.com\r\nBcc: b@example.com" }, AddressForm},
		{"recipient with an encoded line break", func(m *Message) { m.To = "a@b%0d%0aBcc:" }, AddressForm},
		{"two recipients", func(m *Message) { m.To = "a@example.com,b@example.com" }, AddressForm},
		{"no recipient", func(m *Message) { m.To = "" }, AddressMissing},
		{"subject with CR LF", func(m *Message) { m.Subject = "a\r\nBcc: b@example.com" }, MessageForm},
		{"subject with LF", func(m *Message) { m.Subject = "a\nBcc: b@example.com" }, MessageForm},
		{"subject with NUL", func(m *Message) { m.Subject = "a\x00" }, MessageForm},
		{"subject of broken UTF-8", func(m *Message) { m.Subject = "\xff" }, MessageForm},
		{"body with NUL", func(m *Message) { m.Body = "a\x00" }, MessageForm},
		{"body of broken UTF-8", func(m *Message) { m.Body = "\xff" }, MessageForm},
	} {
		m := message
		c.change(&m)
		if err := s.settings.Send(t.Context(), m); err != error(Fault{Reason: c.want}) {
			t.Errorf("%s: %v, want reason %d", c.reason, err, c.want)
		}
	}
	if heard := s.heard(); heard != "" {
		t.Errorf("the server heard %q", heard)
	}
	m := message
	m.Body = "\r\n.\r\nMAIL FROM:<x@example.com>\r\nBcc: b@example.com\r\n"
	if err := s.settings.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if mails := s.received(); len(mails) != 1 || len(mails[0].to) != 1 || strings.Contains(mails[0].data, "Bcc") {
		t.Errorf("a body that looks like commands made %+v", mails)
	}
}

func TestValidate(t *testing.T) {
	for _, c := range []struct {
		reason string
		change func(*SMTP)
		want   Reason
	}{
		{"as it should be", func(*SMTP) {}, 0},
		{"IPv6", func(s *SMTP) { s.Host = "::1" }, 0},
		{"no login", func(s *SMTP) { s.Username, s.Password = "", "" }, 0},
		{"no name", func(s *SMTP) { s.FromName = "" }, 0},
		{"no host", func(s *SMTP) { s.Host = "" }, HostForm},
		{"address for host", func(s *SMTP) { s.Host = "https://smtp.example.com" }, HostForm},
		{"host and port", func(s *SMTP) { s.Host = "smtp.example.com:25" }, HostForm},
		{"host with line break", func(s *SMTP) { s.Host = "smtp.example.com\r\n" }, HostForm},
		{"socket of the mail library", func(s *SMTP) { s.Host = "unix:///tmp/socket" }, HostForm},
		{"port 0", func(s *SMTP) { s.Port = 0 }, PortRange},
		{"port 65536", func(s *SMTP) { s.Port = 65536 }, PortRange},
		{"no security chosen", func(s *SMTP) { s.Security = "" }, SecurityUnknown},
		{"security unknown", func(s *SMTP) { s.Security = "ssl" }, SecurityUnknown},
		{"no sender", func(s *SMTP) { s.From = "" }, SenderForm},
		{"sender with name", func(s *SMTP) { s.From = "a <a@example.com>" }, SenderForm},
		{"sender with space around", func(s *SMTP) { s.From = " a@example.com" }, SenderForm},
		{"name with line break", func(s *SMTP) { s.FromName = "a\r\nBcc: b@example.com" }, SenderName},
		{"user without password", func(s *SMTP) { s.Password = "" }, LoginForm},
		{"password without user", func(s *SMTP) { s.Username = "" }, LoginForm},
		{"user with line break", func(s *SMTP) { s.Username = "a\r\nQUIT" }, LoginForm},
		{"password with NUL", func(s *SMTP) { s.Password = "a\x00" }, LoginForm},
	} {
		s := SMTP{Host: "smtp.example.com", Port: 587, Username: user, Password: secret, From: user, FromName: "考试中心", Security: StartTLS}
		c.change(&s)
		want := error(Fault{Reason: c.want})
		if c.want == 0 {
			want = nil
		}
		if err := s.Validate(); err != want {
			t.Errorf("%s: %v, want reason %d", c.reason, err, c.want)
		}
	}
}

func TestPasswordIsNotPrinted(t *testing.T) {
	s := SMTP{Host: "smtp.example.com", Port: 587, Username: user, Password: secret, From: user, Security: StartTLS}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("m", "smtp", s, "pointer", &s)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "smtp", s, "nested", []SMTP{s})
	asJSON, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	said := log.String() + string(asJSON) + fmt.Sprintf("%v %+v %#v %s %q %x %v", s, s, s, s, s, s, &s)
	if strings.Contains(said, secret) || strings.Contains(said, fmt.Sprintf("%x", secret)) {
		t.Errorf("printed: %s", said)
	}
	if !strings.Contains(said, "starttls smtp.example.com:587") {
		t.Errorf("the server is not named: %s", said)
	}
}

func TestEveryReasonSpeaks(t *testing.T) {
	said := map[string]Reason{}
	for r := AddressMissing; r <= TimedOut; r++ {
		f := Fault{Reason: r}
		for _, s := range []string{f.Error(), f.Sentence()} {
			if other, ok := said[s]; ok || s == "" || s == "mail: " {
				t.Errorf("reasons %d and %d both say %q", r, other, s)
			}
			said[s] = r
		}
	}
}
