package store

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

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
	register, err := o.Certificates(clerk(), RegisterFilter{Number: number}, "", 1)
	o.must(err)
	queue, err := o.Queue(clerk(), Filter{Number: number}, "", 1)
	o.must(err)
	for list, cursor := range map[string]string{"register": register.Next, "queue": queue.Next} {
		plain, err := base64.RawURLEncoding.DecodeString(cursor)
		if err != nil || len(plain) == 0 || strings.Contains(string(plain), number.Full()) {
			t.Errorf("the %s of a number goes on after %q, %v", list, plain, err)
		}
	}
}

// A walk is one list of any kind: it gives the keys of a page's rows.
type walk func(cursor string, size int) (keys []uint64, next string, err error)

func walkOf[T any](list func(cursor string, size int) (Page[T], error), key func(*T) uint64) walk {
	return func(cursor string, size int) (keys []uint64, next string, err error) {
		page, err := list(cursor, size)
		for _, row := range page.Rows {
			keys = append(keys, key(row))
		}
		return keys, page.Next, err
	}
}

// everyList is each list of an office that has something in all of them.
func everyList(o *office) map[string]walk {
	crowd(o)
	o.batch(reissue.BatchLock)
	for _, number := range o.pages(clerk(), Filter{Status: reissue.Pending}, 50) {
		o.decide(number, approve)
		o.batch()
	}
	_, a := o.applied(20)
	_, b := o.applied(21)
	o.change(func(tx *txn) {
		for _, m := range rows(o, &mails)[:2] {
			m.Sent = tx.moment
			o.must(mails.put(tx.Tx, m))
		}
	})
	day := func(n int) reissue.Moment { return reissue.At(morning.Add(time.Duration(n) * time.Hour)) }
	lists := map[string]walk{
		"imports": walkOf(o.CertificateImports, func(kept *KeptImport) uint64 { return kept.ID }),
		"batches": walkOf(func(cursor string, size int) (Page[reissue.Batch], error) { return o.Batches(clerk(), cursor, size) },
			func(b *reissue.Batch) uint64 { return b.ID }),
		"a batch": walkOf(func(cursor string, size int) (Page[reissue.Application], error) {
			_, page, err := o.BatchPage(clerk(), 1, cursor, size)
			return page, err
		}, func(a *reissue.Application) uint64 { return a.ID }),
	}
	for name, filter := range map[string]Filter{
		"queue": {}, "pending": {Status: reissue.Pending}, "refused, newest": {Status: reissue.Refused, Newest: true},
		"a person's": {Number: a.Person.Number}, "by name": {Query: "王"}, "by name and state": {Query: "王", Status: reissue.Approved},
		"by number": {Query: "A-20"}, "an application": {Query: fmt.Sprint(b.ID)},
	} {
		lists["applications: "+name] = walkOf(func(cursor string, size int) (Page[reissue.Application], error) {
			return o.Queue(clerk(), filter, cursor, size)
		}, func(a *reissue.Application) uint64 { return a.ID })
	}
	for name, filter := range map[string]RegisterFilter{
		"all": {}, "a person's": {Number: a.Person.Number}, "by name": {Query: "王"}, "an exam": {Exam: a.Exam}, "an import": {Import: 3}, "a city": {City: "保定"},
	} {
		lists["certificates: "+name] = walkOf(func(cursor string, size int) (Page[reissue.Certificate], error) {
			return o.Certificates(clerk(), filter, cursor, size)
		},
			func(c *reissue.Certificate) uint64 { return c.ID })
	}
	for name, filter := range map[string]AuditFilter{
		"all": {}, "hours": {From: day(2), To: day(6)}, "a clerk's": {Kind: "staff", By: clerk().ID}, "a clerk's hours": {Kind: "staff", By: clerk().ID, From: day(2), To: day(6)},
		"an application": {Object: objectApplication, ObjectID: a.ID}, "an act": {Act: "approve"},
	} {
		lists["log: "+name] = walkOf(func(cursor string, size int) (Page[Audit], error) { return o.AuditRows(filter, cursor, size) },
			func(row *Audit) uint64 { return row.ID })
	}
	for _, state := range []MailState{"", MailWaiting, MailGone} {
		lists["mails: "+string(state)] = walkOf(func(cursor string, size int) (Page[Mail], error) { return o.Outbox(state, cursor, size) },
			func(m *Mail) uint64 { return m.ID })
	}
	return lists
}

// TestEveryListsCursors pages through each list, and then into it with what is
// no cursor of it.
func TestEveryListsCursors(t *testing.T) {
	o := open(t)
	lists := everyList(o)
	cursors := []string{"AAAA", "____________________", "AA", strings.Repeat("A", 4000)}
	whole := map[string][]uint64{}
	for name, list := range lists {
		all, next, err := list("", 1000)
		if err != nil || next != "" || len(all) == 0 {
			t.Errorf("%s: %d, next %q, %v", name, len(all), next, err)
		}
		whole[name] = all
		var paged []uint64
		for cursor, more := "", true; more; {
			page, next, err := list(cursor, 1)
			if err != nil || len(page) != 1 || len(paged) == len(all) {
				t.Fatalf("%s: %d after %q, %v", name, len(page), cursor, err)
			}
			paged, cursors = append(paged, page...), append(cursors, next)
			cursor, more = next, next != ""
		}
		if !slices.Equal(paged, all) {
			t.Errorf("%s: page by page %v, want %v", name, paged, all)
		}
	}
	for name, list := range lists {
		for _, garbage := range []string{"?", "A", "AAA=", "王", "a b"} {
			if _, _, err := list(garbage, 10); !isNotFound(err) {
				t.Errorf("%s after %q: %v", name, garbage, err)
			}
		}
		for _, cursor := range cursors {
			strange, _, err := list(cursor, 1000)
			if err != nil {
				t.Errorf("%s after %q: %v", name, cursor, err)
			}
			for _, key := range strange {
				if !slices.Contains(whole[name], key) {
					t.Errorf("%s after %q shows %d", name, cursor, key)
				}
			}
		}
	}
}
