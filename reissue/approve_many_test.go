package reissue

import (
	"errors"
	"testing"
)

// TestApproveAmong: what speaks against approval keeps one of many from it, a hint does
// not; the state and the role are told before, and what cannot be looked up stands
// against it.
func TestApproveAmong(t *testing.T) {
	hint, serious, broken := Mark{Word: "第 2 次"}, Mark{Word: "同一照片", Serious: true}, errors.New("broken")
	for _, c := range []struct {
		why    string
		status Status
		by     Actor
		marks  []Mark
		fails  error
		want   error
	}{
		{"nothing to look at", Pending, reviewer, nil, nil, nil},
		{"a hint", Pending, reviewer, []Mark{hint}, nil, nil},
		{"one that speaks against it", Pending, reviewer, []Mark{hint, serious}, nil, &MarkedError{}},
		{"decided already", Returned, reviewer, []Mark{serious}, nil, ErrState},
		{"nobody's to decide", Pending, Candidate(1), []Mark{serious}, nil, ErrRole},
		{"marks that cannot be read", Pending, reviewer, nil, broken, broken},
	} {
		a := &Application{Status: c.status}
		err := a.ApproveAmong(c.by, now, "", Grounds{Account: &Account{}, Marks: func() ([]Mark, error) { return c.marks, c.fails }})
		marked, ok := errors.AsType[*MarkedError](err)
		if _, want := c.want.(*MarkedError); want {
			if !ok || len(marked.Marks) != 2 || a.Status != Pending {
				t.Errorf("%s: %v", c.why, err)
			}
		} else if !errors.Is(err, c.want) || ok || (err == nil) != (a.Status == Approved) {
			t.Errorf("%s: %v, %s", c.why, err, a.Status)
		}
	}
}
