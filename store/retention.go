package store

import (
	"context"

	"certreissue/reissue"
)

// forgottenAtOnce is how many photos go in one transaction.
const forgottenAtOnce = 50

// ForgetPhotos deletes the photos that the office's settings keep no longer, and
// counts them. The freed pages of the file are filled again by what comes next;
// until then only `compact` removes their bytes.
func (s *Store) ForgetPhotos(ctx context.Context) (count int, err error) {
	before := s.Settings().Retention.PhotosBefore(s.Now())
	if before == 0 {
		return 0, nil
	}
	list, err := s.photosOver(before)
	if err != nil {
		return 0, err
	}
	for start := 0; start < len(list) && ctx.Err() == nil; start += forgottenAtOnce {
		part := list[start:min(start+forgottenAtOnce, len(list))]
		gone := 0
		err := s.update(reissue.System(), func(tx *txn) error {
			for _, number := range part {
				a, err := applications.get(tx.Tx, key(number))
				if err != nil {
					return err
				}
				if !a.ForgetPhoto(tx.by, tx.now, before) { // something has happened to it meanwhile
					continue
				}
				if err := tx.Bucket(photos).Delete(key(number)); err != nil {
					return err
				}
				if err := tx.record(a); err != nil {
					return err
				}
				gone++
			}
			return nil
		})
		if err != nil {
			return count, err
		}
		count += gone
	}
	return count, ctx.Err()
}

// photosOver are the applications in an end state that have a photo and last
// changed before a moment. Those that queued after it cannot have ended before.
func (s *Store) photosOver(before reissue.Moment) (list []uint64, err error) {
	err = s.view(func(tx *txn) error {
		for _, status := range reissue.Statuses {
			if status.Open() {
				continue
			}
			prefix := facet(status, "", 0, 0)
			for entry, k := range applications.entries(tx.Tx, "queue", prefix, nil, false) {
				if reissue.Moment(id(entry[len(prefix):])) >= before {
					break
				}
				a, err := applications.get(tx.Tx, k)
				if err != nil {
					return err
				}
				if a.Photo.Given() && a.Updated < before {
					list = append(list, a.ID)
				}
			}
		}
		return nil
	})
	return list, err
}
