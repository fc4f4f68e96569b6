package sample

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"certreissue/reissue"
	"certreissue/store"
)

// The days of the office, counted back from today.
const (
	openingDay     = 400 // staff, settings, the first list
	certificates25 = 150 // the list of 2025
	correctionDay  = 20
)

// cityReviewer works for one city only.
const cityReviewer = "baoding"

// clerks are the staff logins; the last one still has a one-time password.
var clerks = []struct {
	name  string
	staff reissue.Staff
	shows string
}{
	{"shenhe", reissue.Staff{Roles: []reissue.Role{reissue.RoleReviewer}}, showReviewer},
	{"guanli", reissue.Staff{Roles: []reissue.Role{reissue.RoleAdmin}}, showAdmin},
	{"shenji", reissue.Staff{Roles: []reissue.Role{reissue.RoleAuditor}}, showAuditor},
	{cityReviewer, reissue.Staff{Roles: []reissue.Role{reissue.RoleReviewer}, Cities: []string{"保定市"}}, showCityReviewer},
	{"xinren", reissue.Staff{Roles: []reissue.Role{reissue.RoleReviewer}, MustChange: true}, showNewcomer},
}

// openOffice plans what the office itself does: staff, settings and the three
// lists. The crowd's lines come with the first one, its accounts with those of
// 证书邮寄系统.
func (s *stage) openOffice(ctx context.Context, crowd []line) {
	s.add(openingDay, 9*60, s.hire)
	s.add(openingDay, 9*60+10, func() error {
		return s.store.ChangeSettings(s.staff["guanli"].Actor(), func(settings *reissue.Settings) error {
			settings.OfficeName, settings.Telephone, settings.Hours, settings.Address = officeName, officePhone, officeHours, officeAddress
			return reissue.SettingsForm{"address": baodingAddress, "telephone": baodingPhone}.FillPlace(settings, "保定市")
		})
	})
	for _, list := range []struct {
		ago   int
		file  string
		lines []line
	}{
		{openingDay, fileRegister, append(register[:len(register):len(register)], crowd...)},
		{certificates25, fileRegister2025, register2025},
		{correctionDay, fileCorrections, corrections},
	} {
		s.add(list.ago, 9*60+20, func() error { return s.importLines(ctx, list.file, list.lines) })
	}
	s.add(openingDay, 9*60+30, func() error { return s.importAccounts(ctx) })
	s.add(openingDay, 9*60+40, s.routeProven)
	s.add(30, 16*60, s.giveBack)
}

func (s *stage) hire() error {
	for _, clerk := range clerks {
		staff := clerk.staff
		staff.Name, staff.Password = clerk.name, s.digests.office
		if staff.MustChange {
			staff.Password = s.digests.oneTime
		}
		added, err := s.store.AddStaff(reissue.System(), staff)
		if err != nil {
			return err
		}
		s.staff[clerk.name] = added
	}
	return nil
}

// provenExam has left the national catalogue: a 合格证明 is all that is handed out.
const provenExam = "2014 招标师"

func (s *stage) routeProven() error {
	list, err := s.store.Exams()
	for _, e := range list {
		if err == nil && strconv.Itoa(e.Year)+" "+e.Name == provenExam {
			_, err = s.store.ChangeExam(s.staff["guanli"].Actor(), e.ID, e.Revision, reissue.ExamForm{reissue.ExamRoute: reissue.RouteProof.Word()})
		}
	}
	return err
}

// load is an import by the administrator, before anybody else uses the file. All
// lines are good: one that is refused is a mistake in the sample.
func (s *stage) load(file string, refused *error) store.Load {
	return store.Load{File: file, By: s.staff["guanli"].Actor(), Alone: true, Reject: func(r store.Reject) {
		*refused = errors.Join(*refused, fmt.Errorf("%s, line %d, %s: %s", file, r.Line, r.Column, r.Reason))
	}}
}

func (s *stage) importLines(ctx context.Context, file string, lines []line) (err error) {
	rows, err := s.store.CertificateRows()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for i := range lines {
		cells := lines[i].cells(s.cast)
		cell := func(column string) string { return cells[column] }
		spoilt := func(string) bool { return false }
		certificate, problems := reissue.ParseCertificate(cell, "", spoilt, reissue.Today(s.clock))
		if err := problems.Err(); err != nil {
			return fmt.Errorf("%s, %s: %w", lines[i].who, lines[i].exam, err)
		}
		if err := rows.Add(i+2, &certificate); err != nil {
			return err
		}
	}
	var refused error
	_, err = s.store.ImportCertificates(ctx, rows, s.load(file, &refused))
	return errors.Join(err, refused)
}

// importAccounts takes over the accounts of 证书邮寄系统.
func (s *stage) importAccounts(ctx context.Context) error {
	var rows []store.AccountRow
	var who []string
	for _, key := range slices.Sorted(maps.Keys(s.cast)) {
		if p := s.cast[key]; p.mailing != "" {
			who = append(who, key)
			rows = append(rows, store.AccountRow{Line: len(rows) + 2, Person: p.identity(), Name: p.name, Email: p.email, Digest: p.mailing})
		}
	}
	var refused error
	if _, err := s.store.ImportAccounts(ctx, rows, s.load(fileAccounts, &refused)); err != nil || refused != nil {
		return errors.Join(err, refused)
	}
	for _, key := range who {
		account, err := s.store.AccountByNumber(s.cast[key].number())
		if err != nil {
			return err
		}
		s.accounts[key] = account.ID
	}
	return nil
}

// register opens a candidate's own account.
func (s *stage) register(who string) error {
	p := s.cast[who]
	account := reissue.Account{Person: p.identity(), Name: p.name, Email: p.email, Password: s.digests.candidate,
		Consent: reissue.Consent{Version: reissue.PrivacyVersion}}
	if p.usurper != "" {
		account.Name, account.Email = p.usurper, "stranger@example.com"
	}
	opened, err := s.store.Register(account)
	if err != nil {
		return fmt.Errorf("account of %s: %w", who, err)
	}
	s.accounts[who] = opened.ID
	return nil
}

// giveBack is the counter's act for a number that a stranger had registered: its
// owner gets an account with a one-time password.
func (s *stage) giveBack() error {
	p := s.cast[robbed]
	owner, err := s.store.AttachNumber(s.staff["shenhe"], s.accounts[robbed], "", p.name, p.email, s.digests.oneTime)
	if err != nil {
		return err
	}
	s.accounts[robbed] = owner.ID
	told, err := s.store.NextMail("")
	if err != nil {
		return err
	}
	return s.store.MailSent(told.ID)
}

// bounce lets the one mail that has not left fail so often that the next attempt
// is hours away. It comes after everything that sends mail.
func (s *stage) bounce() error {
	stuck, err := s.store.NextMail("")
	for range 9 {
		if err == nil {
			err = s.store.MailFailed(stuck.ID, mailboxUnknown, true)
		}
	}
	return err
}

// lockOut lets somebody fail to sign in until the number must wait, for the
// counter's 解锁. It is the last thing to happen, since the wait is short.
func (s *stage) lockOut() error {
	number := s.cast[forgetful].number().Full()
	for range 5 {
		if _, err := s.store.ReserveTry(store.CandidateTry(store.TrySignIn, number)); err != nil {
			return err
		}
	}
	return nil
}
