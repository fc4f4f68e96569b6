package power

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"

	bolt "go.etcd.io/bbolt"
)

// acts are all acts that touch files.
var acts = []act{
	{name: "import", before: staffed, args: "import certificates @register.csv -data @data.db", again: "import certificates @register.csv -data @data.db", holds: func(l left, was contents) {
		l.imported(l.whole("data.db"))
	}},
	{name: "import into a service", before: staffed, args: "serve -addr 127.0.0.1:0 -data @data.db", during: importing, again: "import certificates @register.csv -data @data.db", holds: func(l left, was contents) {
		l.imported(l.whole("data.db"))
	}},
	{name: "large import", before: largeRegister, args: "import certificates @register.csv -data @data.db", again: "import certificates @register.csv -data @data.db", holds: func(l left, _ contents) {
		c := l.whole("data.db")
		l.entered(c)
		if finished, stand := l.imports(c), len(c["certificates"]); l.tells("added=") && (stand != manyPeople || finished == 0) {
			l.Errorf("%d of %d lines stand, %d imports have finished; it had told %q", stand, manyPeople, finished, l.told)
		}
	}},
	{name: "import with rejected lines", before: misspelt, args: "import certificates @register.csv -data @data.db", code: command.ExitPartial, again: "check @data.db", holds: func(l left, was contents) {
		l.imported(l.whole("data.db"))
		l.oldOrNew("register.csv.rejected.csv", l.tells("原因见"))
	}},
	{name: "export", before: served, args: "export applications @out.csv -data @data.db", again: "staff list -data @data.db", holds: func(l left, was contents) {
		l.unchanged("data.db", was)
		l.oldOrNew("out.csv", l.tells("已写入"))
	}},
	{name: "new file", before: register, args: "import certificates @register.csv -data @new/data.db", again: "import certificates @register.csv -data @new/data.db", holds: func(l left, _ contents) {
		if l.tells("已建立数据文件") || l.there("new/data.db") {
			l.imported(l.whole("new/data.db"))
		}
	}},
	{name: "compact", before: purged, args: "compact -data @data.db", again: "compact -data @data.db", holds: func(l left, was contents) {
		l.unchanged("data.db", was)
		if l.tells("压缩完成") {
			l.lacksCanary()
		}
	}},
	{name: "serve", before: purged, args: "serve -addr 127.0.0.1:0 -data @data.db", during: untilCopied, again: "staff list -data @data.db", holds: func(l left, was contents) {
		c := l.unchanged("data.db", was)
		if l.tells("压缩完成") {
			l.lacksCanary()
		}
		copies := l.match("data.db.backups/????????-??????.db")
		for _, name := range copies {
			l.unchanged(name, was)
		}
		for _, row := range c.decoded("audit") {
			if row[auditAct] == "backup" && len(copies) == 0 {
				l.Errorf("the log has a backup and it is lost; there are %v", l.names())
			}
		}
		if l.ended() {
			l.closedCleanly("data.db", c)
		}
	}},
	{name: "mirror", before: mirrored, args: "serve -addr 127.0.0.1:0 -mirror @mirror -data @data.db", during: importing, again: "restore @mirror -data @restored.db", holds: func(l left, was contents) {
		data := l.whole("data.db")
		wholes, last := 0, false
		for _, name := range l.match("mirror/*.db") {
			c, err := read(l.path(name))
			if err != nil { // it is the one that is being written
				continue
			}
			wholes++
			last = last || c.same(data)
			left{T: l.T, folder: l.folder}.imported(c)
		}
		if wholes == 0 || l.ended() && !last && !l.tells("镜像没有写完") {
			l.Errorf("%d files of the mirror are whole, one is the data file's equal: %v", wholes, last)
		}
	}},
	{name: "backup", before: imported, args: "backup @copy.db -data @data.db", again: "staff list -data @data.db", holds: func(l left, was contents) {
		l.unchanged("data.db", was)
		l.new("copy.db", l.tells("已写入"), was)
	}},
	{name: "restore", before: outlived, args: "restore @copy.db -data @data.db", again: "restore @copy.db -data @data.db", holds: func(l left, was contents) {
		c, copied := l.whole("data.db"), l.whole("copy.db")
		if !c.same(copied) && (!c.same(was) || l.tells("已恢复") || l.ended()) {
			l.Errorf("the file holds neither what it did nor what is restored, it had told %q", l.told)
		}
		kept := l.match("data.db.20*")
		if c.same(was) {
			return
		}
		if l.refused {
			l.Error("what it has refused to restore is there")
		}
		for _, name := range kept {
			if !strings.HasSuffix(name, ".part") && l.whole(name).same(was) {
				return
			}
		}
		l.Errorf("what was there is lost; there are %v", l.names())
	}},
	{name: "restore of a lost file", before: lost, args: "restore @copy.db -data @data.db", again: "restore @copy.db -data @data.db", holds: func(l left, _ contents) {
		l.new("data.db", l.tells("已恢复"), l.whole("copy.db"))
	}},
	{name: "repair", before: damaged, args: "check -repair @out.db -from @copy.db -data @data.db", again: "check @copy.db", holds: func(l left, _ contents) {
		told := l.tells("修复后的数据已写入")
		switch {
		case !l.tells("没有使用 " + l.path("copy.db")):
			l.new("out.db", told, l.whole("copy.db"))
		case told || l.ended() || l.there("out.db"): // something is missing from it, which it has told
			l.whole("out.db")
		}
		data, err := os.ReadFile(l.path("data.db"))
		if original, err2 := os.ReadFile(l.path("damaged.db")); err != nil || err2 != nil || !bytes.Equal(data, original) {
			l.Error("the damaged file has changed")
		}
	}},
	upgrade(1), upgrade(2), upgrade(3), upgrade(4),
	office,
}

