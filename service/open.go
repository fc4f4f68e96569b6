package service

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"certreissue/doctor"
	"certreissue/reissue"
	"certreissue/store"
)

// Open opens a data file for a command. One that was not closed cleanly is checked
// first, in a child process: a fault in it must not take this one along.
func (s *Service) Open(ctx context.Context, data string, options store.Options) (*store.Store, error) {
	st, _, err := s.open(ctx, data, options, 0, "")
	return st, err
}

// checkedFirst is up to which size, in bytes, a file is checked before it is served
// however it was stopped. A larger one makes people wait for too long.
const checkedFirst = 256 << 20

// open checks a file before it opens it, where it was not closed cleanly or is no
// larger than so many bytes. mirror is the folder of its second copy, "" for none.
// checked tells whether there is nothing left to look at.
func (s *Service) open(ctx context.Context, data string, options store.Options, upTo int64, mirror string) (st *store.Store, checked bool, err error) {
	options.Now = s.Now
	if !options.ReadOnly {
		if err := store.MustBeLocal(data); err != nil {
			return nil, false, err
		}
	}
	for {
		missing, unclean, err := peek(data)
		if err != nil {
			return nil, false, err
		}
		if unclean {
			fmt.Fprintln(s.Out, sayChecking(data))
		}
		if checked = unclean || missing || small(data, upTo); checked && !missing {
			copies := []string{store.CopiesFolder(data), mirror}
			if err := s.CheckInChild(ctx, data, filepath.Dir(store.Resolve(data)), copies...); err != nil {
				return nil, false, err
			}
		}
		if st, err = store.Open(data, options); err != nil {
			return nil, false, err
		}
		if st.Unclean() && !unclean {
			// Somebody was killed over it between the look and the opening.
			st.Abandon()
			continue
		}
		if missing {
			fmt.Fprintln(s.Out, SayCreated(data))
		}
		return st, checked, nil
	}
}

func small(data string, upTo int64) bool {
	info, err := os.Stat(data)
	return err == nil && info.Size() <= upTo
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
// others. checked is as in open.
func (s *Service) openToServe(ctx context.Context, c Config, log *slog.Logger) (st *store.Store, checked bool, err error) {
	mirror := ""
	if !c.Demo && !c.MirrorReplace {
		stored := store.StoredSettings(c.Data)
		mirror = c.MirrorPlan(&stored).Folder
	}
	if mirror != "" { // opening the file would make it look newer
		if err := store.OlderThanMirror(c.Data, mirror); err != nil {
			return nil, false, err
		}
	}
	st, checked, err = s.open(ctx, c.Data, store.Options{Create: !c.Demo, Anew: c.New, MailAtOnce: c.Demo, Log: log}, checkedFirst, mirror)
	if err != nil {
		return nil, false, HeldBy(c.Data, err)
	}
	err = func() error {
		switch {
		case c.Demo && st.WasServed():
			return &store.FileError{Path: c.Data, Fault: store.ServedFile}
		case !c.Demo && st.IsDemo() && !reissue.Loopback(c.Addr):
			return &store.FileError{Path: c.Data, Fault: store.DemoFile}
		case !c.Demo && !st.IsDemo():
			if err := st.MarkServed(); !st.Full() {
				return err
			}
		}
		return nil
	}()
	if err == nil {
		err = s.compactPurged(ctx, st)
	}
	if err != nil {
		return nil, false, errors.Join(err, st.Close())
	}
	if st.Full() {
		fmt.Fprintln(s.Out, sayFull(c.Data))
	}
	for _, sentence := range doctor.OpenToOthers(c.Data) {
		fmt.Fprintln(s.Err, sentence)
	}
	return st, checked, nil
}

// MustBeMeant refuses a missing file that would be made empty, where others of ours lie
// near and nobody has said that a new one is meant.
func (c *Config) MustBeMeant() error {
	if c.Demo || c.New {
		return nil
	}
	if _, err := os.Stat(c.Data); !errors.Is(err, fs.ErrNotExist) {
		return nil // and what else is wrong with it whoever opens it says
	}
	return store.MustBeAlone(c.Data, c.Places, c.Mirror)
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
func SayCreated(path string) string { return sayFileCreated(store.FullPath(path)) }
