package doctor

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// refusal is an error that is a sentence.
type refusal string

func (r refusal) Error() string    { return "refused" }
func (r refusal) Sentence() string { return string(r) }

// TestNewestCopy: the newest copy is verified, whoever asked for it, and what is wrong
// with it is told with its name.
func TestNewestCopy(t *testing.T) {
	now := time.Now()
	st, err := store.Open(filepath.Join(t.TempDir(), "data.db"), store.Options{Create: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	p := well(t)
	p.Store = st
	p.silent(t, lookNewest)
	for _, kind := range []store.CopyKind{store.Nightly, store.ByHand} {
		if err := st.MakeCopy(t.Context(), reissue.System(), kind, nil); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Hour)
	}
	list, err := st.Copies()
	if err != nil || len(list) != 2 || list[0].Kind != store.ByHand {
		t.Fatalf("the copies are %v, %v", list, err)
	}
	newest := list[0]
	checked := ""
	p.Check = func(path string) error { checked = path; return err }
	p.finds(t, Good, lookNewest, newest.Name, "完好")
	if checked != newest.Path {
		t.Errorf("checked %s, want %s", checked, newest.Path)
	}
	err = &store.FileError{Path: newest.Path, Fault: store.Damaged}
	p.finds(t, Mend, lookNewest, newest.Path, "已损坏", "立即备份")
	err = refusal("不完整。")
	p.finds(t, Mend, lookNewest, newest.Path, "不完整。")
	err = errors.New("killed")
	p.finds(t, Hint, lookNewest, newest.Name, "没有检查完")
}

// TestOthers: data files of ours near this one are named, those that were put aside by
// themselves; what is not ours, made up, or just being written, is not, nor is the file
// by another of its names.
func TestOthers(t *testing.T) {
	p := well(t)
	folder := filepath.Dir(p.Store.Path())
	elsewhere := filepath.Join(t.TempDir(), "certreissue.db")
	p.Places = []string{"", elsewhere, p.Store.Path()}
	p.finds(t, Good, lookOthers)

	whole := write(t, elsewhere, p.Store)
	for _, name := range []string{"data.db.backups/20261201-030000.db", "data.db.123.part"} {
		put(t, filepath.Join(folder, name), whole)
	}
	if err := os.Remove(elsewhere); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(folder, "theirs.db"), []byte("SQLite format 3"))
	if err := os.Symlink(p.Store.Path(), filepath.Join(folder, "linked.db")); err != nil {
		t.Fatal(err)
	}
	demo, err := store.Open(filepath.Join(folder, "demo.db"), store.Options{Create: true, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	demo.Close()
	p.finds(t, Good, lookOthers)

	for _, name := range []string{"data.db.20261101-080000", "data.db.before-upgrade"} {
		put(t, filepath.Join(folder, name), whole)
	}
	p.finds(t, Hint, lookOthers, "恢复或升级时留下的", filepath.Join(folder, "data.db.20261101-080000"), filepath.Join(folder, "data.db.before-upgrade"), "请删除")
	for _, name := range []string{"data.db.20261101-080000", "data.db.before-upgrade"} {
		if err := os.Remove(filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	put(t, filepath.Join(folder, "old.db"), whole)
	put(t, elsewhere, whole)
	p.finds(t, Hint, lookOthers, "还有本系统的其他数据文件", filepath.Join(folder, "old.db"), elsewhere)
}

// TestOthersOfALinkedFile: a file that cannot be written, and so keeps nobody out, is
// none beside itself.
func TestOthersOfALinkedFile(t *testing.T) {
	p := well(t)
	path := p.Store.Path()
	if err := p.Store.Close(); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(path, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if err := os.Symlink(path, filepath.Join(filepath.Dir(path), "linked.db")); err != nil {
		t.Fatal(err)
	}
	p.Store = st
	p.finds(t, Good, lookOthers)
}

// write makes a copy of a file elsewhere and answers its bytes.
func write(t *testing.T, path string, st *store.Store) []byte {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := st.Backup(file); err != nil {
		t.Fatal(err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

func put(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
