package store

import (
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// clockSlack is by how much a clock may be set back unseen: clocks are corrected.
const clockSlack = time.Hour

// noteNewest keeps in mind the last thing that the file knew when it was opened. What
// is done later is done under the clock of now.
func (s *Store) noteNewest(tx *bolt.Tx) {
	s.newest = max(s.identity.Created, s.identity.LastNight)
	if head, err := chainHeads.get(tx); err == nil {
		if row, err := audits.get(tx, key(head.Row)); err == nil {
			s.newest = max(s.newest, row.At)
		}
	}
}

// ClockBehind is a moment that is still to come by the clock, and had passed when the
// file was used before; 0 for none.
func (s *Store) ClockBehind() reissue.Moment {
	if s.newest <= reissue.At(s.Now().Add(clockSlack)) {
		return 0
	}
	return s.newest
}
