package store

import (
	"errors"
	"fmt"

	"certreissue/reissue"
)

var applications = Table[reissue.Application]{
	name: "applications",
	key:  func(a *reissue.Application) []byte { return key(a.ID) },
	indexes: []Index[reissue.Application]{
		// One open application per certificate or hand-filled subject.
		{name: "open", unique: true, keys: func(a *reissue.Application) [][]byte {
			if open := a.OpenKey(); open != "" {
				return [][]byte{key(open)}
			}
			return nil
		}},
		// 审核状态查询: what an account has applied for.
		{name: "owner", keys: func(a *reissue.Application) [][]byte { return [][]byte{key(a.Owner)} }},
		// The review's "earlier applications of the same person", the search by ID number.
		{name: "person", keys: func(a *reissue.Application) [][]byte { return [][]byte{key(a.Person.Key())} }},
		// The queue under every set of filters, by how long each has waited.
		{name: "queue", keys: queueKeys},
		// The queue's search by the beginning of a name and by a whole certificate number.
		{name: "name", keys: func(a *reissue.Application) [][]byte { return [][]byte{key(a.Fields.Name)} }},
		{name: "number", keys: func(a *reissue.Application) [][]byte {
			if n := a.Fields.CertificateNumber; n != "" && n != reissue.None {
				return [][]byte{key(n)}
			}
			return nil
		}},
		// The review's "the very same photo" and "the same phone".
		{name: "digest", keys: func(a *reissue.Application) [][]byte {
			if len(a.Photo.Digest) == 0 {
				return nil
			}
			return [][]byte{key(a.Photo.Digest)}
		}},
		{name: "phone", keys: func(a *reissue.Application) [][]byte {
			if phone := reissue.PhoneKey(a.Fields.Phone); phone != "" {
				return [][]byte{key(phone)}
			}
			return nil
		}},
		// The members of a batch, in the order of its roster.
		{name: "batch", keys: func(a *reissue.Application) [][]byte {
			if a.Batch == 0 {
				return nil
			}
			return [][]byte{key(a.Batch, a.Fields.ExamYear, a.Fields.ExamName, reissue.CityKey(a.Fields.City))}
		}},
	},
}

// facet is the part of the queue that filters leave: zero values do not filter.
func facet(status reissue.Status, city string, year int, exam uint64) []byte {
	return key(string(status), reissue.CityKey(city), year, exam)
}

// queueKeys are an application's places in the queue: one under every set of
// filters that it passes, so that each list is one seek, however long the queue
// and however rare what is looked for. An exam has its year, hence not both.
func queueKeys(a *reissue.Application) [][]byte {
	var keys [][]byte
	cities := []string{""}
	if reissue.CityKey(a.Fields.City) != "" {
		cities = append(cities, a.Fields.City)
	}
	for _, status := range []reissue.Status{"", a.Status} {
		for _, city := range cities {
			add := func(year int, exam uint64) {
				keys = append(keys, append(facet(status, city, year, exam), key(a.Queued)...))
			}
			add(0, 0)
			add(a.Fields.ExamYear, 0)
			if a.Exam != 0 {
				add(0, a.Exam)
			}
		}
	}
	return keys
}

// sequence counts the application numbers of each year.
type sequence struct {
	Last map[int]uint64 `cbor:"1,keyasint"`
}

var sequences = single[sequence]{"application sequence"}

func numbersIssued(tx *txn) (*sequence, error) {
	count, err := sequences.get(tx.Tx)
	if isNotFound(err) {
		return &sequence{Last: map[int]uint64{}}, nil
	}
	return count, err
}

// nextNumber is the next public number of this year.
func nextNumber(tx *txn) (uint64, error) {
	count, err := numbersIssued(tx)
	if err != nil {
		return 0, err
	}
	year := tx.year()
	count.Last[year]++
	return reissue.NewNumber(year, count.Last[year]), sequences.put(tx.Tx, count)
}

