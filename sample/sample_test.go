package sample

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"certreissue/idcard"
	"certreissue/password"
	"certreissue/reissue"
	"certreissue/store"
)

// noon is when the sample ends in most of these tests.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.FixedZone("CST", 8*3600))

// made makes a sample, opens it at the time of its end and checks it.
func made(t *testing.T, extra int, now time.Time) *store.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample.db")
	last, total := 0, 0
	if err := Make(t.Context(), path, extra, now, func(done, of int) { last, total = done, of }); err != nil {
		t.Fatal(err)
	}
	if last == 0 || last != total {
		t.Errorf("progress ended at %d of %d", last, total)
	}
	s, err := store.Open(path, store.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if s.Unclean() || !s.IsDemo() || s.WasServed() {
		t.Errorf("unclean %v, demo %v, served %v", s.Unclean(), s.IsDemo(), s.WasServed())
	}
	if err := s.Check(t.Context(), func(f store.Finding) { t.Errorf("check: %s", f) }, nil); err != nil {
		t.Fatal(err)
	}
	return s
}

// reviewer sees every application.
var reviewer = &reissue.Staff{Roles: []reissue.Role{reissue.RoleReviewer}}

// reviews loads every application as the review screen does.
func reviews(t *testing.T, s *store.Store) (list []*store.Review) {
	t.Helper()
	for cursor := ""; ; {
		page, err := s.Queue(reissue.Console(), store.Filter{Newest: true}, cursor, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range page.Rows {
			r, err := s.Review(reviewer, a.ID)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, r)
		}
		if cursor = page.Next; cursor == "" {
			return list
		}
	}
}

func TestMake(t *testing.T) {
	s := made(t, 0, noon)
	t.Run("exams", func(t *testing.T) {
		list, err := s.Exams()
		if err != nil || len(list) < 12 || list[0].Year != 2025 || list[len(list)-1].Year != 2008 {
			t.Errorf("%d exams, %v", len(list), err)
		}
	})
	t.Run("states", func(t *testing.T) {
		desk, err := s.Desk(&reissue.Staff{})
		if err != nil {
			t.Fatal(err)
		}
		for _, status := range reissue.Statuses {
			if len(desk.Tally[status]) == 0 {
				t.Errorf("no application is %s", status.Word())
			}
		}
		if desk.Overdue == 0 || !s.Settings().Overdue(desk.Oldest, noon) {
			t.Error("no application waits too long")
		}
	})
	t.Run("calls", func(t *testing.T) {
		calls, err := s.Calls(reviewer, false, "", 10)
		if err != nil || len(calls.Rows) != 1 || calls.Rows[0].Application.Fields.Name != untold {
			t.Errorf("to be told by telephone are %d, %v", len(calls.Rows), err)
		}
	})
	t.Run("logins", func(t *testing.T) { testLogins(t, s) })
	t.Run("accounts", func(t *testing.T) { testAccounts(t, s) })
	list := reviews(t, s)
	t.Run("variety", func(t *testing.T) { testVariety(t, list) })
	t.Run("times", func(t *testing.T) {
		for _, r := range list {
			at := r.Account.Created
			for _, event := range r.Application.History {
				if event.At < at || event.At > reissue.At(noon) {
					t.Errorf("application %d: %s at %s, after %s", r.Application.ID, event.Act, event.At, at)
				}
				at = event.At
			}
			if reissue.DaysBetween(r.Application.Submitted, reissue.At(noon)) > 366 {
				t.Errorf("application %d is of %s", r.Application.ID, r.Application.Submitted)
			}
		}
	})
}

