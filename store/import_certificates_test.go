package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"certreissue/reissue"
)

type change = func(*reissue.Certificate)

func level(level, specialty string) change {
	return func(c *reissue.Certificate) { c.Level, c.Specialty = level, specialty }
}

func numbered(number string) change { return func(c *reissue.Certificate) { c.Number = number } }

// TestImportCertificates takes one list after another, and follows what becomes
// of each line (domain.md §4).
func TestImportCertificates(t *testing.T) {
	list := func(rows ...certificateRow) []certificateRow {
		for n := range rows {
			rows[n].line = n + 2
		}
		return rows
	}
	for _, c := range []struct {
		reason string
		before []certificateRow
		rows   []certificateRow
		want   Counts
		reject string   // line, column and part of the reason
		stored []string // level/specialty/number of person 1 afterwards
	}{
		{"new", nil, list(line(1), line(2)), Counts{Added: 2}, "", []string{"考全科/建筑工程/A-1"}},
		{"nothing", list(line(1)), nil, Counts{}, "", []string{"考全科/建筑工程/A-1"}},
		{"the same", list(line(1)), list(line(1)), Counts{Unchanged: 1}, "", []string{"考全科/建筑工程/A-1"}},
		{"another number", list(line(1)), list(line(1, numbered("B-1"))), Counts{Changed: 1}, "", []string{"考全科/建筑工程/B-1"}},
		{"a blank does not erase", list(line(1)), list(line(1, numbered(""))), Counts{Unchanged: 1}, "", []string{"考全科/建筑工程/A-1"}},
		{"collected since", list(line(1, func(c *reissue.Certificate) { c.Collected = false })), list(line(1)), Counts{Changed: 1}, "", []string{"考全科/建筑工程/A-1"}},
		{"another year is another certificate", list(line(1)), list(line(1, func(c *reissue.Certificate) { c.ExamYear = 2015 })), Counts{Added: 1}, "",
			[]string{"考全科/建筑工程/A-1", "考全科/建筑工程/A-1"}},
		{"another level is another certificate", list(line(1)), list(line(1, level("增报专业", "建筑工程"))), Counts{Added: 1}, "",
			[]string{"增报专业/建筑工程/A-1", "考全科/建筑工程/A-1"}},
		{"a blank level is filled", list(line(1, level("", "建筑工程"))), list(line(1)), Counts{Changed: 1}, "", []string{"考全科/建筑工程/A-1"}},
		{"a filled level stays", list(line(1)), list(line(1, level("", "建筑工程"), numbered("B-1"))), Counts{Changed: 1}, "", []string{"考全科/建筑工程/B-1"}},
		{"each fills what the other lacks", list(line(1, level("", "建筑工程"))), list(line(1, level("考全科", ""))), Counts{Changed: 1}, "", []string{"考全科/建筑工程/A-1"}},
		{"无 for a blank", list(line(1, level("", ""))), list(line(1, level("无", "无"))), Counts{Changed: 1}, "", []string{"无/无/A-1"}},
		{"无 against a filled one is another certificate", list(line(1)), list(line(1, level("无", "建筑工程"))), Counts{Added: 1}, "",
			[]string{"无/建筑工程/A-1", "考全科/建筑工程/A-1"}},
		{"several fit", list(line(1), line(1, level("增报专业", "建筑工程"), numbered("A-9"))), list(line(1, level("", "建筑工程"))), Counts{Rejected: 1}, "2 级别 A-1、A-9",
			[]string{"增报专业/建筑工程/A-9", "考全科/建筑工程/A-1"}},
		{"several fit and one is the same", list(line(1), line(1, level("", ""), numbered("A-9"), func(c *reissue.Certificate) { c.Level = "增报专业" })),
			list(line(1, level("增报专业", ""))), Counts{Changed: 1}, "", []string{"增报专业//A-1", "考全科/建筑工程/A-1"}},
		{"the same line twice", nil, list(line(1), line(1)), Counts{Added: 1, Unchanged: 1}, "", []string{"考全科/建筑工程/A-1"}},
		{"the same line twice, known", list(line(1)), list(line(1), line(1)), Counts{Unchanged: 2}, "", []string{"考全科/建筑工程/A-1"}},
		{"a different line twice", nil, list(line(2), line(1), line(1, numbered("B-1"))), Counts{Added: 2, Rejected: 1}, "4 证件号码 与第 3 行重复", []string{"考全科/建筑工程/A-1"}},
		{"a different line twice, known", list(line(1)), list(line(1), line(1, numbered("B-1"))), Counts{Unchanged: 1, Rejected: 1}, "3 证件号码 与第 2 行重复", []string{"考全科/建筑工程/A-1"}},
		{"a different line twice, both new", list(line(1)), list(line(1, numbered("B-1")), line(1, numbered("C-1"))), Counts{Changed: 1, Rejected: 1}, "3 证件号码 与第 2 行重复",
			[]string{"考全科/建筑工程/B-1"}},
		{"the exam written otherwise", list(line(1)), list(line(1, func(c *reissue.Certificate) { c.ExamName = " 二级（ 建造师）" }), line(1, func(c *reissue.Certificate) { c.ExamName = "二级建造师 " })),
			Counts{Added: 1, Unchanged: 1}, "", []string{"考全科/建筑工程/A-1", "考全科/建筑工程/A-1"}},
		{"the city written otherwise", list(line(1)), list(line(1, func(c *reissue.Certificate) { c.City = "石家庄" })), Counts{Unchanged: 1}, "", []string{"考全科/建筑工程/A-1"}},
	} {
		t.Run(c.reason, func(t *testing.T) {
			o := open(t)
			o.load(slices.Clone(c.before)...)
			counts, rejects := o.load(slices.Clone(c.rows)...)
			if counts != c.want {
				t.Errorf("%+v, want %+v", counts, c.want)
			}
			var said []string
			for _, r := range rejects {
				said = append(said, fmt.Sprint(r.Line, " ", r.Column, " ", r.Reason))
			}
			if len(rejects) != c.want.Rejected || c.reject != "" && !containsAll(said[0], strings.Fields(c.reject)) {
				t.Errorf("rejected %q, want %q", said, c.reject)
			}
			var stored []string
			for _, x := range rows(o, &certificates) {
				if x.Person == human(1) {
					stored = append(stored, x.Level+"/"+x.Specialty+"/"+x.Number)
				}
			}
			slices.Sort(stored)
			slices.Sort(c.stored)
			if !slices.Equal(stored, c.stored) {
				t.Errorf("stored %q, want %q", stored, c.stored)
			}
			again, _ := o.load(slices.Clone(c.rows)...)
			if want := (Counts{Unchanged: len(c.rows) - c.want.Rejected, Rejected: c.want.Rejected}); again != want {
				t.Errorf("run again: %+v, want %+v", again, want)
			}
		})
	}
}

