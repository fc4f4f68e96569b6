package reissue

import (
	"slices"
	"time"
)

// MarkedError refuses to approve one of many that should be looked at by itself.
type MarkedError struct{ Marks []Mark }

func (e *MarkedError) Error() string { return "a mark speaks against approving it among many" }

// ApproveAmong is Approve for one of many that are picked in a list: one with a mark
// that speaks against approval is a *MarkedError.
func (a *Application) ApproveAmong(by Actor, now time.Time, note string, on Grounds) error {
	if a.Status == Pending && by.Is(RoleReviewer) {
		marks, err := on.Marks()
		if err != nil {
			return err
		}
		if slices.ContainsFunc(marks, func(mark Mark) bool { return mark.Serious }) {
			return &MarkedError{marks}
		}
	}
	return a.Approve(by, now, note, on, "")
}
