package store

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

var repairs = flag.Uint64("repairs", 120, "how many damaged files are repaired, with and without a copy")

// repaired runs a repair and gives the new file, "" where the damaged one is beyond
// that, and what was said.
func repaired(t *testing.T, damaged string, copies ...string) (path string, done Repaired, said []string) {
	t.Helper()
	before, err := os.ReadFile(damaged)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "repaired.db")
	done, err = Repair(t.Context(), damaged, path, copies, time.Now, func(f Finding) { said = append(said, string(f)) })
	if after, _ := os.ReadFile(damaged); !bytes.Equal(before, after) {
		t.Error("the damaged file was changed")
	}
	if err != nil {
		if _, there := os.Stat(path); there == nil {
			t.Errorf("a file was written in spite of %v", err)
		}
		return "", done, said
	}
	return path, done, said
}

// mended repairs what is damaged of a whole file, and counts what became of it, by
// outcome, and the records that were lost.
type mended struct {
	whole            []byte
	copied           string
	truth            map[string]string // what is in it
	outcomes         map[string]int
	records, lacking int
}

func newMended(t *testing.T) *mended {
	t.Helper()
	m := &mended{whole: smallFile(t, 12), outcomes: map[string]int{}}
	m.copied = write(t, m.whole)
	var err error
	if m.truth, err = contentsOf(m.copied); err != nil {
		t.Fatal(err)
	}
	return m
}

// judge repairs a damaged file with and without a copy of the whole one. A repaired file
// is always sound, holds nothing that was not in the whole one, lacks nothing silently,
// and with the copy lacks nothing.
func (m *mended) judge(t *testing.T, why string, damaged []byte) {
	t.Helper()
	file := write(t, damaged)
	for _, copies := range [][]string{nil, {m.copied}} {
		path, done, said := repaired(t, file, copies...)
		if path == "" {
			m.outcomes["beyond repair"]++
			continue
		}
		if found := checked(t, path); len(found) != 0 {
			t.Errorf("%s, copies %d: %v\nsaid %v", why, len(copies), found, said)
		}
		is, err := contentsOf(path)
		if err != nil {
			t.Fatal(err)
		}
		if extra := differing(is, m.truth); len(extra) > 0 && (len(copies) > 0 || !allSaid(extra, said)) {
			t.Errorf("%s, copies %d: not as it was: %v\nsaid %v", why, len(copies), extra, said)
		}
		missing := 0
		for k := range m.truth {
			if _, there := is[k]; !there {
				missing++
			}
		}
		m.records += len(m.truth)
		m.lacking += missing
		switch {
		case missing > 0 && len(copies) > 0:
			t.Errorf("%s: %d records are missing in spite of a copy\nsaid %v", why, missing, said)
		case missing > 0 && done.Lost == 0:
			t.Errorf("%s: %d records are missing and nothing is said\nsaid %v", why, missing, said)
		case missing == 0:
			m.outcomes["whole"]++
		default:
			m.outcomes["in part"]++
		}
	}
}

// TestRepair damages a file in every way.
func TestRepair(t *testing.T) {
	t.Parallel()
	m := newMended(t)
	seeds := *repairs
	if testing.Short() {
		seeds = min(seeds, 40)
	}
	for seed := range seeds {
		m.judge(t, fmt.Sprint("damage ", seed), damage(m.whole, seed))
	}
	t.Logf("%v; %d of %d records lost", m.outcomes, m.lacking, m.records)
	if m.outcomes["whole"] == 0 || m.outcomes["in part"] == 0 {
		t.Errorf("this test sees too little: %v", m.outcomes)
	}
}

// TestRepairOfOneBit turns the one bit in each page by which it says how many elements
// it has, or in the first of them whether it is a bucket: nothing in it has a checksum
// that would tell.
func TestRepairOfOneBit(t *testing.T) {
	t.Parallel()
	m := newMended(t)
	page := os.Getpagesize()
	for number := 2; number < len(m.whole)/page; number++ {
		kind, count := m.whole[number*page+8], m.whole[number*page+10]
		if kind != pageBranch && kind != pageLeaf || count == 0 || testing.Short() && number%3 != 0 {
			continue
		}
		for what, at := range map[string]int{"count": 10, "kind of an element": pageHeader} {
			damaged := bytes.Clone(m.whole)
			damaged[number*page+at] ^= 1
			before := m.lacking
			m.judge(t, fmt.Sprintf("the %s in page %d", what, number), damaged)
			if lost := m.lacking - before; lost > 0 && kind == pageLeaf && what == "count" {
				t.Errorf("the %s in page %d: %d records are lost that are all there", what, number, lost)
			}
		}
	}
	if m.records == 0 {
		t.Error("this test sees nothing")
	}
}

// differing are the keys of what is not, or not so, in the truth. The rows of the
// repair itself and placeholders of lost rows come at places of their own.
func differing(is, truth map[string]string) (keys []string) {
	for _, k := range slices.Sorted(maps.Keys(is)) {
		if was, there := truth[k]; !there && !strings.HasPrefix(k, "audit ") || there && was != is[k] {
			keys = append(keys, k)
		}
	}
	return keys
}

