package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"certreissue/reissue"
)

// isStale tells whether an act was refused because of what a colleague has done, and
// that the refusal names it.
func isStale(err error, act string) bool {
	met, is := errors.AsType[*StaleError](err)
	return is && errors.Is(err, reissue.ErrStale) && len(met.Since) == 1 && met.Since[0].Act == act && met.Since[0].By == clerk().ID
}

// TestAccountSeen: of two clerks with the same page one acts, and the other is told.
func TestAccountSeen(t *testing.T) {
	acts := map[string]func(o *office, a *reissue.Account, seen string) error{
		"reset": func(o *office, a *reissue.Account, seen string) error {
			return o.ResetAtCounter(clerk(), a.ID, seen, "x")
		},
		"unlock": func(o *office, a *reissue.Account, seen string) error { return o.UnlockAccount(clerk(), a.ID, seen) },
		"email": func(o *office, a *reissue.Account, seen string) error {
			return errOf(o.CorrectEmail(clerk(), a.ID, seen, "x@example.com"))
		},
		"correct": func(o *office, a *reissue.Account, seen string) error {
			return o.CorrectHolder(clerk(), a.ID, seen, reissue.Holder{Person: human(5), Name: "李四"})
		},
		"close": func(o *office, a *reissue.Account, seen string) error { return o.CloseAccount(clerk(), a.ID, seen) },
		"attach": func(o *office, a *reissue.Account, seen string) error {
			_, err := o.AttachNumber(clerk(), a.ID, seen, "王五", "", "x")
			return err
		},
	}
	for why, act := range acts {
		o := open(t)
		account := o.register(1)
		seen := func() string {
			d, err := o.AccountDetails(clerk(), account.ID)
			o.must(err)
			return d.Seen
		}
		before := seen()
		o.must(o.ViewedAccount(clerk().Actor(), account.ID)) // a look is no change
		o.must(o.RenewDigest(account.ID, account.Password, "renewed"))
		if got := seen(); got != before {
			t.Errorf("%s: a look and a sign-in made the page stale", why)
		}
		o.must(errOf(o.CorrectEmail(clerk(), account.ID, before, "colleague@example.com")))
		o.must(errOf(o.CorrectEmail(clerk(), account.ID, before, "colleague@example.com"))) // a double click
		if err := act(o, account, before); !isStale(err, actCorrect) {
			t.Errorf("%s by the older page: %v", why, err)
		}
		if now, err := o.Account(account.ID); err != nil || now.Email != "colleague@example.com" || now.Name != account.Name || now.MustChange {
			t.Errorf("%s by the older page left %+v, %v", why, now, err)
		}
		if err := act(o, account, seen()); err != nil {
			t.Errorf("%s by the newer page: %v", why, err)
		}
	}
}

