package store

import (
	"crypto/md5"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"certreissue/password"
	"certreissue/reissue"
)

func digest(plain string) string { return fmt.Sprintf("md5:%x", md5.Sum([]byte(plain))) }

func accountRow(n int, plain string) AccountRow {
	return AccountRow{Line: n + 2, Person: human(n), Name: name(n), Email: fmt.Sprintf("%d@example.com", n), Digest: digest(plain)}
}

func (o *office) loadAccounts(list ...AccountRow) (Counts, []Reject) {
	o.t.Helper()
	var rejects []Reject
	counts, err := o.ImportAccounts(o.t.Context(), list, Load{By: reissue.System(), Alone: true, Reject: func(r Reject) { rejects = append(rejects, r) }})
	o.must(err)
	return counts, rejects
}

func TestImportAccounts(t *testing.T) {
	o := open(t)
	counts, rejects := o.loadAccounts(accountRow(1, "one"), accountRow(2, "two"), accountRow(1, "one"), accountRow(2, "other"), AccountRow{Line: 9, Person: human(3), Name: name(3), Digest: "plain text"})
	if counts != (Counts{Added: 2, Unchanged: 1, Rejected: 2}) {
		t.Errorf("%+v", counts)
	}
	said := map[int]string{}
	for _, r := range rejects {
		said[r.Line] = r.Column + " " + r.Reason
	}
	if !strings.HasPrefix(said[4], "身份证号 与第 4 行重复") || !strings.HasPrefix(said[9], "密码摘要 ") {
		t.Errorf("rejected %v", said)
	}
	account, err := o.AccountByNumber(human(1).Number)
	o.must(err)
	if ok, _ := password.Verify(account.Password, "one"); !ok || strings.Contains(account.Password, digest("one")[4:]) || account.Origin != reissue.OriginImported || account.Touched {
		t.Errorf("stored as %+v", account)
	}
	if counts, _ := o.loadAccounts(accountRow(1, "one"), accountRow(2, "two")); counts != (Counts{Unchanged: 2}) {
		t.Errorf("the same file again: %+v", counts)
	}
	moved := accountRow(1, "one")
	moved.Email = "moved@example.com"
	if counts, _ := o.loadAccounts(moved, accountRow(2, "newer")); counts != (Counts{Changed: 2}) {
		t.Errorf("a later file: %+v", counts)
	}
	followed, err := o.AccountByNumber(human(2).Number)
	o.must(err)
	if ok, _ := password.Verify(followed.Password, "newer"); !ok {
		t.Error("the account did not follow its password")
	}
}

// bcryptRow is the first person's with a digest that costs nothing to take.
func bcryptRow(salt string) AccountRow {
	row := accountRow(1, "")
	row.Digest = "$2a$04$" + salt + strings.Repeat("x", 53-len(salt))
	return row
}

// TestImportLeavesWhatWasTouchedHere: what was made or changed here stays.
func TestImportLeavesWhatWasTouchedHere(t *testing.T) {
	for _, c := range []struct {
		reason string
		touch  func(*office, *reissue.Account) error
	}{
		{"a new address", func(o *office, a *reissue.Account) error {
			return errOf(o.ChangeEmail(a.ID, "here@example.com"))
		}},
		{"a new password", func(o *office, a *reissue.Account) error {
			return o.ChangePassword(a.ID, a.Password, "new", nil)
		}},
		{"a sign-in that renewed the digest", func(o *office, a *reissue.Account) error { return o.RenewDigest(a.ID, a.Password, "renewed") }},
		{"a reset", func(o *office, a *reissue.Account) error {
			if err := o.AskReset(a.Person.Number); err != nil {
				return err
			}
			return o.Reset(o.resetToken(o.t), "reset")
		}},
		{"the counter", func(o *office, a *reissue.Account) error { return o.ResetAtCounter(clerk(), a.ID, "", "one-time") }},
		{"a new owner", func(o *office, a *reissue.Account) error {
			_, err := o.AttachNumber(clerk(), a.ID, "", "李四", "", "one-time")
			return err
		}},
	} {
		o := open(t)
		o.loadAccounts(bcryptRow("old"))
		account, err := o.AccountByNumber(human(1).Number)
		o.must(err)
		o.must(c.touch(o, account))
		before, err := o.AccountByNumber(human(1).Number)
		o.must(err)
		if counts, _ := o.loadAccounts(bcryptRow("another")); counts != (Counts{Unchanged: 1}) {
			t.Errorf("%s: %+v", c.reason, counts)
		}
		if after, err := o.AccountByNumber(human(1).Number); err != nil || !reflect.DeepEqual(after, before) {
			t.Errorf("%s: became %+v, %v", c.reason, after, err)
		}
	}
	o := open(t)
	o.register(1)
	if counts, _ := o.loadAccounts(bcryptRow("another")); counts != (Counts{Unchanged: 1}) {
		t.Errorf("made here: %+v", counts)
	}
}
