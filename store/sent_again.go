package store

import (
	"slices"

	"certreissue/reissue"
)

// Who gets no answer sends a form again, and nobody can tell whether the first one arrived. So a form
// that says just what stands already leads to what stands.

// sentAgain is the open application that the form has made, where it says of it what stands in it and
// nothing has happened to it since; nil for none. A form that is refused says something else: why is told
// by who judges it.
func (by Filer) sentAgain(tx *txn, form Form, draft reissue.Draft, upload Upload) (*reissue.Application, error) {
	about := reissue.Application{Certificate: form.Record}
	if form.Kind == FormSelf {
		f, err := by.fill(tx, form, draft)
		if err != nil {
			return nil, nil
		}
		about.Person = f.Account.Person
		about.Fields, _ = draft.Check(&f.Basis) // the photo may have gone with the first
	}
	open, err := openFor(tx, &about)
	if err != nil || open == nil {
		return nil, err
	}
	f, err := by.fill(tx, Form{FormEdit, open.ID}, draft)
	if err != nil || len(f.Application.History) > 1 {
		return nil, nil
	}
	next := *f.Application
	if shot, err := f.judge(tx, draft, upload, &next); err != nil || !f.says(&next, shot) {
		return nil, nil
	}
	return f.Application, nil
}

// savedAgain tells whether the last thing that happened to the application since the revision is that
// its candidate saved just this.
func (f *Filling) savedAgain(revision uint64, next *reissue.Application, shot *picture) bool {
	last := f.Application.History[len(f.Application.History)-1]
	return f.Application.Revision == revision+1 && last.Act == reissue.ActSave && f.says(next, shot)
}

// says tells whether next and its photo, nil for none, are what stands in the application.
func (f *Filling) says(next *reissue.Application, shot *picture) bool {
	stands := f.Application
	return next.Fields == stands.Fields && next.Exam == stands.Exam && (shot == nil || slices.Equal(shot.describe().Sum, stands.Photo.Sum))
}
