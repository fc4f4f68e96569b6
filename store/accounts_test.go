package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"certreissue/reissue"
)

func TestRegister(t *testing.T) {
	const refused = "该身份证号已注册，或姓名与登记信息不一致。已注册过的请直接登录，忘记密码可找回密码；如有疑问，请带身份证件到窗口核验。"
	o := open(t)
	o.load(line(1), line(2, func(c *reissue.Certificate) { c.Name = "王晓[沛]" }), line(3, func(c *reissue.Certificate) { c.Name = "买买提·艾力" }))
	taken := o.register(4)
	if taken.ID == 0 || taken.Created != reissue.At(morning) || taken.Origin != reissue.OriginSelf || !taken.Touched || taken.Consent.At != reissue.At(morning) {
		t.Errorf("registered as %+v", taken)
	}
	for _, c := range []struct {
		reason string
		person int
		name   string
		ok     bool
	}{
		{"the register knows the number under this name", 1, name(1), true},
		{"a rare character that the register could not write", 2, "王晓霈", true},
		{"without the dot", 3, "买买提艾力", true},
		{"the register does not know the number", 5, "任何人", true},
		{"taken", 4, name(4), false},
		{"taken under another name", 4, "任何人", false},
	} {
		_, err := o.Register(reissue.Account{Person: human(c.person), Name: c.name})
		var problems reissue.Problems
		if c.ok && err != nil || !c.ok && (!errors.As(err, &problems) || len(problems) != 1 || problems.Of(reissue.FieldIDNumber) != refused) {
			t.Errorf("%s: %v", c.reason, err)
		}
	}
	o.load(line(6), line(7))
	for reason, n := range map[string]int{"another name": 6, "a shorter one": 7} {
		_, err := o.Register(reissue.Account{Person: human(n), Name: "王一"})
		var problems reissue.Problems
		if !errors.As(err, &problems) || problems.Of(reissue.FieldIDNumber) != refused {
			t.Errorf("%s than the register's: %v", reason, err)
		}
	}
	if n := count(o, &accounts); n != 5 {
		t.Errorf("%d accounts", n)
	}
}

func TestRegisterBeforeTheRegister(t *testing.T) {
	o := open(t)
	impostor, err := o.Register(reissue.Account{Person: human(1), Name: "张三"})
	o.must(err)
	owner := o.register(2)
	o.load(line(1), line(2), line(2, func(c *reissue.Certificate) { c.ExamYear, c.Name = 2014, "李四" }))
	if lines, err := o.Holder(impostor.ID).Certificates(); err != nil || len(lines) != 0 {
		t.Errorf("somebody of another name sees %d lines, %v", len(lines), err)
	}
	lines, err := o.Holder(owner.ID).Certificates()
	if err != nil || len(lines) != 1 || lines[0].ExamYear != 2016 {
		t.Errorf("the holder sees %+v, %v", lines, err)
	}
}

// TestAttachNumber is the tale of a number that a stranger registered first.
func TestAttachNumber(t *testing.T) {
	o := open(t)
	stranger, a := o.applied(1)
	o.signIn(SessionCandidate, stranger.ID, "cookie")
	o.must(o.AskReset(stranger.Person.Number))
	link := o.resetToken(t)
	o.must(o.AskReset(stranger.Person.Number)) // still waits
	o.must(o.Holder(stranger.ID).KeepDraft(Form{FormSelf, 0}, reissue.Draft{"phone": "1"}, Upload{}))
	for range maxTries {
		_, err := o.ReserveTry(CandidateTry(TrySignIn, stranger.Person.Number.Full()))
		o.must(err)
	}

	o.forward(time.Hour)
	owner, err := o.AttachNumber(clerk(), stranger.ID, "", name(1), "true@example.com", "one-time")
	o.must(err)
	if _, err := o.Account(stranger.ID); !isNotFound(err) {
		t.Errorf("the old account opens: %v", err)
	}
	found, err := o.AccountByNumber(stranger.Person.Number)
	if err != nil || found.ID != owner.ID || !found.MustChange || found.Password != "one-time" || found.Email != "true@example.com" {
		t.Errorf("the number belongs to %+v, %v", found, err)
	}
	if _, _, err := o.Session(SessionCandidate, "cookie"); !isNotFound(err) {
		t.Errorf("the old cookie: %v", err)
	}
	if _, err := o.ResetAccount(link); !isNotFound(err) {
		t.Errorf("the old link: %v", err)
	}
	if wait, err := o.ReserveTry(CandidateTry(TrySignIn, owner.Person.Number.Full())); wait != 0 || err != nil {
		t.Errorf("the owner waits %v, %v", wait, err)
	}
	if n := count(o, &drafts); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
	for _, m := range rows(o, &mails) {
		open := m.Sent == 0 && m.Cancelled == 0
		if told := m.Subject == "账号已停用"; open != told || told && m.To != stranger.Email {
			t.Errorf("mail %q to %s: sent %v, cancelled %v", m.Subject, m.To, m.Sent, m.Cancelled)
		}
	}
	if _, err := o.Holder(stranger.ID).Application(a.ID); !isNotFound(err) {
		t.Errorf("the stranger still has the application: %v", err)
	}
	if mine, err := o.Holder(owner.ID).Applications(); err != nil || len(mine) != 1 || mine[0].ID != a.ID || mine[0].Revision != a.Revision {
		t.Errorf("the owner has %v, %v", mine, err)
	}
	if details, err := o.AccountDetails(clerk(), stranger.ID); err != nil || details.Account.Closed == 0 || details.Account.Password != "" {
		t.Errorf("the counter sees %+v, %v", details, err)
	}
	if _, err := o.AttachNumber(clerk(), stranger.ID, "", "x", "", "y"); !isNotFound(err) {
		t.Errorf("a closed account gives its number away: %v", err)
	}
}

