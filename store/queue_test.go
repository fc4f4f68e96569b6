package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"certreissue/reissue"
)

// crowd makes applications of several states, cities and exams, an hour apart,
// two of them at the same moment.
func crowd(o *office) (numbers []uint64) {
	for n := range 12 {
		o.load(line(n, func(c *reissue.Certificate) {
			c.City = []string{"石家庄市", "保定"}[n%2]
			if n%3 == 0 {
				c.ExamName = "会计"
			}
			c.ExamYear, c.ApprovalDate = 2014+n%2, fmt.Sprintf("%d0605", 2014+n%2)
		}))
		account := o.register(n)
		a, err := o.Holder(account.ID).Apply(Form{FormCertificate, o.one(account)}, filled(), Upload{Photo: shot(o.t, n)})
		o.must(err)
		numbers = append(numbers, a.ID)
		if n != 4 {
			o.forward(time.Hour)
		}
		if act := []Act{nil, approve, returnIt, refuse}[n%4]; act != nil {
			o.decide(a.ID, act)
		}
	}
	return numbers
}

// pages collects a list page by page.
func (o *office) pages(staff *reissue.Staff, filter Filter, size int) (numbers []uint64) {
	o.t.Helper()
	for cursor := ""; ; {
		page, err := o.Queue(staff, filter, cursor, size)
		o.must(err)
		if len(page.Rows) > size || page.Next != "" && len(page.Rows) != size {
			o.t.Errorf("a page of %d, wanted %d", len(page.Rows), size)
		}
		for _, a := range page.Rows {
			numbers = append(numbers, a.ID)
		}
		if cursor = page.Next; cursor == "" {
			return numbers
		}
	}
}

func TestQueue(t *testing.T) {
	o := open(t)
	numbers := crowd(o)
	exams, err := o.Exams()
	o.must(err)
	accounting := exams[slices.IndexFunc(exams, func(e *reissue.Exam) bool { return e.Name == "会计" && e.Year == 2014 })].ID
	of := func(places ...int) (list []uint64) {
		for _, place := range places {
			list = append(list, numbers[place])
		}
		return list
	}
	for _, c := range []struct {
		reason string
		filter Filter
		want   []uint64
	}{
		{"all, who waits longest first", Filter{}, numbers},
		{"pending", Filter{Status: reissue.Pending}, of(0, 4, 8)},
		{"refused", Filter{Status: reissue.Refused}, of(3, 7, 11)},
		{"withdrawn, of which there is none", Filter{Status: reissue.Withdrawn}, nil},
		{"of a city", Filter{City: "石家庄"}, of(0, 2, 4, 6, 8, 10)},
		{"of a city and state", Filter{City: "保定市", Status: reissue.Approved}, of(1, 5, 9)},
		{"of an exam", Filter{Exam: accounting}, of(0, 6)},
		{"of an exam, city and state", Filter{Exam: accounting, City: "石家庄市", Status: reissue.Returned}, of(6)},
		{"of a year", Filter{Year: 2015}, of(1, 3, 5, 7, 9, 11)},
		{"an application's number", Filter{Query: fmt.Sprint(numbers[3])}, of(3)},
		{"an application's number of another state", Filter{Query: fmt.Sprint(numbers[3]), Status: reissue.Pending}, nil},
		{"no application's number", Filter{Query: fmt.Sprint(reissue.NewNumber(2026, 999))}, nil},
		{"a certificate's number", Filter{Query: "a-11"}, of(11)},
		{"the beginning of one", Filter{Query: "A-1"}, of(1)},
		{"a name", Filter{Query: name(5)}, of(5)},
		{"the beginning of a name and a state", Filter{Query: "王", Status: reissue.Pending}, of(0, 4, 8)},
		{"a person", Filter{Number: human(7).Number}, of(7)},
		{"nobody's number", Filter{Number: human(77).Number}, nil},
	} {
		for _, size := range []int{1, 2, 7, 12, 50} {
			if got := o.pages(clerk(), c.filter, size); !slices.Equal(got, c.want) {
				t.Errorf("%s, by %d: %v, want %v", c.reason, size, got, c.want)
			}
			newest := c.filter
			newest.Newest = true
			back := slices.Clone(c.want)
			if slices.Reverse(back); c.filter.Query != "王" {
				if got := o.pages(clerk(), newest, size); !slices.Equal(got, back) {
					t.Errorf("%s, by %d, the newest first: %v, want %v", c.reason, size, got, back)
				}
			}
		}
	}
	away, two := &reissue.Staff{Cities: []string{"保定"}}, &reissue.Staff{Cities: []string{"保定", "沧州"}}
	admin := &reissue.Staff{Cities: []string{"保定"}, Roles: []reissue.Role{reissue.RoleReviewer, reissue.RoleAdmin}}
	for _, c := range []struct {
		reason string
		staff  *reissue.Staff
		filter Filter
		want   []uint64
	}{
		{"a reviewer of one city", away, Filter{}, of(1, 3, 5, 7, 9, 11)},
		{"of two", two, Filter{}, of(1, 3, 5, 7, 9, 11)},
		{"such a reviewer asks for another city's number", away, Filter{Query: fmt.Sprint(numbers[0])}, nil},
		{"name", away, Filter{Query: name(4)}, nil},
		{"person", away, Filter{Number: human(4).Number}, nil},
		{"certificate", away, Filter{Query: "A-4"}, nil},
		{"city", away, Filter{City: "石家庄"}, nil},
		{"an administrator, limited as a reviewer", admin, Filter{City: "石家庄"}, of(0, 2, 4, 6, 8, 10)},
	} {
		if got := o.pages(c.staff, c.filter, 50); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.reason, got, c.want)
		}
	}
	var each []uint64
	o.must(o.EachApplication(clerk(), Filter{City: "保定"}, func(a *reissue.Application) error { each = append(each, a.ID); return nil }))
	if want := of(1, 3, 5, 7, 9, 11); !slices.Equal(each, want) {
		t.Errorf("each: %v, want %v", each, want)
	}
}

