package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"certreissue/reissue"
)

func (o *office) signInTry(name, network, mark string) Try {
	o.t.Helper()
	t, err := o.SignInTry(name, network, mark)
	o.must(err)
	return t
}

// member adds somebody to the office.
func (o *office) member(name string) *reissue.Staff {
	o.t.Helper()
	staff, err := o.AddStaff(reissue.System(), reissue.Staff{Name: name, Password: "hash of " + name, Roles: []reissue.Role{reissue.RoleAdmin}})
	o.must(err)
	return staff
}

// signsInOn signs somebody in on the device with a mark, which has another one then.
func (o *office) signsInOn(staff *reissue.Staff, mark, next string) {
	o.t.Helper()
	now, err := o.StaffByName(staff.Name)
	o.must(err)
	o.must(o.StartSession(next, SignIn{Kind: SessionStaff, Subject: now.ID, Proven: now.Password, Mark: mark, NewMark: next}))
}

// isKnown tells whether somebody has a count of their own on the device with a mark.
func (o *office) isKnown(name, mark string) bool {
	o.t.Helper()
	return !o.signInTry(name, "192.0.2.1/32", mark).shared
}

// TestDevices: a mark is of whoever has signed in there, until something ends it.
func TestDevices(t *testing.T) {
	admin, clerk := "guanli", "shenhe"
	for _, c := range []struct {
		reason string
		do     func(o *office, a, c *reissue.Staff)
		known  bool // the administrator, by the mark "a"
	}{
		{"at once", func(*office, *reissue.Staff, *reissue.Staff) {}, true},
		{"just within ninety days", func(o *office, _, _ *reissue.Staff) { o.forward(DeviceLife - time.Second) }, true},
		{"after ninety days", func(o *office, _, _ *reissue.Staff) { o.forward(DeviceLife) }, false},
		{"another mark since", func(o *office, a, _ *reissue.Staff) { o.signsInOn(a, "a", "b") }, false},
		{"a colleague has signed in elsewhere", func(o *office, _, c *reissue.Staff) { o.signsInOn(c, "", "b") }, true},
		{"a colleague has signed in here", func(o *office, _, c *reissue.Staff) { o.signsInOn(c, "a", "b") }, false},
		{"a new password", func(o *office, a, _ *reissue.Staff) {
			o.must(o.ResetStaffPassword(reissue.System(), a.ID, "", "new"))
		}, false},
		{"an own new password here, where the mark is another one", func(o *office, a, _ *reissue.Staff) {
			o.must(o.ChangeStaffPassword(a, "new", nil, "a", "b"))
		}, false},
		{"a colleague's, on another device", func(o *office, _, c *reissue.Staff) {
			o.must(o.ChangeStaffPassword(c, "new", nil, "c", "b"))
		}, true},
		{"a colleague's new password", func(o *office, _, c *reissue.Staff) {
			o.must(o.ResetStaffPassword(reissue.System(), c.ID, "", "new"))
		}, true},
		{"a password from the console", func(o *office, a, _ *reissue.Staff) {
			_, err := o.RescueStaff(a.ID, "new", false)
			o.must(err)
		}, false},
		{"disabled and enabled", func(o *office, a, c *reissue.Staff) {
			o.must(o.DisableStaff(c.Actor(), a.ID, ""))
			o.must(o.EnableStaff(c.Actor(), a.ID, ""))
		}, false},
		{"other rights", func(o *office, a, c *reissue.Staff) {
			o.must(o.GrantStaff(c.Actor(), a.ID, "", []reissue.Role{reissue.RoleAuditor}, nil))
		}, true},
		{"signed out", func(o *office, _, _ *reissue.Staff) { o.must(o.EndSession("a")) }, true},
		{"unlocked", func(o *office, a, c *reissue.Staff) { o.must(o.UnlockStaff(c.Actor(), a.ID, "")) }, true},
		{"restored", func(o *office, _, _ *reissue.Staff) { o.must(o.AfterRestore()) }, false},
		{"nine more devices", func(o *office, a, _ *reissue.Staff) {
			for n := range mostDevices - 1 {
				o.forward(time.Second)
				o.signsInOn(a, "", fmt.Sprint(n))
			}
		}, true},
		{"ten more devices", func(o *office, a, _ *reissue.Staff) {
			for n := range mostDevices {
				o.forward(time.Second)
				o.signsInOn(a, "", fmt.Sprint(n))
			}
			if n := count(o, &devices); n != mostDevices {
				t.Errorf("%d devices are kept", n)
			}
		}, false},
		{"ten more devices of a colleague", func(o *office, _, c *reissue.Staff) {
			for n := range mostDevices {
				o.signsInOn(c, "", fmt.Sprint(n))
			}
		}, true},
	} {
		o := open(t)
		a, b := o.member(admin), o.member(clerk)
		o.signsInOn(a, "", "a")
		c.do(o, a, b)
		if known := o.isKnown(admin, "a"); known != c.known {
			t.Errorf("%s: known %v", c.reason, known)
		}
		for who, mark := range map[string]string{clerk: "a", "nobody": "a", admin: "", "\x00": "a"} {
			if o.isKnown(who, mark) {
				t.Errorf("%s: %q is known by the mark %q", c.reason, who, mark)
			}
		}
	}
}

