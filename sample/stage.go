package sample

import (
	"cmp"
	"context"
	"fmt"
	"hash/crc32"
	"image/color"
	"runtime"
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
	steps    []step
	photo    photo.Checked // that the step under way submits
}

// step is one thing that happens, at its time.
type step struct {
	at    time.Time
	do    func() error
	photo *picture // to draw for it; nil for none
}

// add notes a step for a minute of a day so many days before today.
func (s *stage) add(ago, minute int, do func() error) { s.addWith(nil, ago, minute, do) }

// addWith is add for a step that submits a photo, if any.
func (s *stage) addWith(photo *picture, ago, minute int, do func() error) {
	s.steps = append(s.steps, step{s.calendar.at(ago, minute), do, photo})
}

// perform does all steps in the order of their times.
func (s *stage) perform(ctx context.Context, progress func(done, total int)) error {
	slices.SortStableFunc(s.steps, func(a, b step) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	photos := s.draw(ctx)
	for i, step := range s.steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.clock, s.photo = step.at, photo.Checked{}
		if step.photo != nil {
			next, ok := <-photos
			if !ok {
				return ctx.Err()
			}
			drawn := <-next
			if drawn.err != nil {
				return drawn.err
			}
			s.photo = drawn.Checked
		}
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

// drawn is a picture as an upload is taken.
type drawn struct {
	photo.Checked
	err error
}

// draw draws the pictures of the steps in their order, a few ahead on all cores:
// drawing and checking take longer than all else together.
func (s *stage) draw(ctx context.Context) <-chan chan drawn {
	photos := make(chan chan drawn, runtime.GOMAXPROCS(0))
	go func() {
		defer close(photos)
		for _, step := range s.steps {
			if step.photo == nil {
				continue
			}
			next := make(chan drawn, 1)
			select {
			case photos <- next:
			case <-ctx.Done():
				return
			}
			go func() { next <- step.photo.draw() }()
		}
	}()
	return photos
}

// draw draws the picture and checks it as an upload is checked.
func (p *picture) draw() drawn {
	jpeg := Portrait(int64(crc32.ChecksumIEEE([]byte(p.face))), p.female, p.wall)
	checked, findings := photo.CheckFile("portrait.jpg", jpeg, photo.DefaultLimits())
	if checked.IsZero() {
		return drawn{err: fmt.Errorf("portrait of %s: %v", p.face, findings)}
	}
	return drawn{Checked: checked}
}
