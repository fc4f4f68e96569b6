package mail

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
)

// oldServer is a mail server that speaks line by line as it is told to: what it announces, and what it answers to
// each command, by the command's beginning. Signing in by LOGIN works unless it is told otherwise.
type oldServer struct {
	announces []string
	answers   map[string]string
	startTLS  *tls.Config

	settings SMTP

	mu    sync.Mutex
	heard []string
}

func (o *oldServer) start(t *testing.T) *oldServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go o.talk(conn)
		}
	}()
	o.settings = SMTP{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, Username: user, Password: secret, From: user, Security: None}
	return o
}

func (o *oldServer) talk(conn net.Conn) {
	defer func() { conn.Close() }()
	say := func(lines ...string) { fmt.Fprint(conn, strings.Join(lines, "\r\n")+"\r\n") }
	ask := func(what string) { say("334 " + base64.StdEncoding.EncodeToString([]byte(what))) }
	say("220 old")
	var waits []string // for what LOGIN asks
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		line := lines.Text()
		o.mu.Lock()
		o.heard = append(o.heard, line)
		o.mu.Unlock()
		answer := ""
		for begins, a := range o.answers {
			if strings.HasPrefix(line, begins) {
				answer = a
			}
		}
		given, _ := base64.StdEncoding.DecodeString(line)
		switch {
		case answer == "hang up":
			return
		case answer != "":
			say(answer)
		case len(waits) > 0 && string(given) != waits[0]:
			say("535 no")
			waits = nil
		case len(waits) == 2:
			waits = waits[1:]
			ask("Password:")
		case len(waits) == 1:
			waits = nil
			say("235 come in")
		case strings.HasPrefix(line, "EHLO"):
			all := append([]string{"old"}, o.announces...)
			for i := range all {
				all[i] = "250-" + all[i]
			}
			all[len(all)-1] = strings.Replace(all[len(all)-1], "250-", "250 ", 1)
			say(all...)
		case line == "STARTTLS":
			say("220 go on")
			conn = tls.Server(conn, o.startTLS)
			lines = bufio.NewScanner(conn)
		case line == "AUTH LOGIN":
			waits = []string{user, secret}
			ask("Username:")
		case strings.HasPrefix(line, "AUTH"):
			say("504 unknown")
		case line == "DATA":
			say("354 go on")
			for lines.Scan() && lines.Text() != "." {
			}
			say("250 taken")
		case line == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// said lists the commands that begin so.
func (o *oldServer) said(begins string) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(o.heard), func(line string) bool { return !strings.HasPrefix(line, begins) })
}

