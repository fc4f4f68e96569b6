package store

import (
	"crypto/sha256"

	"certreissue/photo"
	"certreissue/reissue"
)

// photos holds the raw bytes of each application's photo under its number:
// apart from the records, so that a list does not read them.
var photos = rawBytes{"photos"}

// picture is an accepted photo on its way from the check to its application.
type picture struct {
	JPEG   []byte   `cbor:"1,keyasint"`
	Digest []byte   `cbor:"2,keyasint"` // of the pixels
	Hints  []string `cbor:"3,keyasint,omitempty"`
}

func newPicture(accepted photo.Checked) *picture {
	if accepted.IsZero() {
		return nil
	}
	digest := accepted.Digest()
	p := &picture{JPEG: accepted.JPEG(), Digest: digest[:]}
	for _, hint := range accepted.Hints() {
		p.Hints = append(p.Hints, hint.Sentence())
	}
	return p
}

// picture is what a draft keeps of an upload.
func (up *Upload) picture() *picture {
	if up.Mended.IsZero() {
		return newPicture(up.Photo)
	}
	p := newPicture(up.Mended)
	p.Hints = append([]string{up.Note}, p.Hints...)
	return p
}

// describe is what the application's record says of its photo.
func (p *picture) describe() reissue.Photo {
	if p == nil {
		return reissue.Photo{}
	}
	sum := sha256.Sum256(p.JPEG)
	return reissue.Photo{Digest: p.Digest, Sum: sum[:], Hints: p.Hints}
}

// putPhoto stores an application's photo; nil leaves what is there.
func putPhoto(tx *txn, application uint64, p *picture) error {
	if p == nil {
		return nil
	}
	return photos.put(tx.Tx, application, p.JPEG)
}

// Photo is the photo of an application, as a checked JPEG.
func (s *Store) Photo(application uint64) (jpeg []byte, err error) {
	err = s.view(func(tx *txn) error {
		jpeg, err = photos.get(tx.Tx, application)
		return err
	})
	return jpeg, err
}
