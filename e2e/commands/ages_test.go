package commands

import (
	"encoding/binary"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"
)

// olderFiles are copies of the files that earlier versions have made, by their names.
func olderFiles(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../../store/testdata/*.db")
	if err != nil || len(files) < 3 {
		t.Fatalf("there are %d files, %v", len(files), err)
	}
	copies := map[string]string{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		copies[filepath.Base(file)] = rig.Write(t, filepath.Base(file), content)
	}
	return copies
}

// TestOlderFiles: what an earlier version has made is a good backup: it is checked,
// restored where there is nothing and where there is something, and served on.
func TestOlderFiles(t *testing.T) {
	t.Parallel()
	for name, backup := range olderFiles(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := filepath.Join(t.TempDir(), "a.db")
			rig.Must(t, "", "check", backup)
			rig.Must(t, "", "restore", backup, "-data", data)
			rig.Must(t, "", "restore", backup, "-data", data)
			rig.Must(t, "", "check", data)
			if list := filepath.Join(t.TempDir(), "list.csv"); strings.Count(string(exported(t, data, list)), "\n") != 4 {
				t.Errorf("not the three applications and a head: %s", exported(t, data, list))
			}
			if left, _ := filepath.Glob(filepath.Join(filepath.Dir(data), "*.part*")); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// TestOlderFileKilled: one that an earlier version did not close is checked before
// it is worked on.
func TestOlderFileKilled(t *testing.T) {
	t.Parallel()
	for name, data := range olderFiles(t) {
		inUse(t, data)
		if code, out, said := rig.Command(t, "", "staff", "list", "-data", data); code != command.ExitDone || !strings.Contains(out, "正在检查") {
			t.Errorf("%s: exit %d, %s%s", name, code, out, said)
		}
		rig.Must(t, "", "check", data)
	}
}

// inUse sets the mark of a file that is open.
func inUse(t *testing.T, data string) {
	t.Helper()
	db, err := bolt.Open(data, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bolt.Tx) error {
		const mark = 6
		singles, name, identity := tx.Bucket([]byte("singles")), []byte("identity"), map[uint64]any{}
		sum, err := cbor.UnmarshalFirst(singles.Get(name), &identity)
		if err != nil {
			return err
		}
		identity[mark] = true
		value, err := cbor.Marshal(identity)
		if err != nil {
			return err
		}
		if len(sum) > 0 { // from schema 4 on
			value = binary.BigEndian.AppendUint32(value, crc32.Checksum(append(name, value...), crc32.MakeTable(crc32.Castagnoli)))
		}
		return singles.Put(name, value)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func exported(t *testing.T, data, list string) []byte {
	t.Helper()
	rig.Must(t, "", "export", "applications", list, "-data", data)
	content, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestDamageSpeaksChinese: whatever the damage, and whatever became of the process
// that looked at it, nobody reads what Go says of it.
func TestDamageSpeaksChinese(t *testing.T) {
	t.Parallel()
	damaged := 0
	for name, file := range olderFiles(t) {
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		page := os.Getpagesize()
		for seed := range uint64(12) {
			r := rand.New(rand.NewPCG(seed, 3))
			spoilt := append([]byte{}, whole...)
			for from := range spoilt[2*page:] {
				if r.IntN(300) == 0 {
					spoilt[2*page+from] ^= 1 << r.IntN(8)
				}
			}
			code, out, said := rig.Command(t, "", "check", rig.Write(t, "spoilt.db", spoilt))
			if code == command.ExitDone {
				t.Errorf("%s, damage %d is not found", name, seed)
			}
			damaged++
			for _, word := range []string{"runtime error", "goroutine", "nil pointer", "out of range [", "panic"} {
				if strings.Contains(out+said, word) {
					t.Errorf("%s, damage %d: %s%s", name, seed, out, said)
				}
			}
		}
	}
	t.Logf("%d damaged files", damaged)
}
