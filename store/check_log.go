package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// applicationLog is how the log agrees with the history of an application.
type applicationLog struct {
	fits    bool // a row for every change
	further bool // it knows of changes that the application does not
	differs bool // as to what was done, when, or by whom
}

func logOf(tx *bolt.Tx, a *reissue.Application) (log applicationLog, err error) {
	rows, err := audits.having(tx, "object", key(objectApplication, a.ID))
	last, changes := uint64(0), uint64(0)
	for _, row := range rows {
		switch {
		case row.Act == actRepair: // says how far the application goes that was found
			last, changes, log.differs = row.Revision, row.Revision, false
		case row.Revision != 0:
			last = row.Revision
			changes++
			if last <= uint64(len(a.History)) {
				event := &a.History[last-1]
				kind := reissue.Actor{Roles: []reissue.Role{event.Role}}.Kind()
				log.differs = log.differs || row.Act != string(event.Act) || row.By != event.By || row.Kind != kind || row.At != event.At
			}
		}
	}
	log.fits, log.further = last == a.Revision && changes == a.Revision, last > a.Revision
	return log, err
}

// checkBatchLog holds the history of a batch, which is all of staff, against the log.
func checkBatchLog(tx *bolt.Tx, b *reissue.Batch, report func(Finding)) {
	rows, err := audits.having(tx, "object", key(objectBatch, b.ID))
	rows = slices.DeleteFunc(rows, func(row *Audit) bool { return !isBatchAct(row.Act) })
	same := func(row *Audit, event reissue.BatchEvent) bool {
		return row.Act == string(event.Act) && row.By == event.By && row.Kind == "staff" && row.At == event.At
	}
	if err != nil || len(rows) != len(b.History) || slices.ContainsFunc(rows, func(row *Audit) bool {
		return !slices.ContainsFunc(b.History, func(event reissue.BatchEvent) bool { return same(row, event) })
	}) {
		report(findBatch(b.ID, sayAuditDiffers))
	}
}

func isBatchAct(act string) bool {
	return act == string(reissue.BatchMake) || slices.Contains(reissue.BatchActs, reissue.BatchAct(act))
}

// checkAudit verifies the chain from its first row to the head.
func checkAudit(tx *bolt.Tx, x *examination) {
	var previous []byte
	var last uint64
	lost := false // the row before, and its hash
	for row, err := range audits.all(tx) {
		if err != nil || !x.step(audits.name) {
			return
		}
		if row.ID != last+1 {
			x.report(findAudit(row.ID, sayChainBroken))
		}
		hash, err := rowHash(previous, *row)
		if !lost && row.Act != actLost && (err != nil || !bytes.Equal(hash, row.Hash)) {
			x.report(findAudit(row.ID, sayRowChanged))
		}
		previous, last, lost = row.Hash, row.ID, row.Act == actLost
	}
	head, err := chainHeads.get(tx)
	if err != nil && !isNotFound(err) {
		x.report(findAudit(last, sayHeadUnreadable))
	}
	if head == nil {
		head = &chainHead{}
	}
	if head.Row != last || !bytes.Equal(head.Hash, previous) {
		x.report(findAudit(last, sayChainShortened))
	}
}

// CheckHeads holds the chain against the heads that copies of the file have, files or
// folders of them: whoever takes rows off its end, or computes it anew, cannot change
// those. What is no readable copy of this file is passed over, and so is what was
// copied before the last restore: the log has gone another way since. A mirror may be
// ahead by what nobody was told of; OlderThanMirror judges that.
func (s *Store) CheckHeads(copies []string, report func(Finding)) error {
	for _, name := range copies {
		for _, path := range CopiesAt(name) {
			copied, found := s.endOf(path)
			if !found {
				continue
			}
			err := s.view(func(tx *txn) error {
				agrees, err := agreesWith(tx.Tx, copied)
				ahead := slices.Contains(mirrorNames[:], filepath.Base(path)) && !audits.has(tx.Tx, key(copied.head.Row))
				if err == nil && !agrees && !ahead {
					report(findHeadDiffers(path, copied.head.Row))
				}
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// CopiesAt are the data files of a folder, or the file itself; none where there is
// neither.
func CopiesAt(name string) []string {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil && info.IsDir():
		list, _ := filepath.Glob(filepath.Join(name, "*.db"))
		return list
	}
	return []string{name}
}

// logEnd is the end of a copy's log: its last row, and its rows of restores.
type logEnd struct {
	head     *chainHead
	restores []*Audit
}

// endOf is the end of the log of a copy of this file.
func (s *Store) endOf(path string) (end logEnd, found bool) {
	copied, err := Open(path, Options{Now: s.options.Now, ReadOnly: true})
	if err != nil {
		return end, false
	}
	defer copied.Abandon()
	onDamage(func() {
		err = copied.db.View(func(tx *bolt.Tx) (err error) {
			if end.head, err = chainHeads.get(tx); err == nil {
				end.restores, err = restoresOf(tx)
			}
			return err
		})
	}, func(damage error) { err = damage })
	return end, err == nil && copied.identity.Created == s.identity.Created
}

// restoresOf are the rows of restores, the last one at the end.
func restoresOf(tx *bolt.Tx) ([]*Audit, error) {
	rows, err := audits.having(tx, "object", key(objectFile, uint64(0)))
	return slices.DeleteFunc(rows, func(row *Audit) bool { return row.Act != actRestore }), err
}

// agreesWith tells whether the log has a copy's last row, or need not have it because
// a backup was restored after the copy was made. That the copy knows of the restore is
// told by its time alone: who computes a log anew can give rows another number.
func agreesWith(tx *bolt.Tx, copied logEnd) (bool, error) {
	row, err := audits.get(tx, key(copied.head.Row))
	if err == nil && (bytes.Equal(row.Hash, copied.head.Hash) || row.Act == actLost) {
		return true, nil
	}
	if ignoreNotFound(err) != nil {
		return false, err
	}
	restores, err := restoresOf(tx)
	if err != nil || len(restores) == 0 {
		return false, err
	}
	last := restores[len(restores)-1]
	return !slices.ContainsFunc(copied.restores, func(row *Audit) bool { return row.At == last.At }), nil
}
