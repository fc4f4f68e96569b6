package store

import (
	"bytes"
	"testing"
	"time"

	"certreissue/reissue"
)

func TestDrafts(t *testing.T) {
	o := open(t)
	mine, other := o.register(1), o.register(2)
	form := Form{FormSelf, 0}
	kept := func(account uint64) *Draft {
		f, err := o.Holder(account).Fill(form)
		o.must(err)
		return f.Kept
	}
	if kept(mine.ID).HasPhoto() {
		t.Error("a photo in a draft that is none")
	}
	first, second := shot(t, 1), shot(t, 2)
	o.must(o.Holder(mine.ID).KeepDraft(form, reissue.Draft{"phone": "1"}, Upload{Photo: first}))
	o.must(o.Holder(mine.ID).KeepDraft(form, reissue.Draft{"phone": "2\xff"}, Upload{}))
	if draft := kept(mine.ID); draft == nil || draft.Values["phone"] != "2\xff" || !draft.HasPhoto() {
		t.Errorf("kept: %+v", draft)
	}
	if f, err := o.Holder(mine.ID).Fill(form); err != nil || !f.HasPhoto {
		t.Errorf("the kept photo does not count: %v", err)
	}
	if jpeg, err := o.Holder(mine.ID).DraftPhoto(form); err != nil || !bytes.Equal(jpeg, first.JPEG()) {
		t.Errorf("the first photo: %v", err)
	}
	o.must(o.Holder(mine.ID).KeepDraft(form, nil, Upload{Photo: second}))
	if jpeg, err := o.Holder(mine.ID).DraftPhoto(form); err != nil || !bytes.Equal(jpeg, second.JPEG()) {
		t.Errorf("the second photo: %v", err)
	}
	if kept(other.ID) != nil {
		t.Error("another account sees the draft")
	}
	if _, err := o.Holder(other.ID).DraftPhoto(form); !isNotFound(err) {
		t.Errorf("another account sees the photo: %v", err)
	}
	if _, err := o.Holder(mine.ID).DraftPhoto(Form{FormEdit, 0}); !isNotFound(err) {
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
	if _, err := o.Holder(mine.ID).DraftPhoto(form); !isNotFound(err) {
		t.Errorf("the photo is there after a day: %v", err)
	}
	o.must(o.Holder(other.ID).KeepDraft(form, reissue.Draft{"phone": "1"}, Upload{}))
	if n := count(o, &drafts); n != 1 {
		t.Errorf("%d drafts, the old one should be cleared away", n)
	}
}

// TestUntypedDrafts: what the page gave is no draft.
func TestUntypedDrafts(t *testing.T) {
	o := open(t)
	o.load(line(9))
	account, a := o.applied(1)
	exam := &reissue.Fields{ExamYear: 2016, ExamName: "二级建造师", ApprovalDate: "20160605"}
	given := func(f *reissue.Fields) reissue.Draft {
		d := reissue.Draft{}
		for _, field := range reissue.FieldNames {
			d[field] = f.Get(field)
		}
		return d
	}
	for _, c := range []struct {
		reason string
		form   Form
		values reissue.Draft
		kept   bool
	}{
		{"nothing", Form{FormSelf, 0}, nil, false},
		{"empty fields", Form{FormSelf, 0}, reissue.Draft{"phone": "", "exam_year": ""}, false},
		{"the exam of step 1", Form{FormSelf, 0}, given(exam), false},
		{"another date", Form{FormSelf, 0}, reissue.Draft{"exam_year": "2016", "exam_name": "二级建造师", "approval_date": "20160606"}, true},
		{"an exam that the office does not know", Form{FormSelf, 0}, reissue.Draft{"exam_year": "2003", "exam_name": "珠算"}, true},
		{"the application", Form{FormEdit, a.ID}, given(&a.Fields), false},
		{"another phone", Form{FormEdit, a.ID}, reissue.Draft{"phone": "1"}, true},
	} {
		o.must(o.Holder(account.ID).KeepDraft(c.form, c.values, Upload{}))
		if f, err := o.Holder(account.ID).Fill(c.form); err != nil || (f.Kept != nil) != c.kept {
			t.Errorf("%s: kept %v, %v", c.reason, f.Kept, err)
		}
	}
	if err := o.Holder(account.ID).KeepDraft(Form{FormEdit, a.ID + 1}, reissue.Draft{"phone": "1"}, Upload{}); !isNotFound(err) {
		t.Errorf("a form of nobody's application is kept: %v", err)
	}
	o.must(o.Holder(account.ID).KeepDraft(Form{FormSelf, 0}, nil, Upload{Photo: shot(t, 1)}))
	o.must(o.Holder(account.ID).KeepDraft(Form{FormSelf, 0}, nil, Upload{}))
	if _, err := o.Holder(account.ID).DraftPhoto(Form{FormSelf, 0}); err != nil {
		t.Errorf("a photo that was accepted is lost: %v", err)
	}
}
