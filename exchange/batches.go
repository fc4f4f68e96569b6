package exchange

import (
	"archive/zip"
	"context"
	"io"

	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/spool"
	"certreissue/store"
)

// Roster writes the roster of a batch as a workbook, with the columns of the
// office's settings, all cells text. members are in the roster's order.
func Roster(b *reissue.Batch, members []*reissue.Application, settings *reissue.Settings, spooled spool.Folder, to io.Writer) error {
	w, err := sheet.NewXLSX(to, rosterSheet, spooled)
	if err != nil {
		return err
	}
	columns := settings.Roster()
	if err := w.WriteRow(columns); err != nil {
		return err
	}
	photos := reissue.PhotoNames(members, settings.PhotosByIDNumber)
	for i, a := range members {
		cells := make([]string, len(columns))
		for k, column := range columns {
			cells[k] = reissue.RosterCell(column, i+1, b, a, photos[i])
		}
		if err := w.WriteRow(cells); err != nil {
			return err
		}
	}
	return w.Close()
}

// RosterName is the file name of a batch's roster, without an ending.
func RosterName(b *reissue.Batch) string { return rosterSheet + "-" + reissue.FileName(b.Name) }

// BatchFiles writes a ZIP of a batch's roster and photos. Each photo is read in
// a transaction of its own.
func BatchFiles(ctx context.Context, st *store.Store, staff *reissue.Staff, b *reissue.Batch, members []*reissue.Application, settings *reissue.Settings, spooled spool.Folder, to io.Writer) error {
	w := zip.NewWriter(to)
	roster, err := w.Create(RosterName(b) + ".xlsx")
	if err != nil {
		return err
	}
	if err := Roster(b, members, settings, spooled, roster); err != nil {
		return err
	}
	for i, name := range reissue.PhotoNames(members, settings.PhotosByIDNumber) {
		if name == "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		jpeg, err := st.PhotoFor(staff, members[i].ID)
		if err != nil {
			return err
		}
		// JPEGs do not get smaller.
		file, err := w.CreateHeader(&zip.FileHeader{Name: photoFolder + "/" + name, Method: zip.Store})
		if err != nil {
			return err
		}
		if _, err := file.Write(jpeg); err != nil {
			return err
		}
	}
	return w.Close()
}
