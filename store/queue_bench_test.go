package store

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"certreissue/idcard"
	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// crowded is a file with n applications of many cities, exams and years in all
// states, a fifth of them waiting.
func crowded(t testing.TB, n int) *Store {
	t.Helper()
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	s, err := Open(filepath.Join(t.TempDir(), "crowded.db"), Options{Create: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	s.db.NoSync = true
	const step = 5000
	for start := 0; start < n; start += step {
		err := s.db.Update(func(tx *bolt.Tx) error {
			x := s.transaction(tx, reissue.System())
			for i := start; i < min(start+step, n); i++ {
				at := reissue.At(now.Add(-time.Duration(n-i) * (300 * 24 * time.Hour / time.Duration(n))))
				a := &reissue.Application{ID: reissue.NewNumber(2026, uint64(i+1)), Owner: 1, Submitted: at, Queued: at, Updated: at,
					Person: reissue.Person{Paper: reissue.IDCard, Number: idcard.Number(fmt.Sprintf("11010119900307%04d", i%10000))},
					Exam:   uint64(1 + i%40), Certificate: uint64(i + 1), Status: reissue.Pending, Revision: 1,
					Fields: reissue.Fields{Name: fmt.Sprint("考生", i), ExamYear: 2005 + i%20, ExamName: fmt.Sprint("考试", i%40),
						City: fmt.Sprintf("第%d市", i%13), Phone: fmt.Sprint("139", 10000000+i)}}
				if i%5 != 0 {
					a.Status = reissue.Statuses[i%len(reissue.Statuses)]
				}
				if lived(a, i); i%15 == 5 {
					a.Asides, a.HeldUntil = []reissue.Aside{{At: at, Act: reissue.ActHold, By: 1, Text: "核实", Until: "20261210"}}, "20261210"
				}
				if err := applications.put(tx, a); err != nil {
					return err
				}
				if err := x.count(nil, a); err != nil {
					return err
				}
				for i := range a.History[1:] { // count has told the last one
					if err := countEvent(a, i, addTo(&days, tx)); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// lived gives an application the history of its state: decided by one of three a day
// after it came, and with its batch, which is there after another day, from there on.
func lived(a *reissue.Application, i int) {
	add := func(act reissue.Act, to reissue.Status) {
		a.History = append(a.History, reissue.Event{At: a.Submitted + reissue.Moment(len(a.History))*24*60*60_000, Act: act, Status: to, By: uint64(1 + i%3)})
	}
	add(reissue.ActSubmit, reissue.Pending)
	switch a.Status {
	case reissue.Pending:
		return
	case reissue.Withdrawn:
		add(reissue.ActWithdraw, a.Status)
		return
	case reissue.Returned:
		add(reissue.ActReturn, a.Status)
		a.History[1].Reasons = []reissue.Reason{{Code: "other", Label: "其他"}}
		return
	case reissue.Refused:
		add(reissue.ActRefuse, a.Status)
		return
	}
	add(reissue.ActApprove, reissue.Approved)
	if a.Status != reissue.Approved {
		a.Batch = uint64(1 + i%7)
		add(reissue.ActLock, reissue.InProduction)
	}
	switch a.Status {
	case reissue.Ready:
		add(reissue.ActArrive, a.Status)
	case reissue.HandedOut:
		add(reissue.ActHandOut, a.Status)
	case reissue.Mailed:
		add(reissue.ActMail, a.Status)
	}
}

// The queue's filters of the benchmark and of the test beside it.
var crowdFilters = []struct {
	name   string
	staff  *reissue.Staff
	filter Filter
}{
	{"all", clerk(), Filter{}},
	{"pending", clerk(), Filter{Status: reissue.Pending}},
	{"pending of a city, newest first", clerk(), Filter{Status: reissue.Pending, City: "第7市", Newest: true}},
	{"exam in a city", clerk(), Filter{City: "第7市", Exam: 8}},
	{"refused of a year and city", clerk(), Filter{Status: reissue.Refused, Year: 2012, City: "第7市"}},
	{"a city's reviewer", &reissue.Staff{Cities: []string{"第3市"}}, Filter{Status: reissue.Returned}},
	{"submitted on some days", clerk(), Filter{Submitted: Days{"20260301", "20260402"}}},
	{"collected of some days, newest first", clerk(), Filter{Status: reissue.HandedOut, Submitted: Days{From: "20260301", To: "20260402"}, Newest: true}},
	{"pending since a day", clerk(), Filter{Status: reissue.Pending, Submitted: Days{From: "20260801"}}},
	{"decided on some days", clerk(), Filter{Decided: Days{"20260301", "20260402"}}},
	{"returned until a day, newest first", clerk(), Filter{Status: reissue.Returned, Decided: Days{To: "20260402"}, Newest: true}},
	{"decided by somebody in a city", clerk(), Filter{By: 2, City: "第7市"}},
	{"decided by somebody on some days", &reissue.Staff{Cities: []string{"第3市"}}, Filter{By: 2, Decided: Days{From: "20260301"}}},
	{"decided by nobody", clerk(), Filter{By: 9}},
	{"of a batch", clerk(), Filter{Batch: 3, Status: reissue.Ready, Exam: 8}},
	{"overdue", clerk(), Filter{Overdue: true}},
	{"overdue in a city, newest first", clerk(), Filter{Overdue: true, City: "第7市", Newest: true}},
	{"returned without answer", clerk(), Filter{Status: reissue.Returned, Overdue: true}},
	{"not collected in a city, newest first", &reissue.Staff{Cities: []string{"第3市"}}, Filter{Status: reissue.Ready, Overdue: true, Newest: true}},
	{"approved too long", clerk(), Filter{Status: reissue.Approved, Overdue: true}},
	{"held", clerk(), Filter{Held: true}},
	{"held in a city, waiting, newest first", &reissue.Staff{Cities: []string{"第7市"}}, Filter{Held: true, Status: reissue.Pending, Newest: true}},
	{"held of an exam", clerk(), Filter{Held: true, Exam: 6}},
	{"held and refused, of which there are none", clerk(), Filter{Held: true, Status: reissue.Refused}},
	{"what there is none of", clerk(), Filter{Status: reissue.Mailed, Year: 1990, City: "第7市"}},
}

// BenchmarkOffice is the measure for "the same cost at 1,000 and at 100,000
// applications": it takes turns between the two, since a busy machine doubles
// the time of whichever has its turn. A page is as long in the large file as the
// small one can fill it, with a row after it in both.
func BenchmarkOffice(b *testing.B) {
	small, large := crowded(b, 1_000), crowded(b, 100_000)
	for _, c := range crowdFilters {
		page, err := small.Queue(c.staff, c.filter, "", 51)
		if err != nil {
			b.Fatal(err)
		}
		if len(page.Rows) == 1 {
			continue // the page of the large file would read twice as many
		}
		rows := max(len(page.Rows)-1, 0)
		b.Run("queue/"+c.name, func(b *testing.B) {
			takeTurns(b, small, large, func(s *Store) error {
				_, err := s.Queue(c.staff, c.filter, "", rows)
				return err
			})
			b.ReportMetric(float64(rows), "rows")
		})
	}
	// Not the same: it counts the overdue ones, here nearly a fifth of all.
	b.Run("desk", func(b *testing.B) {
		takeTurns(b, small, large, func(s *Store) error {
			_, err := s.Desk(&reissue.Staff{})
			return err
		})
	})
}

// takeTurns does the same in both files by turns, and reports the median of each
// and how much more the large one takes.
func takeTurns(b *testing.B, small, large *Store, do func(*Store) error) {
	var took [2][]time.Duration
	for b.Loop() {
		for i, s := range []*Store{small, large} {
			began := time.Now()
			if err := do(s); err != nil {
				b.Fatal(err)
			}
			took[i] = append(took[i], time.Since(began))
		}
	}
	var median [2]float64
	for i := range took {
		slices.Sort(took[i])
		median[i] = float64(took[i][len(took[i])/2])
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median[0], "ns-1000")
	b.ReportMetric(median[1], "ns-100000")
	b.ReportMetric(median[1]/median[0], "x-small")
}

// BenchmarkReport is a month of a hundred thousand applications.
func BenchmarkReport(b *testing.B) {
	s := crowded(b, 100_000)
	for b.Loop() {
		if _, err := s.Report(b.Context(), &reissue.Staff{}, Days{"20261001", "20261031"}); err != nil {
			b.Fatal(err)
		}
	}
}
