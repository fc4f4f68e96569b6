package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"
)

// chief is an administrator.
func chief() *reissue.Staff {
	return &reissue.Staff{ID: 80, Name: "chief", Roles: []reissue.Role{reissue.RoleAdmin}}
}

// correction is what was typed, with a reason.
func correction(pairs ...string) reissue.CorrectionForm {
	form := reissue.CorrectionForm{reissue.FieldReason: "原始档案"}
	for i := 0; i < len(pairs); i += 2 {
		form[pairs[i]] = pairs[i+1]
	}
	return form
}

// only is the one line of the register.
func (o *office) only() *reissue.Certificate {
	o.t.Helper()
	list := rows(o, &certificates)
	if len(list) != 1 {
		o.t.Fatalf("the register has %d lines", len(list))
	}
	return list[0]
}

func (o *office) line(number uint64) *CertificateDetails {
	o.t.Helper()
	d, err := o.CertificateDetails(chief(), number)
	o.must(err)
	return d
}

// correct is a correction that was looked at twice.
func (o *office) correct(number uint64, pairs ...string) {
	o.t.Helper()
	o.must(o.CorrectCertificate(chief(), number, o.line(number).Seen, correction(pairs...), true))
	o.forward(time.Minute)
}

// TestCorrectCertificate: a line becomes what was typed, by the rules of an import; what
// it was, who changed it and why is kept.
func TestCorrectCertificate(t *testing.T) {
	o := open(t)
	o.load(line(1))
	before := o.only()
	o.correct(before.ID, reissue.FieldCertificateNumber, "zj-２０１６", reissue.FieldApprovalDate, "2016年6月12日", reissue.FieldCity, "石家庄", reissue.FieldExamYear, "2017年", reissue.FieldLevel, "")
	after := o.only()
	if after.Number != "ZJ-2016" || after.ApprovalDate != "20160612" || after.City != "石家庄市" || after.ExamYear != 2017 || after.Exam == before.Exam || after.Level != "" ||
		after.Specialty != before.Specialty || after.Sex != before.Sex || !after.Collected || after.Corrected == 0 {
		t.Errorf("corrected to %+v", after)
	}
	d := o.line(after.ID)
	if len(d.Versions) != 2 || d.Versions[0].Correction == nil || d.Versions[0].Correction.By != chief().ID || d.Versions[0].Correction.Reason != "原始档案" ||
		*d.Versions[0].Before != *before || *d.Versions[0].After != *after || d.Versions[1].Before != nil {
		t.Errorf("kept as %+v", d.Versions)
	}
	want := []string{reissue.FieldExamYear, reissue.FieldCertificateNumber, reissue.FieldApprovalDate, reissue.FieldLevel}
	if !slices.Equal(d.Versions[0].Changed, want) {
		t.Errorf("changed %q, want %q", d.Versions[0].Changed, want)
	}
	row := rows(o, &audits)[len(rows(o, &audits))-1]
	if row.Act != "correct" || row.Object != objectCertificate || row.ObjectID != after.ID || !slices.Equal(row.Fields, want) || row.Old+row.New != "" {
		t.Errorf("logged as %+v", row)
	}

	// Another correction is the way back, after which the import's word stands again.
	form := reissue.CorrectionForm(before.Form())
	form[reissue.FieldReason] = "改回"
	o.must(o.CorrectCertificate(chief(), after.ID, "", form, false))
	if back := o.only(); *back != *before {
		t.Errorf("corrected back to %+v, want %+v", back, before)
	}
	o.must(o.CorrectCertificate(chief(), after.ID, "old", form, false)) // a double click
	if n := len(rows(o, &corrections)); n != 2 {
		t.Errorf("%d corrections", n)
	}
}

