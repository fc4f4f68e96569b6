package command

import (
	"context"
	"errors"
	"fmt"

	"certreissue/service"
	"certreissue/store"
)

func (p *Program) compact(ctx context.Context, args []string) error {
	f := newFlags("compact")
	if _, err := p.parseFor(f, args, 0, 0); err != nil {
		return err
	}
	if err := service.MustBeStopped(f.data); err != nil {
		return err
	}
	st, err := p.service().Open(ctx, f.data, store.Options{})
	if err != nil {
		return service.HeldBy(f.data, err)
	}
	before, after, err := st.Compact(ctx)
	if err = errors.Join(err, st.Close()); err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, service.SayCompacted(before, after))
	return nil
}