// people is how many stand in the register.
const people = 300

// register puts a register there.
func register(t *testing.T, folder string) {
	t.Helper()
	put(t, filepath.Join(folder, "register.csv"), []byte(registerOf(t, 0, people)))
}

// registerOf is a register of so many people, from a number on.
func registerOf(t *testing.T, from, many int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市\n")
	for n := from; n < from+many; n++ {
		fmt.Fprintf(&b, "2015,一级建造师,考生,%s,已领取,考全科,建筑工程,ZJ2015%05d,20150920,石家庄市\n", rig.IDNumber(t, n), n)
	}
	return b.String()
}

func put(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// staffed is a file with staff, and a register to import.
func staffed(t *testing.T, folder string) {
	t.Helper()
	register(t, folder)
	put(t, filepath.Join(folder, "data.db"), get(t, rig.StaffedFile(t)))
}

// largeRegister is staffed, with a register whose names and numbers are entered late.
func largeRegister(t *testing.T, folder string) {
	t.Helper()
	staffed(t, folder)
	put(t, filepath.Join(folder, "register.csv"), []byte(registerOf(t, 0, manyPeople)))
}

// manyPeople are in it.
const manyPeople = 10_001

// misspelt is a register with lines that are no good, and what an import of an older
// one has rejected.
func misspelt(t *testing.T, folder string) {
	t.Helper()
	staffed(t, folder)
	path, data := filepath.Join(folder, "register.csv"), filepath.Join(folder, "trial.db")
	put(t, path, append(get(t, path), bytes.Repeat([]byte("2015,一级建造师,考生,110000198501010000,已领取,考全科,建筑工程,,20150920,石家庄市\n"), 50)...))
	put(t, data, get(t, filepath.Join(folder, "data.db")))
	if code, out, said := rig.Command(t, "", "import", "certificates", path, "-data", data); code != command.ExitPartial {
		t.Fatalf("exit %d\n%s%s", code, out, said)
	}
	aside(t, path+".rejected.csv")
}

// served has applications, and a list of them.
func served(t *testing.T, folder string) {
	t.Helper()
	put(t, filepath.Join(folder, "data.db"), get(t, "../../store/testdata/schema-4.db"))
	rig.Must(t, "", in(folder, "export applications @out.csv -data @data.db")...)
	aside(t, filepath.Join(folder, "out.csv"))
}

// aside puts a file aside for oldOrNew, and an older one in its place.
func aside(t *testing.T, path string) {
	t.Helper()
	put(t, path+wanted, get(t, path))
	put(t, path, []byte(older))
}

// wanted ends the name of what a file is to become, and older is what it is before.
const wanted, older = ".wanted", "older\n"

// imported has taken the register in.
func imported(t *testing.T, folder string) {
	t.Helper()
	staffed(t, folder)
	rig.Must(t, "", in(folder, "import certificates @register.csv -data @data.db")...)
}

// mirrored has both files of a mirror.
func mirrored(t *testing.T, folder string) {
	t.Helper()
	staffed(t, folder)
	mirror := filepath.Join(folder, "mirror")
	if err := os.Mkdir(mirror, 0o700); err != nil {
		t.Fatal(err)
	}
	rig.Start(t, "serve", "-data", filepath.Join(folder, "data.db"), "-mirror", mirror).Stop()
}

// canary lies in free pages.
const canary = "canary of a deleted record"

// purged has free pages with a canary in them, and knows that records were deleted.
func purged(t *testing.T, folder string) {
	t.Helper()
	imported(t, folder)
	for _, change := range []func(*bolt.Tx) error{
		func(tx *bolt.Tx) error {
			bucket, err := tx.CreateBucket([]byte("canaries"))
			for n := 0; n < 100 && err == nil; n++ {
				err = bucket.Put([]byte(fmt.Sprint(n)), bytes.Repeat([]byte(canary), 20))
			}
			return err
		},
		func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("canaries")) },
		setPurged,
	} {
		if err := meddle(filepath.Join(folder, "data.db"), change); err != nil {
			t.Fatal(err)
		}
	}
}

