package store

import (
	"errors"
	"fmt"
	"slices"

	"certreissue/idcard"
	"certreissue/reissue"
)

// The columns of the spreadsheets that become lists, beside those of the register.
const (
	ColumnApplication = reissue.ColumnApplication
	ColumnTracking    = "运单号"
	ColumnNewNumber   = "新证书管理号"
)

// ListLine is a line of a spreadsheet as it was read. Of new numbers, an application may
// be named by the number of its person's paper alone.
type ListLine struct {
	Line        int
	Application uint64
	Paper       string // its number as it stands in the spreadsheet, "" where there is none
	Name        string
	Value       string
}

// CheckList tells what the lines of a spreadsheet would do, and keeps it as a list that
// can be applied. It takes every step and lets go of it: so it cannot judge otherwise
// than the list when it is applied. Lines that nothing can be done for are rejected.
func (s *Store) CheckList(staff *reissue.Staff, l *List, lines []ListLine, load Load) (counts Counts, err error) {
	var rejects []Reject
	err = s.update(staff.Actor(), func(tx *txn) error {
		for _, line := range lines {
			a, column, reason, err := tx.listed(staff, l, line)
			row := ListRow{Line: line.Line, Value: line.Value}
			if err == nil && reason == "" {
				row.Application = a.ID
				column, reason, err = tx.carryOut(staff, l, a, &row)
			}
			switch {
			case tx.leftOut(err):
				rejects = append(rejects, Reject{Line: line.Line, Column: ColumnApplication, Reason: sayRowDamaged})
				continue
			case err != nil:
				return err
			case reason != "":
				rejects = append(rejects, Reject{Line: line.Line, Column: column, Reason: reason})
				continue
			case row.Outcome == RowDone:
				row.Outcome, row.Revision = RowWaits, 0
				if row.Why, err = tx.sameParcel(staff, l, &row); err != nil {
					return err
				}
				counts.Changed++
			default:
				counts.Unchanged++
			}
			l.Rows = append(l.Rows, row)
		}
		return errDry
	})
	if !errors.Is(err, errDry) {
		return counts, err
	}
	for _, r := range rejects {
		load.Reject(r)
	}
	counts.Rejected = load.Broken + len(rejects)
	return counts, nil
}

// KeepList keeps a list that was checked, which the log tells: somebody has read a file.
func (s *Store) KeepList(staff *reissue.Staff, l *List) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		return errors.Join(tx.keepList(l), tx.audit(Audit{Act: actCheck, Object: objectList, ObjectID: l.ID}))
	})
}

// sameParcel is why somebody should look again at a row that was marked as mailed: one
// parcel for two applications, of this list or from before, may be a slip.
func (tx *txn) sameParcel(staff *reissue.Staff, l *List, row *ListRow) (why string, err error) {
	if l.Kind != ListMailings {
		return "", nil
	}
	number, _ := reissue.ParseTracking(row.Value)
	for _, k := range numberKeys(number) {
		others, err := applications.readable(tx, "number", k)
		if err != nil {
			return "", err
		}
		for _, other := range others {
			if other.ID == row.Application || other.Tracking() != number {
				continue
			}
			at := slices.IndexFunc(l.Rows, func(r ListRow) bool { return r.Application == other.ID && r.Outcome == RowWaits })
			switch {
			case at >= 0:
				return fmt.Sprintf(saySameTracking, l.Rows[at].Line, other.ID), nil
			case staff.Covers(other.Fields.City):
				return fmt.Sprintf(saySentBefore, other.ID), nil
			}
			return saySentElsewhere, nil
		}
	}
	return "", nil
}

// listed is the application that a line is about; a column and a reason where there is
// none, or it is another's.
func (tx *txn) listed(staff *reissue.Staff, l *List, line ListLine) (a *reissue.Application, column, reason string, err error) {
	number, fault := idcard.ParseRegister(line.Paper, tx.today())
	if fault != nil {
		number = idcard.Number(idcard.Normalise(line.Paper)) // of another paper, or nobody's
	}
	if line.Application != 0 {
		column = ColumnApplication
		if a, err = applicationFor(tx, staff, line.Application); isNotFound(err) {
			return nil, column, sayNoApplication, nil
		}
	} else {
		column = reissue.ColumnIDNumber
		if a, reason, err = tx.memberWith(staff, l.Batch, number); reason != "" {
			return nil, column, reason, nil
		}
	}
	switch {
	case err != nil:
		return nil, "", "", err
	case line.Paper != "" && a.Person.Number != number:
		return nil, reissue.ColumnIDNumber, sayOtherPerson, nil
	case reissue.MatchNames(line.Name, a.Fields.Name) == reissue.NamesDiffer:
		return nil, reissue.ColumnName, sayOtherName, nil
	}
	return a, "", "", nil
}

