package handlers

import (
	"context"
	"io"

	"certreissue/handlers/office"
	"certreissue/reissue"
	"certreissue/static"
	"certreissue/store"
	"certreissue/templates"
)

// WriteArchive writes the archive of a year, as the office's page sends it, for a
// command. None is reissue.ErrNotFound.
func WriteArchive(ctx context.Context, st *store.Store, year int, to io.Writer) error {
	pages, err := templates.New(static.Path)
	if err != nil {
		return err
	}
	return office.WriteArchive(ctx, st, pages, reissue.Console(), store.Archive{Year: year}, to)
}
