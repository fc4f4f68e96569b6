package store

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"testing"

	"certreissue/photo"
	"certreissue/reissue"
)

// faceless is a photo that passes only on somebody's word.
func faceless(t *testing.T) photo.Checked {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 90, 126)), nil); err != nil {
		t.Fatal(err)
	}
	checked, findings := photo.Check(b.Bytes(), photo.Limits{Width: 90, Height: 126, MaxBytes: 30 << 10, Confirmed: true})
	if checked.IsZero() {
		t.Fatal(findings)
	}
	return checked
}

// TestPhotoWithoutFace: no way in leads around the candidate's word, and the record says
// that it was given as long as the photo is the same.
func TestPhotoWithoutFace(t *testing.T) {
	o := open(t)
	o.load(line(1))
	account := o.register(1)
	form := Form{FormCertificate, o.one(account)}
	faceless := faceless(t)
	refused := func(reason string, err error) {
		t.Helper()
		var problems reissue.Problems
		if want := (photo.Finding{Code: photo.Nobody}).Sentence(); !errors.As(err, &problems) || len(problems) != 1 || problems.Of("photo") != want {
			t.Errorf("%s: %v", reason, err)
		}
	}
	apply := func(up Upload) (*reissue.Application, error) { return o.Holder(account.ID).Apply(form, filled(), up) }

	_, err := apply(Upload{Photo: faceless})
	refused("posted", err)
	o.must(o.Holder(account.ID).KeepDraft(form, filled(), Upload{Photo: faceless}))
	_, err = apply(Upload{})
	refused("kept", err)
	o.must(o.Holder(account.ID).KeepDraft(form, filled(), Upload{}))
	_, err = apply(Upload{})
	refused("kept for longer", err)
	_, err = apply(Upload{Faults: []photo.Finding{{Code: photo.WrongSize}}, Mended: faceless})
	refused("mended", err)
	fault := photo.Finding{Code: photo.Background}
	if _, err := apply(Upload{Faults: []photo.Finding{fault}, Confirmed: true}); !blames("photo")(err) {
		t.Errorf("another file is refused, and the kept one taken: %v", err)
	}

	a, err := apply(Upload{Confirmed: true})
	o.must(err)
	if !a.Photo.NoFace || len(a.Photo.Hints) != 0 {
		t.Errorf("the record says of the photo: %+v", a.Photo)
	}
	a, err = o.Holder(account.ID).Save(a.ID, a.Revision, filled(), Upload{})
	if err != nil || !a.Photo.NoFace {
		t.Errorf("saved with the same photo: %t, %v", a.Photo.NoFace, err)
	}
	_, err = o.Holder(account.ID).Save(a.ID, a.Revision, filled(), Upload{Photo: faceless})
	refused("corrected", err)
	a, err = o.Holder(account.ID).Save(a.ID, a.Revision, filled(), Upload{Photo: shot(t, 1), Confirmed: true})
	if err != nil || a.Photo.NoFace {
		t.Errorf("saved with a face: %t, %v", a.Photo.NoFace, err)
	}
}
