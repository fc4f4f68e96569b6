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
	word, year := f.String("status", "", ""), f.String("year", "", "")
	rest, err := p.parseFor(f, args, 2, 2)
	if err != nil {
		return err
	}
	t, err := exportTask(rest[0], rest[1], *word, *year)
	if err != nil {
		return err
	}
	err = store.WriteWhole(rest[1], func(to io.Writer) error {
		return p.service().Do(ctx, f.data, false, t, service.Hands{Output: to})
	})
	return p.written(rest[1], err)
}

// exportTask reads what is to be exported: applications in a state, or the archive of a
// year.
func exportTask(what, path, word, year string) (t service.Task, err error) {
	t = service.Task{Do: "export", Kind: strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))}
	switch what {
	case "applications":
		if t.Kind != service.KindXLSX && t.Kind != service.KindCSV {
			return t, usageError(sayBadTable(path))
		}
		if year != "" {
			return t, usageError(sayOnlyFor("-year", "archive"))
		}
		if word != "" {
			var ok bool
			if t.Status, ok = reissue.StatusOf(word); !ok {
				return t, usageError(sayBadStatus(word))
			}
		}
	case "archive":
		if t.Kind != service.KindArchive {
			return t, usageError(sayBadArchive(path))
		}
		if word != "" {
			return t, usageError(sayOnlyFor("-status", "applications"))
		}
		var ok bool
		if t.Year, ok = reissue.ParseYear(year); !ok {
			return t, usageError(sayBadYear(year))
		}
	default:
		return t, usageError(sayBadExport(what))
	}
	return t, nil
}
