package store

import (
	"context"

	"certreissue/reissue"
)

// Report is what was done on some days to the applications of a staff member's cities.
type Report struct {
	*reissue.Report
	// Forgotten is what was done on these days, in the whole office, to applications that
	// were deleted since: the report has nothing of it but this.
	Forgotten Day
	Damaged   bool // some record could not be read, and is not in the report
}

// Report reads all applications that came until the last of the days, some at a time:
// no transaction is held for long, and who asked may have gone meanwhile.
func (s *Store) Report(ctx context.Context, staff *reissue.Staff, days Days) (*Report, error) {
	r := &Report{Report: reissue.NewReport(days.From, days.To, s.Settings())}
	if err := s.view(r.recall); err != nil {
		return nil, err
	}
	in := span{index: "submitted"}
	_, in.to = days.bounds()
	for cursor, more := "", true; more; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var page Page[reissue.Application]
		err := s.view(func(tx *txn) (err error) {
			page, err = applications.page(tx, in, cursor, eachRows, func(a *reissue.Application) bool { return staff.Covers(a.Fields.City) })
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, a := range page.Rows {
			r.Add(a)
		}
		r.Damaged = r.Damaged || page.Damaged != nil
		cursor, more = page.Next, page.Next != ""
	}
	return r, nil
}

// recall counts what was done to applications that are no more.
func (r *Report) recall(tx *txn) error {
	for day, err := range forgottenDays.from(tx.Tx, key(dateNumber(r.From))) {
		if err != nil {
			return err
		}
		if day.Date > dateNumber(r.To) {
			break
		}
		for act, n := range day.Acts {
			addCount(&r.Forgotten.Acts, act, n)
		}
	}
	return nil
}
