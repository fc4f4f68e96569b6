package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"certreissue/reissue"
)

// several brings two applications of the first person to the counter, and one of another.
func (o *office) several() (first, second, other uint64) {
	o.t.Helper()
	account, a := o.applied(1)
	b, err := o.Holder(account.ID).Apply(Form{FormSelf, 0}, filled(), Upload{Photo: shot(o.t, 3)})
	o.must(err)
	_, c := o.applied(2)
	for _, id := range []uint64{a.ID, b.ID, c.ID} {
		o.decide(id, approve)
	}
	o.batch(reissue.BatchLock, reissue.BatchArrive)
	return a.ID, b.ID, c.ID
}

// TestHandOutTogether: several of one person are handed out all or none, each as by itself;
// what stands against it is told of each.
func TestHandOutTogether(t *testing.T) {
	o := open(t)
	first, second, other := o.several()
	under := func(numbers map[uint64]string) Act {
		return func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
			return collectUnder(numbers[a.ID])(a, by, now, on)
		}
	}
	good := map[uint64]string{first: "N-1", second: "N-2", other: "N-3"}
	stale := Picked{second, o.state(second).Revision - 1}
	before := count(o, &audits)
	for name, try := range map[string]struct {
		staff   *reissue.Staff
		picked  []Picked
		numbers map[uint64]string
		against string // their numbers and why
	}{
		"of two people":       {clerk(), []Picked{{first, 0}, {other, 0}}, good, fmt.Sprint(other, " refused fields: ")},
		"stale":               {clerk(), []Picked{{first, 0}, stale}, good, fmt.Sprint(second, " ", reissue.ErrStale)},
		"one number for both": {clerk(), []Picked{{first, 0}, {second, 0}}, map[uint64]string{first: "N-1", second: "N-1"}, fmt.Sprint(second, " the new number is another's")},
		"of another city":     {limited(), []Picked{{first, 0}, {second, 0}}, good, "not found"},
	} {
		err := o.HandOutTogether(try.staff, try.picked, under(try.numbers))
		got := fmt.Sprint(err)
		if against, is := errors.AsType[*TogetherError](err); is {
			got = fmt.Sprint(against.Each[0].ID, " ", against.Each[0].Err)
			if len(against.Each) != 1 {
				t.Errorf("%s: %d stand against it", name, len(against.Each))
			}
		}
		if got != try.against {
			t.Errorf("%s: %s, want %s", name, got, try.against)
		}
	}
	if now := count(o, &audits); now != before || o.state(first).Status != reissue.Ready || o.state(second).Status != reissue.Ready {
		t.Errorf("what was refused has left %d rows in the log, %s, %s", now-before, o.state(first).Status, o.state(second).Status)
	}

	o.must(o.HandOutTogether(clerk(), []Picked{{second, o.state(second).Revision}, {first, 0}}, under(good)))
	for id, number := range map[uint64]string{first: "N-1", second: "N-2"} {
		if a := o.state(id); a.Status != reissue.HandedOut || a.NewNumber() != number || a.Revision != uint64(len(a.History)) {
			t.Errorf("%d: %s under %q", id, a.Status, a.NewNumber())
		}
	}
	if now := count(o, &audits); now != before+2 {
		t.Errorf("%d rows in the log, want 2", now-before)
	}
	// The second of the same form, and what was collected, is in another state; both are told.
	against, is := errors.AsType[*TogetherError](o.HandOutTogether(clerk(), []Picked{{first, 0}, {second, 0}}, under(good)))
	if !is || len(against.Each) != 2 || !errors.Is(against.Each[1].Err, reissue.ErrState) || against.Each[1].Status != reissue.HandedOut {
		t.Errorf("handed out again: %+v", against)
	}
	if found := o.findings(); len(found) > 0 {
		t.Errorf("check finds %v", found)
	}
}

// TestReadyBeside: what is ready of a person, as staff of a city see it.
func TestReadyBeside(t *testing.T) {
	o := open(t)
	first, second, other := o.several()
	a, ready, err := o.ReadyBeside(clerk(), second)
	o.must(err)
	if a.ID != second || len(ready.List) != 2 || ready.List[0].ID != first || ready.List[1].ID != second || len(ready.Elsewhere) != 0 {
		t.Errorf("beside %d: %v, %v", second, ready.List, ready.Elsewhere)
	}
	o.decide(first, collectUnder("N-1"))
	if _, ready, err = o.ReadyBeside(clerk(), first); err != nil || len(ready.List) != 1 || ready.List[0].ID != second {
		t.Errorf("beside what was collected: %v, %v", ready.List, err)
	}
	if _, _, err := o.ReadyBeside(limited(), other); !errors.Is(err, reissue.ErrNotFound) {
		t.Errorf("of another city: %v", err)
	}
	for number, want := range map[reissue.Person]int{human(1): 1, human(9): 0} {
		if cities, err := o.ServedBy(limited(), number.Number); err != nil || len(cities) != want {
			t.Errorf("%s is served by %v, %v", number.Number, cities, err)
		}
	}
}
