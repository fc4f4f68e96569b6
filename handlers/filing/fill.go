package filing

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// This file is what the three forms of an application share: step 2 from the
// register, step 2 by hand, and 申请信息维护.

// draftFields are the fields that a candidate may post; anything else in the
// body is left aside.
var draftFields = append(reissue.FieldsFrom(reissue.FromExam, reissue.FromRegister, reissue.FromCandidate), reissue.FieldPledge, reissue.Confirm(reissue.FieldPhone))

// draft is what was posted, as typed.
func draft(v *visit.Visit) reissue.Draft {
	d := reissue.Draft{}
	for _, field := range draftFields {
		if v.Posted.Has(field) {
			d[field] = v.Value(field)
		}
	}
	return d
}

// submit runs one of the three forms. What is refused is kept as a draft with
// the photo, if that was good; done answers when it was accepted.
func (d *Desk) submit(v *visit.Visit, at At, form store.Form, act func(reissue.Draft, store.Upload) (*reissue.Application, error), done func(*reissue.Application) error) error {
	draft := draft(v)
	up, err := d.upload(v, at)
	if err != nil {
		return err
	}
	a, err := act(draft, up)
	var problems reissue.Problems
	var registered *store.RegisteredLineError
	var notAccepted *reissue.NotAcceptedError
	if errors.As(err, &problems) || errors.As(err, &registered) || errors.As(err, &notAccepted) || errors.Is(err, reissue.ErrStale) {
		if keepErr := at.By.KeepDraft(form, draft, up); keepErr != nil {
			return keepErr
		}
	}
	if err != nil {
		v.Photo = up
		return err
	}
	d.MailWaits()
	return done(a)
}

// Keep saves what was posted by somebody whose session had ended.
func (d *Desk) Keep(v *visit.Visit, at At, form store.Form) error {
	up, err := d.upload(v, at)
	if err != nil {
		return err
	}
	return at.By.KeepDraft(form, draft(v), up)
}

// fill prepares what the three pages share. exams are those offered to a form filled in
// by hand.
func (d *Desk) fill(v *visit.Visit, at At, f *store.Filling, exams []*reissue.Exam) templates.Fill {
	page := v.Page()
	data := templates.Fill{Page: page, Action: at.FormURL(f.Form), BackURL: at.Base + "/apply", NoPhone: f.AtCounter, Cities: f.Cities, Pledge: f.Settings.Pledge}
	if f.Pledged {
		data.Pledge = ""
	}
	d.fillLocked(f, &data)
	if v.Posted == nil {
		d.fillValues(v, f, &data)
	}
	if f.Asks(reissue.FieldPhoto) {
		data.Photo = d.fillPhoto(v, at, f, &data.Form)
	}
	fillSuggestions(f, exams, &data)
	return data
}

// fillLocked sets the values that the candidate cannot change, and leaves out
// the fields that this form does not ask for.
func (d *Desk) fillLocked(f *store.Filling, data *templates.Fill) {
	known := reissue.Fields{Name: f.Account.Name, Sex: f.Account.Gender(), BirthMonth: f.Account.Birth()}
	if f.Certificate != nil {
		line := f.Certificate.Fields()
		line.Sex, line.BirthMonth = cmp.Or(line.Sex, known.Sex), cmp.Or(line.BirthMonth, known.BirthMonth)
		known = line
	}
	for _, field := range f.Locked() {
		data.Form.Locked[field] = reissue.ShowField(field, known.Get(field))
	}
	data.Form.Locked[reissue.FieldIDNumber] = f.Account.Person.Number.Full()
	for _, field := range draftFields {
		if _, locked := data.Form.Locked[field]; !locked && !f.Asks(field) {
			data.Form.Skip[field] = true
		}
	}
}

// fillValues starts the form with what was typed before, else what the
// application says, else the exam that was chosen.
func (d *Desk) fillValues(v *visit.Visit, f *store.Filling, data *templates.Fill) {
	set := data.Form.Values.Set
	switch {
	case f.Kept != nil:
		for field, value := range f.Kept.Values {
			set(field, value)
		}
	case f.Application != nil:
		for _, field := range reissue.FieldNames {
			set(field, f.Application.Fields.Get(field))
		}
	}
}

// fillSuggestions offers what the exams of the office have. Any other text is
// accepted too.
func fillSuggestions(f *store.Filling, exams []*reissue.Exam, data *templates.Fill) {
	if f.Exam != nil {
		data.Levels, data.Specialties = f.Exam.Levels, f.Exam.Specialties
		if f.Exam.LastDay != "" && f.Asks(reissue.FieldApprovalDate) {
			data.ApprovalNote = sayLastDay(f.Exam)
		}
	}
	if f.Certificate != nil {
		return
	}
	for _, exam := range exams {
		if !slices.Contains(data.Exams, exam.Name) {
			data.Exams = append(data.Exams, exam.Name)
		}
		if f.Exam == nil {
			data.Levels = append(data.Levels, exam.Levels...)
			data.Specialties = append(data.Specialties, exam.Specialties...)
		}
	}
	data.Levels, data.Specialties = unique(data.Levels), unique(data.Specialties)
	thisYear, _ := strconv.Atoi(f.Today[:4])
	for year := thisYear; year >= firstExamYear; year-- {
		data.Years = append(data.Years, strconv.Itoa(year))
	}
}

// firstExamYear begins the list of years: the oldest certificates of these
// exams are of the late 1980s.
const firstExamYear = 1985

// unique sorts and keeps each value once.
func unique(values []string) []string {
	values = slices.Clone(values)
	slices.Sort(values)
	return slices.Compact(values)
}
