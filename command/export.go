package command

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"certreissue/reissue"
	"certreissue/service"
	"certreissue/store"
)

func (p *Program) exportFile(ctx context.Context, args []string) error {
	f := newFlags("export")
	word := f.String("status", "", "")
	rest, err := f.parse(args, 2, 2)
	if err != nil {
		return err
	}
	if rest[0] != "applications" {
		return usageError(sayBadExport(rest[0]))
	}
	t := service.Task{Do: "export", Kind: strings.ToLower(strings.TrimPrefix(filepath.Ext(rest[1]), "."))}
	if t.Kind != service.KindXLSX && t.Kind != service.KindCSV {
		return usageError(sayBadTable(rest[1]))
	}
	if *word != "" {
		status, ok := reissue.StatusOf(*word)
		if !ok {
			return usageError(sayBadStatus(*word))
		}
		t.Status = status
	}
	err = store.WriteWhole(rest[1], func(to io.Writer) error {
		return p.service().Do(ctx, f.data, false, t, service.Hands{Output: to})
	})
	return p.written(rest[1], err)
}
