package office

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// archiveForm puts the form of one application into an archive, and answers its line of
// the index. One that cannot be had leaves the others alone: it has a line and no form.
func archiveForm(st *store.Store, pages *templates.Set, staff *reissue.Staff, number uint64, names map[uint64]string, pack *zip.Writer) ([]string, error) {
	a, jpeg, err := st.Filed(staff, number)
	if errors.Is(err, reissue.ErrNotFound) {
		return []string{visit.Number(number), "", "", sayUnreadable, ""}, nil
	}
	if err != nil {
		return nil, err
	}
	code, err := visit.Code(visit.Number(number))
	if err != nil {
		return nil, err
	}
	form := paperForm(a, st.Settings(), names)
	form.Code = templates.Picture{SVG: code}
	if form.Photo != nil {
		form.Photo = &templates.Picture{JPEG: jpeg}
	}
	var page bytes.Buffer
	if err := pages.Render(&page, templates.OfficeArchiveForm{Style: visit.PaperStyle(), Form: form, Made: reissue.At(st.Now()).String()}); err != nil {
		return nil, err
	}
	entry, err := pack.Create(visit.Number(number) + ".html")
	if err != nil {
		return nil, err
	}
	if _, err := entry.Write(page.Bytes()); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(page.Bytes())
	return []string{visit.Number(number), a.Fields.Name, visit.ExamTitle(&a.Fields), a.Status.Word(), hex.EncodeToString(sum[:])}, nil
}
