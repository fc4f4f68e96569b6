package store

import (
	"context"
	"runtime"
	"sync"

	"certreissue/password"
	"certreissue/reissue"
)

// Columns of the accounts' spreadsheet, as contract.md names them.
const (
	ColumnAccountNumber = "身份证号"
	ColumnAccountEmail  = "邮箱"
	ColumnDigest        = "密码摘要"
)

// AccountRow is one good line of the accounts of 证书邮寄系统.
type AccountRow struct {
	Line   int
	Person reissue.Person
	Name   string
	Email  string
	Digest string // 密码摘要 as it came
}

// accountPlan is what is to become of a row, worked out before the transaction
// that does it: comparing and wrapping digests is slow.
type accountPlan struct {
	AccountRow
	first  *accountPlan // an earlier line of this file that has the same person, nil for none
	seen   string       // the stored password it was planned against, "" for a new account
	same   bool         // nothing to change
	stored string       // the password to store
	bad    error        // the digest cannot be taken
}

// ImportAccounts takes in accounts of 证书邮寄系统. Those made or changed here
// stay as they are; the others follow the file.
func (s *Store) ImportAccounts(ctx context.Context, rows []AccountRow, load Load) (Counts, error) {
	i, err := s.beginImport("accounts", len(rows), load)
	if err != nil {
		return Counts{}, err
	}
	plans := make([]accountPlan, len(rows))
	first := map[reissue.Person]*accountPlan{}
	for n, row := range rows {
		plans[n] = accountPlan{AccountRow: row, first: first[row.Person]}
		if plans[n].first == nil {
			first[row.Person] = &plans[n]
		}
	}
	return i.run(ctx, func(from int) int { return i.plan(plans, from) }, func(tx *txn, from, to int) (int, error) {
		for n := from; n < to; n++ {
			if err := i.takeAccount(tx, &plans[n]); err != nil {
				return n, err
			}
		}
		return to, nil
	})
}

// plan works out the next rows, and answers up to where. Beside a running
// service hashing keeps to one core, as sign-in does.
func (i *importer) plan(plans []accountPlan, from int) (to int) {
	const chunk = 64
	workers := 1
	if i.Alone {
		workers = runtime.GOMAXPROCS(0)
	}
	to = min(from+chunk, len(plans))
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for n := from + w; n < to; n += workers {
				i.planOne(&plans[n])
			}
		})
	}
	group.Wait()
	return to
}

func (i *importer) planOne(p *accountPlan) {
	if p.first != nil {
		return
	}
	var account *reissue.Account
	p.bad = i.view(func(tx *txn) (err error) {
		account, err = accounts.unique(tx.Tx, "person", key(p.Person.Key()))
		return ignoreNotFound(err)
	})
	switch {
	case p.bad != nil:
	case account == nil:
		p.stored, p.bad = password.Import(p.Digest)
	case account.Touched:
		p.same = true
	default:
		p.seen, p.stored = account.Password, account.Password
		if !password.Same(account.Password, p.Digest) {
			p.stored, p.bad = password.Import(p.Digest)
		}
		p.same = p.stored == p.seen && account.Name == p.Name && account.Email == p.Email
	}
}

// takeAccount does what was planned. An account that changed since counts as
// changed here and stays.
func (i *importer) takeAccount(tx *txn, p *accountPlan) error {
	if p.first != nil {
		if p.Name != p.first.Name || p.Email != p.first.Email || p.Digest != p.first.Digest {
			i.refuse(p.Line, ColumnAccountNumber, sayTwiceInFile(p.first.Line))
			return nil
		}
		p.bad, p.same = p.first.bad, true
	}
	sentence, speaks := reissue.Sentence(p.bad)
	switch {
	case speaks:
		i.refuse(p.Line, ColumnDigest, sentence)
		return nil
	case p.bad != nil:
		return p.bad
	case p.same:
		i.record.Counts.Unchanged++
		return nil
	}
	if err := noteDigest(tx.Tx, p.stored); err != nil {
		return err
	}
	account, err := accounts.unique(tx.Tx, "person", key(p.Person.Key()))
	if isNotFound(err) {
		i.record.Counts.Added++
		return tx.insertAccount(&reissue.Account{Person: p.Person, Name: p.Name, Email: p.Email, Password: p.stored,
			Origin: reissue.OriginImported}, "import")
	}
	if err != nil {
		return err
	}
	if account.Touched || account.Password != p.seen {
		i.record.Counts.Unchanged++
		return nil
	}
	before := *account
	if p.Email != "" && p.Email != account.Email {
		if _, err := redirect(tx, account.ID, account.Email, p.Email); err != nil {
			return err
		}
	}
	account.Name, account.Password, account.Used = p.Name, p.stored, tx.moment
	account.MoveEmail(p.Email)
	account.Remember(&before, tx.by, tx.moment)
	i.record.Counts.Changed++
	if err := accounts.put(tx.Tx, account); err != nil {
		return err
	}
	return tx.audit(Audit{Act: "import", Object: objectAccount, ObjectID: account.ID})
}
