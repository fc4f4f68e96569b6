// Package sample makes the data of the demo, of tests and of rehearsals: invented
// people with drawn photos, a register, and applications in every state. All of
// it goes through the store's own methods, on a clock that starts in the past.
package sample

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// Make makes a data file at path, which must not exist yet, with people, a
// register and applications in every state, so that every screen has something
// to show, and extra more people with an application each for a rehearsal. The
// sample has grown over the year before now; nothing in it is later. Two calls
// with one now tell the same story.
//
// The file appears whole, closed cleanly, or not at all. progress, if any, is
// told the steps done.
func Make(ctx context.Context, path string, extra int, now time.Time, progress func(done, total int)) (err error) {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("sample: %s: %w", path, fs.ErrExist)
	}
	if err := store.MayCreate(path); err != nil {
		return err
	}
	folder, err := os.MkdirTemp(filepath.Dir(path), filepath.Base(path)+".making-*")
	if err != nil {
		return store.WriteError(path, err)
	}
	defer os.RemoveAll(folder)
	draft := filepath.Join(folder, "demo.db")
	s := &stage{calendar: calendar{now}, digests: newDigests(), cast: cast(),
		accounts: map[string]uint64{}, staff: map[string]*reissue.Staff{}}
	if err := s.plan(ctx, extra); err != nil {
		return err
	}
	s.clock = s.calendar.at(openingDay, 0)
	s.store, err = store.Open(draft, store.Options{Create: true, Demo: true, MailAtOnce: true, Now: func() time.Time { return s.clock }})
	if err != nil {
		return err
	}
	if err := errors.Join(s.perform(ctx, progress), s.store.Close()); err != nil {
		return err
	}
	return store.NameNew(draft, path)
}

// plan notes everything that is going to happen.
func (s *stage) plan(ctx context.Context, extra int) error {
	lines, more := s.gather(extra)
	s.openOffice(ctx, lines)
	told := append(stories[:len(stories):len(stories)], more...)

	joins := map[string]int{} // who opens an account, and how many days ago
	for _, l := range logins {
		joins[l.who] = 40
	}
	for i := range told {
		st := &told[i]
		joins[st.who] = max(joins[st.who], st.ago+1)
		if err := s.tell(i, st); err != nil {
			return err
		}
	}
	s.makeBatches()
	s.add(0, dayMinutes, s.bounce)
	s.add(0, dayMinutes, s.lockOut)
	// Before the list that knows her by another name.
	joins["李虹梅"] = certificates25 + 10
	for _, p := range people {
		if ago := joins[p.name]; ago > 0 && p.mailing == "" {
			s.add(ago, office(ago), func() error { return s.register(p.name) })
		}
	}
	return nil
}