func TestChangePassword(t *testing.T) {
	o := open(t)
	account := o.register(1)
	o.signIn(SessionCandidate, account.ID, "mine")
	o.signIn(SessionCandidate, account.ID, "other")
	o.must(o.AskReset(account.Person.Number))
	link := o.resetToken(t)
	if err := o.ChangePassword(account.ID, "not the hash", "new", nil); err != reissue.ErrStale {
		t.Errorf("against another hash: %v", err)
	}
	o.must(o.ChangePassword(account.ID, account.Password, "new", tokenHash("mine")))
	if err := o.ChangePassword(account.ID, account.Password, "newer", nil); err != reissue.ErrStale {
		t.Errorf("the slower of two: %v", err)
	}
	for token, want := range map[string]bool{"mine": true, "other": false} {
		if _, state, err := o.Session(SessionCandidate, token); (state == SessionLive) != want || err != nil {
			t.Errorf("session %s: %d, %v", token, state, err)
		}
	}
	if _, err := o.ResetAccount(link); !isNotFound(err) {
		t.Errorf("the link before: %v", err)
	}
	changed, err := o.Account(account.ID)
	if err != nil || changed.Password != "new" {
		t.Errorf("%+v, %v", changed, err)
	}
}

func TestCounter(t *testing.T) {
	o := open(t)
	account := o.register(1)
	o.locksItself(account)
	details, err := o.AccountDetails(clerk(), account.ID)
	if err != nil || details.LockedUntil != reissue.At(morning.Add(firstLock)) || details.LastLogin != reissue.At(morning) {
		t.Errorf("locked until %v, last seen %v, %v", details.LockedUntil, details.LastLogin, err)
	}
	o.must(o.UnlockAccount(clerk(), account.ID, ""))
	if details, err = o.AccountDetails(clerk(), account.ID); err != nil || details.LockedUntil != 0 {
		t.Errorf("unlocked, and yet locked until %v, %v", details.LockedUntil, err)
	}
	o.must(errOf(o.CorrectEmail(clerk(), account.ID, "", account.Email))) // corrects nothing
	o.must(errOf(o.CorrectEmail(clerk(), account.ID, "", "new@example.com")))
	o.must(o.ResetAtCounter(clerk(), account.ID, "", "one-time"))
	changed, err := o.Account(account.ID)
	if err != nil || changed.Email != "new@example.com" || changed.Password != "one-time" || !changed.MustChange {
		t.Errorf("%+v, %v", changed, err)
	}
	if _, state, _ := o.Session(SessionCandidate, "cookie"); state != SessionEnded {
		t.Error("a reset at the counter left a session alive")
	}
	told := rows(o, &mails)
	if len(told) != 1 || told[0].To != account.Email {
		t.Errorf("the old address was sent %v", told)
	}
	var acts []string
	if details, err = o.AccountDetails(clerk(), account.ID); err != nil {
		t.Fatal(err)
	}
	for _, row := range details.Deeds {
		acts = append(acts, row.Act+" by "+row.Kind)
	}
	if want := []string{"reset by staff", "correct by staff", "unlock by staff", "register by candidate"}; !slices.Equal(acts, want) {
		t.Errorf("the log says %v, want %v", acts, want)
	}
}

func TestChangeEmail(t *testing.T) {
	o := open(t)
	account := o.register(1)
	o.must(errOf(o.ChangeEmail(account.ID, account.Email)))
	if n := count(o, &mails); n != 0 {
		t.Errorf("the same address was told %d times", n)
	}
	o.must(errOf(o.ChangeEmail(account.ID, "new@example.com")))
	told := rows(o, &mails)
	if len(told) != 1 || told[0].To != account.Email || told[0].Subject != "邮箱已修改" {
		t.Errorf("the old address was sent %+v", told)
	}
	if changed, err := o.Account(account.ID); err != nil || changed.Email != "new@example.com" {
		t.Errorf("%+v, %v", changed, err)
	}
}

