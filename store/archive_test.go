package store

import (
	"slices"
	"testing"
	"time"

	"certreissue/reissue"
)

// TestInArchive: a year's applications are those that were submitted in it, a batch's
// its members, of a limited reviewer's cities only.
func TestInArchive(t *testing.T) {
	o := open(t)
	_, first := o.applied(1)
	o.decide(first.ID, approve)
	o.batch(reissue.BatchLock)
	o.forward(365 * 24 * time.Hour)
	_, second := o.applied(2)
	year, _ := reissue.SplitNumber(first.ID)
	for _, c := range []struct {
		why   string
		staff *reissue.Staff
		of    Archive
		want  []uint64
	}{
		{"the first year", clerk(), Archive{Year: year}, []uint64{first.ID}},
		{"the next", clerk(), Archive{Year: year + 1}, []uint64{second.ID}},
		{"one without any", clerk(), Archive{Year: year + 2}, nil},
		{"the batch", clerk(), Archive{Batch: 1}, []uint64{first.ID}},
		{"its own city", of("石家庄"), Archive{Year: year}, []uint64{first.ID}},
		{"another city", of("保定"), Archive{Year: year}, nil},
		{"another city's batch", of("保定"), Archive{Batch: 1}, nil},
	} {
		got, err := o.InArchive(c.staff, c.of)
		if !slices.Equal(got, c.want) || isNotFound(err) != (c.want == nil) {
			t.Errorf("%s: %v, %v", c.why, got, err)
		}
	}
	years, err := o.ArchiveYears(clerk())
	if err != nil || len(years) != 2 || years[0] != (ArchiveYear{Year: year + 1, Applications: 1, Photos: 1}) {
		t.Errorf("%+v, %v", years, err)
	}
	if years, err := o.ArchiveYears(of("保定")); err != nil || years != nil {
		t.Errorf("another city: %+v, %v", years, err)
	}
}

// TestLeaving: what the coming week deletes is told until an archive of its year has it,
// of all cities, and made since it ended.
func TestLeaving(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	year, _ := reissue.SplitNumber(a.ID)
	leaving := func(why string, want ...int) {
		t.Helper()
		if got, err := o.Leaving(); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v leave, %v", why, got, err)
		}
	}
	o.must(o.Archived(clerk(), Archive{Year: year}, reissue.At(o.Now())))
	o.forward(time.Hour)
	o.decide(a.ID, refuse)
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Retention.ApplicationMonths = 12; return nil }))
	leaving("just ended")
	o.forward(350 * 24 * time.Hour)
	leaving("two weeks before")
	o.forward(10 * 24 * time.Hour)
	leaving("within a week, and put away before it ended", year)
	o.must(o.Archived(of("石家庄"), Archive{Year: year}, reissue.At(o.Now())))
	o.must(o.Archived(clerk(), Archive{Batch: 7}, reissue.At(o.Now())))
	leaving("one city and a batch were put away", year)
	o.must(o.Archived(clerk(), Archive{Year: year}, reissue.At(o.Now())))
	leaving("put away")
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error {
		s.Retention = reissue.Retention{PhotoMonths: 12}
		return nil
	}))
	leaving("of photos, too")
}