func TestQueueCursors(t *testing.T) {
	o := open(t)
	crowd(o)
	first, err := o.Queue(clerk(), Filter{Status: reissue.Refused}, "", 1)
	o.must(err)
	for _, cursor := range []string{"?", "AAA=", "王", "AAAA", first.Next} {
		if _, err := o.Queue(clerk(), Filter{Status: reissue.Pending}, cursor, 5); !isNotFound(err) {
			t.Errorf("cursor %q: %v", cursor, err)
		}
	}
}

func TestQueueSearchesWhatLooksLikeANumber(t *testing.T) {
	o := open(t)
	number := fmt.Sprint(reissue.NewNumber(2016, 5)) // a certificate numbered like an application
	o.load(line(1, func(c *reissue.Certificate) { c.Number = number }), line(2, func(c *reissue.Certificate) { c.Name = "SMITH" }))
	holder := o.register(1)
	foreigner, err := o.Register(reissue.Account{Person: human(2), Name: "Smith"})
	o.must(err)
	for n, account := range []*reissue.Account{holder, foreigner} {
		_, err := o.Holder(account.ID).Apply(Form{FormCertificate, o.one(account)}, filled(), Upload{Photo: shot(t, n)})
		o.must(err)
	}
	for _, query := range []string{number, "SMI"} {
		if page, err := o.Queue(clerk(), Filter{Query: query}, "", 5); err != nil || len(page.Rows) != 1 {
			t.Errorf("%s: %d found, %v", query, len(page.Rows), err)
		}
	}
}

