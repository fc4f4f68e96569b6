package store

import (
	"errors"
	"slices"
	"testing"

	"certreissue/reissue"
)

// TestAtCounter: a clerk files for a holder without a telephone: the application is the
// account's, the log names the clerk, who cannot approve it, by itself or among many; a
// colleague can. A returned one is corrected there, too, and one is withdrawn.
func TestAtCounter(t *testing.T) {
	o := open(t)
	o.load(line(1))
	account, colleague := o.register(1), &reissue.Staff{ID: 72, Roles: []reissue.Role{reissue.RoleReviewer}}
	at, form := o.AtCounter(clerk(), account.ID), Form{FormCertificate, o.one(account)}
	without := draftWith(reissue.Draft{"phone": "无"})
	if _, err := o.Holder(account.ID).Apply(form, without, Upload{Photo: shot(t, 1)}); err == nil {
		t.Error("a candidate applies without a telephone")
	}
	a, err := at.Apply(form, without, Upload{Photo: shot(t, 1)})
	o.must(err)
	if a.Owner != account.ID || a.Fields.Phone != "无" || a.Filing() == nil || a.Filing().By != clerk().ID {
		t.Errorf("filed is %+v", a)
	}
	if again, err := at.Apply(form, without, Upload{Photo: shot(t, 1)}); err != nil || again.ID != a.ID || again.Revision != 1 {
		t.Errorf("sent again it is %+v, %v", again, err)
	}
	log := rows(o, &audits)
	if last := log[len(log)-1]; last.Act != "submit" || last.Kind != "staff" || last.By != clerk().ID || last.ObjectID != a.ID {
		t.Errorf("the log says %+v", last)
	}
	if mine, err := o.Holder(account.ID).Applications(); err != nil || len(mine) != 1 || mine[0].ID != a.ID {
		t.Errorf("the account has %v, %v", mine, err)
	}

	var problems reissue.Problems
	if err := o.Change(clerk(), a.ID, 1, approve); !errors.As(err, &problems) {
		t.Errorf("who filed it approves it: %v", err)
	}
	many := List{Kind: ListDecisions, Act: reissue.ActApprove, Rows: []ListRow{{Application: a.ID, Revision: 1}}}
	o.must(o.Decide(clerk(), &many, AsShown("", approve)))
	if many.Rows[0].Outcome != RowSkipped || many.Rows[0].Why != problems[0].Message {
		t.Errorf("among many it is %+v", many.Rows[0])
	}
	o.must(o.Change(colleague, a.ID, 1, returnIt))
	a, err = at.Save(a.ID, 2, draftWith(reissue.Draft{"phone": "0311-85666666"}), Upload{})
	o.must(err)
	if last := a.History[len(a.History)-1]; !last.AtCounter() || a.Status != reissue.Pending {
		t.Errorf("corrected at the counter it is %+v", a)
	}
	o.must(at.Withdraw(a.ID, a.Revision))

	next, err := at.Apply(form, without, Upload{Photo: shot(t, 1)})
	o.must(err)
	if kept, err := o.Holder(account.ID).Save(next.ID, 1, draftWith(reissue.Draft{"phone": "无", "specialty": "机电"}), Upload{}); err != nil || kept.Fields.Phone != "无" {
		t.Errorf("the candidate cannot correct it: %v", err)
	}
	o.must(o.Change(colleague, next.ID, 2, approve))
}

