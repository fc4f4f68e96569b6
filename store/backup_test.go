package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// backup writes a backup of the running store and finishes it.
func (o *office) backup() (path string) {
	o.t.Helper()
	path = filepath.Join(o.t.TempDir(), "backup.db")
	var of State
	o.must(WriteWhole(path, func(to io.Writer) (err error) { of, err = o.Backup(to); return err }))
	o.must(Finish(o.t.Context(), path, of, nil))
	return path
}

func TestBackup(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	path := o.backup()
	o.applied(2)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	copied := openWith(t, path, Options{})
	if copied.Unclean() {
		t.Error("a finished backup carries the mark of the running file")
	}
	if n := count(copied, &applications); n != 1 {
		t.Errorf("%d applications in the backup", n)
	}
	if _, err := copied.photo(a.ID, nil); err != nil {
		t.Error(err)
	}
	row, hash, err := copied.ChainHead()
	if err != nil || row == 0 || len(hash) != 32 {
		t.Errorf("the chain's head is %d, %x, %v", row, hash, err)
	}
}

// TestFinishRefusesDamage: a copy that is not byte for byte what it was copied from is
// none, nor one that is, of a file with something wrong in it.
func TestFinishRefusesDamage(t *testing.T) {
	whole := smallFile(t, 12)
	state := func(file []byte) (of State) {
		s, err := Open(write(t, file), Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Abandon()
		if err := s.db.View(func(tx *bolt.Tx) error { of, err = standOf(tx); return err }); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(file)
		of.Sum = sum[:]
		return of
	}
	of := state(whole)
	if err := Finish(t.Context(), write(t, bytes.Clone(whole)), of, nil); err != nil {
		t.Fatal(err)
	}
	for reason, spoil := range map[string]func([]byte) ([]byte, State){
		"cut":                        func(b []byte) ([]byte, State) { return b[:len(b)/2], of },
		"no database":                func([]byte) ([]byte, State) { return []byte("x"), of },
		"a byte that no page counts": func(b []byte) ([]byte, State) { b[len(b)-1]++; return b, of },
		"another transaction": func(b []byte) ([]byte, State) {
			other := of
			other.Transaction++
			return b, other
		},
		"another log": func(b []byte) ([]byte, State) {
			other := of
			other.Hash = bytes.Clone(of.Hash)
			other.Hash[0]++
			return b, other
		},
		"pages are gone, in the file too": func(b []byte) ([]byte, State) {
			clear(b[len(b)-9*4096 : len(b)-2*4096])
			other, sum := of, sha256.Sum256(b)
			other.Sum = sum[:]
			return b, other
		},
		"an index lacks a record, in the file too": func([]byte) ([]byte, State) {
			path := write(t, bytes.Clone(whole))
			meddle(t, path, func(tx *bolt.Tx) error {
				k, _ := bucket(tx, "accounts.person").Cursor().First()
				return bucket(tx, "accounts.person").Delete(k)
			})
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			return b, state(b)
		},
	} {
		b, of := spoil(bytes.Clone(whole))
		var fault *FileError
		if err := Finish(t.Context(), write(t, b), of, nil); !errors.As(err, &fault) || fault.Fault != BadCopy {
			t.Errorf("%s: %v", reason, err)
		}
	}
}

func TestBackupWhileWriting(t *testing.T) {
	o := open(t)
	o.load(line(1))
	stop, done := make(chan struct{}), make(chan error)
	go func() {
		for n := uint64(0); ; n++ {
			select {
			case <-stop:
				done <- nil
				return
			default:
				if err := o.Viewed(clerk().Actor(), n); err != nil {
					done <- err
					return
				}
			}
		}
	}()
	for range 3 {
		openWith(t, o.backup(), Options{}) // checked at the end
	}
	close(stop)
	o.must(<-done)
}

func TestCompact(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data.db")
	o := &office{clock: &clock{t: morning}, t: t}
	s, err := Open(path, Options{Create: true, Now: o.now})
	o.must(err)
	o.Store = s
	_, a := o.applied(1)
	// Two transactions: pages are free only once the first is written.
	o.change(func(tx *txn) { o.must(bucket(tx.Tx, "photos").Put(key(a.ID+1), make([]byte, 24<<20))) })
	o.change(func(tx *txn) { o.must(bucket(tx.Tx, "photos").Delete(key(a.ID + 1))) })
	if _, _, err := compact(t.Context(), path); err == nil {
		t.Error("compacted while in use")
	}
	o.must(o.Close())
	before, after, err := compact(t.Context(), path)
	if err != nil || after >= before || after == 0 {
		t.Errorf("from %d to %d bytes, %v", before, after, err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
	compact := openWith(t, path, Options{})
	if compact.Unclean() || count(compact, &applications) != 1 {
		t.Errorf("unclean %v, %d applications", compact.Unclean(), count(compact, &applications))
	}
	_, next := compact.applied(2)
	if next.ID != reissue.NewNumber(2026, 2) || next.Owner <= a.Owner {
		t.Errorf("numbers begin anew: %+v", next)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// TestCompactNeverLarger: bbolt makes every file 16 MB at least; one that is smaller
// stays as it is, but for what was deleted in it.
func TestCompactNeverLarger(t *testing.T) {
	path := write(t, smallFile(t, 3))
	was, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	before, after, err := compact(t.Context(), path)
	if is, err := os.Stat(path); err != nil || before != after || is.Size() > was.Size()+1<<20 {
		t.Errorf("from %d to %d bytes, %d in all, %v", before, after, is.Size(), err)
	}
	if err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	meddle(t, path, func(tx *bolt.Tx) error { return setIdentity(tx, func(i *identity) { i.Purged = true }) })
	if _, _, err := compact(t.Context(), path); err != nil {
		t.Error(err)
	}
	s := openWith(t, path, Options{})
	if purged, err := s.Purged(); err != nil || purged {
		t.Errorf("what was deleted is still there: %v, %v", purged, err)
	}
}

// TestCompactKeepsTheMark: a file that is compacted while it is open, and never
// closed, must still be checked.
func TestCompactKeepsTheMark(t *testing.T) {
	path := newFile(t)
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = s.Compact(t.Context())
	if err = errors.Join(err, s.Abandon()); err != nil {
		t.Fatal(err)
	}
	if unclean, err := Peek(path); err != nil || !unclean {
		t.Errorf("the mark is gone, %v", err)
	}
	openWith(t, path, Options{})
}

// TestCompactThroughLink: the file behind a link is compacted, and the link
// stays one.
func TestCompactThroughLink(t *testing.T) {
	o := open(t)
	o.register(1)
	o.change(func(tx *txn) { o.must(markPurged(tx)) }) // so small a file is else left as it is
	o.must(o.Close())
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(o.Path(), link); err != nil {
		t.Skip(err) // Windows lets only some people make one
	}
	before, err := os.Stat(o.Path())
	o.must(err)
	if _, _, err := compact(t.Context(), link); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", info, err)
	}
	if after, err := os.Stat(o.Path()); err != nil || os.SameFile(before, after) {
		t.Errorf("the file behind the link is the old one, %v", err)
	}
	o.Store, err = Open(o.Path(), Options{Now: o.now})
	o.must(err)
}

func TestAfterRestore(t *testing.T) {
	for _, c := range []struct {
		reason string
		wait   time.Duration // from the backup to the restore
		before int           // applications in the backup
		next   uint64
	}{
		{"the same day", time.Hour, 2, reissue.NewNumber(2026, 1003)},
		{"nothing had been applied for yet", time.Hour, 0, reissue.NewNumber(2026, 1001)},
		{"the year has turned since", 365 * 24 * time.Hour, 2, reissue.NewNumber(2027, 1001)},
	} {
		t.Run(c.reason, func(t *testing.T) {
			o := open(t)
			for n := range c.before {
				o.applied(n)
			}
			account := o.register(50)
			o.signIn(SessionCandidate, account.ID, "cookie")
			o.must(o.AskReset(account.Person.Number))
			token := o.resetToken(t)
			o.must(o.Holder(account.ID).KeepDraft(Form{FormSelf, 0}, filled(), Upload{}))
			o.must(errOf(o.ChangeEmail(account.ID, "new@example.com")))

			restored := openWith(t, o.backup(), Options{})
			restored.forward(c.wait)
			before := restored.Sign("form", "visitor")
			_, err := restored.ReserveTry(CandidateTry(TrySignIn, account.Person.Number.Full()))
			restored.must(err)
			restored.must(restored.AfterRestore())
			restored.must(restored.Close())
			restored.Store, err = Open(restored.Path(), Options{Now: restored.now})
			restored.must(err)
			if bytes.Equal(before, restored.Sign("form", "visitor")) {
				t.Error("whoever has the backup has the secret")
			}
			if n := count(restored, &tries); n != 0 {
				t.Errorf("%d records of tries under the old secret", n)
			}
			if _, _, err := restored.Session(SessionCandidate, "cookie"); !isNotFound(err) {
				t.Errorf("the session: %v", err)
			}
			if _, err := restored.ResetAccount(token); !isNotFound(err) {
				t.Errorf("the link: %v", err)
			}
			if n := count(restored, &drafts); n != 0 {
				t.Errorf("%d drafts", n)
			}
			if held, err := restored.MailHeld(); !held || err != nil {
				t.Errorf("the outbox is open, %v", err)
			}
			if got := restored.due(); got != nil {
				t.Errorf("sent while held: %v", got)
			}
			if _, a := restored.applied(20); a.ID != c.next {
				t.Errorf("the next number is %d, want %d", a.ID, c.next)
			}
			restored.must(restored.ReleaseMail(clerk().Actor()))
			if got := restored.due(); len(got) != 2 {
				t.Errorf("released: %v", got)
			}
		})
	}
}

// TestWriteWhole: what is at a path is the old file or the new one, and only
// its owner reads it.
func TestWriteWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	fill := func(text string) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}
	}
	// What an interrupted attempt left, open to all.
	abandoned := path + ".123.part"
	if err := errors.Join(os.WriteFile(abandoned, []byte("half of something longer"), 0o666), os.Chtimes(abandoned, morning, morning)); err != nil {
		t.Fatal(err)
	}
	seen := ""
	look := func(part string) error {
		content, err := os.ReadFile(part)
		seen = string(content)
		return err
	}
	if err := WriteWhole(path, fill("old"), look); err != nil || seen != "old" {
		t.Fatalf("the first: %v, finished %q", err, seen)
	}
	refused := errors.New("refused")
	refuse := func(string) error { return refused }
	half := func(w io.Writer) error { return errors.Join(fill("half")(w), refused) }
	for why, err := range map[string]error{"a failed write": WriteWhole(path, half, look), "a refused file": WriteWhole(path, fill("new"), look, refuse, look)} {
		if !errors.Is(err, refused) {
			t.Errorf("%s: %v", why, err)
		}
	}
	content, err := os.ReadFile(path)
	if err != nil || string(content) != "old" {
		t.Errorf("after failures the file holds %q, %v", content, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info, err)
	}
	if files, _ := filepath.Glob(path + "*"); len(files) != 1 {
		t.Errorf("left behind: %v", files)
	}
	// Two at once write two whole files, one after the other.
	within := func(w io.Writer) error {
		old := func(part string) error { return os.Chtimes(part, morning, morning) }
		parts, err := filepath.Glob(path + ".*.part")
		return errors.Join(err, fill("ou")(w), old(parts[0]), WriteWhole(path, fill("inner")), fill("ter")(w))
	}
	if err := WriteWhole(path, within, look); err != nil || seen != "outer" {
		t.Errorf("beside another: %q, %v", seen, err)
	}
	var fault *FileError
	if err := WriteWhole(filepath.Join(path, "below"), fill("new")); !errors.As(err, &fault) || fault.Fault != Unwritable {
		t.Errorf("in no directory: %v", err)
	}
}

// fullDisk is a file for which there is no room.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestFullDisk(t *testing.T) {
	var fault *FileError
	if _, err := (partWriter{fullDisk{}, "backup.db"}).Write([]byte("x")); !errors.As(err, &fault) || fault.Fault != Full {
		t.Errorf("a full disk: %v", err)
	}
}