// TestStaffSeen is the same of two administrators, and of a city that was renamed, which
// the log of the login does not tell.
func TestStaffSeen(t *testing.T) {
	acts := map[string]func(o *office, number uint64, seen string) error{
		"grant": func(o *office, n uint64, seen string) error {
			return o.GrantStaff(clerk().Actor(), n, seen, []reissue.Role{reissue.RoleReviewer}, nil)
		},
		"disable": func(o *office, n uint64, seen string) error { return o.DisableStaff(clerk().Actor(), n, seen) },
		"unlock":  func(o *office, n uint64, seen string) error { return o.UnlockStaff(clerk().Actor(), n, seen) },
		"password": func(o *office, n uint64, seen string) error {
			return o.ResetStaffPassword(clerk().Actor(), n, seen, "x")
		},
	}
	for why, act := range acts {
		o := open(t)
		o.load(line(1))
		member, err := o.AddStaff(reissue.System(), reissue.Staff{Name: "member", Roles: []reissue.Role{reissue.RoleReviewer}})
		o.must(err)
		seen := func() string {
			d, err := o.StaffDetails(member.ID)
			o.must(err)
			return d.Seen
		}
		before := seen()
		limit := func() error {
			return o.GrantStaff(clerk().Actor(), member.ID, before, []reissue.Role{reissue.RoleReviewer}, []string{"石家庄市"})
		}
		o.must(limit())
		o.must(limit()) // a double click
		if err := act(o, member.ID, before); !isStale(err, "change") {
			t.Errorf("%s by the older page: %v", why, err)
		}
		if now, err := o.Staff(member.ID); err != nil || !slices.Equal(now.Cities, []string{"石家庄市"}) || now.MustChange {
			t.Errorf("%s by the older page left %+v, %v", why, now, err)
		}
		before = seen()
		list, err := o.CityList()
		o.must(err)
		o.must(o.RenameCity(reissue.System(), list[0].ID, "石家庄"))
		if err := act(o, member.ID, before); !errors.Is(err, reissue.ErrStale) {
			t.Errorf("%s after the city was renamed: %v", why, err)
		}
		if err := act(o, member.ID, seen()); err != nil {
			t.Errorf("%s by the newer page: %v", why, err)
		}
	}
}

// TestFormer: an account keeps what it was, who changed it and when; with its address
// goes what that was before.
func TestFormer(t *testing.T) {
	o := open(t)
	o.loadAccounts(bcryptRow("old"))
	account, err := o.AccountByNumber(human(1).Number)
	o.must(err)
	row := bcryptRow("old")
	row.Name = "李四"
	o.loadAccounts(row)
	o.must(errOf(o.CorrectEmail(clerk(), account.ID, "", "clerk@example.com")))
	o.must(o.CorrectHolder(clerk(), account.ID, "", reissue.Holder{Person: human(5), Name: "李思"}))
	o.must(errOf(o.ChangeEmail(account.ID, "own@example.com")))
	now, err := o.Account(account.ID)
	o.must(err)
	var said []string
	for _, was := range now.Former {
		said = append(said, fmt.Sprint(was.Kind, was.By, " ", was.Field, " ", was.Was))
		if was.At == 0 {
			t.Errorf("%+v has no time", was)
		}
	}
	staff := fmt.Sprint("staff", clerk().ID)
	want := []string{"system0 name " + account.Name, staff + " email " + account.Email, staff + " id_number " + human(1).Number.Full(), staff + " name 李四",
		fmt.Sprint("candidate", account.ID, " email clerk@example.com")}
	if !slices.Equal(said, want) {
		t.Errorf("the account was %q, want %q", said, want)
	}
	for n := range 60 {
		o.must(errOf(o.ChangeEmail(account.ID, fmt.Sprintf("own%d@example.com", n))))
	}
	if now, err = o.Account(account.ID); err != nil || len(now.Former) != 50 || now.Former[49].Was != "own58@example.com" {
		t.Errorf("%d former values, %v", len(now.Former), err)
	}
	d, err := o.AccountDetails(clerk(), account.ID)
	if err != nil || len(d.Former) != 50 || d.Former[0].Was != "own58@example.com" {
		t.Errorf("the counter sees %d former values, %v", len(d.Former), err)
	}

	o.load(line(5, func(c *reissue.Certificate) { c.Name = "李思" }))
	a, err := o.Holder(now.ID).Apply(Form{FormCertificate, o.one(now)}, filled(), Upload{Photo: shot(t, 5)})
	o.must(err)
	o.must(o.Holder(now.ID).Withdraw(a.ID, a.Revision))
	o.must(o.Leave(account.ID))
	for _, left := range rows(o, &accounts) {
		if left.Closed == 0 || left.Email != "" || len(left.Former) != 0 {
			t.Errorf("after leaving: %+v", left)
		}
	}
	if text := fmt.Sprint(rows(o, &accounts)); strings.Contains(text, "@example.com") {
		t.Errorf("an address is left: %s", text)
	}
}