func testLogins(t *testing.T, s *store.Store) {
	candidates := 0
	for _, login := range Logins() {
		var stored string
		var mustChange bool
		if login.Office {
			staff, err := s.StaffByName(login.Username)
			if err != nil {
				t.Fatalf("%s: %v", login.Username, err)
			}
			stored, mustChange = staff.Password, staff.MustChange
		} else {
			candidates++
			account, err := s.AccountByNumber(idcard.Number(login.Username))
			if err != nil || account.Name != login.Name {
				t.Fatalf("%s: %v", login.Name, err)
			}
			stored, mustChange = account.Password, account.MustChange
		}
		if ok, _ := password.Verify(stored, login.Password); !ok || mustChange != (login.Password == oneTimePassword) {
			t.Errorf("%s: signs in %v, must change %v", login.Username, ok, mustChange)
		}
		if err := password.Check(login.Password, login.Username); err != nil {
			t.Errorf("%s: %v", login.Username, err)
		}
		if login.Shows == "" {
			t.Errorf("%s: shows nothing", login.Username)
		}
	}
	if candidates < 6 {
		t.Errorf("%d candidates", candidates)
	}
}

// testAccounts holds what the logins promise against what their owners see.
func testAccounts(t *testing.T, s *store.Store) {
	type seen struct{ lines, free, closed, tolerant, applications int }
	for who, want := range map[string]seen{
		"张丽华":    {lines: 4, free: 4},
		"刘洋":     {lines: 3, free: 1, closed: 2},
		"陈静":     {},
		"王晓沛":    {lines: 2, free: 1, tolerant: 2, applications: 1},
		"赵强":     {lines: 2, free: 1, applications: 1},
		"孙志远":    {lines: 5, free: 2, applications: 5},
		"买买提·艾力": {lines: 2, free: 2},
		"李𠮷":     {lines: 1, applications: 1},
		"吴秀英":    {lines: 2, free: 2},
		"林嘉慧":    {lines: 1, applications: 1},
		"郑凯":     {lines: 3, free: 2, applications: 3},
	} {
		account, err := s.AccountByNumber(cast()[who].number())
		if err != nil {
			t.Fatalf("%s: %v", who, err)
		}
		lines, err := s.Holder(account.ID).Certificates()
		if err != nil {
			t.Fatal(err)
		}
		applications, err := s.Holder(account.ID).Applications()
		if err != nil {
			t.Fatal(err)
		}
		got := seen{lines: len(lines), applications: len(applications)}
		for _, line := range lines {
			switch {
			case !line.Collected:
				got.closed++
			case !slices.ContainsFunc(applications, func(a *reissue.Application) bool { return a.Certificate == line.ID && a.Status.Open() }):
				got.free++
			}
			if reissue.MatchNames(account.Name, line.Name) == reissue.NamesTolerant {
				got.tolerant++
			}
		}
		if got != want {
			t.Errorf("%s sees %+v, want %+v", who, got, want)
		}
	}
}

// testVariety wants at least one application of every kind that a screen shows
// differently.
func testVariety(t *testing.T, list []*store.Review) {
	moved := func(r *store.Review) bool {
		for _, d := range reissue.Compare(r.Application, r.Line) {
			if d.Locked && d.Disagree {
				return true
			}
		}
		return false
	}
	tests := []struct {
		name string
		is   func(r *store.Review) bool
	}{
		{"by hand, nothing near in the register", func(r *store.Review) bool { return r.Application.Certificate == 0 && r.Line == nil }},
		{"by hand beside a near line", func(r *store.Review) bool { return r.Application.Certificate == 0 && r.Line != nil }},
		{"an exam that the office does not know", func(r *store.Review) bool { return r.Exam == nil }},
		{"a date that is not the exam's", func(r *store.Review) bool { return reissue.DateHint(&r.Application.Fields, r.Exam) != "" }},
		{"the register has moved since", moved},
		{"a bracketed name", func(r *store.Review) bool {
			return r.Line != nil && reissue.MatchNames(r.Account.Name, r.Line.Name) == reissue.NamesTolerant
		}},
		{"another name", func(r *store.Review) bool {
			return r.Line != nil && reissue.MatchNames(r.Account.Name, r.Line.Name) == reissue.NamesDiffer
		}},
		{"lost again", func(r *store.Review) bool { return r.Application.Round > 1 }},
		{"a photo with a hint", func(r *store.Review) bool { return len(r.Application.Photo.Hints) > 0 }},
		{"a photo without one", func(r *store.Review) bool {
			return r.Application.Photo.Given() && len(r.Application.Photo.Hints) == 0
		}},
		{"no photo", func(r *store.Review) bool { return !r.Application.Photo.Given() }},
		{"a long history that waits again", func(r *store.Review) bool {
			return r.Application.Status == reissue.Pending && len(r.Application.History) > 4
		}},
		{"today's", func(r *store.Review) bool { return r.Application.Submitted.Date() == reissue.Today(noon) }},
		{"sent back for more than one reason", func(r *store.Review) bool {
			d := r.Application.LastDecision()
			return r.Application.Status == reissue.Returned && d != nil && len(d.Reasons) > 1
		}},
		{"others of the same person", func(r *store.Review) bool { return len(r.Others.List) > 0 }},
	}
	for _, tt := range tests {
		found := false
		for _, r := range list {
			found = found || tt.is(r)
		}
		if !found {
			t.Errorf("no application: %s", tt.name)
		}
	}
}

