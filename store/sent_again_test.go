package store

import (
	"errors"
	"sync"
	"testing"

	"certreissue/reissue"
)

// TestSentAgain: a form whose answer was lost, sent again, leads to what the first one made, and
// changes nothing; one that says something else is judged as another.
func TestSentAgain(t *testing.T) {
	o := open(t)
	o.load(line(1), line(2))
	account, stranger := o.register(1), o.register(2)
	picture := shot(t, 1)
	for what, form := range map[string]Form{"from the register": {FormCertificate, o.one(account)}, "by hand": {FormSelf, 0}} {
		o.must(o.Holder(account.ID).KeepDraft(form, filled(), Upload{Photo: picture}))
		first, err := o.Holder(account.ID).Apply(form, filled(), Upload{})
		o.must(err)
		rows, many := count(o, &audits), count(o, &applications)
		var all sync.WaitGroup
		for _, up := range []Upload{{}, {Photo: picture}, {}, {Photo: picture}} {
			all.Go(func() {
				if again, err := o.Holder(account.ID).Apply(form, filled(), up); err != nil || again.ID != first.ID {
					t.Errorf("%s, again: %+v, %v", what, again, err)
				}
			})
		}
		all.Wait()
		if n := count(o, &audits); n != rows || count(o, &applications) != many || count(o, &drafts) != 0 {
			t.Errorf("%s: sending it again has left something", what)
		}
		var second *OpenError
		for why, other := range map[string]struct {
			draft  reissue.Draft
			upload Upload
		}{
			"another telephone": {draftWith(reissue.Draft{"phone": "13911111111"}), Upload{Photo: picture}},
			"another photo":     {filled(), Upload{Photo: shot(t, 2)}},
		} {
			if _, err := o.Holder(account.ID).Apply(form, other.draft, other.upload); !errors.As(err, &second) || second.Application != first.ID {
				t.Errorf("%s, %s: %v", what, why, err)
			}
		}
		if _, err := o.Holder(stranger.ID).Apply(form, filled(), Upload{Photo: picture}); form.Kind == FormCertificate && !isNotFound(err) {
			t.Errorf("a stranger sends it again: %v", err)
		}

		// Once it has been worked on, the form is another one.
		saved := draftWith(reissue.Draft{"phone": "13922222222"})
		_, err = o.Holder(account.ID).Save(first.ID, first.Revision, saved, Upload{Photo: shot(t, 2)})
		o.must(err)
		rows = count(o, &audits)
		for _, up := range []Upload{{}, {Photo: shot(t, 2)}} {
			if again, err := o.Holder(account.ID).Save(first.ID, first.Revision, saved, up); err != nil || again.Revision != first.Revision+1 || count(o, &audits) != rows {
				t.Errorf("%s, saved again: %+v, %v", what, again, err)
			}
		}
		for _, draft := range []reissue.Draft{filled(), saved} {
			if _, err := o.Holder(account.ID).Apply(form, draft, Upload{}); err == nil {
				t.Errorf("%s is taken for another, which has been changed since", what)
			}
		}
		for _, up := range []Upload{{}, {Photo: picture}} {
			if _, err := o.Holder(account.ID).Save(first.ID, first.Revision, filled(), up); !errors.Is(err, reissue.ErrStale) {
				t.Errorf("%s, something else saved on the same revision: %v", what, err)
			}
		}
		for i, draft := range []reissue.Draft{filled(), saved} {
			_, err = o.Holder(account.ID).Save(first.ID, first.Revision+1+uint64(i), draft, Upload{})
			o.must(err)
		}
		if _, err := o.Holder(account.ID).Save(first.ID, first.Revision, saved, Upload{}); !errors.Is(err, reissue.ErrStale) {
			t.Errorf("%s, saved again when more was changed: %v", what, err)
		}
	}
}