// record writes an application after an act, with the audit row and the mail
// that belong to it. An application that would be a second open one is an
// *OpenError.
func (tx *txn) record(a *reissue.Application) error {
	event := &a.History[len(a.History)-1]
	if undone := a.Undone(); undone != nil {
		if err := unsend(tx.Tx, tx.moment, undone.Mail); err != nil {
			return err
		}
	}
	owner, err := accounts.get(tx.Tx, key(a.Owner))
	if err != nil {
		return fmt.Errorf("owner of application: %w", err)
	}
	if text, told := tx.settings.MailText(event.Act); told && owner.Email != "" {
		m := &Mail{To: owner.Email, Account: owner.ID, Application: a.ID}
		m.Subject, m.Body = text.Fill(a.MailValues(event, tx.settings))
		if event.Role == reissue.RoleReviewer && !tx.store.options.MailAtOnce {
			m.Due = tx.moment + reissue.Moment(tx.settings.MailDelay*60_000)
		}
		if err := tx.post(m); err != nil {
			return err
		}
		event.Mail = m.ID
	}
	before, err := applications.get(tx.Tx, key(a.ID))
	if ignoreNotFound(err) != nil {
		return err
	}
	err = applications.put(tx.Tx, a)
	var second *DuplicateError
	if errors.As(err, &second) {
		other, err := applications.get(tx.Tx, second.Holder)
		if err != nil {
			return err
		}
		return &OpenError{Application: other.ID, City: other.Fields.City}
	}
	if err != nil {
		return err
	}
	if err := tx.count(before, a); err != nil {
		return err
	}
	return tx.audit(Audit{Act: string(event.Act), Object: objectApplication, ObjectID: a.ID, Revision: a.Revision, Fields: event.Changed})
}

// OpenError says that an open application already stands for the same
// certificate or subject. City is whose work it is, where staff are told.
type OpenError struct {
	Application uint64
	City        string
}

func (e *OpenError) Error() string { return "an application is open already" }

// ApplicationsOf are an account's applications, the newest first.
func (s *Store) ApplicationsOf(account uint64) (list []*reissue.Application, err error) {
	err = s.view(func(tx *txn) error {
		for _, k := range applications.entries(tx.Tx, "owner", key(account), nil, true) {
			a, err := applications.get(tx.Tx, k)
			if err != nil {
				return err
			}
			list = append(list, a)
		}
		return nil
	})
	return list, err
}

// ApplicationOf is one application of an account; reissue.ErrNotFound for
// anybody else's.
func (s *Store) ApplicationOf(account, number uint64) (a *reissue.Application, err error) {
	err = s.view(func(tx *txn) error {
		a, err = applicationOf(tx, account, number)
		return err
	})
	return a, err
}

func applicationOf(tx *txn, account, number uint64) (*reissue.Application, error) {
	a, err := applications.get(tx.Tx, key(number))
	if err == nil && a.Owner != account {
		return nil, reissue.ErrNotFound
	}
	return a, err
}

// Withdraw is the candidate's way out before a decision.
func (s *Store) Withdraw(account, number, revision uint64) error {
	return s.update(reissue.Candidate(account), func(tx *txn) error {
		a, err := applicationOf(tx, account, number)
		if err != nil {
			return err
		}
		if !a.Status.Editable() {
			return reissue.ErrState
		}
		if a.Revision != revision {
			return reissue.ErrStale
		}
		if err := a.Withdraw(tx.by, tx.now); err != nil {
			return err
		}
		return errors.Join(tx.record(a), dropDraft(tx, account, Form{FormEdit, number}))
	})
}

// changeOwner moves an account's applications to the number's true owner.
func changeOwner(tx *txn, from, to uint64) error {
	list, err := applications.having(tx.Tx, "owner", key(from))
	for _, a := range list {
		a.Owner = to
		err = errors.Join(err, applications.put(tx.Tx, a))
	}
	return err
}
