package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"certreissue/idcard"
	"certreissue/password"
	"certreissue/reissue"
	"certreissue/sample"
	"certreissue/store"
)

// weight is how much it matters what the doctor found; its text begins the line.
type weight string

// The doctor looks at what check does not: not whether the data is sound, but
// whether the service around it is safe and will last. Each thing it looks at
// has one line, and those that must be mended make the exit code 1.
type doctor struct {
	st      *store.Store
	serving *serving // nil while no service runs
	to      io.Writer
	mend    bool // whether something must be mended
}

func (p *program) doctor(ctx context.Context, args []string) error {
	f := newFlags("doctor")
	if _, err := f.parse(args, 0, 0); err != nil {
		return err
	}
	return p.withData(ctx, f.data, false, task{Do: "doctor"}, hands{})
}

// examine has the doctor look at everything, in the order of its lines.
func examine(st *store.Store, h hands) error {
	d := &doctor{st: st, serving: h.serving, to: h.say}
	for _, look := range []func() error{d.rights, d.connection, d.address, d.clock, d.disk, d.copies, d.samples, d.staff, d.settings} {
		if err := look(); err != nil {
			return err
		}
	}
	if d.mend {
		return exitError(exitFailed)
	}
	return nil
}

func (d *doctor) say(w weight, subject, sentence string) {
	d.mend = d.mend || w == mend
	fmt.Fprintf(d.to, "%s  %s：%s\n", w, subject, sentence)
}

// rights looks at who can read what lies on the disk.
func (d *doctor) rights() error {
	if runtime.GOOS == "windows" {
		d.say(hint, lookRights, sayWindowsRights)
		return nil
	}
	path := d.st.Path()
	folder, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return err
	}
	loose := openToOthers(path)
	if mode := folder.Mode(); mode.Perm()&0o022 != 0 && mode&fs.ModeSticky == 0 {
		loose = append(loose, sayOpenFolder(filepath.Dir(path), mode))
	}
	for _, sentence := range loose {
		d.say(mend, lookRights, sentence)
	}
	if len(loose) == 0 {
		d.say(good, lookRights, sayRightsGood(path))
	}
	return nil
}

// openToOthers says what of a data file, and of what the service keeps beside it
// under names that begin alike, others than the owner can reach, and the command
// against it.
func openToOthers(data string) (sentences []string) {
	if runtime.GOOS == "windows" {
		return nil
	}
	// A folder that cannot be listed has been said by whoever opened the file.
	entries, _ := os.ReadDir(filepath.Dir(data))
	for _, entry := range entries {
		path := filepath.Join(filepath.Dir(data), entry.Name())
		info, err := os.Stat(path)
		if err == nil && strings.HasPrefix(entry.Name(), filepath.Base(data)) && info.Mode().Perm()&0o077 != 0 {
			sentences = append(sentences, sayOpenFile(path, info.Mode()))
		}
	}
	return sentences
}

// built is when the program's source was committed; zero where it does not know.
func built() (at time.Time) {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			if setting.Key == "vcs.time" {
				at, _ = time.Parse(time.RFC3339, setting.Value)
			}
		}
	}
	return at
}

// clock compares the machine's time with what has certainly passed.
func (d *doctor) clock() error {
	now := d.st.Now()
	last, err := d.st.AuditRows(store.AuditFilter{}, "", 1)
	if err != nil {
		return err
	}
	switch {
	case now.Before(built()):
		d.say(mend, lookClock, sayClockBeforeBuild(now, built()))
	case len(last.Rows) > 0 && reissue.At(now.Add(time.Minute)) < last.Rows[0].At:
		d.say(mend, lookClock, sayClockBeforeRow(now, last.Rows[0].At.Time()))
	default:
		d.say(good, lookClock, sayClock(now))
	}
	return nil
}

// disk asks for room for what is written whole beside the file: a backup, or the
// file itself when it is compacted or restored.
func (d *doctor) disk() error {
	info, err := os.Stat(d.st.Path())
	if err != nil {
		return err
	}
	free, err := freeSpace(filepath.Dir(d.st.Path()))
	if err != nil {
		return err
	}
	const spare = 256 << 20
	switch size := uint64(info.Size()); {
	case free < size+spare:
		d.say(mend, lookDisk, sayDiskSmall(free, size))
	case free < 3*size+4*spare:
		d.say(hint, lookDisk, sayDiskSmall(free, size))
	default:
		d.say(good, lookDisk, sayDisk(free, size))
	}
	return nil
}

func (d *doctor) copies() error {
	list, err := d.st.Copies()
	switch now := d.st.Now(); {
	case err != nil:
		return err
	case d.st.IsDemo():
	case len(list) == 0 && d.st.WasServed():
		d.say(mend, lookCopies, sayNoCopy)
	case len(list) == 0:
		d.say(hint, lookCopies, sayNoCopyYet)
	case list[0].Made > reissue.At(now):
		d.say(mend, lookCopies, sayCopyAhead(list[0].Made.Time()))
	case reissue.BackupTooOld(list[0].Made, now):
		d.say(mend, lookCopies, sayOldCopy(list[0].Made.Time()))
	default:
		d.say(good, lookCopies, sayCopy(list[0].Made.Time()))
	}
	return nil
}

// samples looks for what belongs to a demo, whose passwords are published.
func (d *doctor) samples() error {
	if d.st.IsDemo() {
		d.say(mend, lookSamples, sayDemoData)
		return nil
	}
	found := false
	for _, login := range sample.Logins() {
		stored, err := d.storedPassword(login)
		if errors.Is(err, reissue.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if same, _ := password.Verify(stored, login.Password); same {
			found = true
			d.say(mend, lookSamples, saySampleLogin(login))
		}
	}
	if !found {
		d.say(good, lookSamples, sayNoSamples)
	}
	return nil
}

func (d *doctor) storedPassword(login sample.Login) (string, error) {
	if login.Office {
		staff, err := d.st.StaffByName(login.Username)
		if err != nil || staff.Disabled {
			return "", errors.Join(err, reissue.ErrNotFound)
		}
		return staff.Password, nil
	}
	account, err := d.st.AccountByNumber(idcard.Number(login.Username))
	if err != nil {
		return "", err
	}
	return account.Password, nil
}

func (d *doctor) staff() error {
	list, err := d.st.AllStaff()
	if err != nil {
		return err
	}
	admins := 0
	var waiting, single []string
	for _, s := range list {
		if s.Administers() {
			admins++
			if !s.Factor.On() {
				single = append(single, s.Name)
			}
		}
		if s.MustChange && !s.Disabled {
			waiting = append(waiting, s.Name)
		}
	}
	switch admins {
	case 0:
		d.say(mend, lookStaff, sayNoAdmin)
	case 1:
		d.say(hint, lookStaff, sayOneAdmin)
	default:
		d.say(good, lookStaff, sayAdmins(admins))
	}
	if len(waiting) > 0 {
		d.say(hint, lookStaff, sayUnusedPasswords(waiting))
	}
	if len(single) > 0 {
		d.say(hint, lookFactor, sayNoFactor(single))
	}
	return nil
}
