package reissue

import (
	"errors"
	"strings"
	"testing"
)

// TestFilerDoesNotApprove: who filed or corrected an application at the counter leaves its
// approval to somebody else, by itself and among many, whatever else they hold; they may
// still return and refuse it.
func TestFilerDoesNotApprove(t *testing.T) {
	admin, other := Actor{ID: 8, Roles: []Role{RoleAdmin, RoleReviewer}}, Actor{ID: 9, Roles: []Role{RoleReviewer}}
	on := Grounds{Account: &Account{}, Marks: func() ([]Mark, error) { return nil, nil }}
	for _, c := range []struct {
		why          string
		files, saves Actor
		barred       []Actor
		free         []Actor
		filed        bool
	}{
		{"the candidate applied", Candidate(7), Actor{}, nil, []Actor{reviewer, admin}, false},
		{"a reviewer filed", reviewer, Actor{}, []Actor{reviewer}, []Actor{admin, other}, true},
		{"an administrator filed, who reviews", admin, Actor{}, []Actor{admin}, []Actor{reviewer}, true},
		{"one filed, another corrected", reviewer, admin, []Actor{reviewer, admin}, []Actor{other}, true},
		{"the candidate applied, a reviewer corrected", Candidate(7), reviewer, []Actor{reviewer}, []Actor{other}, false},
		{"a reviewer filed, the candidate corrected", reviewer, Candidate(7), []Actor{reviewer}, []Actor{other}, true},
	} {
		made := func() *Application {
			a := &Application{}
			if err := a.Submit(c.files, now); err != nil {
				t.Fatal(err)
			}
			if c.saves.ID != 0 {
				if err := a.Save(c.saves, now, Fields{}, nil, Photo{}, 0); err != nil {
					t.Fatal(err)
				}
			}
			return a
		}
		if filed := made().Filing(); (filed != nil) != c.filed {
			t.Errorf("%s: filed by %+v", c.why, filed)
		}
		for among, approve := range map[bool]func(*Application, Actor) error{
			false: func(a *Application, by Actor) error { return a.Approve(by, now, "", on, "") },
			true:  func(a *Application, by Actor) error { return a.ApproveAmong(by, now, "", on) },
		} {
			for _, by := range c.barred {
				var problems Problems
				if err := approve(made(), by); !errors.As(err, &problems) || !strings.Contains(problems[0].Message, "另一位审核员") {
					t.Errorf("%s: %d approves it, among many %v: %v", c.why, by.ID, among, err)
				}
				if err := made().Refuse(by, now, DefaultReasons(), []string{"fraud"}, ""); err != nil {
					t.Errorf("%s: %d cannot refuse it: %v", c.why, by.ID, err)
				}
			}
			for _, by := range c.free {
				if err := approve(made(), by); err != nil {
					t.Errorf("%s: %d does not approve it, among many %v: %v", c.why, by.ID, among, err)
				}
			}
		}
	}
}

// TestFiledWords: the history tells what the counter did apart from what the candidate did,
// and the review is told to look at it.
func TestFiledWords(t *testing.T) {
	a := &Application{}
	for _, err := range []error{a.Submit(reviewer, now), a.Save(Candidate(5), now, Fields{}, nil, Photo{}, 0), a.Save(reviewer, now, Fields{}, nil, Photo{}, 0), a.Withdraw(reviewer, now)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []string{"窗口代为填报", "修改申请信息", "窗口代为修改", "窗口代为撤回"} {
		if got := a.EventWord(&a.History[i]); got != want {
			t.Errorf("event %d is told as %q", i, got)
		}
	}
	for by, marked := range map[Role]bool{RoleCandidate: false, RoleReviewer: true} {
		a := &Application{}
		if err := a.Submit(Actor{ID: 3, Roles: []Role{by}}, now); err != nil {
			t.Fatal(err)
		}
		if got := HasMark(a.Marks(Beside{Account: &Account{}, Exam: &Exam{}}), "窗口代办"); got != marked {
			t.Errorf("by a %s it is marked %v", by, got)
		}
	}
}

// TestNoPhone: who has no telephone says so at the counter; a candidate keeps that where it
// stands, and else gives a number.
func TestNoPhone(t *testing.T) {
	for _, c := range []struct {
		why, typed, stands string
		counter, good      bool
	}{
		{"at the counter", "无", "", true, true},
		{"with spaces", " 无 ", "", true, true},
		{"at the counter, nothing", "", "", true, false},
		{"at the counter, another word", "没有", "", true, false},
		{"a candidate", "无", "", false, false},
		{"a candidate, where it stands", "无", "无", false, true},
		{"a candidate, where a number stands", "无", "13800000000", false, false},
	} {
		fields, err := filled(Draft{FieldPhone: c.typed}).Check(byHand(func(b *Basis) { b.AtCounter, b.Phone = c.counter, c.stands }))
		if (err == nil) != c.good || c.good && fields.Phone != None {
			t.Errorf("%s: %q, %v", c.why, fields.Phone, err)
		}
	}
	if PhoneKey(None) != "" {
		t.Error("people without a telephone share a number")
	}
}