func TestChange(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	with := func(roles ...reissue.Role) *reissue.Staff { return &reissue.Staff{ID: 71, Roles: roles} }
	away := clerk()
	away.Cities = []string{"保定"}
	near := clerk()
	near.Cities = []string{"石家庄"}
	reasonless := func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		return a.Return(by, now, on.Settings.Reasons, nil, "")
	}
	before := count(o, &audits)
	for _, c := range []struct {
		reason   string
		staff    *reissue.Staff
		number   uint64
		revision uint64
		act      Act
		want     func(error) bool
	}{
		{"an admin", with(reissue.RoleAdmin), a.ID, 1, approve, is(reissue.ErrRole)},
		{"an auditor", with(reissue.RoleAuditor), a.ID, 1, approve, is(reissue.ErrRole)},
		{"a reviewer of another city", away, a.ID, 1, approve, isNotFound},
		{"no such application", clerk(), a.ID + 1, 1, approve, isNotFound},
		{"a stale screen", clerk(), a.ID, 0, approve, is(reissue.ErrStale)},
		{"a stale screen without a reason", clerk(), a.ID, 0, reasonless, is(reissue.ErrStale)},
		{"without a reason", clerk(), a.ID, 1, reasonless, blames("reason")},
		{"outside its state, whatever the revision", clerk(), a.ID, 0, takeBack, is(reissue.ErrState)},
		{"outside its state", clerk(), a.ID, 1, takeBack, is(reissue.ErrState)},
	} {
		if err := o.Change(c.staff, c.number, c.revision, c.act); !c.want(err) {
			t.Errorf("%s: %v", c.reason, err)
		}
	}
	if count(o, &audits) != before {
		t.Error("a refused act left something behind")
	}
	o.must(o.Change(near, a.ID, 1, approve))
	if err := o.Change(clerk(), a.ID, 1, refuse); !errors.Is(err, reissue.ErrState) {
		t.Errorf("the slower of two clerks: %v", err)
	}
	if _, err := o.Application(away, a.ID); !isNotFound(err) {
		t.Errorf("seen from another city: %v", err)
	}
	if _, err := o.Review(away, a.ID); !isNotFound(err) {
		t.Errorf("reviewed from another city: %v", err)
	}
	list := rows(o, &audits)
	last := list[len(list)-1]
	if last.Act != "approve" || last.ObjectID != a.ID || last.Revision != 2 || last.Kind != "staff" || last.By != near.ID {
		t.Errorf("the log says %+v", last)
	}
}

func is(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

// TestNoWayBackBesideAnother: a refused application cannot be taken back while
// another one is open for the same certificate.
func TestNoWayBackBesideAnother(t *testing.T) {
	o := open(t)
	account, a := o.applied(1)
	o.decide(a.ID, refuse)
	next, err := o.Holder(account.ID).Apply(Form{FormCertificate, o.one(account)}, filled(), Upload{Photo: shot(t, 1)})
	o.must(err)
	var open *OpenError
	if err := o.Change(clerk(), a.ID, 2, takeBack); !errors.As(err, &open) || open.Application != next.ID {
		t.Errorf("%v", err)
	}
	if refused, err := o.Holder(account.ID).Application(a.ID); err != nil || refused.Status != reissue.Refused || refused.Revision != 2 {
		t.Errorf("%+v, %v", refused, err)
	}
	for _, m := range rows(o, &mails) {
		if m.Cancelled != 0 {
			t.Errorf("the mail of a decision that stands was cancelled: %+v", m)
		}
	}
}

// TestNoWayBackWithoutOwner: what is over does not come back under an account
// that is closed, but under the one that the counter opens instead.
func TestNoWayBackWithoutOwner(t *testing.T) {
	o := open(t)
	owner, a := o.applied(1)
	o.decide(a.ID, refuse)
	o.must(o.Leave(owner.ID))
	var problems reissue.Problems
	if err := o.Change(clerk(), a.ID, 2, takeBack); !errors.As(err, &problems) {
		t.Errorf("taken back under a closed account: %v", err)
	}
	if kept, err := o.Application(clerk(), a.ID); err != nil || kept.Status != reissue.Refused {
		t.Errorf("%+v, %v", kept, err)
	}
	again, err := o.OpenAccount(clerk(), reissue.Holder{Person: human(1), Name: name(1)}, "", "one-time")
	o.must(err)
	o.decide(a.ID, takeBack)
	if back, err := o.Holder(again.ID).Application(a.ID); err != nil || back.Status != reissue.Pending {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestReview(t *testing.T) {
	o := open(t)
	o.load(line(1), line(1, func(c *reissue.Certificate) { c.ExamYear, c.ApprovalDate = 2014, "20140605" }))
	account := o.register(1)
	byHand, err := o.Holder(account.ID).Apply(Form{FormSelf, 0}, draftWith(reissue.Draft{"exam_year": "2014", "exam_name": "二级建造师", "level": "增项", "approval_date": "20140606", "specialty": "机电"}),
		Upload{Photo: shot(t, 1)})

	o.must(err)
	o.forward(time.Hour)
	_, err = o.Holder(account.ID).Apply(Form{FormSelf, 0}, filled(), Upload{Photo: shot(t, 1)})
	o.must(err)
	review, err := o.Review(clerk(), byHand.ID)
	if err != nil || review.Line == nil || review.Line.ExamYear != 2014 || review.Exam == nil || review.Exam.LastDay != "20140605" || review.Account.ID != account.ID || len(review.Others.List) != 1 {
		t.Errorf("%+v, %v", review, err)
	}
}
