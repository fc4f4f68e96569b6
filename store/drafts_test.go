package store

import (
	"bytes"
	"testing"
	"time"

	"certreissue/photo"
	"certreissue/reissue"
)

func TestDrafts(t *testing.T) {
	o := open(t)
	mine, other := o.register(1), o.register(2)
	form := Form{FormSelf, 0}
	kept := func(account uint64) *Draft {
		f, err := o.Fill(account, form)
		o.must(err)
		return f.Kept
	}
	if kept(mine.ID).HasPhoto() {
		t.Error("a photo in a draft that is none")
	}
	first, second := shot(t, 1), shot(t, 2)
	o.must(o.KeepDraft(mine.ID, form, reissue.Draft{"phone": "1"}, first))
	o.must(o.KeepDraft(mine.ID, form, reissue.Draft{"phone": "2\xff"}, photo.Checked{}))
	if draft := kept(mine.ID); draft == nil || draft.Values["phone"] != "2\xff" || !draft.HasPhoto() {
		t.Errorf("kept: %+v", draft)
	}
	if f, err := o.Fill(mine.ID, form); err != nil || !f.HasPhoto {
		t.Errorf("the kept photo does not count: %v", err)
	}
	if jpeg, err := o.DraftPhoto(mine.ID, form); err != nil || !bytes.Equal(jpeg, first.JPEG()) {
		t.Errorf("the first photo: %v", err)
	}
	o.must(o.KeepDraft(mine.ID, form, nil, second))
	if jpeg, err := o.DraftPhoto(mine.ID, form); err != nil || !bytes.Equal(jpeg, second.JPEG()) {
		t.Errorf("the second photo: %v", err)
	}
	if kept(other.ID) != nil {
		t.Error("another account sees the draft")
	}
	if _, err := o.DraftPhoto(other.ID, form); !isNotFound(err) {
		t.Errorf("another account sees the photo: %v", err)
	}
	if _, err := o.DraftPhoto(mine.ID, Form{FormEdit, 0}); !isNotFound(err) {
		t.Errorf("another form has the photo: %v", err)
	}

	o.forward(24 * time.Hour)
	if kept(mine.ID) == nil {
		t.Error("gone within the day")
	}
	o.forward(time.Second)
	if kept(mine.ID) != nil {
		t.Error("there after a day")
	}
	if _, err := o.DraftPhoto(mine.ID, form); !isNotFound(err) {
		t.Errorf("the photo is there after a day: %v", err)
	}
	o.must(o.KeepDraft(other.ID, form, nil, photo.Checked{}))
	if n := count(o, &drafts); n != 1 {
		t.Errorf("%d drafts, the old one should be cleared away", n)
	}
}
