package store

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// TestCorrectionsDamaged breaks what is kept of lines that were corrected or withdrawn,
// and of applications whose line is somebody else's by now: the check finds each, and a
// repair puts right what other records tell.
func TestCorrectionsDamaged(t *testing.T) {
	var moved, certificate uint64 // an application, and its line
	line := func(tx *bolt.Tx, change func(*reissue.Certificate)) error {
		c, err := certificates.get(tx, key(certificate))
		if err != nil {
			return err
		}
		change(c)
		return certificates.put(tx, c)
	}
	marked := func(tx *bolt.Tx, at reissue.Moment) error {
		a, err := applications.get(tx, key(moved))
		if err != nil {
			return err
		}
		a.Moved = at
		return applications.put(tx, a)
	}
	const unfit, missing = "所依据的证书是不是本人的，与登记不符", "更正或撤销过，但没有记录"
	for why, c := range map[string]struct {
		prepare func(o *office) // beside the correction to another person
		damage  func(*bolt.Tx) error
		found   string // by the check
		said    string // by a repair without a copy
		moved   bool   // the application's line is another person's then
		act     reissue.CorrectionAct
		told    bool // what the line was before is known then
	}{
		"an application does not know": {nil, func(tx *bolt.Tx) error { return marked(tx, 0) }, unfit, "", true, reissue.CorrectLine, true},
		"an application is its person's again, and does not know": {nil, func(tx *bolt.Tx) error {
			return line(tx, func(c *reissue.Certificate) { c.Person = human(1) })
		}, unfit, "", false, reissue.CorrectLine, true},
		"a correction has a bit turned": {nil, func(tx *bolt.Tx) error { return turnBit(tx, "corrections", key(uint64(1))) },
			"档案更正记录 1 的记录已损坏", "重建：档案更正记录", true, reissue.CorrectLine, false},
		"a correction is gone": {nil, func(tx *bolt.Tx) error { return corrections.delete(tx, key(uint64(1))) }, missing, "重建：档案更正记录", true, reissue.CorrectLine, false},
		"a withdrawal is gone": {func(o *office) {
			o.must(o.WithdrawCertificate(chief(), certificate, o.line(certificate).Seen, "重复登记"))
		}, func(tx *bolt.Tx) error {
			return errors.Join(corrections.delete(tx, key(uint64(1))), corrections.delete(tx, key(uint64(2))))
		}, missing, "重建：档案更正记录", true, reissue.WithdrawLine, true},
		"what is left was undone": {nil, func(tx *bolt.Tx) error {
			c, err := corrections.get(tx, key(uint64(1)))
			if err != nil {
				return err
			}
			c.Undone = c.At
			return corrections.put(tx, c)
		}, missing, "重建：档案更正记录", true, reissue.CorrectLine, false},
		"a correction of no line": {nil, func(tx *bolt.Tx) error {
			n, err := corrections.next(tx)
			return errors.Join(err, corrections.put(tx, &reissue.Correction{ID: n, Certificate: 99, Act: reissue.CorrectLine}))
		}, "有更正记录，但证书不存在", "未能找回：档案更正记录 2", true, reissue.CorrectLine, true},
		"nobody finds what it was": {nil, func(tx *bolt.Tx) error {
			k, _ := bucket(tx, "corrections.was").Cursor().First()
			return bucket(tx, "corrections.was").Delete(slices.Clone(k))
		}, "索引 corrections.was 缺少记录", "", true, reissue.CorrectLine, true},
		"nor what was done to the line": {nil, func(tx *bolt.Tx) error {
			k, _ := bucket(tx, "corrections.certificate").Cursor().First()
			return bucket(tx, "corrections.certificate").Delete(slices.Clone(k))
		}, "索引 corrections.certificate 缺少记录", "", true, reissue.CorrectLine, true},
	} {
		t.Run(why, func(t *testing.T) {
			o := open(t)
			_, a := o.applied(1)
			moved, certificate = a.ID, a.Certificate
			o.correct(certificate, reissue.FieldIDNumber, human(2).Number.Full(), reissue.FieldName, name(2))
			if c.prepare != nil {
				c.prepare(o)
			}
			if found := o.findings(); len(found) > 0 {
				t.Fatalf("before: %v", found)
			}
			whole, damaged := filepath.Join(t.TempDir(), "whole.db"), filepath.Join(t.TempDir(), "damaged.db")
			o.must(errors.Join(o.snapshot(whole), o.snapshot(damaged)))
			meddle(t, damaged, c.damage)
			if found := checked(t, damaged); !slices.ContainsFunc(found, func(f Finding) bool { return strings.Contains(string(f), c.found) }) {
				t.Errorf("found %q, want %q", found, c.found)
			}

			path, done, said := repaired(t, damaged)
			if path == "" || (len(said) == 0) != (c.said == "") || !strings.Contains(strings.Join(said, "\n"), c.said) {
				t.Fatalf("%+v, said %q, want %q", done, said, c.said)
			}
			if found := checked(t, path); len(found) != 0 {
				t.Errorf("repaired, it has %v", found)
			}
			s, err := Open(path, Options{Now: o.now})
			o.must(err)
			defer s.Close()
			after := &office{Store: s, clock: o.clock, t: t}
			if is := after.application(moved).Moved != 0; is != c.moved {
				t.Errorf("the application's line is said to be another's: %v", is)
			}
			d := after.line(certificate)
			if last := d.Versions[0]; last.Correction == nil || last.Correction.Act != c.act || (len(changes(last.Before, last.After)) > 0 || last.Before.Withdrawn != last.After.Withdrawn) != c.told {
				t.Errorf("of the line is told %+v", last)
			}
			var depends *Dependents
			if err := after.takeBackAll(t, 1); !errors.As(err, &depends) || depends.Corrected != 1 {
				t.Errorf("the import is taken back: %v", err)
			}

			// With a copy nothing of a correction is lost.
			if strings.Contains(c.found, "已损坏") {
				path, done, said := repaired(t, damaged, whole)
				if path == "" || done.Lost != 0 || done.Taken != 1 || len(checked(t, path)) != 0 {
					t.Errorf("with a copy: %+v, said %q", done, said)
				}
			}
		})
	}
}
