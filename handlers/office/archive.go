package office

import (
	"archive/zip"
	"context"
	"io"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
	"certreissue/templates"
)

const archivePage = "/office/archive"

// archiveBatches is how many batches the page offers; older ones have their own page.
const archiveBatches = 100

// What a form takes in an archive beside its photo, in bytes.
const archivedForm = 5 << 10

// showArchive sends what the address names, and else shows what there is to choose.
func (p *Pages) showArchive(v *visit.Visit) error {
	query := v.R.URL.Query()
	if query.Has("year") || query.Has("batch") {
		return p.sendArchive(v)
	}
	years, err := p.Store.ArchiveYears(v.Staff)
	if err != nil {
		return err
	}
	data := templates.OfficeArchive{Page: v.Page()}
	if v.Staff.Limited() {
		data.Scope = sayArchiveOf(v.Staff.Cities)
	}
	limits := p.Store.Settings().Photo
	for _, y := range years {
		size := int64(y.Applications)*archivedForm + int64(y.Photos)*int64(limits.MinKB+limits.MaxKB)<<10/2
		row := templates.ArchiveRow{Year: y.Year, Applications: y.Applications, Photos: y.Photos, Size: sayRoughly(saySize(size))}
		if !v.Staff.Limited() {
			row.Taken = y.Taken.String()
		}
		data.Years = append(data.Years, row)
	}
	batches, err := p.Store.Batches(v.Staff, "", archiveBatches)
	if err != nil {
		return err
	}
	for _, b := range batches.Rows {
		if b.Members > b.Forgotten {
			data.Batches = append(data.Batches, templates.Choice{Value: visit.Number(b.ID), Text: b.Name + "（" + sayMembers(b) + "）"})
		}
	}
	return v.Render(data)
}

func (p *Pages) sendArchive(v *visit.Visit) error {
	query := v.R.URL.Query()
	var of store.Archive
	name := query.Get("year")
	if query.Has("batch") {
		of.Batch, _ = strconv.ParseUint(query.Get("batch"), 10, 64)
		b, err := p.Store.Batch(v.Staff, of.Batch)
		if err != nil {
			return err
		}
		name = reissue.FileName(b.Name)
	} else {
		of.Year, _ = reissue.ParseYear(name) // of a year that is none there is nothing
	}
	v.MayTakeLong()
	return v.SendMade(visit.KindZIP, sayArchive+"-"+name+".zip", func(to io.Writer) error {
		return WriteArchive(v.R.Context(), p.Store, p.Templates, v.Staff, of, to)
	})
}

// WriteArchive writes a ZIP of the 补办申请表 of what is put away together, each with its
// photo, and an index with their checksums. It holds one application at a time. What
// leaves is noted in the log before the first byte, that its year was put away after the
// last; none is reissue.ErrNotFound.
func WriteArchive(ctx context.Context, st *store.Store, pages *templates.Set, staff *reissue.Staff, of store.Archive, to io.Writer) error {
	since := reissue.At(st.Now())
	numbers, err := st.InArchive(staff, of)
	if err != nil {
		return err
	}
	chosen, err := archiveChosen(st, staff, of)
	if err != nil {
		return err
	}
	if err := st.Exported(staff.Actor(), "archive", chosen, len(numbers)); err != nil {
		return err
	}
	names, err := namesOfStaff(st)
	if err != nil {
		return err
	}
	pack := zip.NewWriter(to)
	// The index is written when all else is: only then are the sums known.
	index, err := sheet.NewXLSX(&lateEntry{pack: pack, name: "index.xlsx"}, sayArchive, st.Spool(), archiveKinds)
	if err != nil {
		return err
	}
	err = index.WriteRow(archiveColumns)
	for i, number := range numbers {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			break
		}
		var row []string
		if row, err = archiveForm(st, pages, staff, number, names, pack); err == nil {
			err = index.WriteRow(append([]string{strconv.Itoa(i + 1)}, row...))
		}
	}
	if err != nil {
		index.Close()
		return err
	}
	if err := index.Close(); err != nil {
		return err
	}
	if err := pack.Close(); err != nil {
		return err
	}
	return st.Archived(staff, of, since)
}

// lateEntry is an entry of a ZIP that is made when it is first written to: until then
// others can be.
type lateEntry struct {
	pack *zip.Writer
	name string
	to   io.Writer
}

func (l *lateEntry) Write(b []byte) (n int, err error) {
	if l.to == nil {
		if l.to, err = l.pack.Create(l.name); err != nil {
			return 0, err
		}
	}
	return l.to.Write(b)
}
