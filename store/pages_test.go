package store

import (
	"encoding/base64"
	"strings"
	"testing"

	"certreissue/reissue"
)

// TestCursorsTellNoNumber pages through what is found by an ID number: the
// cursor stands in the address, where no ID number may stand in any coding.
func TestCursorsTellNoNumber(t *testing.T) {
	o := open(t)
	account, _ := o.applied(1)
	o.load(line(1, func(c *reissue.Certificate) { c.ExamYear, c.ApprovalDate = 2014, "20140605" }))
	_, err := o.Apply(account.ID, Form{FormSelf, 0}, filled(), Upload{Photo: shot(t, 1)})
	o.must(err)
	number := human(1).Number
	register, err := o.Certificates(RegisterFilter{Number: number}, "", 1)
	o.must(err)
	queue, err := o.Queue(Filter{Number: number}, "", 1)
	o.must(err)
	for list, cursor := range map[string]string{"register": register.Next, "queue": queue.Next} {
		plain, err := base64.RawURLEncoding.DecodeString(cursor)
		if err != nil || len(plain) == 0 || strings.Contains(string(plain), number.Full()) {
			t.Errorf("the %s of a number goes on after %q, %v", list, plain, err)
		}
	}
}