func TestMakeCrowd(t *testing.T) {
	const extra = 50
	s := made(t, extra, noon)
	list := reviews(t, s)
	if got, want := len(list), len(stories)+extra; got != want {
		t.Errorf("%d applications, want %d", got, want)
	}
	// The mark "the very same photo" stands for one fraud, and must not stand everywhere.
	photos, shared := 0, 0
	for _, r := range list {
		if r.Application.Photo.Given() {
			photos++
		}
		if len(r.SamePhoto.List) > 0 {
			shared++
		}
	}
	if photos < extra/4 || shared != 2 {
		t.Errorf("%d of %d photos are somebody else's, too", shared, photos)
	}
}

func TestMakeWhenever(t *testing.T) {
	for name, now := range map[string]time.Time{
		"as a leap day begins":        time.Date(2028, 2, 29, 0, 0, 0, 0, noon.Location()),
		"where it is still last year": time.Date(2026, 12, 31, 17, 30, 0, 0, time.UTC),
	} {
		t.Run(name, func(t *testing.T) { made(t, 0, now) })
	}
}

func TestMakeFails(t *testing.T) {
	t.Run("never touches a file that is there", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "sample.db")
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Make(t.Context(), path, 0, noon, nil); !errors.Is(err, fs.ErrExist) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("leaves nothing when it is stopped", func(t *testing.T) {
		directory := t.TempDir()
		ctx, cancel := context.WithCancel(t.Context())
		stop := func(done, _ int) {
			if done == 20 {
				cancel()
			}
		}
		if err := Make(ctx, filepath.Join(directory, "sample.db"), 0, noon, stop); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if left, err := os.ReadDir(directory); err != nil || len(left) > 0 {
			t.Errorf("left %v, %v", left, err)
		}
	})
}

// TestNumbers wants every number in the sample to be valid and, but for the
// specimens, to be one that was never given out.
func TestNumbers(t *testing.T) {
	s := &stage{cast: cast()}
	lines, _ := s.gather(500)
	if n := len(register) + len(register2025); n < 40 {
		t.Errorf("%d certificates", n)
	}
	holders := map[string]string{}
	for key, p := range s.cast {
		n, err := idcard.Parse(p.number().Full(), "20250101")
		if err != nil || n.Full()[2:6] != "0000" {
			t.Errorf("%s: %s, %v", key, n, err)
		}
		if other, ok := holders[n.Full()]; ok {
			t.Errorf("%s and %s share a number", key, other)
		}
		holders[n.Full()] = key
		specimen := n == "810000199408230021" || n == "830000199201300022"
		if p.region[0] == '8' && !specimen {
			t.Errorf("%s: a number that may be somebody's", key)
		}
	}
	for _, l := range append(lines, register...) {
		cells := l.cells(s.cast)
		person, err := reissue.ParsePerson(cells[reissue.ColumnPaper], cells[reissue.ColumnIDNumber], "20250101")
		if err != nil || person.Paper == reissue.IDCard && holders[person.Number.Full()] != l.who {
			t.Errorf("%s: %v", l.who, err)
		}
	}
}

func BenchmarkMake(b *testing.B) {
	for b.Loop() {
		if err := Make(b.Context(), filepath.Join(b.TempDir(), "sample.db"), 1000, time.Now(), nil); err != nil {
			b.Fatal(err)
		}
	}
}