// allSaid tells whether a repair has said of each record that it is another now, or
// what it named is not there any more.
func allSaid(keys, said []string) bool {
	for _, k := range keys {
		name, number, _ := strings.Cut(k, " ")
		raw, _ := hex.DecodeString(number)
		told := slices.ContainsFunc(said, func(line string) bool {
			return line == string(findLost(name, raw)) || strings.Contains(line, "重建："+describeRecord(name, raw)) ||
				name == "applications" && (strings.Contains(line, fmt.Sprint(id(raw))) || strings.HasPrefix(line, "未能找回：邮件") || strings.HasPrefix(line, "未能找回：证书登记") ||
					// Which lines were in a page that cannot be read, nobody knows.
					strings.HasPrefix(line, "邮件有一部分无法读取") || strings.HasPrefix(line, "证书登记有一部分无法读取"))
		})
		if !told {
			return false
		}
	}
	return true
}

// TestRepairFromOlderCopy: a record that only an older copy has is taken from there,
// and the log tells from where on it does not fit.
func TestRepairFromOlderCopy(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	copied := filepath.Join(t.TempDir(), "copy.db")
	o.must(o.snapshot(copied))
	o.decide(a.ID, returnIt)
	damaged := filepath.Join(t.TempDir(), "damaged.db")
	o.must(o.snapshot(damaged))
	meddle(t, damaged, func(tx *bolt.Tx) error { return turnBit(tx, "applications", key(a.ID)) })

	path, done, said := repaired(t, damaged, filepath.Dir(copied))
	if done.Taken != 1 || done.Lost != 1 || !strings.Contains(strings.Join(said, "\n"), sayChangesLost) {
		t.Errorf("%+v, said %v", done, said)
	}
	s, err := Open(path, Options{})
	o.must(err)
	defer s.Close()
	if back, err := s.Application(clerk(), a.ID); err != nil || back.Revision != a.Revision {
		t.Errorf("%+v, %v", back, err)
	}
	o.must(s.Check(t.Context(), func(finding Finding) { t.Error(finding) }, nil))
	if s.identity.Lineage == nil || bytes.Equal(s.identity.Lineage, o.identity.Lineage) || !bytes.Equal(s.identity.Secret, o.identity.Secret) {
		t.Errorf("the identity is %+v", s.identity)
	}
}

// TestRepairRefusesOthersCopies: what is no copy of the file gives it nothing.
func TestRepairRefusesOthersCopies(t *testing.T) {
	whole := smallFile(t, 3)
	other := write(t, smallFile(t, 3))
	meddle(t, other, func(tx *bolt.Tx) error { return setIdentity(tx, func(i *identity) { i.Created++ }) })
	_, done, said := repaired(t, write(t, whole), other, "/nowhere/at/all.db")
	if done.Lost != 0 || done.Taken != 0 || len(said) != 2 || said[0] != string(findCopyForeign(other)) {
		t.Errorf("%+v, said %v", done, said)
	}
}

// TestRepairOfCutFile: what a file that was cut off lacks comes from the copy; a file
// without checksums, or without anything, is beyond repair.
func TestRepairOfCutFile(t *testing.T) {
	whole := smallFile(t, 12)
	copied := write(t, whole)
	path, done, said := repaired(t, write(t, whole[:len(whole)*3/4]), copied)
	if path == "" || done.Taken == 0 {
		t.Fatalf("%+v, said %v", done, said)
	}
	truth, err := contentsOf(copied)
	if err != nil {
		t.Fatal(err)
	}
	is, err := contentsOf(path)
	if err != nil {
		t.Fatal(err)
	}
	for k := range truth {
		if _, there := is[k]; !there {
			t.Errorf("%s is missing", k)
		}
	}
	older, err := os.ReadFile("testdata/schema-3.db")
	if err != nil {
		t.Fatal(err)
	}
	for why, damaged := range map[string][]byte{"an older file": older, "no meta page": make([]byte, 1<<16), "no page but the metas": append(bytes.Clone(whole[:2*os.Getpagesize()]), make([]byte, len(whole))...)} {
		_, err := Repair(t.Context(), write(t, damaged), filepath.Join(t.TempDir(), "out.db"), nil, time.Now, func(Finding) {})
		if !isFault(err, BeyondRepair) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

// TestRepairGoesOn: what a repair leaves is worked with as before: numbers are not
// given twice, and the log goes on behind rows that are lost.
func TestRepairGoesOn(t *testing.T) {
	o := open(t)
	o.applied(1)
	_, a := o.applied(2)
	damaged := filepath.Join(t.TempDir(), "damaged.db")
	o.must(o.snapshot(damaged))
	meddle(t, damaged, func(tx *bolt.Tx) error {
		last, _ := bucket(tx, "audit").Cursor().Last()
		return errors.Join(turnBit(tx, "audit", bytes.Clone(last)), turnBit(tx, "audit", key(uint64(3))), turnBit(tx, singles, []byte(sequences.name)),
			bucket(tx, "accounts").SetSequence(1))
	})
	path, done, said := repaired(t, damaged)
	if done.Lost != 2 {
		t.Errorf("%+v, said %v", done, said)
	}
	again := &office{clock: o.clock, t: t}
	var err error
	again.Store, err = Open(path, Options{Now: o.now})
	o.must(err)
	defer again.Close()
	_, next := again.applied(3)
	if next.ID <= a.ID || next.Owner <= a.Owner {
		t.Errorf("the next are application %d of account %d, after %d of %d", next.ID, next.Owner, a.ID, a.Owner)
	}
	o.must(again.Check(t.Context(), func(finding Finding) { t.Error(finding) }, nil))
}
