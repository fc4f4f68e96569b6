package office

import (
	"context"

	"certreissue/exchange"
	"certreissue/handlers/visit"
	"certreissue/store"
)

// postNumbers checks a spreadsheet of the new numbers of a batch.
func (p *Pages) postNumbers(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if _, err := p.Store.Batch(v.Staff, id); err != nil {
		return err
	}
	return p.checkSheet(v, numberList, func(ctx context.Context, job exchange.Job) (*store.List, error) {
		return exchange.CheckNumbers(ctx, p.Store, v.Staff, id, job)
	})
}