// TestOldServers: whatever way a server announces how to sign in, one that it knows is taken, and what went wrong
// with signing in is not taken for a server out of reach.
func TestOldServers(t *testing.T) {
	for _, c := range []struct {
		reason string
		server *oldServer
		change func(*SMTP)
		want   Fault // none where the mail arrives
		auth   []string
	}{
		{"an equals sign", &oldServer{announces: []string{"AUTH=LOGIN"}}, nil, Fault{}, []string{"AUTH LOGIN"}},
		{"an equals sign and more", &oldServer{announces: []string{"AUTH=NTLM LOGIN", "SIZE 1"}}, nil, Fault{}, []string{"AUTH LOGIN"}},
		{"lower case", &oldServer{announces: []string{"size 1", "auth login"}}, nil, Fault{}, []string{"AUTH LOGIN"}},
		{"lower case and an equals sign", &oldServer{announces: []string{"Auth=Login"}}, nil, Fault{}, []string{"AUTH LOGIN"}},
		{"both spellings, and each has more", &oldServer{announces: []string{"AUTH=NTLM", "AUTH LOGIN"}}, nil, Fault{}, []string{"AUTH LOGIN"}},
		{"CRAM-MD5 announced and not known", &oldServer{announces: []string{"AUTH CRAM-MD5 LOGIN"}}, nil, Fault{}, []string{"AUTH CRAM-MD5", "AUTH LOGIN"}},
		{"three announced and one known", &oldServer{announces: []string{"AUTH SCRAM-SHA-256 CRAM-MD5 LOGIN"}, answers: map[string]string{"AUTH SCRAM": "502 what"}},
			nil, Fault{}, []string{"AUTH SCRAM-SHA-256", "AUTH CRAM-MD5", "AUTH LOGIN"}},
		{"none known", &oldServer{announces: []string{"AUTH CRAM-MD5"}}, nil, Fault{Reason: LoginUnoffered, Code: 504}, []string{"AUTH CRAM-MD5"}},
		{"none that we know", &oldServer{announces: []string{"AUTH NTLM XOAUTH2"}}, nil, Fault{Reason: LoginUnoffered}, nil},
		{"wrong password: tried once", &oldServer{announces: []string{"AUTH CRAM-MD5 LOGIN"}, answers: map[string]string{"AUTH CRAM": "535 no"}},
			nil, Fault{Reason: LoginRefused, Code: 535}, []string{"AUTH CRAM-MD5"}},
		{"wrong password at LOGIN", &oldServer{announces: []string{"AUTH=LOGIN"}}, func(s *SMTP) { s.Password = "wrong" }, Fault{Reason: LoginRefused, Code: 535}, []string{"AUTH LOGIN"}},
		{"not now", &oldServer{announces: []string{"AUTH CRAM-MD5 LOGIN"}, answers: map[string]string{"AUTH": "454 later"}},
			nil, Fault{Reason: LoginDelayed, Code: 454}, []string{"AUTH CRAM-MD5"}},
		{"hangs up at the password", &oldServer{announces: []string{"AUTH LOGIN"}, answers: map[string]string{"AUTH": "hang up"}},
			nil, Fault{Reason: LoginRefused}, []string{"AUTH LOGIN"}},
		{"full", &oldServer{answers: map[string]string{"EHLO": "421 later", "HELO": "421 later"}}, nil, Fault{Reason: Delayed, Code: 421}, nil},
		{"STARTTLS and auth in lower case", &oldServer{announces: []string{"starttls", "auth login"}}, func(s *SMTP) { s.Security = StartTLS }, Fault{}, []string{"AUTH LOGIN"}},
	} {
		t.Run(c.reason, func(t *testing.T) {
			certificate, roots := testCertificate(t)
			c.server.startTLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
			s := c.server.start(t)
			s.settings.roots = roots
			if c.change != nil {
				c.change(&s.settings)
			}
			var fault Fault
			if err := s.settings.Send(t.Context(), message); err != nil && !errors.As(err, &fault) {
				t.Fatal(err)
			}
			if fault.Reason != c.want.Reason || fault.Code != c.want.Code {
				t.Errorf("got %v, want %v", fault, c.want)
			}
			var auth []string
			for _, line := range s.said("AUTH") {
				words := strings.Fields(line)
				auth = append(auth, words[0]+" "+words[1])
			}
			if !slices.Equal(auth, c.auth) {
				t.Errorf("signs in by %q, want %q", auth, c.auth)
			}
			if arrived := len(s.said("DATA")) == 1; arrived != (c.want.Reason == 0) {
				t.Errorf("the mail arrived: %v", arrived)
			}
			if strings.Contains(fmt.Sprint(fault), secret) || fault.Permanent() {
				t.Errorf("%v, permanent %v", fault, fault.Permanent())
			}
		})
	}
}

// TestPlainAddresses: a server that offers more than ASCII is not asked for it.
func TestPlainAddresses(t *testing.T) {
	s := (&oldServer{announces: []string{"SMTPUTF8", "AUTH LOGIN"}}).start(t)
	if err := s.settings.Send(t.Context(), message); err != nil {
		t.Fatal(err)
	}
	if said := s.said("MAIL"); len(said) != 1 || strings.Contains(said[0], "SMTPUTF8") {
		t.Errorf("said %q", said)
	}
}
