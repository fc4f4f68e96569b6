package store

import (
	"errors"
	"fmt"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
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
		// What stands on a line of the register, which may be corrected.
		{name: "certificate", keys: func(a *reissue.Application) [][]byte {
			if a.Certificate == 0 {
				return nil
			}
			return [][]byte{key(a.Certificate)}
		}},
		// 审核状态查询: what an account has applied for.
		{name: "owner", keys: func(a *reissue.Application) [][]byte { return [][]byte{key(a.Owner)} }},
		// The review's "earlier applications of the same person", the search by ID number.
		{name: "person", keys: func(a *reissue.Application) [][]byte { return [][]byte{key(a.Person.Key())} }},
		// The queue under every set of filters, by how long each has waited.
		{name: "queue", keys: queueKeys},
		// What is held, by its day.
		{name: "held", keys: heldKeys},
		// What came in between two days.
		{name: "submitted", keys: func(a *reissue.Application) [][]byte { return [][]byte{key(a.Submitted)} }},
		// What was decided between two days, by one of the staff or by all.
		{name: "decided", keys: func(a *reissue.Application) [][]byte {
			if decision := a.LastDecision(); decision != nil {
				keys := [][]byte{key(uint64(0), decision.At)}
				if decision.By != 0 { // by somebody
					keys = append(keys, key(decision.By, decision.At))
				}
				return keys
			}
			return nil
		}},
		// What waits for the candidate, of a city or of all, and since when.
		{name: "since", keys: func(a *reissue.Application) (keys [][]byte) {
			if a.Status != reissue.Returned && a.Status != reissue.Ready {
				return nil
			}
			keys = append(keys, append(sinceFacet(a.Status, ""), key(a.Since())...))
			if reissue.CityKey(a.Fields.City) != "" {
				keys = append(keys, append(sinceFacet(a.Status, a.Fields.City), key(a.Since())...))
			}
			return keys
		}},
		// The queue's search by the beginning of a name and by a whole number: of the old
		// certificate, of the new one or a proof, void ones too, of a telephone or a parcel.
		{name: "name", keys: func(a *reissue.Application) [][]byte { return [][]byte{key(a.Fields.Name)} }},
		{name: "number", keys: func(a *reissue.Application) [][]byte {
			return numberKeys(append(append(a.Voided(), a.ProofNumbers()...), a.Fields.CertificateNumber, a.NewNumber(), reissue.PhoneKey(a.Fields.Phone), a.Tracking())...)
		}},
		// Whether a new number is given already, and which certificate it is of.
		{name: "new_number", keys: func(a *reissue.Application) [][]byte { return numberKeys(a.NewNumber()) }},
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
			return [][]byte{append(key(a.Batch), rosterKey(a)...)}
		}},
		// What waits for its 合格证明 to be printed, in all and by city.
		{name: "proof", keys: func(a *reissue.Application) [][]byte {
			if !a.ByProof() || a.Status != reissue.Approved {
				return nil
			}
			keys := [][]byte{key("", a.Queued)}
			if city := reissue.CityKey(a.Fields.City); city != "" {
				keys = append(keys, key(city, a.Queued))
			}
			return keys
		}},
	},
}

// numberKeys are the numbers that there are, each once.
func numberKeys(numbers ...string) (keys [][]byte) {
	for _, n := range numbers {
		if k := key(n); n != "" && n != reissue.None && !holds(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// facet is the part of the queue that filters leave: zero values do not filter.
func facet(status reissue.Status, city string, year int, exam uint64) []byte {
	return key(string(status), reissue.CityKey(city), year, exam)
}

// queueKeys are an application's places in the queue: one under every set of
// filters that it passes, so that each list is one seek, however long the queue
// and however rare what is looked for. An exam has its year, hence not both. What is
// held waits in no list of its state.
func queueKeys(a *reissue.Application) [][]byte {
	var keys [][]byte
	cities := []string{""}
	if reissue.CityKey(a.Fields.City) != "" {
		cities = append(cities, a.Fields.City)
	}
	statuses := []reissue.Status{"", a.Status}
	if a.Held() {
		statuses = statuses[:1]
	}
	for _, status := range statuses {
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

// sinceFacet is the part of what waits for the candidate in one state, and in one city
// or, city "", in all.
func sinceFacet(status reissue.Status, city string) []byte {
	return key(string(status), reissue.CityKey(city))
}

// rosterKey is the place of an application in its batch's roster.
func rosterKey(a *reissue.Application) []byte {
	return key(a.Fields.ExamYear, a.Fields.ExamName, reissue.CityKey(a.Fields.City))
}

// sequence counts the numbers of each year, of applications or of 合格证明.
type sequence struct {
	Last map[int]uint64 `cbor:"1,keyasint"`
}

var sequences = single[sequence]{"application sequence"}

// issued is a sequence, empty before the first number of its kind.
func issued(tx *bolt.Tx, of single[sequence]) (*sequence, error) {
	count, err := of.get(tx)
	if isNotFound(err) {
		return &sequence{Last: map[int]uint64{}}, nil
	}
	return count, err
}

// nextNumber is the next public number of this year.
func nextNumber(tx *txn) (uint64, error) {
	count, err := issued(tx.Tx, sequences)
	if err != nil {
		return 0, err
	}
	year := tx.year()
	count.Last[year]++
	return reissue.NewNumber(year, count.Last[year]), sequences.put(tx.Tx, count)
}

// record writes an application after an act, with the audit row and the mail
// that belong to it. An application that would be a second open one is an
// *OpenError, one under somebody else's new number a *NumberTakenError.
func (tx *txn) record(a *reissue.Application) error {
	event := &a.History[len(a.History)-1]
	before, err := applications.get(tx.Tx, key(a.ID))
	if ignoreNotFound(err) != nil {
		return err
	}
	if err == nil {
		if err := judgeNumber(tx, before, a); err != nil {
			return err
		}
	}
	if before != nil && before.Status != a.Status && before.Reminder() != nil { // what it was about is over
		if err := unsend(tx.Tx, tx.moment, before.Reminder().Mail); err != nil {
			return err
		}
	}
	if undone := a.Undone(); undone != nil {
		if err := unsend(tx.Tx, tx.moment, undone.Mail); err != nil {
			return err
		}
	}
	owner, err := accounts.get(tx.Tx, key(a.Owner))
	if err != nil {
		return fmt.Errorf("owner of application: %w", err)
	}
	if text, told := tx.settings.MailText(a.MailOf(event.Act)); told && tx.reaches(owner, event) {
		m := &Mail{To: owner.Email, Account: owner.ID, Application: a.ID}
		m.Subject, m.Body = text.Fill(a.MailValues(event, tx.settings, tx.store.publicURL()))
		if event.Role == reissue.RoleReviewer && !event.AtCounter() && !tx.store.options.MailAtOnce {
			m.Due = tx.moment + reissue.Moment(tx.settings.MailDelay*60_000)
		}
		if m.To == "" {
			m.Undelivered = max(m.Due, tx.moment)
		}
		if err := tx.post(m); err != nil {
			return err
		}
		event.Mail = m.ID
	}
	if err := tx.overtakeCalls(a); err != nil {
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

func applicationOf(tx *txn, account, number uint64) (*reissue.Application, error) {
	a, err := applications.get(tx.Tx, key(number))
	if err == nil && a.Owner != account {
		return nil, reissue.ErrNotFound
	}
	return a, err
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
