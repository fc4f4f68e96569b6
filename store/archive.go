package store

import (
	"maps"
	"slices"
	"time"

	"certreissue/reissue"
)

// Archive says which applications are put away together: those of a year, by their
// submission, or the members of a batch.
type Archive struct {
	Year  int
	Batch uint64
}

// archived is when each year was last put away as a whole.
type archived struct {
	Years map[int]reissue.Moment `cbor:"1,keyasint"`
}

var archives = single[archived]{"archived"}

// archivedYears is the record, empty where nothing was put away yet, or nobody can tell.
func archivedYears(tx *txn) (*archived, error) {
	a, err := archives.get(tx.Tx)
	if isNotFound(err) || tx.leftOut(err) {
		return &archived{Years: map[int]reissue.Moment{}}, nil
	}
	return a, err
}

// InArchive are the numbers of an archive's applications that are of a staff member's
// cities, in their order; none is reissue.ErrNotFound.
func (s *Store) InArchive(staff *reissue.Staff, of Archive) (numbers []uint64, err error) {
	err = s.view(func(tx *txn) error {
		if of.Batch != 0 {
			if _, err := batchFor(tx, staff, of.Batch); err != nil {
				return err
			}
		}
		index, prefix, after, end := "batch", key(of.Batch), []byte(nil), ^uint64(0)
		if of.Batch == 0 {
			index, prefix, after, end = "", nil, key(reissue.NewNumber(of.Year, 0)), reissue.NewNumber(of.Year+1, 0)
		}
		for _, k := range applications.entries(tx.Tx, index, prefix, after, false) {
			if id(k) >= end {
				break
			}
			if staff.Limited() {
				if _, err := applicationFor(tx, staff, id(k)); isNotFound(err) || tx.leftOut(err) {
					continue
				} else if err != nil {
					return err
				}
			}
			numbers = append(numbers, id(k))
		}
		if len(numbers) == 0 {
			return reissue.ErrNotFound
		}
		return nil
	})
	return numbers, err
}

// Filed is an application with its photo, nil where it has none, as they stand at one
// moment; reissue.ErrNotFound where it was deleted, or one of them cannot be read.
func (s *Store) Filed(staff *reissue.Staff, number uint64) (a *reissue.Application, jpeg []byte, err error) {
	err = s.view(func(tx *txn) error {
		if a, err = applicationFor(tx, staff, number); err != nil || !a.Photo.Given() {
			return err
		}
		jpeg, err = photos.get(tx.Tx, number)
		return err
	})
	if s.noteRecord(err) {
		err = reissue.ErrNotFound
	}
	return a, jpeg, err
}

// Archived marks a year as put away, once its archive is whole. since is when that was
// begun: what has changed meanwhile may not be in it. A batch, and what somebody's cities
// limit, is no year.
func (s *Store) Archived(staff *reissue.Staff, of Archive, since reissue.Moment) error {
	if of.Batch != 0 || staff.Limited() {
		return nil
	}
	return s.update(staff.Actor(), func(tx *txn) error {
		years, err := archivedYears(tx)
		if err != nil {
			return err
		}
		years.Years[of.Year] = max(years.Years[of.Year], since)
		return archives.put(tx.Tx, years)
	})
}

// ArchiveYear is what there is of a year, and when it was last put away.
type ArchiveYear struct {
	Year, Applications, Photos int
	Taken                      reissue.Moment
}

// ArchiveYears are the years of which there is something in a staff member's cities, the
// latest first. They are counted by keys alone.
func (s *Store) ArchiveYears(staff *reissue.Staff) (list []ArchiveYear, err error) {
	err = s.view(func(tx *txn) error {
		taken, err := archivedYears(tx)
		if err != nil {
			return err
		}
		years := map[int]ArchiveYear{}
		cities := []string{""}
		if staff.Limited() {
			cities = staff.Cities
		}
		for _, city := range cities {
			for _, k := range applications.entries(tx.Tx, "queue", facet("", city, 0, 0), nil, false) {
				year, _ := reissue.SplitNumber(id(k))
				y := years[year]
				y.Year, y.Taken = year, taken.Years[year]
				y.Applications++
				if photos.has(tx.Tx, id(k)) {
					y.Photos++
				}
				years[year] = y
			}
		}
		list = slices.SortedFunc(maps.Values(years), func(a, b ArchiveYear) int { return b.Year - a.Year })
		return nil
	})
	return list, err
}

// What is deleted within a week should be put away now. It is looked for among so many
// at most.
const (
	leavesSoon  = 7 * 24 * time.Hour
	leavingSeen = 1000
)

// Leaving are the years of which the coming week deletes applications or photos that no
// archive of the year has.
func (s *Store) Leaving() (years []int, err error) {
	kept, soon := s.Settings().Retention, s.Now().Add(leavesSoon)
	err = s.view(func(tx *txn) error {
		years, err = leaving(tx, kept, soon)
		return err
	})
	return years, err
}

// WouldLeave is Leaving for what a night would delete now if things were kept as long as
// kept says.
func (s *Store) WouldLeave(kept reissue.Retention) (years []int, err error) {
	err = s.view(func(tx *txn) error {
		years, err = leaving(tx, kept, tx.now)
		return err
	})
	return years, err
}

func leaving(tx *txn, kept reissue.Retention, now time.Time) ([]int, error) {
	limit := max(kept.PhotosBefore(now), kept.ApplicationsBefore(now))
	if limit == 0 {
		return nil, nil
	}
	taken, err := archivedYears(tx)
	if err != nil {
		return nil, err
	}
	years := map[int]bool{}
	for _, status := range reissue.Statuses {
		if status.Open() {
			continue
		}
		prefix, seen := facet(status, "", 0, 0), 0
		for _, k := range applications.entries(tx.Tx, "queue", prefix, append(slices.Clone(prefix), key(limit)...), true) {
			if seen++; seen > leavingSeen {
				break
			}
			a, err := applications.get(tx.Tx, k)
			if tx.leftOut(err) {
				continue
			}
			if err != nil {
				return nil, err
			}
			goes := a.EndedBefore(kept.ApplicationsBefore(now)) || a.Photo.Given() && a.EndedBefore(kept.PhotosBefore(now))
			if year, _ := reissue.SplitNumber(a.ID); goes && !a.EndedBefore(taken.Years[year]) {
				years[year] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(years)), nil
}