// TestCorrectRefused: what is typed wrong, what would be somebody else's, what was
// changed meanwhile, and who may not, change nothing.
func TestCorrectRefused(t *testing.T) {
	o := open(t)
	o.load(line(1), line(2, numbered("B-2")), line(2, numbered("B-3"), level("一级", "")))
	var first, third *reissue.Certificate
	for _, c := range rows(o, &certificates) {
		switch c.Number {
		case "A-1":
			first = c
		case "B-3":
			third = c
		}
	}
	seen := o.line(first.ID).Seen
	o.must(o.CorrectCertificate(chief(), first.ID, seen, correction(reissue.FieldSpecialty, "市政工程"), false))
	if _, err := o.MarkCollected(chief(), []uint64{third.ID}, false); err != nil {
		t.Fatal(err)
	}
	was := fmt.Sprint(len(rows(o, &corrections)), len(rows(o, &audits)))
	problem := func(field string) func(error) bool {
		return func(err error) bool {
			var problems reissue.Problems
			return errors.As(err, &problems) && len(problems) == 1 && problems[0].Field == field
		}
	}
	is := func(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }
	moved := correction(reissue.FieldIDNumber, human(2).Number.Full())
	for why, c := range map[string]struct {
		err  error
		want func(error) bool
	}{
		"no reason":       {o.CorrectCertificate(chief(), first.ID, "", reissue.CorrectionForm{reissue.FieldCity: "保定市"}, true), problem(reissue.FieldReason)},
		"a bad ID number": {o.CorrectCertificate(chief(), first.ID, "", correction(reissue.FieldIDNumber, "110101199003071230"), true), problem(reissue.FieldIDNumber)},
		"a bad year":      {o.CorrectCertificate(chief(), first.ID, "", correction(reissue.FieldExamYear, "16"), true), problem(reissue.FieldExamYear)},
		"no exam":         {o.CorrectCertificate(chief(), first.ID, "", correction(reissue.FieldExamName, " "), true), problem(reissue.FieldExamName)},
		"a bad number":    {o.CorrectCertificate(chief(), first.ID, "", correction(reissue.FieldCertificateNumber, "A_1"), true), problem(reissue.FieldCertificateNumber)},
		"a bad date":      {o.CorrectCertificate(chief(), first.ID, "", correction(reissue.FieldApprovalDate, "20160631"), true), problem(reissue.FieldApprovalDate)},
		"a name too long": {o.CorrectCertificate(chief(), first.ID, "", correction(reissue.FieldName, strings.Repeat("王", 51)), true), problem(reissue.FieldName)},
		"another person": {o.CorrectCertificate(chief(), first.ID, "", moved, false), func(err error) bool {
			p, ok := errors.AsType[*PersonsError](err)
			return ok && len(p.Before) == 1 && len(p.After) == 2
		}},
		"another name": {o.CorrectCertificate(chief(), first.ID, "", correction(reissue.FieldName, name(2)), false), func(err error) bool {
			p, ok := errors.AsType[*PersonsError](err)
			return ok && len(p.Before) == 1 && len(p.After) == 2
		}},
		"a certificate of": {o.CorrectCertificate(chief(), third.ID, "", correction(reissue.FieldLevel, "考全科", reissue.FieldSpecialty, "建筑工程"), true), func(err error) bool {
			s, ok := errors.AsType[*SameLineError](err)
			return ok && s.Field == reissue.FieldLevel
		}},
		"an older page":    {o.CorrectCertificate(chief(), first.ID, seen, moved, true), is(reissue.ErrStale)},
		"an older mark":    {o.WithdrawCertificate(chief(), first.ID, seen, "重复"), is(reissue.ErrStale)},
		"a reviewer":       {o.CorrectCertificate(clerk(), first.ID, "", moved, true), is(reissue.ErrRole)},
		"no withdrawal":    {o.RestoreCertificate(chief(), first.ID, "", "恢复"), is(ErrLine)},
		"no such line":     {o.WithdrawCertificate(chief(), 999, "", "重复"), is(reissue.ErrNotFound)},
		"withdrawn for no": {o.WithdrawCertificate(chief(), first.ID, "", ""), problem(reissue.FieldReason)},
	} {
		if !c.want(c.err) {
			t.Errorf("%s: %v", why, c.err)
		}
	}
	if now := fmt.Sprint(len(rows(o, &corrections)), len(rows(o, &audits))); now != was {
		t.Errorf("what was refused left %s, not %s", now, was)
	}
	free, err := o.holdRegister(0)
	o.must(err)
	if err := o.CorrectCertificate(chief(), first.ID, "", moved, true); !errors.As(err, new(*RegisterBusyError)) {
		t.Errorf("while an import goes on: %v", err)
	}
	free()
}