func TestSearchAccounts(t *testing.T) {
	o := open(t)
	o.register(0)
	o.register(1)
	lately := o.register(2)
	closed := o.register(3)
	_, err := o.AttachNumber(clerk(), closed.ID, "", "李四", "", "x")
	o.must(err)
	for _, c := range []struct {
		reason, query string
		want          int
	}{
		{"a whole number", human(1).Number.Full(), 1},
		{"a number of a closed account and its follower", human(3).Number.Full(), 2},
		{"the beginning of a number", "110101", 0},
		{"the beginning of a name", "王", 4},
		{"a whole name", name(2), 1},
		{"nobody", "赵", 0},
	} {
		found, err := o.SearchAccounts(clerk(), c.query)
		if err != nil || len(found.List) != c.want || found.More || len(found.Elsewhere) > 0 {
			t.Errorf("%s: %+v, %v", c.reason, found, err)
		}
	}
	o.signIn(SessionCandidate, lately.ID, "phone")
	if found, err := o.SearchAccounts(clerk(), name(2)); err != nil || len(found.List) != 1 || found.List[0].LastLogin != reissue.At(morning) {
		t.Errorf("who has signed in: %+v, %v", found, err)
	}
	if found, err := o.SearchAccounts(clerk(), name(1)); err != nil || len(found.List) != 1 || found.List[0].LastLogin != 0 {
		t.Errorf("who never has: %+v, %v", found, err)
	}
	for n := range mostFound {
		o.register(10 + n)
	}
	if found, err := o.SearchAccounts(clerk(), "王"); len(found.List) != mostFound || !found.More || err != nil {
		t.Errorf("of many %d, more %v, %v", len(found.List), found.More, err)
	}
}

func TestRenewDigest(t *testing.T) {
	o := open(t)
	account := o.register(1)
	o.must(o.RenewDigest(account.ID, "meanwhile another", "lost"))
	o.must(o.RenewDigest(account.ID, account.Password, "renewed"))
	if changed, err := o.Account(account.ID); err != nil || changed.Password != "renewed" {
		t.Errorf("%+v, %v", changed, err)
	}
}

func TestStaff(t *testing.T) {
	o := open(t)
	if has, err := o.HasAdmin(); has || err != nil {
		t.Errorf("an admin in an empty file: %v, %v", has, err)
	}
	admin := reissue.Staff{Name: "Admin.张", Roles: []reissue.Role{reissue.RoleAdmin}, Password: "hash"}
	first, err := o.AddFirstAdmin(admin)
	o.must(err)
	if _, err := o.AddFirstAdmin(reissue.Staff{Name: "second", Roles: admin.Roles}); !isNotFound(err) {
		t.Errorf("a second first admin: %v", err)
	}
	var problems reissue.Problems
	if _, err := o.AddStaff(reissue.System(), reissue.Staff{Name: "admin.张"}); !errors.As(err, &problems) || problems.Of("username") == "" {
		t.Errorf("the same name in other letters: %v", err)
	}
	found, err := o.StaffByName(" ADMIN.张 ")
	if err != nil || found.ID != first.ID {
		t.Errorf("%+v, %v", found, err)
	}
	o.signIn(SessionStaff, first.ID, "desk")
	o.attempts(o.signInTry("ADMIN.张", "192.0.2.1/32", ""), maxTries)
	o.must(o.UnlockStaff(reissue.System(), first.ID, ""))
	if wait, err := o.ReserveTry(o.signInTry("admin.张", "192.0.2.1/32", "")); wait != 0 || err != nil {
		t.Errorf("unlocked, and waits %v, %v", wait, err)
	}
	o.must(o.ResetStaffPassword(reissue.System(), first.ID, "", "new"))
	if changed, err := o.Staff(first.ID); err != nil || changed.Password != "new" || !changed.MustChange {
		t.Errorf("%+v, %v", changed, err)
	}
	if _, state, _ := o.Session(SessionStaff, "desk"); state != SessionEnded {
		t.Error("a new password left a session alive")
	}
	if all, err := o.AllStaff(); err != nil || len(all) != 1 {
		t.Errorf("%d staff, %v", len(all), err)
	}
	if has, err := o.HasAdmin(); !has || err != nil {
		t.Errorf("no admin: %v", err)
	}
	for name, valid := range map[string]bool{"张三": true, "li.si_2-a": true, "x": false, "a b": false, "<a>": false, "": false} {
		if ValidStaffName(name) != valid {
			t.Errorf("ValidStaffName(%q) = %v", name, !valid)
		}
	}
}
