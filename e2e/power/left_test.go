package power

import (
	"bytes"
	"encoding/binary"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/store"
)

// left is a folder as it was left behind, and what the program had told before that.
type left struct {
	*testing.T
	folder string
	told   string
	over   bool // the program had come to its end
	again  bool // the next command has gone on with it
	// refused: it had said that nothing has come of the act.
	refused bool
	// fault: a call had failed. answered: all that it had answered then is in told, and
	// what was not answered is noted there.
	fault, answered bool
}

func (l left) path(name string) string { return filepath.Join(l.folder, name) }

// tells tells whether the program had told this.
func (l left) tells(text string) bool { return strings.Contains(l.told, text) }

// there tells whether a file has its name.
func (l left) there(name string) bool { return exists(l.path(name)) }

// whole are the contents of a data file that must be there and be whole, for the oracle
// and for the product's own check.
func (l left) whole(name string) contents {
	l.Helper()
	c, err := read(l.path(name))
	if err != nil {
		l.Fatalf("%s is not whole: %v; there are %v; it had told %q", name, err, l.names(), l.told)
	}
	err = store.CheckFile(l.Context(), l.path(name), l.TempDir(), nil, time.Now, func(f store.Finding) { l.Errorf("check of %s: %s", name, f) }, nil)
	if err != nil {
		l.Errorf("check of %s: %v", name, err)
	}
	return c
}

// names are all files.
func (l left) names() (list []string) {
	filepath.WalkDir(l.folder, func(path string, _ os.DirEntry, _ error) error {
		list = append(list, strings.TrimPrefix(path, l.folder))
		return nil
	})
	return list
}

// match are the files whose names fit a pattern.
func (l left) match(pattern string) (names []string) {
	list, _ := filepath.Glob(l.path(pattern))
	for _, path := range list {
		names = append(names, strings.TrimPrefix(path, l.folder+string(filepath.Separator)))
	}
	return names
}

// holdings are the buckets that neither opening a file nor restoring it changes.
var holdings = []string{"accounts", "staff", "exams", "cities", "certificates", "imports", "applications", "batches", "photos", "mails"}

// same tells whether two files hold the same.
func (c contents) same(other contents) bool {
	return !slices.ContainsFunc(holdings, func(bucket string) bool {
		return !maps.EqualFunc(c[bucket], other[bucket], bytes.Equal)
	})
}

// unchanged are the contents of a file that must hold the same as another did.
func (l left) unchanged(name string, was contents) contents {
	l.Helper()
	c := l.whole(name)
	if !c.same(was) {
		l.Errorf("%s holds something else; it had told %q", name, l.told)
	}
	return c
}

// ended tells whether the program has come to its good end, and nobody has gone on.
func (l left) ended() bool { return l.over && !l.again }

// new holds that a data file that was not there before holds this, if it is there, and
// is there if it was told and not if it was refused.
func (l left) new(name string, told bool, holds contents) {
	l.Helper()
	if told || l.ended() || l.there(name) {
		l.unchanged(name, holds)
	}
	if l.refused && l.there(name) {
		l.Errorf("%s is there, and had been refused", name)
	}
}

// oldOrNew holds that a file is what it was or what it is to become, and that if it was
// told.
func (l left) oldOrNew(name string, told bool) {
	l.Helper()
	content, become := get(l.T, l.path(name)), get(l.T, l.path(name+wanted))
	if !bytes.Equal(content, become) && (told || l.ended() || string(content) != older) {
		l.Errorf("%s is %d bytes, neither what it was nor the %d that it is to become; it had told %q", name, len(content), len(become), l.told)
	}
}

// imported holds that an import is there as far as its record says, and all of it once
// that was told.
func (l left) imported(c contents) {
	l.Helper()
	finished := l.imports(c)
	if stand := len(c["certificates"]); l.tells("added=") && (stand != people || finished == 0) {
		l.Errorf("%d of %d lines stand, %d imports have finished; it had told %q", stand, people, finished, l.told)
	}
}

// imports holds that of every import as many lines are there as its record says, and
// tells how many have finished.
func (l left) imports(c contents) (finished int) {
	l.Helper()
	lines := map[any]uint64{} // by import
	for _, certificate := range c.decoded("certificates") {
		lines[certificate[certificateImport]]++
	}
	for _, record := range c.decoded("imports") {
		counts, _ := record[importCounts].(map[any]any)
		if lines[record[importID]] != counts[countAdded] {
			l.Errorf("an import counts %v, and there are %v", counts, lines)
		}
		if record[importFinished] != nil {
			finished++
		}
	}
	return finished
}

// entered holds that every line is found by name and number, from the one on excepted
// from which on an import says that it may be missing.
func (l left) entered(c contents) {
	l.Helper()
	late := ^uint64(0)
	for _, record := range c.decoded("imports") {
		if first, ok := record[importLate].(uint64); ok {
			late = first
		}
	}
	for _, index := range []string{"certificates.name", "certificates.number"} {
		lines := map[string]bool{}
		for entry := range c[index] {
			lines[entry[len(entry)-8:]] = true
		}
		for line := range c["certificates"] {
			if !lines[line] && binary.BigEndian.Uint64([]byte(line)) < late {
				l.Errorf("%s has no entry of %x", index, line)
				return
			}
		}
	}
}

// lacksCanary holds that what was deleted is gone from the file.
func (l left) lacksCanary() {
	l.Helper()
	if bytes.Contains(get(l.T, l.path("data.db")), []byte(canary)) {
		l.Error("what was deleted is still in the compacted file")
	}
}

// closedCleanly holds that a file is marked as closed, and that either of its meta
// pages is enough to read all of it.
func (l left) closedCleanly(name string, c contents) {
	l.Helper()
	if c.single("identity")[identityInUse] != nil {
		l.Errorf("%s is not marked as closed", name)
	}
	for page := range 2 {
		content, copied := get(l.T, l.path(name)), filepath.Join(l.TempDir(), "half.db")
		size := os.Getpagesize()
		clear(content[page*size+16 : page*size+80])
		put(l.T, copied, content)
		half, err := read(copied)
		if err != nil || !maps.EqualFunc(c, half, func(a, b map[string][]byte) bool { return maps.EqualFunc(a, b, bytes.Equal) }) {
			l.Errorf("%s without its meta page %d holds something else, %v", name, page, err)
		}
	}
}