// memberWith is the one application of a batch that is of a person with the number.
func (tx *txn) memberWith(staff *reissue.Staff, batch uint64, number idcard.Number) (a *reissue.Application, reason string, err error) {
	found, err := applications.readable(tx, "person", key(number.Full()))
	found = slices.DeleteFunc(found, func(a *reissue.Application) bool { return a.Batch != batch || !staff.Covers(a.Fields.City) })
	switch {
	case err != nil:
		return nil, "", err
	case len(found) == 0:
		return nil, sayNoMember, nil
	case len(found) > 1:
		return nil, fmt.Sprintf(sayManyMembers, len(found)), nil
	}
	return found[0], "", nil
}

// carryOut does to one application what a list is for, or says in which column and why not.
func (tx *txn) carryOut(staff *reissue.Staff, l *List, a *reissue.Application, row *ListRow) (column, reason string, err error) {
	kind := listKinds[l.Kind]
	has, status := kind.has(a), a.Status
	switch {
	case l.Batch != 0 && a.Batch != l.Batch:
		return ColumnApplication, sayNotInBatch, nil
	case has == row.Value:
		row.Outcome = RowBefore
		return "", "", nil
	case has != "" && has != reissue.None:
		return kind.value, fmt.Sprintf(kind.other, has), nil
	}
	if err = tx.judge(staff, a, a.Revision, tx.with(kind.act(row.Value))); tx.leftOut(err) {
		return ColumnApplication, sayRowDamaged, nil
	}
	if err == nil {
		err = tx.record(a)
	}
	var problems reissue.Problems
	var taken *NumberTakenError
	switch {
	case errors.Is(err, reissue.ErrState):
		return ColumnApplication, fmt.Sprintf(kind.state, status.Word()), nil
	case errors.As(err, &taken):
		return kind.value, taken.Sentence(staff), nil
	case errors.As(err, &problems):
		return kind.value, problems[0].Message, nil
	case err != nil:
		return "", "", err
	}
	row.Outcome, row.Revision = RowDone, a.Revision
	return "", "", nil
}

// ApplyList carries out a list that was checked. What has moved since is judged again,
// skipped where it does not fit any more, and told. A list of which nothing waits is
// reissue.ErrState.
func (s *Store) ApplyList(staff *reissue.Staff, kind ListKind, number uint64) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		l, err := listFor(tx, staff, kind, number)
		if err != nil {
			return err
		}
		if !l.MayApply() {
			return reissue.ErrState
		}
		for i := range l.Rows {
			row := &l.Rows[i]
			if row.Outcome != RowWaits {
				continue
			}
			a, err := applicationFor(tx, staff, row.Application)
			column, reason, name := "", "", ""
			switch {
			case isNotFound(err):
				column, reason = ColumnApplication, sayNoApplication
			case tx.leftOut(err):
				column, reason = ColumnApplication, sayRowDamaged
			case err != nil:
				return err
			default:
				name = a.Fields.Name
				if column, reason, err = tx.carryOut(staff, l, a, row); err != nil {
					return err
				}
			}
			if reason != "" {
				row.Outcome, row.Why = RowSkipped, reason
				l.reject(row, name, column)
			}
		}
		l.Applied, l.AppliedBy = tx.moment, tx.by.ID
		return errors.Join(putList(tx.Tx, l), tx.audit(Audit{Act: actApply, Object: objectList, ObjectID: l.ID}))
	})
}

// reject adds a line that was good when it was checked to those that were not taken.
func (l *List) reject(row *ListRow, name, column string) {
	if len(l.Rejected) == 0 {
		return
	}
	known := map[string]string{ColumnApplication: fmt.Sprint(row.Application), reissue.ColumnName: name, listKinds[l.Kind].value: row.Value}
	header := l.Rejected[0]
	cells := make([]string, len(header))
	for i, of := range header {
		cells[i] = known[reissue.Clean(of)]
	}
	copy(cells[len(cells)-3:], []string{fmt.Sprint(row.Line), column, row.Why})
	l.Rejected = append(l.Rejected, cells)
}
