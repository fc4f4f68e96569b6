// Package doctor examines what a check of the data does not: not whether the data
// is sound, but whether the service around it is safe and will last.
package doctor

import (
	"errors"
	"io/fs"
	"net/netip"
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

// Patient is what is examined: an open data file, and how it is served.
type Patient struct {
	Store   *store.Store
	Service *Service // nil while none runs
}

// Service is how a running service is reached.
type Service struct {
	Addr, Data        string
	CertFile, KeyFile string
	ACMEHosts         []string // for which certificates are asked of an authority
	Secure            bool     // browsers come by TLS, its own or a proxy's
	TrustedProxies    []netip.Prefix
	PublicURL         string // of its flags; "" is the office's setting
	Mirror            store.MirrorStatus
}

// Finding is one line of the examination.
type Finding struct {
	Weight            Weight
	Subject, Sentence string
}

func (f Finding) String() string { return string(f.Weight) + "  " + f.Subject + "：" + f.Sentence }

// Weight is how much it matters what was found; its text begins the line.
type Weight string

// doctor is an examination under way.
type doctor struct {
	st       *store.Store
	service  *Service
	findings []Finding
}

// Examine looks at everything, in the order of its lines: one for each thing that
// is good, and one for each hint and each fault. An error has ended it early.
func Examine(p Patient) ([]Finding, error) {
	d := &doctor{st: p.Store, service: p.Service}
	for _, look := range []func() error{d.rights, d.writing, d.connection, d.address, d.clock, d.disk, d.data, d.copies, d.mirror, d.samples, d.staff, d.settings} {
		if err := look(); err != nil {
			return d.findings, err
		}
	}
	return d.findings, nil
}

func (d *doctor) say(w Weight, subject, sentence string) {
	d.findings = append(d.findings, Finding{w, subject, sentence})
}

// rights looks at who can read what lies on the disk.
func (d *doctor) rights() error {
	if runtime.GOOS == "windows" {
		d.say(Hint, lookRights, sayWindowsRights)
		return nil
	}
	path := d.st.Path()
	folder, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return err
	}
	loose := OpenToOthers(path)
	if mode := folder.Mode(); mode.Perm()&0o022 != 0 && mode&fs.ModeSticky == 0 {
		loose = append(loose, sayOpenFolder(filepath.Dir(path), mode))
	}
	for _, sentence := range loose {
		d.say(Mend, lookRights, sentence)
	}
	if len(loose) == 0 {
		d.say(Good, lookRights, sayRightsGood(path))
	}
	return nil
}

// writing looks whether the file and its folder can be written at all.
func (d *doctor) writing() error {
	if d.st.ReadOnly() {
		d.say(Mend, lookWriting, sayCannotWrite(d.st.Path()))
		return nil
	}
	file, err := d.st.Spool().File()
	if err != nil {
		d.say(Mend, lookWriting, sayCannotWrite(filepath.Dir(d.st.Path())))
		return nil
	}
	d.say(Good, lookWriting, sayCanWrite)
	return errors.Join(file.Close(), d.st.Spool().Drop(file.Name()))
}

// OpenToOthers says what of a data file, and of what the service keeps beside it
// under names that begin alike, others than the owner can reach, and the command
// against it.
func OpenToOthers(data string) (sentences []string) {
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
		d.say(Mend, lookClock, sayClockBeforeBuild(now, built()))
	case d.st.ClockBehind() != 0:
		d.say(Mend, lookClock, sayClockBeforeRow(now, d.st.ClockBehind().Time()))
	case len(last.Rows) > 0 && reissue.At(now.Add(time.Minute)) < last.Rows[0].At:
		d.say(Mend, lookClock, sayClockBeforeRow(now, last.Rows[0].At.Time()))
	default:
		d.say(Good, lookClock, sayClock(now))
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
		d.say(Mend, lookDisk, sayDiskSmall(free, size))
	case free < 3*size+4*spare:
		d.say(Hint, lookDisk, sayDiskSmall(free, size))
	default:
		d.say(Good, lookDisk, sayDisk(free, size))
	}
	return nil
}

func (d *doctor) copies() error {
	list, err := d.st.Copies()
	switch now := d.st.Now(); {
	case err != nil:
		d.say(Mend, lookCopies, sayCopiesUnread(err))
	case d.st.IsDemo():
	case d.st.CopyFailure() != nil:
		d.say(Mend, lookCopies, sayCopyFailed(d.st.CopyFailure()))
	case len(list) == 0 && d.st.WasServed():
		d.say(Mend, lookCopies, sayNoCopy)
	case len(list) == 0:
		d.say(Hint, lookCopies, sayNoCopyYet)
	case list[0].Made > reissue.At(now):
		d.say(Mend, lookCopies, sayCopyAhead(list[0].Made.Time()))
	case reissue.BackupTooOld(list[0].Made, now):
		d.say(Mend, lookCopies, sayOldCopy(list[0].Made.Time()))
	default:
		d.say(Good, lookCopies, sayCopy(list[0].Made.Time()))
	}
	return nil
}

// data tells what is known to be wrong with the file: the service has looked through
// it at its start or since.
func (d *doctor) data() error {
	known := d.st.KnownDamage()
	for _, finding := range known {
		d.say(Mend, lookData, string(finding)+sayMendData(store.NewestCopy(d.st.CopiesFolder(), d.mirrorFolder())))
	}
	if len(known) == 0 {
		d.say(Good, lookData, sayDataGood)
	}
	return nil
}

// mirrorFolder is where the second copy lies, "" for nowhere.
func (d *doctor) mirrorFolder() string {
	if d.service == nil {
		return ""
	}
	return d.service.Mirror.Folder
}

// mirror looks at the second copy, which only a running service keeps.
func (d *doctor) mirror() error {
	now := time.Now()
	switch {
	case d.st.IsDemo():
	case d.service == nil && d.st.Settings().Mirror.Folder != "":
		d.say(Hint, lookMirror, sayNotRunning)
	case d.service == nil || d.service.Mirror.Folder == "":
		d.say(Hint, lookMirror, sayNoMirror)
	case d.service.Mirror.Wrong(now):
		d.say(Mend, lookMirror, d.service.Mirror.Sentence(now))
	case sameDisk(d.service.Mirror.Folder, d.st.Path()):
		d.say(Hint, lookMirror, saySameDisk(d.service.Mirror.Folder))
	default:
		d.say(Good, lookMirror, d.service.Mirror.Sentence(now))
	}
	return nil
}

// samples looks for what belongs to a demo, whose passwords are published.
func (d *doctor) samples() error {
	if d.st.IsDemo() {
		d.say(Mend, lookSamples, sayDemoData)
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
			d.say(Mend, lookSamples, saySampleLogin(login))
		}
	}
	if !found {
		d.say(Good, lookSamples, sayNoSamples)
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
		d.say(Mend, lookStaff, sayNoAdmin)
	case 1:
		d.say(Hint, lookStaff, sayOneAdmin)
	default:
		d.say(Good, lookStaff, sayAdmins(admins))
	}
	if len(waiting) > 0 {
		d.say(Hint, lookStaff, sayUnusedPasswords(waiting))
	}
	if len(single) > 0 {
		d.say(Hint, lookFactor, sayNoFactor(single))
	}
	return nil
}