// TestCorrectedAway: a line was written down under somebody else's number. Its true
// owner applies, whatever the other one has applied for, who is marked in every state.
func TestCorrectedAway(t *testing.T) {
	o := open(t)
	stranger, made := o.applied(1)
	certificate := made.Certificate
	marks := func(number uint64) (words []string) {
		a, err := o.Application(clerk(), number)
		o.must(err)
		list, err := o.Marks(clerk(), []*reissue.Application{a})
		o.must(err)
		r, err := o.Review(clerk(), number)
		o.must(err)
		for _, mark := range list[number] {
			if mark.Serious && strings.HasPrefix(mark.Word, "档案") {
				words = append(words, mark.Word)
			}
		}
		for _, word := range words {
			if !slices.ContainsFunc(r.Marks(), func(m reissue.Mark) bool { return m.Word == word }) {
				t.Errorf("the review lacks %s", word)
			}
		}
		return words
	}
	if got := marks(made.ID); len(got) != 0 {
		t.Errorf("before: %q", got)
	}
	o.forward(time.Minute)
	o.correct(certificate, reissue.FieldIDNumber, human(2).Number.Full(), reissue.FieldName, name(2))
	if got := marks(made.ID); !slices.Equal(got, []string{"档案已更正"}) {
		t.Errorf("waiting: %q", got)
	}
	if c := o.only(); c.BirthMonth != human(2).BirthMonth() || c.Person != human(2) {
		t.Errorf("the month of birth does not follow the number: %+v", c)
	}
	if lines, err := o.Holder(stranger.ID).Certificates(); len(lines) != 0 || err != nil {
		t.Errorf("the stranger still sees %v, %v", lines, err)
	}
	if _, err := o.Holder(stranger.ID).Fill(Form{FormEdit, made.ID}); !errors.Is(err, ErrLineMoved) {
		t.Errorf("the stranger's application can be changed: %v", err)
	}
	owner := o.register(2)
	own, err := o.Holder(owner.ID).Apply(Form{FormCertificate, o.one(owner)}, filled(), Upload{Photo: shot(t, 2)})
	o.must(err)
	if got := marks(own.ID); len(got) != 0 {
		t.Errorf("of the owner, who applied after the correction: %q", got)
	}
	if d := o.line(certificate); len(d.Standing) != 2 {
		t.Errorf("%d applications stand on the line", len(d.Standing))
	}
	o.decide(made.ID, approve)
	if got := marks(made.ID); !slices.Equal(got, []string{"档案已更正"}) {
		t.Errorf("approved: %q", got)
	}
	var depends *Dependents
	if err := o.takeBackAll(t, 1); !errors.As(err, &depends) || depends.Corrected != 1 || len(depends.Applications) != 2 {
		t.Errorf("the import is taken back: %v %+v", err, depends)
	}
}

// TestWithdrawn: a line that was withdrawn is there for nobody but the office, and comes
// back as it was.
func TestWithdrawn(t *testing.T) {
	o := open(t)
	account, made := o.applied(1)
	before := o.only()
	o.forward(time.Minute)
	o.must(o.Holder(account.ID).Withdraw(made.ID, made.Revision))
	o.must(o.WithdrawCertificate(chief(), before.ID, o.line(before.ID).Seen, "重复登记"))
	if lines, err := o.Holder(account.ID).Certificates(); len(lines) != 0 || err != nil {
		t.Errorf("offered: %v, %v", lines, err)
	}
	if _, err := o.Holder(account.ID).Fill(Form{FormCertificate, before.ID}); !isNotFound(err) {
		t.Errorf("applied for: %v", err)
	}
	if data, err := o.MyData(account.ID); err != nil || len(data.Certificates) != 0 {
		t.Errorf("taken along: %v, %v", data.Certificates, err)
	}
	if err := o.CorrectCertificate(chief(), before.ID, "", correction(reissue.FieldCity, "保定市"), true); !errors.Is(err, ErrLine) {
		t.Errorf("corrected: %v", err)
	}
	if err := o.WithdrawCertificate(chief(), before.ID, "", "再撤"); !errors.Is(err, ErrLine) {
		t.Errorf("withdrawn twice: %v", err)
	}
	if r, err := o.Review(clerk(), made.ID); err != nil || !slices.ContainsFunc(r.Marks(), func(m reissue.Mark) bool { return m.Word == "档案已撤销" && m.Serious }) {
		t.Errorf("not marked: %v", err)
	}
	var depends *Dependents
	if err := o.takeBackAll(t, 1); !errors.As(err, &depends) || depends.Corrected != 1 {
		t.Errorf("the import is taken back: %v", err)
	}
	o.forward(time.Minute)
	o.must(o.RestoreCertificate(chief(), before.ID, o.line(before.ID).Seen, "核对无误"))
	if after := o.only(); *after != *before {
		t.Errorf("restored as %+v, was %+v", after, before)
	}
	if n := len(o.line(before.ID).Versions); n != 3 {
		t.Errorf("%d versions are shown", n)
	}
	o.one(account)
}