func containsAll(s string, parts []string) bool {
	return !slices.ContainsFunc(parts, func(part string) bool { return !strings.Contains(s, part) })
}

func TestImportTellsOfItself(t *testing.T) {
	o := open(t)
	by := reissue.Actor{ID: 9, Roles: []reissue.Role{reissue.RoleAdmin}}
	o.load(line(1))
	o.forward(1e9)
	var progress []int
	counts, err := imported(t.Context(), o.Store, Load{File: "二级.csv", By: by, Progress: func(done, total int) { progress = append(progress, done, total) }},
		line(1, numbered("B-1")), line(2))
	o.must(err)
	if got := progress[len(progress)-2:]; !slices.Equal(got, []int{2, 2}) {
		t.Errorf("progress %v", progress)
	}
	list := rows(o, &imports)
	record := list[len(list)-1]
	want := Import{ID: 2, Kind: "certificates", File: "二级.csv", By: 9, Started: reissue.At(o.now()), Finished: reissue.At(o.now()), Total: 2, Counts: counts}
	if !reflect.DeepEqual(*record, want) || counts != (Counts{Added: 1, Changed: 1}) {
		t.Errorf("%+v, want %+v", *record, want)
	}
	versions := rows(o, &certificateVersions)
	if len(versions) != 1 || versions[0].Import != 2 || versions[0].Before.Number != "A-1" || versions[0].Before.Import != 1 {
		t.Errorf("kept of what was: %+v", versions)
	}
	for _, c := range rows(o, &certificates) {
		if c.Import != 2 {
			t.Errorf("%s remembers import %d", c.Name, c.Import)
		}
	}
	audited := rows(o, &audits)
	if last := audited[len(audited)-1]; last.Act != "import" || last.By != 9 || last.ObjectID != 2 {
		t.Errorf("the log says %+v", last)
	}
}

