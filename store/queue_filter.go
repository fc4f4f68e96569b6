package store

import (
	"bytes"
	"slices"

	"certreissue/idcard"
	"certreissue/reissue"
)

// Filter says which applications a list shows; zero fields do not filter.
type Filter struct {
	Status reissue.Status
	City   string
	Exam   uint64
	Year   int
	Query  string        // a whole number of an application, a certificate, a proof, a telephone or a parcel, or the beginning of a name
	Number idcard.Number // of a person, whatever the paper
	Newest bool          // first; otherwise who has waited longest

	Mark      string // reissue.MarkAny or a mark's word: only what waits for a decision has any
	Overdue   bool   // waits in its state for longer than the office allows; without a state for the decision
	Submitted Days
	Decided   Days   // by the decision that stands
	By        uint64 // of the staff: whose decision that is
	Batch     uint64
	Held      bool // what waits and is held: it is in no other list of what waits
}

// Days are those from one to another, YYYYMMDD, both included; "" is no bound.
type Days struct{ From, To string }

// Set tells whether there is a bound.
func (d Days) Set() bool { return d != Days{} }

func (d Days) has(at reissue.Moment) bool {
	return !d.Set() || at >= reissue.StartOf(d.From, 0) && (d.To == "" || at < reissue.StartOf(d.To, 1))
}

// bounds are the bounds of moments in an index.
func (d Days) bounds() (from, to []byte) {
	if d.From != "" {
		from = key(reissue.StartOf(d.From, 0))
	}
	if d.To != "" {
		to = key(reissue.StartOf(d.To, 1))
	}
	return from, to
}

// A look is one look at the applications that a filter leaves to a staff member.
type look struct {
	Filter
	tx    *txn
	staff *reissue.Staff
	late  reissue.Moment // before which an overdue one has come into its state
	err   error          // the first of passes
}

func (f Filter) look(tx *txn, staff *reissue.Staff) *look {
	l := &look{Filter: f, tx: tx, staff: staff}
	if l.Status == "" && (l.Overdue || l.Mark != "") {
		l.Status = reissue.Pending
	}
	if l.Overdue {
		l.late = tx.settings.LateBefore(l.Status, tx.now)
	}
	return l
}

// span is the part of an index that leaves the fewest records to look at. Where filters
// are combined it is as good as the best of them alone, and the others pass over what
// they do not want, so many for each page.
func (l *look) span() span {
	in := span{index: "queue", backwards: l.Newest, dear: l.Mark != ""}
	if l.Mark != "" && l.Status != reissue.Pending || l.Held && l.Status != "" && l.Status != reissue.Pending {
		in.to = []byte{} // nothing
		return in
	}
	switch numbers := reissue.SearchKeys(l.Query); {
	case l.Number != "":
		in.index, in.prefix = "person", key(l.Number.Full())
		return in
	case len(numbers) > 0:
		in.index, in.prefix = "number", l.number(numbers)
		return in
	case l.Query != "":
		in.index, in.prefix = "name", []byte(reissue.CleanName(l.Query))
		return in
	case l.Held:
		in.index, in.prefix = "held", heldFacet(l.city())
		return in
	case l.Batch != 0:
		in.index, in.prefix = "batch", key(l.Batch)
		return in
	case l.Overdue && l.Status != reissue.Pending:
		in.index, in.prefix, in.to = "since", sinceFacet(l.Status, l.city()), key(l.late)
		return in
	case l.By != 0 || l.Decided.Set():
		in.index, in.prefix = "decided", key(l.By)
		in.from, in.to = l.Decided.bounds()
		return in
	case l.Submitted.Set() && !l.Status.Open():
		in.index = "submitted"
		in.from, in.to = l.Submitted.bounds()
		return in
	}
	year := l.Year
	if l.Exam != 0 {
		year = 0
	}
	in.prefix = facet(l.Status, l.city(), year, l.Exam)
	if l.Overdue { // none has waited for longer than its place says
		in.to = key(l.late)
	}
	return in
}

// number is the first way to read a number by which something is found.
func (l *look) number(numbers []string) []byte {
	for _, number := range numbers {
		for range applications.entries(l.tx.Tx, "number", key(number), nil, false) {
			return key(number)
		}
	}
	return key(numbers[0])
}

// city is the one that is looked at, "" for several.
func (l *look) city() string {
	if l.City == "" && l.staff.Limited() && len(l.staff.Cities) == 1 {
		return l.staff.Cities[0]
	}
	return l.City
}

// passes tells whether an application is in the list. Its marks are looked at last: they
// stand in other records.
func (l *look) passes(a *reissue.Application) bool {
	return (l.Status == "" || a.Status == l.Status) &&
		l.held(a) &&
		(l.City == "" || reissue.CityKey(a.Fields.City) == reissue.CityKey(l.City)) &&
		(l.Exam == 0 || a.Exam == l.Exam) &&
		(l.Year == 0 || a.Fields.ExamYear == l.Year) &&
		(l.Number == "" || a.Person.Number == l.Number) &&
		(l.Batch == 0 || a.Batch == l.Batch) &&
		(!l.Overdue || a.Since() < l.late) &&
		l.Submitted.has(a.Submitted) &&
		l.decided(a) &&
		l.staff.Covers(a.Fields.City) &&
		l.marked(a)
}

// held tells whether an application is held where the list is of those, and is not where
// the list is of what waits; by its own number it is found all the same.
func (l *look) held(a *reissue.Application) bool {
	if l.Held || !a.Held() || l.Status == "" {
		return a.Held() || !l.Held
	}
	number, ok := reissue.ParseNumber(l.Query)
	return ok && number == a.ID
}

func (l *look) decided(a *reissue.Application) bool {
	if l.By == 0 && !l.Decided.Set() {
		return true
	}
	decision := a.LastDecision()
	return decision != nil && (l.By == 0 || decision.By == l.By) && l.Decided.has(decision.At)
}

func (l *look) marked(a *reissue.Application) bool {
	if l.Mark == "" {
		return true
	}
	if a.Status != reissue.Pending || l.err != nil {
		return false
	}
	r, err := beside(l.tx, l.staff, a)
	if err != nil {
		l.err = err
		return false
	}
	return reissue.HasMark(r.Marks(), l.Mark)
}

// position is where an application stands in a list, or stood before something was done
// to it.
func (l *look) position(in span, a *reissue.Application) []byte {
	at := func(moment reissue.Moment) []byte { return slices.Concat(in.prefix, key(moment, a.ID)) }
	switch in.index {
	case "queue":
		return at(a.Queued)
	case "submitted":
		return at(a.Submitted)
	case "decided":
		for i := len(a.History); i > 0; i-- {
			then := *a
			then.History = a.History[:i]
			if decision := then.LastDecision(); decision != nil {
				return at(decision.At)
			}
		}
	case "since":
		for i := len(a.History); i > 0; i-- {
			if then := *a; a.History[i-1].Status == l.Status {
				then.Status, then.History = l.Status, a.History[:i]
				return at(then.Since())
			}
		}
	case "batch":
		return slices.Concat(in.prefix, rosterKey(a), key(a.ID))
	case "held":
		return slices.Concat(in.prefix, key(a.HeldLast(), a.ID))
	}
	for _, i := range applications.indexes {
		if i.name != in.index {
			continue
		}
		for _, entry := range i.keys(a) {
			if bytes.HasPrefix(entry, in.prefix) {
				return append(entry, key(a.ID)...)
			}
		}
	}
	return nil
}
