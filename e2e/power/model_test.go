package power

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDisk is the test of the other tests' disk: what was not synced may be lost, and
// what was synced may not.
func TestDisk(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	put(t, filepath.Join(folder, "old"), []byte("old"))
	trace := filepath.Join(t.TempDir(), "trace")
	put(t, trace, []byte(strings.ReplaceAll(`7 openat(AT_FDCWD</>, "@/part", O_RDWR|O_CREAT|O_EXCL, 0600) = 5<@/part>
7 write(5<@/part>, "\x6e\x65", 2) = 2
8 openat(AT_FDCWD</>, "@/other", O_RDONLY) = -1 ENOENT (No such file or directory)
7 write(5<@/part>, "\x77", 1 <unfinished ...>
8 write(1<pipe:[1]>, "\x68\x69", 2) = 2
7 <... write resumed>) = 1
7 fsync(5<@/part> <unfinished ...>
8 pwrite64(5<@/part>, "\x4e", 1, 0) = 1
7 <... fsync resumed>) = 0
7 renameat(AT_FDCWD</>, "@/part", AT_FDCWD</>, "@/old") = 0
7 fsync(6<@>) = 0
7 mkdirat(AT_FDCWD</>, "@/new", 0700) = 0
7 ftruncate(5<@/old>, 1) = 0
7 exit_group(0) = ?
`, "@", folder)))
	may := map[string]bool{} // what a folder may be, by the step behind which it is cut
	d := load(t, folder)
	for _, s := range readTrace(t, trace) {
		d.follow(s)
		for seed := range uint64(40) {
			left := t.TempDir()
			d.leave(left, byChance, rand.New(rand.NewPCG(seed, 1)))
			may[s.name+" "+describe(t, left)] = true
			os.RemoveAll(left)
		}
	}
	if d.told.String() != "hi" {
		t.Errorf("told %q", d.told.String())
	}
	for _, want := range []string{
		"write old=old ", "write old=old part= ", "write old=old part=new ", "write old=old part=ne ", "write old=old part=\x00\x00w ",
		"renameat old=old ", "renameat old=new ", "mkdirat new/ old=New ", "mkdirat old=new ", "exit_group new/ old=N ", "exit_group old=new ",
	} {
		if !may[want] {
			t.Errorf("%q never comes about", want)
		}
	}
	for state := range may {
		if strings.HasPrefix(state, "mkdirat") && !strings.Contains(state, "old=new") && !strings.Contains(state, "old=New") {
			t.Errorf("what was synced is lost: %q", state)
		}
	}
}

// describe is a folder in one line.
func describe(t *testing.T, folder string) string {
	t.Helper()
	var b strings.Builder
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		b.WriteString(entry.Name())
		if entry.IsDir() {
			b.WriteString("/ ")
			continue
		}
		b.WriteString("=" + string(get(t, filepath.Join(folder, entry.Name()))) + " ")
	}
	return b.String()
}

// TestOracle: whatever byte of a record is another one, the oracle sees it.
func TestOracle(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	damaged(t, folder)
	if _, err := read(filepath.Join(folder, "copy.db")); err != nil {
		t.Errorf("a good file: %v", err)
	}
	if _, err := read(filepath.Join(folder, "data.db")); err == nil || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("a damaged file: %v", err)
	}
	good := contents{"staff": {"1": []byte("a")}}
	for _, other := range []contents{{}, {"staff": {"1": []byte("b")}}, {"staff": {"1": []byte("a"), "2": nil}}} {
		if good.same(other) || other.same(good) {
			t.Errorf("%v is said to hold the same as %v", other, good)
		}
	}
}