func TestImportLearns(t *testing.T) {
	o := open(t)
	o.load(
		line(1, func(c *reissue.Certificate) {
			c.ExamName, c.ApprovalDate, c.City = "二级（建造师）", "20160606", "石家庄"
		}),
		line(2, func(c *reissue.Certificate) {
			c.ExamName, c.Level, c.City = "二级(建造师)", "免试部分科目", "石家庄市"
		}),
		line(3, func(c *reissue.Certificate) { c.ExamName, c.Specialty, c.City = "二级(建造师)", "无", "无" }),
		line(4, func(c *reissue.Certificate) {
			c.ExamYear, c.Level, c.Specialty, c.ApprovalDate, c.City = 2017, "", "", "", ""
		}),
	)
	exams, err := o.Exams()
	o.must(err)
	var said []string
	for _, e := range exams {
		said = append(said, fmt.Sprint(e.Title(), " ", e.LastDay, e.Levels, e.Specialties))
	}
	if want := []string{"2017 年 二级建造师 [] []", "2016 年 二级（建造师） 20160605[考全科 免试部分科目] [建筑工程]"}; !slices.Equal(said, want) {
		t.Errorf("exams %q, want %q", said, want)
	}
	if cities, err := o.Cities(); err != nil || !slices.Equal(cities, []string{"石家庄"}) {
		t.Errorf("cities %q, %v", cities, err)
	}
	for _, c := range rows(o, &certificates) {
		if strings.HasPrefix(c.City, "石") && c.City != "石家庄" || strings.Contains(c.ExamName, "(") {
			t.Errorf("%s is of %s and %s", c.Name, c.City, c.ExamName)
		}
	}
	o.load(line(5, func(c *reissue.Certificate) {
		c.ExamName, c.ApprovalDate, c.City = "二级(建造师)", "20160606", "保定"
	}))
	exam, err := o.Exam(exams[1].ID)
	if err != nil || exam.LastDay != "20160605" || exam.Name != "二级（建造师）" {
		t.Errorf("a later list made it %+v, %v", exam, err)
	}
	if cities, err := o.Cities(); err != nil || !slices.Equal(cities, []string{"保定", "石家庄"}) {
		t.Errorf("then cities %q, %v", cities, err)
	}
}

// TestOldNumber: a line under a number of 15 digits is found by its holder.
func TestOldNumber(t *testing.T) {
	old, err := reissue.ParsePerson("", "610104620927690", "20260115")
	if err != nil {
		t.Fatal(err)
	}
	o := open(t)
	o.load(line(1, func(c *reissue.Certificate) { c.Person = old }))
	account, err := o.Register(reissue.Account{Person: reissue.Person{Paper: reissue.IDCard, Number: "610104196209276908"}, Name: name(1)})
	o.must(err)
	o.one(account)
	passport, err := o.Register(reissue.Account{Person: reissue.Person{Paper: "护照", Number: "610104196209276908"}, Name: name(1)})
	o.must(err)
	if lines, err := o.Holder(passport.ID).Certificates(); err != nil || len(lines) != 0 {
		t.Errorf("another paper of the same number sees %d lines, %v", len(lines), err)
	}
}

// TestImportInterrupted stops an import again and again, and runs it again.
func TestImportInterrupted(t *testing.T) {
	o := open(t)
	list := func() (rows []certificateRow) {
		for n := range 3000 {
			rows = append(rows, line(n))
		}
		return rows
	}
	ctx, cancel := context.WithCancel(t.Context())
	first, err := imported(ctx, o.Store, Load{By: reissue.System(), Progress: func(int, int) { cancel() }}, list()...)
	if !errors.Is(err, context.Canceled) || first.Added == 0 || first.Added == 3000 {
		t.Fatalf("interrupted: %+v, %v", first, err)
	}
	if n := count(o, &certificates); n != first.Added {
		t.Errorf("%d lines are there, %d were told", n, first.Added)
	}
	if record := rows(o, &imports)[0]; record.Finished != 0 || record.Counts != first {
		t.Errorf("the record says %+v", record)
	}
	second, err := imported(t.Context(), o.Store, Load{By: reissue.System()}, list()...)
	if want := (Counts{Added: 3000 - first.Added, Unchanged: first.Added}); err != nil || second != want {
		t.Errorf("run again: %+v, %v, want %+v", second, err, want)
	}
}
