package store

import (
	"certreissue/reissue"
)

// rebuildCorrections makes a record anew for each line that says of itself that it was
// corrected or withdrawn by hand, where none is left: what it was before is lost, but
// its import is still not taken back over it.
func (r *repair) rebuildCorrections(tx *txn) error {
	var list []*reissue.Correction
	for c, err := range certificates.all(tx.Tx) {
		if err != nil {
			return err
		}
		if c.Corrected == 0 && c.Withdrawn == 0 {
			continue
		}
		standing, err := correctionsOf(tx.Tx, c.ID)
		if err != nil {
			return err
		}
		if len(standing) > 0 {
			continue
		}
		correction := &reissue.Correction{Certificate: c.ID, At: c.Corrected, Act: reissue.CorrectLine, Before: *c, After: *c}
		if c.Withdrawn != 0 {
			correction.At, correction.Act, correction.Before.Withdrawn = c.Withdrawn, reissue.WithdrawLine, 0
		}
		list = append(list, correction)
	}
	for _, correction := range list {
		var err error
		if correction.ID, err = corrections.next(tx.Tx); err != nil {
			return err
		}
		r.say(findRebuilt(corrections.name, key(correction.ID)))
		if err := corrections.put(tx.Tx, correction); err != nil {
			return err
		}
	}
	return nil
}
