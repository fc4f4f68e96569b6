package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"certreissue/reissue"
)

// shelf is a data file for tests; it must be sound at the end.
func shelf(t *testing.T) *Store {
	t.Helper()
	now := time.Date(2026, 1, 15, 9, 30, 0, 0, time.UTC)
	s, err := Open(filepath.Join(t.TempDir(), "office.db"), Options{Create: true, Now: func() time.Time { now = now.Add(time.Second); return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Check(context.Background(), func(f Finding) { t.Errorf("the file is not sound: %s", f) }, nil); err != nil {
			t.Error(err)
		}
		s.Close()
	})
	return s
}

const holder = "110101199003071233"

// lines makes rows of one holder and exam: each is a specialty and a number.
func lines(cells ...[2]string) []certificateRow {
	var rows []certificateRow
	for i, cell := range cells {
		rows = append(rows, certificateRow{i + 2, &reissue.Certificate{Person: reissue.Person{Paper: reissue.IDCard, Number: holder}, Name: "测试",
			ExamYear: 2015, ExamName: "一级建造师", Level: "考全科", Specialty: cell[0], Number: cell[1], City: "石家庄市", Collected: true}})
	}
	return rows
}

func take(t *testing.T, s *Store, load Load, rows []certificateRow) (Counts, uint64) {
	t.Helper()
	var number uint64
	load.By, load.Reject, load.Began = reissue.System(), func(Reject) {}, func(n uint64) { number = n }
	counts, err := imported(context.Background(), s, load, rows...)
	if err != nil {
		t.Fatal(err)
	}
	return counts, number
}

// held are the holder's lines as text, by specialty.
func held(t *testing.T, s *Store) (list []string) {
	t.Helper()
	page, err := s.Certificates(clerk(), RegisterFilter{Number: holder}, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Rows {
		list = append(list, fmt.Sprintf("%s %s %s", c.Specialty, c.Number, c.CollectedWord()))
	}
	slices.Sort(list)
	return list
}

func (s *Store) takeBackAll(t *testing.T, number uint64) error {
	t.Helper()
	return s.TakeBack(context.Background(), reissue.System(), number)
}

func TestDryRun(t *testing.T) {
	s := shelf(t)
	take(t, s, Load{}, lines([2]string{"建筑工程", "A1"}, [2]string{"机电工程", "A2"}))
	before := held(t, s)
	rows := func() []certificateRow {
		return append(lines([2]string{"建筑工程", "A1"}, [2]string{"机电工程", "B2"}, [2]string{"公路工程", "B3"}, [2]string{"公路工程", "B4"}),
			certificateRow{9, &reissue.Certificate{Person: reissue.Person{Paper: reissue.IDCard, Number: holder}, Name: "测试", ExamYear: 2031, ExamName: "新考试", City: "新城"}})
	}
	var changed [][]string
	dry, number := take(t, s, Load{Dry: true, Broken: 2, Changed: func(_ int, fields []string) { changed = append(changed, fields) }}, rows())
	if want := (Counts{Added: 2, Changed: 1, Unchanged: 1, Rejected: 3}); dry != want || number != 0 {
		t.Errorf("dry run %+v of import %d, want %+v", dry, number, want)
	}
	if len(changed) != 1 || !slices.Equal(changed[0], []string{reissue.FieldCertificateNumber}) {
		t.Errorf("changed %v", changed)
	}
	exams, _ := s.Exams()
	cities, _ := s.Cities()
	imports, _ := s.CertificateImports("", 10)
	if after := held(t, s); !slices.Equal(before, after) || len(exams) != 1 || len(cities) != 1 || len(imports.Rows) != 1 {
		t.Errorf("the dry run left something: %v, %d exams, %d cities, %d imports", after, len(exams), len(cities), len(imports.Rows))
	}
	if real, _ := take(t, s, Load{Broken: 2}, rows()); real != dry {
		t.Errorf("the import did %+v, the dry run promised %+v", real, dry)
	}
}

func TestTakeBack(t *testing.T) {
	s := shelf(t)
	staff := &reissue.Staff{ID: 1, Roles: []reissue.Role{reissue.RoleAdmin}}
	_, first := take(t, s, Load{}, lines([2]string{"建筑工程", "A1"}, [2]string{"机电工程", "A2"}))
	before := held(t, s)
	_, second := take(t, s, Load{}, lines([2]string{"建筑工程", "B1"}, [2]string{"公路工程", "B3"}))

	var depends *Dependents
	if err := s.takeBackAll(t, first); !errors.As(err, &depends) || !slices.Equal(depends.Imports, []uint64{second}) {
		t.Errorf("an import that a later one changed: %v", err)
	}
	page, _ := s.Certificates(clerk(), RegisterFilter{Query: "B3"}, "", 10)
	fresh := []uint64{page.Rows[0].ID}
	if n, err := s.MarkCollected(staff, fresh, false); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if err := s.takeBackAll(t, second); !errors.As(err, &depends) || depends.Marked != 1 {
		t.Errorf("an import with a line marked by hand: %v", err)
	}
	if n, err := s.MarkCollected(staff, fresh, true); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if err := s.takeBackAll(t, second); err != nil {
		t.Fatal(err)
	}
	if after := held(t, s); !slices.Equal(before, after) {
		t.Errorf("taken back to %v, want %v", after, before)
	}
	if err := s.takeBackAll(t, second); !errors.Is(err, reissue.ErrState) {
		t.Errorf("taken back twice: %v", err)
	}
	if err := s.takeBackAll(t, first); err != nil {
		t.Errorf("nothing depends on it any more: %v", err)
	}
	if after := held(t, s); len(after) != 0 {
		t.Errorf("left: %v", after)
	}
	record, err := s.CertificateImport(first)
	if err != nil || record.Undone == 0 || record.Restored != 2 {
		t.Errorf("kept as %+v, %v", record, err)
	}
}

// endsLater is a context that has ended at the second look.
type endsLater struct {
	context.Context
	looks int
}

func (c *endsLater) Err() error {
	if c.looks++; c.looks > 1 {
		return context.Canceled
	}
	return nil
}

// TestTakeBackResumed: broken off in the middle, the register waits until it has
// been finished, and nothing can be built on the lines meanwhile.
func TestTakeBackResumed(t *testing.T) {
	s := shelf(t)
	var rows []certificateRow
	for n := range 1200 {
		rows = append(rows, lines([2]string{fmt.Sprintf("专业%d", n), fmt.Sprintf("C%d", n)})[0])
		rows[n].line = n + 2
	}
	_, number := take(t, s, Load{Alone: true}, rows)
	err := s.TakeBack(&endsLater{Context: context.Background()}, reissue.System(), number)
	record, _ := s.CertificateImport(number)
	if !errors.Is(err, context.Canceled) || !record.BeingUndone() || record.Restored == 0 {
		t.Fatalf("broken off: %v, %+v", err, record)
	}
	var busy *RegisterBusyError
	if _, err := imported(context.Background(), s, Load{}, lines([2]string{"建筑工程", "A1"})...); !errors.As(err, &busy) || busy.Undoing != number {
		t.Errorf("an import in between: %v", err)
	}
	page, _ := s.Certificates(clerk(), RegisterFilter{Number: holder}, "", 1)
	if _, err := s.MarkCollected(&reissue.Staff{ID: 1}, []uint64{page.Rows[0].ID}, false); !errors.Is(err, ErrBeingUndone) {
		t.Errorf("a mark in between: %v", err)
	}
	if err := s.takeBackAll(t, number); err != nil {
		t.Fatal(err)
	}
	if left := held(t, s); len(left) != 0 {
		t.Errorf("%d lines left", len(left))
	}
	take(t, s, Load{}, lines([2]string{"建筑工程", "A1"}))
}
