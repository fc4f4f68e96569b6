package reissue

import (
	"slices"
	"testing"
)

// TestNewNumber: a new number comes with the collection and goes with it, and what
// was collected before there was a place for it still has one.
func TestNewNumber(t *testing.T) {
	a := Application{Status: Ready, Reissued: "N-0"}
	for _, step := range []struct {
		name string
		do   func() error
		want string
		was  []string
	}{
		{"collected", func() error { return a.HandOut(reviewer, now, Collection{NewNumber: "N-1"}) }, "N-1", []string{"N-0"}},
		{"of another", func() error { return a.CorrectHandOut(reviewer, now, "认错人") }, "N-0", []string{"N-1"}},
		{"under the number that it has", func() error { return a.HandOut(reviewer, now, Collection{NewNumber: "N-0"}) }, "N-0", nil},
		{"which stays", func() error { return a.CorrectHandOut(reviewer, now, "认错人") }, "N-0", nil},
		{"mailed", func() error { return a.Mail(reviewer, now, "EMS1") }, "N-0", nil},
	} {
		if err := step.do(); err != nil {
			t.Fatal(step.name, err)
		}
		if last := a.History[len(a.History)-1]; a.NewNumber() != step.want || !slices.Equal(last.Was, step.was) || len(last.Changed) != len(step.was) {
			t.Errorf("%s: %q, %+v", step.name, a.NewNumber(), last)
		}
	}
	old := Application{Status: HandedOut, History: []Event{{Act: ActHandOut, Status: HandedOut, Collection: &Collection{NewNumber: "N-2"}}}}
	if old.NewNumber() != "N-2" {
		t.Errorf("an older file's: %q", old.NewNumber())
	}
	if err := old.CorrectHandOut(reviewer, now, "认错人"); err != nil || old.NewNumber() != "" {
		t.Errorf("an older file's collection, corrected: %q, %v", old.NewNumber(), err)
	}
}

// TestParting: how a certificate left stands behind what happens to its application later.
func TestParting(t *testing.T) {
	sent := Application{Status: Mailed, History: []Event{{Act: ActMail, Note: "EMS1"}, {Act: ActForgetPhoto}}}
	if sent.Tracking() != "EMS1" || sent.Collected() != nil {
		t.Errorf("mailed: %q, %v", sent.Tracking(), sent.Collected())
	}
	given := Application{Status: HandedOut, History: []Event{{Act: ActMail, Note: "EMS1"}, {Act: ActHandOut, Collection: &Collection{}}, {Act: ActForgetPhoto}}}
	if given.Tracking() != "" || given.Collected() == nil {
		t.Errorf("collected: %q, %v", given.Tracking(), given.Collected())
	}
	if back := (Application{Status: Ready, History: given.History}); back.Parting() != nil {
		t.Error("what is at the office has left it")
	}
}