// TestDeviceOfTwo: two people use one device. Whoever signs in gives it a new mark, by
// which both are known, and neither forgets what was tried against the other.
func TestDeviceOfTwo(t *testing.T) {
	o := open(t)
	a, b := o.member("guanli"), o.member("shenhe")
	o.signsInOn(a, "", "one")
	o.signsInOn(b, "one", "two")
	if !o.isKnown("guanli", "two") || !o.isKnown("shenhe", "two") || o.isKnown("guanli", "one") || o.isKnown("shenhe", "one") {
		t.Error("the new mark is not that of both")
	}
	if passed, wait := o.attempts(o.signInTry("guanli", "", "two"), 7); passed != maxTries || wait != firstLock {
		t.Errorf("%d pass on the device, then a wait of %v", passed, wait)
	}
	o.signsInOn(b, "two", "three")
	if wait, err := o.ReserveTry(o.signInTry("guanli", "", "three")); wait != firstLock || err != nil {
		t.Errorf("a colleague's sign-in shortens the wait to %v, %v", wait, err)
	}
	if wait, err := o.ReserveTry(o.signInTry("shenhe", "", "three")); wait != 0 || err != nil {
		t.Errorf("the colleague waits %v, %v", wait, err)
	}
	for _, d := range rows(o, &devices) {
		if string(d.Hash) == "three" || len(d.Hash) != 32 {
			t.Errorf("the mark lies in the file: %q", d.Hash)
		}
	}
}

const sixty = 60 * time.Minute

func network(n int) string { return fmt.Sprintf("192.0.2.%d/32", n) }

// TestStaffTries: strangers fail in their network, and all of them together twenty times
// an hour; neither keeps the owner of a name from a device where they are known. Unknown
// names are counted just the same.
func TestStaffTries(t *testing.T) {
	for _, known := range []bool{true, false} {
		o := open(t)
		if known {
			o.signsInOn(o.member("guanli"), "", "mark")
		}
		try := func(n int, mark string) Try { return o.signInTry("Guanli", network(n), mark) }
		waits := func(reason string, t Try, want time.Duration) {
			o.t.Helper()
			if wait, err := o.ReserveTry(t); wait != want || err != nil {
				o.t.Errorf("known %v, %s waits %v, %v, want %v", known, reason, wait, err, want)
			}
		}
		if passed, wait := o.attempts(try(1, ""), 100); passed != maxTries || wait != firstLock {
			t.Errorf("known %v: %d pass in one network, then a wait of %v", known, passed, wait)
		}
		waits("another name there", o.signInTry("shenhe", network(1), ""), 0)
		for n := 2; n <= 4; n++ {
			o.forward(10 * time.Minute)
			if passed, wait := o.attempts(try(n, ""), 7); passed != maxTries || wait < firstLock {
				t.Errorf("known %v: %d pass in network %d, then a wait of %v", known, passed, n, wait)
			}
		}
		// Twenty, of which the first five are half an hour old.
		waits("a fifth network", try(5, ""), 30*time.Minute)
		waits("another name there", o.signInTry("shenhe", network(5), ""), 0)
		if known {
			if passed, wait := o.attempts(try(1, "mark"), 7); passed != maxTries || wait != firstLock {
				t.Errorf("%d pass on the owner's device, then a wait of %v", passed, wait)
			}
		}
		waits("a fifth network, with the owner's failures", try(5, ""), 30*time.Minute)
		if n := count(o, &tries); n > 8 {
			t.Errorf("known %v: %d counts: what is refused is counted too", known, n)
		}
		o.forward(30*time.Minute - time.Second)
		waits("a fifth network, a second before", try(5, ""), time.Second)
		o.forward(time.Second)
		if passed, wait := o.attempts(try(5, ""), 7); passed != maxTries || wait != firstLock {
			t.Errorf("known %v: %d pass after the first five are an hour old, then a wait of %v", known, passed, wait)
		}
		waits("a sixth network", try(6, ""), 10*time.Minute)
	}
}

