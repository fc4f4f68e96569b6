package store

import (
	"errors"
	"time"

	"certreissue/reissue"
)

// Form names a form that can be kept as a draft: what is being filled in, and
// for which record.
type Form struct {
	Kind   FormKind `cbor:"1,keyasint"`
	Record uint64   `cbor:"2,keyasint,omitempty"` // the certificate or the application
}

// FormKind is one of the three forms of an application.
type FormKind byte

// The forms: step 2 from the register, step 2 by hand, 申请信息维护.
const (
	FormCertificate FormKind = iota + 1
	FormSelf
	FormEdit
)

// Draft is what was typed into a form that has not been accepted yet,
// and the photo that was. It is kept for a day, across errors and across an
// ended session, for the same account only.
type Draft struct {
	Account uint64         `cbor:"1,keyasint"`
	Form    Form           `cbor:"2,keyasint"`
	Values  reissue.Draft  `cbor:"3,keyasint,omitempty"`
	Photo   *picture       `cbor:"4,keyasint,omitempty"`
	Saved   reissue.Moment `cbor:"5,keyasint"`
	Clerk   uint64         `cbor:"6,keyasint,omitempty"` // who typed it at the counter; 0: it is the account's own
}

// HasPhoto tells whether an accepted photo is kept with the draft.
func (d *Draft) HasPhoto() bool { return d != nil && d.Photo != nil }

var drafts = Table[Draft]{
	name: "drafts",
	key: func(d *Draft) []byte {
		kind := byte(d.Form.Kind)
		if d.Clerk != 0 {
			kind |= ofCounter
		}
		return key(d.Account, []byte{kind}, d.Form.Record)
	},
	indexes: []Index[Draft]{
		// Clearing away what is a day old.
		{name: "saved", keys: func(d *Draft) [][]byte { return [][]byte{key(d.Saved)} }},
	},
}

// ofCounter tells a form at the counter from the account's own in a key.
const ofCounter = 0x80

const keepDrafts = 24 * time.Hour

// KeepDraft keeps what was typed, and the photo if one was accepted or could be
// mended; a photo kept before stays until another comes. A form that was sent as the page
// gave it leaves no draft. The errors are those of Fill.
func (by Filer) KeepDraft(form Form, values reissue.Draft, upload Upload) error {
	return by.store.update(by.actor(), func(tx *txn) error {
		if err := drafts.clear(tx.Tx, "saved", tx.moment-millis(keepDrafts)); err != nil {
			return err
		}
		f, err := by.fill(tx, form, values)
		if err != nil {
			return err
		}
		next := &Draft{Account: by.account, Form: form, Values: values, Photo: upload.picture(), Saved: tx.moment, Clerk: by.clerk()}
		if next.Photo == nil && f.Kept.HasPhoto() {
			next.Photo = f.Kept.Photo
			next.Photo.Unseen = next.Photo.Unseen && len(upload.Faults) > 0 // sent again without another, it is agreed to
		}
		if next.Photo == nil && !f.typed(values) {
			return drafts.delete(tx.Tx, by.draftKey(form))
		}
		return drafts.put(tx.Tx, next)
	})
}

// typed tells whether a draft holds anything that its page did not give: the
// values of the application, or the exam that was chosen at step 1.
func (f *Filling) typed(draft reissue.Draft) bool {
	var given reissue.Fields
	switch {
	case f.Application != nil:
		given = f.Application.Fields
	case f.Certificate == nil && f.Exam != nil:
		given = reissue.Fields{ExamYear: f.Exam.Year, ExamName: f.Exam.Name, ApprovalDate: f.Exam.LastDay}
	}
	for field, value := range draft {
		if value != "" && value != given.Get(field) {
			return true
		}
	}
	return false
}

// clerk is who types at the counter, 0 for the holder.
func (by Filer) clerk() uint64 {
	if by.staff == nil {
		return 0
	}
	return by.staff.ID
}

// draft is the kept one of a form, nil where there is none or it is old. What a clerk typed
// is no other clerk's: it may be of a city that the other does not serve, and who sends it
// is who does not approve it.
func (by Filer) draft(tx *txn, form Form) (*Draft, error) {
	kept, err := drafts.get(tx.Tx, by.draftKey(form))
	if err != nil || kept.Clerk != by.clerk() || tx.moment-kept.Saved > millis(keepDrafts) {
		return nil, ignoreNotFound(err)
	}
	return kept, nil
}

func (by Filer) draftKey(form Form) []byte {
	return drafts.key(&Draft{Account: by.account, Form: form, Clerk: by.clerk()})
}

// DraftPhoto is the photo kept with a draft.
func (by Filer) DraftPhoto(form Form) (jpeg []byte, err error) {
	err = by.store.view(func(tx *txn) error {
		if _, err := by.owner(tx); err != nil {
			return err
		}
		kept, err := by.draft(tx, form)
		if err == nil && !kept.HasPhoto() {
			err = reissue.ErrNotFound
		}
		if err == nil {
			jpeg = kept.Photo.JPEG
		}
		return err
	})
	return jpeg, err
}

// dropDraft forgets what was typed into a form, by the account's holder and at the counter.
func dropDraft(tx *txn, account uint64, form Form) (err error) {
	const any = 1 // one form at the counter has one draft, whose clerk it may be
	for _, clerk := range []uint64{0, any} {
		err = errors.Join(err, drafts.delete(tx.Tx, drafts.key(&Draft{Account: account, Form: form, Clerk: clerk})))
	}
	return err
}

// dropDrafts forgets everything that was typed for an account and not sent.
func dropDrafts(tx *txn, account uint64) error {
	kept, err := drafts.under(tx.Tx, key(account))
	for _, draft := range kept {
		err = errors.Join(err, drafts.delete(tx.Tx, drafts.key(draft)))
	}
	return err
}

// Unfinished is a form that was typed into and not sent.
type Unfinished struct {
	Form   Form
	Fields reissue.Fields // what tells it apart: of the certificate or the application
}

// Unfinished are the forms that can be gone on with.
func (by Filer) Unfinished() (list []Unfinished, err error) {
	err = by.store.view(func(tx *txn) error {
		kept, err := drafts.under(tx.Tx, key(by.account))
		if err != nil {
			return err
		}
		for _, draft := range kept {
			if draft.Clerk != by.clerk() {
				continue
			}
			f, err := by.fill(tx, draft.Form, nil)
			if err != nil || f.Kept == nil {
				// Applied for, decided or out of date meanwhile: nothing to go on with.
				continue
			}
			u := Unfinished{Form: draft.Form}
			switch {
			case f.Application != nil:
				u.Fields = f.Application.Fields
			case f.Certificate != nil:
				u.Fields = f.Certificate.Fields()
			}
			list = append(list, u)
		}
		return nil
	})
	return list, err
}
