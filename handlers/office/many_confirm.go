package office

import (
	"errors"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// confirms shows what a mass decision has left to be confirmed: by now, some of it may be
// done, or need a look at the application itself.
func (p *Pages) confirms(v *visit.Visit, l *store.List, data *templates.OfficeMany) error {
	marked := l.Of(store.RowMarked)
	rows, err := p.listRows(v, marked, len(marked))
	if err != nil {
		return err
	}
	for i, row := range rows {
		a, found := p.Store.Application(v.Staff, marked[i].Application)
		if errors.Is(found, reissue.ErrNotFound) {
			row.Why = store.WhyGone
			data.Skipped = append(data.Skipped, row)
			continue
		}
		if found != nil {
			return found
		}
		if row.Confirm, row.Why, err = p.confirm(v, a, &marked[i], l.Note); err != nil {
			return err
		}
		switch {
		case row.Confirm != nil:
			data.Marked = append(data.Marked, row)
		case row.Why == "":
			data.Confirmed = append(data.Confirmed, row)
		default:
			data.Skipped = append(data.Skipped, row)
		}
	}
	return nil
}

// approvedSince tells whether an application stands approved by a decision after a
// revision: production may have gone on with it since.
func approvedSince(a *reissue.Application, revision uint64) bool {
	since := reissue.Application{History: a.History[min(revision, uint64(len(a.History))):]} // each revision has its event
	decision := since.LastDecision()
	return decision != nil && decision.Act == reissue.ActApprove
}

// confirm is what is shown of an application that a mark has kept from being approved
// among many: its marks as they are now, and the form that approves it by itself. It
// is nil, with why not, where there is nothing to confirm any more.
func (p *Pages) confirm(v *visit.Visit, a *reissue.Application, row *store.ListRow, note string) (c *templates.Confirm, why string, err error) {
	switch {
	case approvedSince(a, row.Revision):
		return nil, "", nil
	case a.Status != reissue.Pending:
		return nil, store.WhyState, nil
	case a.Revision != row.Revision, a.Held():
		return nil, store.WhyStale, nil
	}
	r, err := p.Store.Review(v.Staff, a.ID)
	if err != nil {
		return nil, "", err
	}
	if len(a.Spellings(r.Account)) > 0 {
		return nil, sayManySpellings, nil
	}
	c = &templates.Confirm{Revision: row.Revision, Name: a.Fields.Name, Note: note}
	for _, mark := range r.Marks() {
		c.Marks = append(c.Marks, templates.Mark(mark))
	}
	if a.Photo.Given() {
		c.PhotoURL = applicationURL(a.ID) + "/photo"
	}
	return c, "", nil
}