// outlived has a copy, and more in the file than in that.
func outlived(t *testing.T, folder string) {
	t.Helper()
	staffed(t, folder)
	rig.Must(t, "", in(folder, "backup @copy.db -data @data.db")...)
	rig.Must(t, "", in(folder, "import certificates @register.csv -data @data.db")...)
}

// lost has nothing but the copy.
func lost(t *testing.T, folder string) {
	t.Helper()
	imported(t, folder)
	if err := os.Rename(filepath.Join(folder, "data.db"), filepath.Join(folder, "copy.db")); err != nil {
		t.Fatal(err)
	}
}

// damaged has a file with a bit turned, the same under another name, and a good copy.
func damaged(t *testing.T, folder string) {
	t.Helper()
	lost(t, folder)
	content := get(t, filepath.Join(folder, "copy.db"))
	data, text := filepath.Join(folder, "data.db"), []byte("ZJ201500007")
	for at := bytes.Index(content, text); at >= 0; {
		content[at] ^= 1
		put(t, data, content)
		if _, err := read(data); err != nil {
			put(t, filepath.Join(folder, "damaged.db"), content)
			return
		}
		content[at] ^= 1 // in a free page, or in an index
		next := bytes.Index(content[at+1:], text)
		if next < 0 {
			break
		}
		at += 1 + next
	}
	t.Fatal("nothing to damage")
}

// upgrade is the start with a file of an older schema.
func upgrade(schema int) act {
	return act{name: fmt.Sprintf("upgrade of schema %d", schema), args: "staff list -data @data.db", again: "staff list -data @data.db",
		before: func(t *testing.T, folder string) {
			put(t, filepath.Join(folder, "data.db"), get(t, fmt.Sprintf("../../store/testdata/schema-%d.db", schema)))
		},
		holds: func(l left, was contents) {
			c := l.unchanged("data.db", was)
			begun := c.schema() != was.schema()
			if l.over && !begun {
				l.Error("it is not upgraded")
			}
			const kept = "data.db.before-upgrade"
			if begun || l.there(kept) {
				if found := l.unchanged(kept, was); found.schema() != was.schema() {
					l.Errorf("what is kept is of schema %d", found.schema())
				}
			}
		}}
}

func (c contents) schema() int {
	schema, _ := c.single("identity")[identitySchema].(uint64)
	return int(schema)
}
