package sample

import (
	"cmp"
	"context"
	"fmt"
	"hash/crc32"
	"image/color"
	"slices"
	"time"

	"certreissue/photo"
	"certreissue/reissue"
	"certreissue/store"
)

// stage is where the sample is acted: a new data file with a clock of its own,
// which moves from one step to the next and never back.
type stage struct {
	store    *store.Store
	calendar calendar
	clock    time.Time
	digests  digests
	cast     map[string]*person
	accounts map[string]uint64 // by key of the cast
	staff    map[string]*reissue.Staff
	photos   map[picture]photo.Checked
	steps    []step
}

// step is one thing that happens, at its time.
type step struct {
	at time.Time
	do func() error
}

// add notes a step for a minute of a day so many days before today.
func (s *stage) add(ago, minute int, do func() error) {
	s.steps = append(s.steps, step{s.calendar.at(ago, minute), do})
}

// perform does all steps in the order of their times.
func (s *stage) perform(ctx context.Context, progress func(done, total int)) error {
	slices.SortStableFunc(s.steps, func(a, b step) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	for i, step := range s.steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.clock = step.at
		if err := step.do(); err != nil {
			return err
		}
		if progress != nil {
			progress(i+1, len(s.steps))
		}
	}
	return nil
}

// calendar counts back from now, the time at which the sample ends.
type calendar struct{ now time.Time }

const dayMinutes = 24 * 60

// at is a minute of a day so many days ago. Today has only come as far as now:
// its minutes are shortened, so that all of them have passed.
func (c calendar) at(ago, minute int) time.Time {
	here := reissue.At(c.now).Time()
	midnight := time.Date(here.Year(), here.Month(), here.Day(), 0, 0, 0, 0, here.Location())
	if ago == 0 {
		return midnight.Add(here.Sub(midnight) * time.Duration(minute) / dayMinutes)
	}
	return midnight.AddDate(0, 0, -ago).Add(time.Duration(minute) * time.Minute)
}

// office is a minute of the working day, another one for each n.
func office(n int) int { return 9*60 + n*97%480 }

// picture names a drawn photo: whose face, before which wall.
type picture struct {
	face   string
	female bool
	wall   color.Gray
}

var (
	whiteWall = color.Gray{255}
	dimWall   = color.Gray{216} // passes with a hint
)

// photo draws a picture and checks it as an upload is checked. Faces can be
// shared; each is drawn once.
func (s *stage) photo(p picture) (photo.Checked, error) {
	if checked, ok := s.photos[p]; ok {
		return checked, nil
	}
	jpeg := Portrait(int64(crc32.ChecksumIEEE([]byte(p.face))), p.female, p.wall)
	checked, findings := photo.CheckFile("portrait.jpg", jpeg, photo.DefaultLimits())
	if checked.IsZero() {
		return checked, fmt.Errorf("portrait of %s: %v", p.face, findings)
	}
	s.photos[p] = checked
	return checked, nil
}
