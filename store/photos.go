package store

import (
	"crypto/sha256"

	"certreissue/photo"
	"certreissue/reissue"
)

// PhotoLimits are the office's rules for a photo as package photo takes them.
func PhotoLimits(settings *reissue.Settings) photo.Limits {
	l := settings.Photo
	return photo.Limits{Width: l.Width, Height: l.Height, MinBytes: l.MinKB << 10, MaxBytes: l.MaxKB << 10, FailBelow: l.FailBelow, ClearFrom: l.ClearFrom}
}

// photos holds the raw bytes of each application's photo under its number:
// apart from the records, so that a list does not read them.
var photos = rawBytes{"photos"}

// picture is an accepted photo on its way from the check to its application.
type picture struct {
	JPEG   []byte   `cbor:"1,keyasint"`
	Digest []byte   `cbor:"2,keyasint"` // of the pixels
	Hints  []string `cbor:"3,keyasint,omitempty"`
	NoFace bool     `cbor:"4,keyasint,omitempty"` // accepted only with the candidate's word
	Unseen bool     `cbor:"5,keyasint,omitempty"` // made of what was posted; the form has not been sent since
	// Details are the figures behind the hints, which an application does not keep.
	Details []string `cbor:"6,keyasint,omitempty"`
}

func newPicture(accepted photo.Checked) *picture {
	if accepted.IsZero() {
		return nil
	}
	digest := accepted.Digest()
	p := &picture{JPEG: accepted.JPEG(), Digest: digest[:]}
	for _, hint := range accepted.Hints() {
		if hint.Code == photo.Nobody {
			p.NoFace = true
		} else {
			p.Hints = append(p.Hints, hint.Sentence())
		}
		if hint.Detail != "" {
			p.Details = append(p.Details, hint.Detail)
		}
	}
	return p
}

// picture is what a draft keeps of an upload.
func (up *Upload) picture() *picture {
	if up.Mended.IsZero() {
		return newPicture(up.Photo)
	}
	p := newPicture(up.Mended)
	p.Hints, p.Unseen = append([]string{up.Note}, p.Hints...), true
	return p
}

// describe is what the application's record says of its photo.
func (p *picture) describe() reissue.Photo {
	if p == nil {
		return reissue.Photo{}
	}
	sum := sha256.Sum256(p.JPEG)
	return reissue.Photo{Digest: p.Digest, Sum: sum[:], Hints: p.Hints, NoFace: p.NoFace}
}

// putPhoto stores an application's photo; nil leaves what is there.
func putPhoto(tx *txn, application uint64, p *picture) error {
	if p == nil {
		return nil
	}
	return photos.put(tx.Tx, application, p.JPEG)
}

// PhotoOf is the photo of an account's application, as a checked JPEG;
// reissue.ErrNotFound for anybody else's.
func (s *Store) PhotoOf(account, application uint64) (jpeg []byte, err error) {
	return s.photo(application, func(tx *txn) error {
		_, err := applicationOf(tx, account, application)
		return err
	})
}

// PhotoFor is the photo of an application as staff may see it; reissue.ErrNotFound
// outside the staff member's cities.
func (s *Store) PhotoFor(staff *reissue.Staff, application uint64) (jpeg []byte, err error) {
	return s.photo(application, func(tx *txn) error {
		_, err := applicationFor(tx, staff, application)
		return err
	})
}

// photo is the photo of an application that may not refuse; nil refuses none.
func (s *Store) photo(application uint64, may func(*txn) error) (jpeg []byte, err error) {
	err = s.view(func(tx *txn) error {
		if may != nil {
			if err := may(tx); err != nil {
				return err
			}
		}
		jpeg, err = photos.get(tx.Tx, application)
		return err
	})
	return jpeg, err
}
