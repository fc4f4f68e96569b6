package store

import (
	"slices"
	"strings"
	"testing"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// TestEveryFilter holds each list, page by page, against a walk over all
// records, and the way through it from one to the next against the list.
func TestEveryFilter(t *testing.T) {
	s := crowded(t, 600)
	for _, c := range crowdFilters {
		var want []uint64
		s.db.View(func(tx *bolt.Tx) error {
			for a, err := range applications.all(tx) {
				if err != nil {
					t.Fatal(err)
				}
				if c.filter.look(s.transaction(tx, reissue.Actor{}), c.staff).passes(a) {
					want = append(want, a.ID)
				}
			}
			return nil
		})
		if c.filter.Newest {
			slices.Reverse(want)
		}
		if none := strings.Contains(c.name, "none") || strings.Contains(c.name, "nobody") || strings.Contains(c.name, "too long"); none != (len(want) == 0) {
			t.Errorf("%s: %d", c.name, len(want))
		}
		var got []uint64
		for cursor, more := "", true; more; {
			page, err := s.Queue(c.staff, c.filter, cursor, 7)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range page.Rows {
				got = append(got, a.ID)
			}
			cursor, more = page.Next, page.Next != ""
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %d in the list, want %d in the order of the queue", c.name, len(got), len(want))
		}
		for _, backwards := range []bool{false, true} {
			if backwards {
				slices.Reverse(want)
			}
			var walked []uint64
			for from := uint64(0); ; {
				next, _, err := s.Beside(c.staff, c.filter, from, backwards, func(uint64) bool { return false })
				if err != nil {
					t.Fatal(err)
				}
				if next == 0 {
					break
				}
				walked, from = append(walked, next), next
			}
			if !slices.Equal(walked, want) {
				t.Errorf("%s, backwards %v: walked past %d, want all %d in order", c.name, backwards, len(walked), len(want))
			}
		}
	}
}

// TestBesideADecided starts from one that has left the list: the walk goes on
// where it stood.
func TestBesideADecided(t *testing.T) {
	s := crowded(t, 100)
	pending := Filter{Status: reissue.Pending}
	page, err := s.Queue(clerk(), pending, "", 5)
	if err != nil {
		t.Fatal(err)
	}
	decided := page.Rows[2]
	decided.Status = reissue.Approved
	s.db.Update(func(tx *bolt.Tx) error { return applications.put(tx, decided) })
	none := func(uint64) bool { return false }
	if next, _, _ := s.Beside(clerk(), pending, decided.ID, false, none); next != page.Rows[3].ID {
		t.Errorf("next is %d, want %d", next, page.Rows[3].ID)
	}
	if previous, _, _ := s.Beside(clerk(), pending, decided.ID, true, none); previous != page.Rows[1].ID {
		t.Errorf("previous is %d, want %d", previous, page.Rows[1].ID)
	}
	skip := func(id uint64) bool { return id == page.Rows[3].ID }
	if next, _, _ := s.Beside(clerk(), pending, decided.ID, false, skip); next != page.Rows[4].ID {
		t.Errorf("past a colleague's, next is %d, want %d", next, page.Rows[4].ID)
	}
}

func TestStatisticsAreChecked(t *testing.T) {
	s := crowded(t, 90)
	found := func() (list []Finding) {
		s.db.View(func(tx *bolt.Tx) error {
			checkStatistics(tx, &examination{ctx: t.Context(), report: func(f Finding) { list = append(list, f) }})
			return nil
		})
		return list
	}
	if list := found(); len(list) != 0 {
		t.Fatalf("a sound file: %v", list)
	}
	desk, err := s.Desk(&reissue.Staff{Cities: []string{"第3市"}})
	if err != nil || len(desk.Cities) != 1 || desk.Cities[0].Name != "第3" || desk.Oldest == 0 || len(desk.Months) != 12 || desk.Months[11].Month != "202611" {
		t.Errorf("a city's reviewer sees %+v, %v", desk, err)
	}
	s.db.Update(func(tx *bolt.Tx) error {
		a, err := applications.get(tx, key(reissue.NewNumber(2026, 1)))
		if err != nil {
			return err
		}
		a.Status = reissue.Withdrawn // behind the counters' back
		a.History[0].Act = reissue.ActWithdraw
		return applications.put(tx, a)
	})
	if list := found(); len(list) != 2 {
		t.Errorf("a wrong tally and a wrong day: %v", list)
	}
}
