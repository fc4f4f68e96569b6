package command

import (
	"context"

	"certreissue/service"
)

func (p *Program) doctor(ctx context.Context, args []string) error {
	f := newFlags("doctor")
	if _, err := p.parseFor(f, args, 0, 0); err != nil {
		return err
	}
	return p.service().Do(ctx, f.data, false, service.Task{Do: "doctor"}, service.Hands{Places: p.places()})
}
