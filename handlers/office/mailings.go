package office

import (
	"context"

	"certreissue/exchange"
	"certreissue/handlers/visit"
	"certreissue/store"
)

// postMailings checks a spreadsheet of tracking numbers. The same list can be taken in
// again without harm.
func (p *Pages) postMailings(v *visit.Visit) error {
	return p.checkSheet(v, mailingList, func(ctx context.Context, job exchange.Job) (*store.List, error) {
		return exchange.CheckMailings(ctx, p.Store, v.Staff, job)
	})
}