// TestStaffTriesTakenBack: a success forgets what failed in its own place only, and an
// attempt that was not made counts nowhere.
func TestStaffTriesTakenBack(t *testing.T) {
	o := open(t)
	try := func(n int) Try { return o.signInTry("guanli", network(n), "") }
	for n := range 4 {
		o.attempts(try(n), maxTries)
	}
	o.must(o.SucceedTry(try(0)))
	if passed, _ := o.attempts(try(9), 7); passed != maxTries {
		t.Errorf("%d pass after a success took five back", passed)
	}
	if wait, err := o.ReserveTry(try(0)); wait != sixty || err != nil {
		t.Errorf("then where it was a wait of %v, %v", wait, err)
	}
	o = open(t)
	for n := range 3 * sharedTries {
		wait, err := o.ReserveTry(try(n % 7))
		if wait != 0 || err != nil {
			t.Fatalf("after %d that were not made a wait of %v, %v", n, wait, err)
		}
		if n%2 == 0 {
			o.must(o.DropTry(try(n % 7)))
		} else {
			o.must(o.DropOpenTries()) // as a start does
		}
	}
}

// TestSecondStepTries: who knows the password has five attempts at the code from
// wherever, and then not even the password is looked at; from the owner's device that is
// another matter.
func TestSecondStepTries(t *testing.T) {
	o := open(t)
	o.signsInOn(o.member("guanli"), "", "mark")
	for n := range maxTries {
		if wait, err := o.ReserveTry(o.signInTry("guanli", network(n), "").SecondStep()); wait != 0 || err != nil {
			t.Fatalf("attempt %d waits %v, %v", n+1, wait, err)
		}
	}
	strange, own := o.signInTry("guanli", network(7), ""), o.signInTry("guanli", network(7), "mark")
	for reason, c := range map[string]struct {
		try  Try
		want time.Duration
	}{
		"the sixth code":               {strange.SecondStep(), firstLock},
		"the password":                 {strange, firstLock},
		"the password on their device": {own, 0},
		"the code on their device":     {own.SecondStep(), 0},
		"a colleague's password":       {o.signInTry("shenhe", network(7), ""), 0},
	} {
		if wait, err := o.ReserveTry(c.try); wait != c.want || err != nil {
			t.Errorf("%s waits %v, %v, want %v", reason, wait, err, c.want)
		}
	}
	if passed, _ := o.attempts(own.SecondStep(), 7); passed != maxTries-2 {
		t.Errorf("%d more pass on the owner's device, which has one count", passed)
	}
}

// TestStaffLockedUntil: an administrator sees every count that refuses somebody, until
// when it does, and takes all of them back.
func TestStaffLockedUntil(t *testing.T) {
	for reason, c := range map[string]struct {
		lock func(o *office)
		want time.Duration
	}{
		"nothing":       {func(*office) {}, 0},
		"four failures": {func(o *office) { o.attempts(o.signInTry("guanli", network(1), ""), maxTries-2) }, 0},
		"a network":     {func(o *office) { o.attempts(o.signInTry("guanli", network(1), ""), maxTries) }, firstLock},
		"a network for longer": {func(o *office) {
			o.attempts(o.signInTry("guanli", network(1), ""), maxTries)
			o.forward(firstLock)
			o.attempts(o.signInTry("guanli", network(1), ""), maxTries)
		}, 2 * firstLock},
		"their device": {func(o *office) { o.attempts(o.signInTry("guanli", network(1), "mark"), maxTries) }, firstLock},
		"all networks": {func(o *office) {
			for n := range sharedTries {
				o.attempts(o.signInTry("guanli", network(n), ""), 0)
			}
		}, sixty},
		"the second step": {func(o *office) { o.attempts(o.signInTry("guanli", network(1), "").SecondStep(), maxTries) }, firstLock},
		"their password":  {func(o *office) { o.attempts(StaffTry(TryPassword, "guanli"), maxTries) }, firstLock},
		"their code":      {func(o *office) { o.attempts(StaffTry(TryCode, "guanli"), maxTries) }, firstLock},
		"several, the longest not the last": {func(o *office) {
			o.attempts(StaffTry(TryPassword, "guanli"), maxTries)
			o.forward(firstLock)
			o.attempts(StaffTry(TryPassword, "guanli"), maxTries)
			o.attempts(o.signInTry("guanli", network(1), ""), maxTries)
			o.attempts(o.signInTry("guanli", network(1), "mark"), maxTries)
		}, 2 * firstLock},
		"somebody else":    {func(o *office) { o.attempts(o.signInTry("shenhe", network(1), ""), maxTries) }, 0},
		"a candidate's":    {func(o *office) { o.attempts(CandidateTry(TryPassword, "guanli"), maxTries) }, 0},
		"a network, later": {func(o *office) { o.attempts(o.signInTry("guanli", network(1), ""), maxTries); o.forward(firstLock) }, 0},
	} {
		o := open(t)
		staff := o.member("guanli")
		o.signsInOn(staff, "", "mark")
		c.lock(o)
		d, err := o.StaffDetails(staff.ID)
		o.must(err)
		want := reissue.Moment(0)
		if c.want > 0 {
			want = reissue.At(o.now()) + millis(c.want)
		}
		if d.LockedUntil != want {
			t.Errorf("%s: locked until %v, want %v", reason, d.LockedUntil, want)
		}
		o.must(o.UnlockStaff(reissue.System(), staff.ID, ""))
		if d, err = o.StaffDetails(staff.ID); err != nil || d.LockedUntil != 0 {
			t.Errorf("%s: unlocked, and yet locked until %v, %v", reason, d.LockedUntil, err)
		}
		for _, try := range []Try{o.signInTry("guanli", network(1), ""), o.signInTry("guanli", network(1), "mark"), o.signInTry("guanli", network(1), "").SecondStep(),
			StaffTry(TryPassword, "guanli"), StaffTry(TryCode, "guanli")} {
			if wait, err := o.ReserveTry(try); wait != 0 || err != nil {
				t.Errorf("%s: unlocked, and %+v waits %v, %v", reason, try, wait, err)
			}
		}
	}
}

