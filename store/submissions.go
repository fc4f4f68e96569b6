package store

import (
	"errors"

	"certreissue/photo"
	"certreissue/reissue"
)

// Upload is what came in a form's photo field: an accepted photo, or what is
// wrong with it, or neither where none was chosen. Photo and Mended may be without a face
// (photo.Limits.Confirmed).
type Upload struct {
	Photo  photo.Checked
	Faults []photo.Finding
	Hints  []photo.Finding // what else is said of a refused one; the store leaves it aside
	// Preview is the refused one as a small JPEG, to be shown again; nil where nothing can be
	// shown. The store keeps nothing of it.
	Preview []byte
	// Mended is what can be made of a refused one, for the candidate to look at;
	// zero where nothing can. Note says what was done to it.
	Mended photo.Checked
	Note   string
	// Confirmed is the candidate's word that the photo shows them, though no face is found;
	// that of the draft, where none was chosen.
	Confirmed bool
}

// Filling is a form of an application as it stands before it is filled in:
// what it is judged by, and what is known already.
type Filling struct {
	reissue.Basis
	Form        Form
	Application *reissue.Application // being corrected; nil for a new one
	Kept        *Draft               // what was typed before, nil for nothing
}

// ErrLineMoved refuses to change an application whose line of the register was
// corrected or withdrawn, so that it is not its holder's any more.
var ErrLineMoved = errors.New("the application's certificate is not its holder's any more")

// ErrNotCollected refuses an application for a certificate that still waits to
// be collected (不可申请).
var ErrNotCollected = errors.New("the certificate has not been collected yet")

// Fill prepares a form. A certificate or application of somebody
// else is reissue.ErrNotFound, a certificate with an open application an
// *OpenError, one not collected ErrNotCollected, an exam for which the office
// takes none today a *reissue.NotAcceptedError, a line of an import that is
// being taken back ErrBeingUndone, an application that may not be
// edited reissue.ErrState, one whose line was corrected away ErrLineMoved.
func (by Filer) Fill(form Form) (f *Filling, err error) {
	err = by.store.view(func(tx *txn) error {
		f, err = by.fill(tx, form, nil)
		return err
	})
	return f, err
}

// fill loads what a form is judged by. draft names the exam of a form filled in
// by hand; without it the application that is being corrected does.
func (by Filer) fill(tx *txn, form Form, draft reissue.Draft) (*Filling, error) {
	owner, err := by.owner(tx)
	if err != nil {
		return nil, err
	}
	f := &Filling{Form: form, Basis: reissue.Basis{Account: owner, Settings: tx.settings, Today: tx.today(), AtCounter: by.staff != nil}}
	certificate := form.Record
	if form.Kind != FormCertificate {
		certificate = 0
	}
	if form.Kind == FormEdit {
		if f.Application, err = by.application(tx, form.Record); err != nil {
			return nil, err
		}
		if !f.Application.Status.Editable() {
			return f, reissue.ErrState
		}
		certificate = f.Application.Certificate
		f.HasPhoto = f.Application.Photo.Given()
		f.Pledged = f.Application.Pledged != 0
		f.Phone = f.Application.Fields.Phone
	}
	if certificate != 0 {
		f.Certificate, err = by.certificate(tx, owner, certificate)
		if isNotFound(err) && f.Application != nil {
			return nil, ErrLineMoved
		}
		if err != nil {
			return nil, err
		}
	}
	if form.Kind == FormCertificate {
		open, err := openFor(tx, &reissue.Application{Certificate: certificate})
		if err != nil {
			return nil, err
		}
		if open != nil {
			return nil, &OpenError{Application: open.ID, City: open.Fields.City}
		}
		if !f.Certificate.Collected {
			return nil, ErrNotCollected
		}
		if undone, err := beingUndone(tx, f.Certificate); err != nil || undone {
			return nil, errors.Join(err, ErrBeingUndone)
		}
	}
	if f.Exam, err = f.exam(tx, draft); err != nil {
		return nil, err
	}
	if err := f.accepted(tx); err != nil {
		return nil, err
	}
	if f.Cities, err = by.cities(tx); err != nil {
		return nil, err
	}
	if f.Kept, err = by.draft(tx, form); err != nil {
		return nil, err
	}
	f.HasPhoto = f.HasPhoto || f.Kept.HasPhoto()
	return f, nil
}

// accepted refuses what the office takes no applications for today. Correcting
// an application that was taken stays possible, unless it moves to such an exam.
func (f *Filling) accepted(tx *txn) error {
	if f.Exam == nil || f.Application != nil && f.Application.Exam == f.Exam.ID {
		return nil
	}
	return f.Exam.Accept(tx.today())
}

// exam is the office's entry for the exam that the form is about, nil where it
// has none.
func (f *Filling) exam(tx *txn, draft reissue.Draft) (*reissue.Exam, error) {
	if f.Certificate != nil {
		exam, err := exams.get(tx.Tx, key(f.Certificate.Exam))
		return exam, ignoreNotFound(err)
	}
	if year, name, ok := draft.ExamOf(); ok {
		return examNamed(tx, year, name)
	}
	if f.Application != nil && draft == nil {
		return examNamed(tx, f.Application.Fields.ExamYear, f.Application.Fields.ExamName)
	}
	return nil, nil
}

