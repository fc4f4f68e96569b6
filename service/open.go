package service

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"certreissue/doctor"
	"certreissue/reissue"
	"certreissue/store"
)

// Open opens a data file for a command or a service. One that was not closed
// cleanly is checked first, in a child process: a fault in it must not take this
// one along.
func (s *Service) Open(ctx context.Context, data string, options store.Options) (*store.Store, error) {
	options.Now = s.Now
	for {
		missing, unclean, err := peek(data)
		if err != nil {
			return nil, err
		}
		if unclean {
			fmt.Fprintln(s.Out, sayChecking(data))
			if err := s.CheckInChild(ctx, data, filepath.Dir(store.Resolve(data))); err != nil {
				return nil, err
			}
		}
		st, err := store.Open(data, options)
		if err != nil {
			return nil, err
		}
		if st.Unclean() && !unclean {
			// Somebody was killed over it between the look and the opening.
			st.Abandon()
			continue
		}
		if missing {
			fmt.Fprintln(s.Out, SayCreated(data))
		}
		return st, nil
	}
}

// peek is store.Peek, for which a missing file is no error.
func peek(data string) (missing, unclean bool, err error) {
	unclean, err = store.Peek(data)
	var file *store.FileError
	if errors.As(err, &file) && file.Fault == store.MissingFile {
		return true, false, nil
	}
	return false, unclean, err
}

// openToServe opens a data file that may be served in this way, and refuses
// others.
func (s *Service) openToServe(ctx context.Context, c Config) (*store.Store, error) {
	st, err := s.Open(ctx, c.Data, store.Options{Create: !c.Demo, MailAtOnce: c.Demo})
	if err != nil {
		return nil, HeldBy(c.Data, err)
	}
	err = func() error {
		switch {
		case c.Demo && st.WasServed():
			return &store.FileError{Path: c.Data, Fault: store.ServedFile}
		case !c.Demo && st.IsDemo() && !reissue.Loopback(c.Addr):
			return &store.FileError{Path: c.Data, Fault: store.DemoFile}
		case !c.Demo && !st.IsDemo():
			return st.MarkServed()
		}
		return nil
	}()
	if err == nil {
		err = s.compactPurged(ctx, st)
	}
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	for _, sentence := range doctor.OpenToOthers(c.Data) {
		fmt.Fprintln(s.Err, sentence)
	}
	return st, nil
}

// compactPurged clears deleted records out of the free pages of the file. If it
// cannot, for want of room or whatever else, the service goes on with the file as
// it is and tries again at its next start.
func (s *Service) compactPurged(ctx context.Context, st *store.Store) error {
	purged, err := st.Purged()
	if err != nil || !purged {
		return err
	}
	fmt.Fprintln(s.Out, sayCompacting(st.Path()))
	before, after, err := st.Compact(ctx)
	switch {
	case err == nil:
		fmt.Fprintln(s.Out, SayCompacted(before, after))
	case ctx.Err() == nil:
		fmt.Fprintln(s.Out, sayNotCompacted(Sentence(err)))
	}
	return nil
}

// HeldBy names the process that has the file, where it left word.
func HeldBy(data string, err error) error {
	var file *store.FileError
	if errors.As(err, &file) && file.Fault == store.Busy {
		if running := Find(data); running != nil {
			return Refusal(sayHeldBy(data, running.PID))
		}
	}
	return err
}

// MustBeStopped refuses a data file with which a service runs, starts or stops.
func MustBeStopped(data string) error {
	if running := Find(data); running != nil {
		return Refusal(sayHeldBy(data, running.PID))
	}
	return nil
}

// SayCreated tells that a file was made, with its full path.
func SayCreated(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	return sayFileCreated(path)
}