// TestDamagedDevice: who was known on a device whose record is damaged signs in as on a
// new one.
func TestDamagedDevice(t *testing.T) {
	o := open(t)
	a := o.member("guanli")
	o.signsInOn(a, "", "one")
	turn := func() { o.change(func(tx *txn) { o.must(turnBit(tx.Tx, devices.name, key(uint64(1)))) }) }
	turn()
	if o.isKnown("guanli", "one") {
		t.Error("a damaged record is believed")
	}
	o.signsInOn(a, "one", "two")
	if !o.isKnown("guanli", "two") {
		t.Error("the sign-in is not remembered")
	}
	o.must(o.ResetStaffPassword(reissue.System(), a.ID, "", "new"))
	if o.isKnown("guanli", "two") {
		t.Error("the mark outlives the password")
	}
	turn()
}

// TestOwnPasswordKeepsTheDevice: whoever changes their own password stays known where
// they do it, by the new mark, and nowhere else; so do colleagues on the same device. What
// an admin has given meanwhile stands.
func TestOwnPasswordKeepsTheDevice(t *testing.T) {
	o := open(t)
	a, c := o.member("guanli"), o.member("shenhe")
	o.signsInOn(a, "", "elsewhere")
	o.signsInOn(a, "", "one")
	o.signsInOn(c, "one", "two")
	o.must(o.ChangeStaffPassword(a, "new", nil, "two", "three"))
	for mark, known := range map[string]bool{"elsewhere": false, "one": false, "two": false, "three": true} {
		if o.isKnown("guanli", mark) != known {
			t.Errorf("the mark %q is known: %t", mark, !known)
		}
	}
	if !o.isKnown("shenhe", "three") || o.isKnown("shenhe", "two") {
		t.Error("the colleague has lost the device")
	}
	now, err := o.Staff(a.ID)
	o.must(err)
	o.must(o.ResetStaffPassword(reissue.System(), a.ID, "", "given"))
	if err := o.ChangeStaffPassword(now, "stolen", nil, "three", "four"); err != reissue.ErrStale {
		t.Errorf("a change that was under way when an admin gave another password: %v", err)
	}
	if now, err = o.Staff(a.ID); err != nil || now.Password != "given" || o.isKnown("guanli", "four") {
		t.Errorf("%+v, %v", now, err)
	}
}

// TestStaffNameInFullWidth: a login that an older version has kept in full width is found
// by what is typed, in either, and its file is as it should be.
func TestStaffNameInFullWidth(t *testing.T) {
	o := open(t)
	o.member("guanli")
	o.must(o.update(reissue.System(), func(tx *txn) error {
		number, err := staffs.next(tx.Tx)
		return errors.Join(err, staffs.put(tx.Tx, &reissue.Staff{ID: number, Name: "Ｚｈａｎｇ三", Password: "hash", Roles: []reissue.Role{reissue.RoleAdmin}}))
	}))
	for _, typed := range []string{"zhang三", "Zhang三", "ＺＨＡＮＧ三"} {
		if staff, err := o.StaffByName(typed); err != nil || staff.Name != "Ｚｈａｎｇ三" {
			t.Errorf("%s: %+v, %v", typed, staff, err)
		}
	}
	if _, err := o.StaffByName("zhang"); !isNotFound(err) {
		t.Errorf("a part of the name: %v", err)
	}
	o.must(o.Check(t.Context(), func(f Finding) { t.Error(f) }, nil))
}