// Apply submits a new application: record, photo, audit row and mail in one
// transaction. What is wrong with the draft or the photo comes back as
// reissue.Problems; the other errors are those of Fill. A form that is sent again
// gives the application that it has made.
func (by Filer) Apply(form Form, draft reissue.Draft, upload Upload) (*reissue.Application, error) {
	a := &reissue.Application{Owner: by.account}
	err := by.store.update(by.actor(), func(tx *txn) error {
		made, err := by.sentAgain(tx, form, draft, upload)
		if err != nil || made != nil {
			a = made
			return err
		}
		f, err := by.fill(tx, form, draft)
		if err != nil {
			return err
		}
		shot, err := f.judge(tx, draft, upload, a)
		if err != nil {
			return err
		}
		if a.ID, err = nextNumber(tx); err != nil {
			return err
		}
		if a.Round, err = round(tx, a); err != nil {
			return err
		}
		a.Photo = shot.describe()
		if err := a.Submit(tx.by, tx.now); err != nil {
			return err
		}
		return errors.Join(tx.record(a), putPhoto(tx, a.ID, shot), dropDraft(tx, by.account, form))
	})
	return a, err
}

// Save takes over a corrected application (申请信息维护). A stale revision is
// reissue.ErrStale, joined with what is wrong with the draft; the other errors
// are those of Apply. A form that is sent again gives the application as it has made it.
func (by Filer) Save(number, revision uint64, draft reissue.Draft, upload Upload) (a *reissue.Application, err error) {
	form := Form{FormEdit, number}
	err = by.store.update(by.actor(), func(tx *txn) error {
		f, err := by.fill(tx, form, draft)
		if err != nil {
			return err
		}
		a = f.Application
		next := *a
		shot, err := f.judge(tx, draft, upload, &next)
		if err == nil && f.savedAgain(revision, &next, shot) {
			return nil
		}
		if a.Revision != revision {
			return errors.Join(reissue.ErrStale, err)
		}
		if err != nil {
			return err
		}
		a.Exam, a.Pledged = next.Exam, next.Pledged
		if err := a.Save(tx.by, tx.now, next.Fields, next.Locked, shot.describe(), queueHead(tx)); err != nil {
			return err
		}
		return errors.Join(tx.record(a), putPhoto(tx, a.ID, shot), dropDraft(tx, by.account, form))
	})
	return a, err
}

// judge checks draft and photo and sets what a then says. It gives the photo to
// store: the new one, or the one kept with the draft, or nil.
func (f *Filling) judge(tx *txn, draft reissue.Draft, upload Upload, a *reissue.Application) (*picture, error) {
	shot := upload.picture()
	if shot == nil && f.Kept.HasPhoto() {
		shot = f.Kept.Photo
	}
	if !f.Asks(reissue.FieldPhoto) || f.unasked(draft) {
		shot, upload = nil, Upload{}
	}
	f.HasPhoto = f.HasPhoto || shot != nil
	for _, fault := range upload.Faults {
		f.PhotoFaults = append(f.PhotoFaults, fault.Sentence())
	}
	mended := !upload.Mended.IsZero()
	if mended {
		f.PhotoFaults = []string{sayLookAtMended} // nobody needs to put right what is put right
	}
	if shot != nil && shot.NoFace && !upload.Confirmed && (mended || len(upload.Faults) == 0) {
		f.PhotoFaults = []string{photo.Finding{Code: photo.Nobody}.Sentence()}
	}
	fields, err := draft.Check(&f.Basis)
	if err != nil {
		return nil, err
	}
	a.Person, a.Fields, a.Locked = f.Account.Person, fields, f.Locked()
	if f.Certificate != nil {
		a.Certificate = f.Certificate.ID
	}
	if a.Exam = 0; f.Exam != nil {
		a.Exam = f.Exam.ID
	}
	if f.Asks(reissue.FieldPledge) {
		a.Pledged = tx.moment
	}
	return shot, f.refuseRegistered(tx, a)
}

// unasked tells whether the exam that a form filled in by hand names needs no
// photo: then a posted one is none of ours.
func (f *Filling) unasked(draft reissue.Draft) bool {
	if f.Certificate != nil {
		return false
	}
	year, _, ok := draft.ExamOf()
	return ok && !reissue.NeedsPhoto(f.Exam, year, f.Settings)
}

// refuseRegistered sends a form filled in by hand to the register's line, if
// the candidate was shown one that it equals: so 不可申请 cannot be walked
// around. A second one by hand is an *OpenError.
func (f *Filling) refuseRegistered(tx *txn, a *reissue.Application) error {
	if f.Certificate != nil {
		return nil
	}
	lines, err := linesOf(tx, a.Person)
	if err != nil {
		return err
	}
	wanted := reissue.Certificate{Person: a.Person, ExamYear: a.Fields.ExamYear, ExamName: a.Fields.ExamName,
		Level: a.Fields.Level, Specialty: a.Fields.Specialty}
	for _, line := range matching(lines, f.Account.Name) {
		if line.SameSitting(&wanted) && line.Same(&wanted) {
			return &RegisteredLineError{Certificate: line.ID}
		}
	}
	open, err := openFor(tx, a)
	if err == nil && open != nil && open.ID != a.ID {
		return &OpenError{Application: open.ID, City: open.Fields.City}
	}
	return err
}

// round counts which reissue of the same certificate this is. The count goes on
// from the latest that is there, since the office may have forgotten others.
func round(tx *txn, a *reissue.Application) (int, error) {
	list, err := applications.having(tx.Tx, "person", key(a.Person.Key()))
	n := 1
	for _, earlier := range list {
		done := earlier.Status == reissue.HandedOut || earlier.Status == reissue.Mailed
		if done && earlier.SubjectKey() == a.SubjectKey() {
			n = max(n, earlier.Round+1)
		}
	}
	return n, err
}
