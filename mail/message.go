// Package mail sends a message through the office's SMTP server.
package mail

import (
	"crypto/rand"
	netmail "net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"
)

// Message is plain text for one recipient.
type Message struct {
	To      string // one address, see ParseAddress
	Subject string // one line
	Body    string // UTF-8; lines may end in \n
}

// build makes the message that goes out. User text can only reach the body, since the header takes nothing but a
// parsed address and a subject without control characters. The error is a Fault.
func (s SMTP) build(m Message) (*gomail.Msg, error) {
	to, err := ParseAddress(m.To)
	if err != nil {
		return nil, err
	}
	if !line(m.Subject) || !utf8.ValidString(m.Body) || strings.ContainsRune(m.Body, 0) {
		return nil, Fault{Reason: MessageForm}
	}
	msg := gomail.NewMsg(gomail.WithEncoding(gomail.EncodingB64), gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&netmail.Address{Name: s.FromName, Address: s.From})
	msg.ToMailAddress(&netmail.Address{Address: to})
	msg.Subject(m.Subject)
	msg.SetDate()
	// The library would name this machine.
	msg.SetMessageIDWithValue(rand.Text() + "@" + s.domain())
	// RFC 3834 keeps out-of-office replies away.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(gomail.TypeTextPlain, m.Body)
	return msg, nil
}

// line tells whether s can stand in a header: valid, and without CR, LF, NUL and their kind.
func line(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}