// TestCounterDrafts: what a clerk has typed is there for the next clerk and not for the
// holder, nor the other way round; it goes with the application that came of it.
func TestCounterDrafts(t *testing.T) {
	o := open(t)
	o.load(line(1))
	account, other := o.register(1), o.register(2)
	at, holder, form := o.AtCounter(clerk(), account.ID), o.Holder(account.ID), Form{FormCertificate, o.one(account)}
	o.must(at.KeepDraft(form, reissue.Draft{"phone": "无"}, Upload{Photo: shot(t, 1)}))
	o.must(holder.KeepDraft(form, reissue.Draft{"phone": "13911111111"}, Upload{}))
	for who, c := range map[string]struct {
		by    Filer
		phone string
		photo bool
	}{"the clerk": {at, "无", true}, "the holder": {holder, "13911111111", false}} {
		f, err := c.by.Fill(form)
		o.must(err)
		if f.Kept.Values["phone"] != c.phone || f.HasPhoto != c.photo {
			t.Errorf("%s finds %+v", who, f.Kept)
		}
		if list, err := c.by.Unfinished(); err != nil || len(list) != 1 {
			t.Errorf("%s can go on with %v, %v", who, list, err)
		}
	}
	next := of("石家庄")
	next.ID = clerk().ID + 1
	if f, err := o.AtCounter(next, account.ID).Fill(form); err != nil || f.Kept != nil || f.HasPhoto {
		t.Errorf("the next clerk finds %+v, %v", f, err)
	}
	if list, err := o.AtCounter(next, account.ID).Unfinished(); err != nil || len(list) != 0 {
		t.Errorf("the next clerk can go on with %v, %v", list, err)
	}
	if _, err := o.AtCounter(clerk(), other.ID).DraftPhoto(form); !isNotFound(err) {
		t.Errorf("another's photo: %v", err)
	}
	_, err := holder.Apply(form, draftWith(reissue.Draft{"phone": "13911111111"}), Upload{Photo: shot(t, 1)})
	o.must(err)
	if n := count(o, &drafts); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}

// TestCounterScope: a clerk of some cities files what is of these cities alone.
func TestCounterScope(t *testing.T) {
	o := open(t)
	o.load(line(1), line(1, func(c *reissue.Certificate) { c.City, c.ExamYear = "保定市", 2015 }), line(1, func(c *reissue.Certificate) { c.City, c.ExamYear = "", 2014 }), line(2))
	account, stranger := o.register(1), o.register(2)
	all, err := o.AtCounter(clerk(), account.ID).Certificates()
	o.must(err)
	elsewhere := all[slices.IndexFunc(all, func(c *reissue.Certificate) bool { return c.City == "石家庄市" })]
	at := o.AtCounter(of("保定"), account.ID)
	mine, err := at.Certificates()
	o.must(err)
	if len(all) != 3 || len(mine) != 2 || slices.Contains(mine, elsewhere) {
		t.Errorf("of %d certificates the clerk sees %d", len(all), len(mine))
	}
	if _, err := at.Fill(Form{FormCertificate, elsewhere.ID}); !isNotFound(err) {
		t.Errorf("one of another city: %v", err)
	}
	var problems reissue.Problems
	if _, err := at.Apply(Form{Kind: FormSelf}, filled(), Upload{Photo: shot(t, 1)}); !errors.As(err, &problems) || problems.Of("city") == "" {
		t.Errorf("by hand for another city: %v", err)
	}
	a, err := o.AtCounter(clerk(), account.ID).Apply(Form{FormCertificate, elsewhere.ID}, filled(), Upload{Photo: shot(t, 1)})
	o.must(err)
	if list, err := at.Applications(); err != nil || len(list) != 0 {
		t.Errorf("applications of another city: %v, %v", list, err)
	}
	for what, err := range map[string]error{"corrects": errOf(at.Save(a.ID, 1, filled(), Upload{})), "withdraws": at.Withdraw(a.ID, 1), "opens": errOf(o.AtCounter(of("保定"), stranger.ID).Owner()),
		"reads as a stranger": errOf(o.AtCounter(of("保定"), stranger.ID).Certificates()), "corrects another's": o.AtCounter(clerk(), stranger.ID).Withdraw(a.ID, 1)} {
		if !isNotFound(err) {
			t.Errorf("the clerk %s what is of another: %v", what, err)
		}
	}
}
