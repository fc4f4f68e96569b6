package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"certreissue/password"
	"certreissue/reissue"

	"github.com/pquerna/otp/totp"
)

// factored is a staff member with a second factor, its secret and its recovery
// codes.
func (o *office) factored() (staff *reissue.Staff, secret string, recovery []string) {
	o.t.Helper()
	staff, err := o.AddStaff(reissue.System(), reissue.Staff{Name: "wangfang", Roles: []reissue.Role{reissue.RoleReviewer}, Password: "hash"})
	o.must(err)
	factor, err := password.NewFactor("office", staff.Name)
	o.must(err)
	codes, hashes := password.RecoveryCodes()
	if err := o.AddFactor(staff.Actor(), staff.ID, factor.Secret, "000000x", hashes, nil); !errors.Is(err, ErrCode) {
		o.t.Errorf("a first code that is wrong: %v", err)
	}
	o.must(o.AddFactor(staff.Actor(), staff.ID, factor.Secret, o.code(factor.Secret), hashes, nil))
	return staff, factor.Secret, codes
}

// code is what an app shows now.
func (o *office) code(secret string) string {
	code, err := totp.GenerateCode(secret, o.now())
	o.must(err)
	return code
}

func TestSecondFactor(t *testing.T) {
	o := open(t)
	staff, secret, recovery := o.factored()
	enter := func(code string) error {
		return o.StartSession("token of "+code, SignIn{Kind: SessionStaff, Subject: staff.ID, Proven: "hash", Code: code})
	}
	first := o.code(secret)
	for _, code := range []string{"", first, "abcdef"} { // the first one has been used to turn it on
		if err := enter(code); !errors.Is(err, ErrCode) {
			t.Errorf("code %q: %v", code, err)
		}
	}
	o.forward(time.Minute)
	next := o.code(secret)
	o.must(enter(" " + next[:3] + " " + next[3:]))
	if err := enter(next); !errors.Is(err, ErrCode) {
		t.Errorf("a code for the second time: %v", err)
	}
	o.must(enter(recovery[3]))
	if err := enter(recovery[3]); !errors.Is(err, ErrCode) {
		t.Errorf("a recovery code for the second time: %v", err)
	}
	kept, err := o.Staff(staff.ID)
	o.must(err)
	if len(kept.Factor.Recovery) != 9 {
		t.Errorf("%d recovery codes are left", len(kept.Factor.Recovery))
	}
	if err := o.StartSession("late", SignIn{Kind: SessionStaff, Subject: staff.ID, Proven: "older hash", Code: recovery[4]}); !errors.Is(err, reissue.ErrStale) {
		t.Errorf("a password that has changed: %v", err)
	}
	if err := enter(recovery[4]); err != nil {
		t.Errorf("a sign-in that failed has used a code up: %v", err)
	}
}

func TestSecondFactorEnds(t *testing.T) {
	o := open(t)
	staff, secret, recovery := o.factored()
	admin := reissue.Actor{ID: 90, Roles: []reissue.Role{reissue.RoleAdmin}}
	o.must(o.StartSession("here", SignIn{Kind: SessionStaff, Subject: staff.ID, Proven: "hash", Code: recovery[0]}))
	o.must(o.StartSession("there", SignIn{Kind: SessionStaff, Subject: staff.ID, Proven: "hash", Code: recovery[1]}))

	if err := o.DropFactor(staff.Actor(), staff.ID, recovery[0], nil); !errors.Is(err, ErrCode) {
		t.Errorf("dropping it with a used code: %v", err)
	}
	if err := o.RemoveFactor(staff.Actor(), staff.ID, ""); !errors.Is(err, reissue.ErrRole) {
		t.Errorf("removing one's own: %v", err)
	}
	if err := o.AddFactor(staff.Actor(), staff.ID, secret, o.code(secret), nil, nil); !errors.Is(err, reissue.ErrState) {
		t.Errorf("a second one: %v", err)
	}
	o.forward(time.Minute)
	o.must(o.DropFactor(staff.Actor(), staff.ID, o.code(secret), tokenHash("here")))
	if list, err := o.Sessions(SessionStaff, staff.ID); err != nil || len(list) != 1 {
		t.Errorf("the sessions left are %v, %v", list, err)
	}
	for _, err := range []error{o.RemoveFactor(admin, staff.ID, ""), o.DropFactor(staff.Actor(), staff.ID, recovery[2], nil)} {
		if !errors.Is(err, reissue.ErrState) {
			t.Errorf("there is none any more: %v", err)
		}
	}
	o.must(o.StartSession("again", SignIn{Kind: SessionStaff, Subject: staff.ID, Proven: "hash"}))

	_, hashes := password.RecoveryCodes()
	o.must(o.AddFactor(staff.Actor(), staff.ID, secret, o.code(secret), hashes, nil))
	o.must(o.RemoveFactor(admin, staff.ID, ""))
	if list, err := o.Sessions(SessionStaff, staff.ID); err != nil || len(list) != 0 {
		t.Errorf("a removed factor leaves sessions: %v, %v", list, err)
	}
}

// TestRescueStaff: from the console somebody gets in again with a password
// alone.
func TestRescueStaff(t *testing.T) {
	o := open(t)
	staff, _, recovery := o.factored()
	o.must(o.StartSession("token", SignIn{Kind: SessionStaff, Subject: staff.ID, Proven: "hash", Code: recovery[0]}))
	for _, had := range []bool{true, false} {
		if factor, err := o.RescueStaff(staff.ID, "new hash", true); err != nil || factor != had {
			t.Errorf("had a factor: %v, want %v, %v", factor, had, err)
		}
		if left, err := o.Sessions(SessionStaff, staff.ID); err != nil || len(left) != 0 {
			t.Errorf("%d sessions are left, %v", len(left), err)
		}
		o.must(o.StartSession("next token", SignIn{Kind: SessionStaff, Subject: staff.ID, Proven: "new hash"}))
	}
	var acts []string
	for _, row := range rows(o, &audits) {
		acts = append(acts, row.Act)
	}
	if want := []string{"add", "factor_on", "recovery", "factor_off", "change", "change"}; !slices.Equal(acts, want) {
		t.Errorf("the log says %v, want %v", acts, want)
	}
}
