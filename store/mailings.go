package store

import (
	"context"
	"errors"
	"fmt"

	"certreissue/reissue"
)

// The columns of the list of what 证书邮寄系统 has sent.
const (
	ColumnMailedNumber = "申请编号"
	ColumnTracking     = "运单号"
)

// MailingRow is one line of that list.
type MailingRow struct {
	Line        int
	Application uint64
	Tracking    string
}

// mailingsAtOnce is how many lines are stored in one transaction.
const mailingsAtOnce = 100

// ImportMailings marks applications as mailed, line by line: the same list can
// be taken in again. A line whose application is not ready is rejected, one
// that says what is known already is unchanged.
func (s *Store) ImportMailings(ctx context.Context, staff *reissue.Staff, rows []MailingRow, load Load) (counts Counts, err error) {
	counts.Rejected = load.Broken
	for start := 0; start < len(rows); start += mailingsAtOnce {
		if err := ctx.Err(); err != nil {
			return counts, err
		}
		part := rows[start:min(start+mailingsAtOnce, len(rows))]
		next := counts
		var rejects []Reject
		err := s.update(staff.Actor(), func(tx *txn) error {
			for _, row := range part {
				column, reason, changed, err := tx.mailed(staff, row)
				switch {
				case err != nil:
					return err
				case reason != "":
					next.Rejected++
					rejects = append(rejects, Reject{Line: row.Line, Column: column, Reason: reason})
				case changed:
					next.Changed++
				default:
					next.Unchanged++
				}
			}
			return nil
		})
		if err != nil {
			return counts, err
		}
		counts = next
		for _, r := range rejects {
			load.Reject(r)
		}
	}
	return counts, nil
}

// mailed marks one application, or says in which column and why not.
func (tx *txn) mailed(staff *reissue.Staff, row MailingRow) (column, reason string, changed bool, err error) {
	a, err := applicationFor(tx, staff, row.Application)
	switch {
	case isNotFound(err):
		return ColumnMailedNumber, sayNoApplication, false, nil
	case err != nil:
		return "", "", false, err
	case a.Status == reissue.Mailed && a.Tracking() == row.Tracking:
		return "", "", false, nil
	case a.Status == reissue.Mailed:
		return ColumnTracking, fmt.Sprintf(sayOtherTracking, a.Tracking()), false, nil
	}
	switch err := a.Mail(tx.by, tx.now, row.Tracking); {
	case errors.Is(err, reissue.ErrState):
		return ColumnMailedNumber, fmt.Sprintf(sayNotReady, a.Status.Word()), false, nil
	case err != nil:
		return "", "", false, err
	}
	return "", "", true, tx.record(a)
}
