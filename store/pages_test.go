package store

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"
)

// TestCursorsTellNoNumber pages through what is found by a name and by an ID number, past
// somebody of another city: the cursor stands in the address, and tells nothing of
// anybody, not even how long a name is. Nobody makes one themselves, to be led to a
// place of their choice, or takes one to another list; a restart leaves them good.
func TestCursorsTellNoNumber(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cursors.db")
	o := openWith(t, path, Options{Create: true})
	named := func(city, name string) func(*reissue.Certificate) {
		return func(c *reissue.Certificate) { c.City, c.Name = city, name }
	}
	o.load(line(1, named("保定", "王一")), line(2, named("石家庄", "王丁二")), line(3, named("保定", "王万三")), line(4, named("石家庄", "王三阿卜杜拉四五六七")), line(5, named("保定", "王不")),
		line(1, named("保定", "王一"), func(c *reissue.Certificate) { c.ExamYear = 2014 }))
	baoding := of("保定")
	lists := map[string]func(cursor string, size int) (Page[reissue.Certificate], error){
		"by name": func(cursor string, size int) (Page[reissue.Certificate], error) {
			return o.Certificates(baoding, RegisterFilter{Query: "王"}, cursor, size)
		},
		"by number": func(cursor string, size int) (Page[reissue.Certificate], error) {
			return o.Certificates(baoding, RegisterFilter{Number: human(1).Number}, cursor, size)
		},
		"by another": func(cursor string, size int) (Page[reissue.Certificate], error) {
			return o.Certificates(baoding, RegisterFilter{Query: "王一"}, cursor, size)
		},
	}
	told := slices.Concat([][]byte{[]byte(human(1).Number.Full())}, allKeys(o, "certificates.name"))
	lengths := map[int]bool{}
	for name, list := range lists {
		for size := range 3 {
			page, err := list("", size+1)
			o.must(err)
			if page.Next == "" {
				continue
			}
			sealed, err := base64.RawURLEncoding.DecodeString(page.Next)
			o.must(err)
			lengths[len(sealed)] = true
			for _, secret := range told {
				if rest := secret[len("王"):]; bytes.Contains(sealed, secret) || bytes.Contains(sealed, rest) {
					t.Errorf("%s goes on after %q, which has %q", name, sealed, secret)
				}
			}
			for i := range sealed {
				forged := slices.Clone(sealed)
				forged[i] ^= 1
				if _, err := list(base64.RawURLEncoding.EncodeToString(forged), 1); !isNotFound(err) {
					t.Fatalf("%s goes on after a cursor that was changed at %d: %v", name, i, err)
				}
			}
			for other, elsewhere := range lists {
				if _, err := elsewhere(page.Next, 1); (err == nil) != (other == name) || err != nil && !isNotFound(err) {
					t.Errorf("%s after a cursor of %s: %v", other, name, err)
				}
			}
		}
		for _, place := range slices.Concat(told, [][]byte{[]byte("丁")}) {
			if _, err := list(base64.RawURLEncoding.EncodeToString(place), 1); !isNotFound(err) {
				t.Errorf("%s goes on after a place of one's choice, %q: %v", name, place, err)
			}
		}
	}
	if len(lengths) != 1 {
		t.Errorf("cursors have the lengths %v", lengths)
	}

	first, err := lists["by name"]("", 1)
	o.must(err)
	before, err := lists["by name"](first.Next, 5)
	o.must(err)
	o.must(o.Close())
	o.Store, err = Open(path, Options{Now: o.now})
	o.must(err)
	after, err := lists["by name"](first.Next, 5)
	if err != nil || len(before.Rows) != 3 || !reflect.DeepEqual(before.Rows, after.Rows) {
		t.Errorf("after a restart %v, %v, want %v", after.Rows, err, before.Rows)
	}
}

// allKeys are the entries of an index.
func allKeys(o *office, index string) (list [][]byte) {
	o.must(o.view(func(tx *txn) error {
		return bucket(tx.Tx, index).ForEach(func(k, _ []byte) error {
			list = append(list, slices.Clone(k))
			return nil
		})
	}))
	return list
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
// no cursor of it: those of a list along the same entries, which has other filters, lead
// to no more than is in it, and all others nowhere.
func TestEveryListsCursors(t *testing.T) {
	o := open(t)
	lists := everyList(o)
	var cursors []string
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
		for _, garbage := range []string{"?", "A", "AAA=", "王", "a b", "AAAA", "____________________", "AA", strings.Repeat("A", 4000)} {
			if _, _, err := list(garbage, 10); !isNotFound(err) {
				t.Errorf("%s after %q: %v", name, garbage, err)
			}
		}
		for _, cursor := range cursors {
			strange, _, err := list(cursor, 1000)
			if err != nil && !isNotFound(err) {
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
