package store

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"certreissue/password"
	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// bcryptOf is a digest that has the given power, two digits, and fits no password.
func bcryptOf(power string) string { return "$2a$" + power + "$" + strings.Repeat("x", 53) }

const someArgon = "$argon2id$v=19$m=64,t=3,p=2$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"

// dearest is the cost that the file keeps.
func (s *Store) dearest(t *testing.T) password.Cost {
	t.Helper()
	cost, err := s.DigestCost()
	if err != nil {
		t.Fatal(err)
	}
	return cost
}

// TestDigestCost: the file keeps what the dearest password takes that came in, of each
// kind, also after nobody has it any more.
func TestDigestCost(t *testing.T) {
	o := open(t)
	o.register(9)
	if got := o.dearest(t); !reflect.DeepEqual(got, password.Cost{}) {
		t.Errorf("before any import %+v", got)
	}
	row := func(n int, digest string) AccountRow {
		r := accountRow(n, "")
		r.Digest = digest
		return r
	}
	o.loadAccounts(row(1, bcryptOf("06")), row(2, bcryptOf("10")), row(3, bcryptOf("08")), row(4, someArgon), row(5, bcryptOf("14")))
	want := password.Cost{Bcrypt: 1 << 10, Argon: map[int]password.Argon{2: {Memory: 64, Work: 192}}}
	if got := o.dearest(t); !reflect.DeepEqual(got, want) {
		t.Errorf("after the import %+v, want %+v", got, want)
	}
	account, err := o.AccountByNumber(human(2).Number)
	o.must(err)
	o.must(o.RenewDigest(account.ID, account.Password, "renewed"))
	if got := o.dearest(t); !reflect.DeepEqual(got, want) {
		t.Errorf("after its owner's sign-in %+v", got)
	}
	// A later list brings a dearer one to an account that is there.
	o.loadAccounts(row(1, bcryptOf("11")))
	if want.Bcrypt = 1 << 11; !reflect.DeepEqual(o.dearest(t), want) {
		t.Errorf("after a later list %+v", o.dearest(t))
	}
	if found := o.findings(); len(found) != 0 {
		t.Errorf("found %v", found)
	}
}

// TestDigestCostUnread: where the cost is damaged people sign in all the same.
func TestDigestCostUnread(t *testing.T) {
	o := open(t)
	o.loadAccounts(bcryptRow("x"))
	o.change(func(tx *txn) { o.must(turnBit(tx.Tx, singles, []byte("digest cost"))) })
	if got := o.dearest(t); !reflect.DeepEqual(got, password.Cost{}) {
		t.Errorf("read as %+v", got)
	}
	if known := o.KnownDamage(); len(known) != 1 || !strings.Contains(string(known[0]), "密码摘要的费时") {
		t.Errorf("known is %v", known)
	}
	o.change(func(tx *txn) { o.must(turnBit(tx.Tx, singles, []byte("digest cost"))) }) // back
}

// TestUpgradeKeepsDigestCost: a file from before the cost was kept has digests too, on
// both sides of where a part of the upgrade ends, and behind a damaged record.
func TestUpgradeKeepsDigestCost(t *testing.T) {
	atOnce := sealedAtOnce
	t.Cleanup(func() { sealedAtOnce = atOnce })
	old, err := os.ReadFile("testdata/schema-4.db")
	if err != nil {
		t.Fatal(err)
	}
	for _, sealedAtOnce = range []int{1, 2, 3, 100} {
		for dear := range 4 {
			path := write(t, old)
			meddle(t, path, func(tx *bolt.Tx) error {
				for n := range 4 {
					digest := bcryptOf("05")
					if n == dear {
						digest = bcryptOf("14") // as was taken in then
					}
					if err := accounts.put(tx, &reissue.Account{ID: uint64(90 + n), Person: human(90 + n), Password: digest}); err != nil {
						return err
					}
				}
				if err := accounts.bucket(tx).SetSequence(93); err != nil {
					return err
				}
				if dear == 3 {
					return turnBit(tx, "accounts", key(uint64(91)))
				}
				return nil
			})
			s, err := Open(path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := s.dearest(t); got.Bcrypt != 1<<14 {
				t.Errorf("%d at once, the dear one %d: %+v", sealedAtOnce, dear, got)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestRepairFindsDigestCost: a repaired file tells no more by the wait than the damaged
// one.
func TestRepairFindsDigestCost(t *testing.T) {
	o := open(t)
	o.applied(1)
	o.loadAccounts(accountRow(2, "two"), bcryptRow("x"))
	want := o.dearest(t)
	damaged := o.backup()
	meddle(t, damaged, func(tx *bolt.Tx) error { return turnBit(tx, singles, []byte("digest cost")) })
	path, _, said := repaired(t, damaged)
	if path == "" {
		t.Fatal(said)
	}
	s, err := Open(path, Options{})
	o.must(err)
	defer s.Close()
	if got := s.dearest(t); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
