package handlers

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strconv"

	"certreissue/exchange"
	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/templates"
)

// shownRejects is how many rejected lines the page shows; the file has all.
const shownRejects = 50

// postMailings marks what a spreadsheet of tracking numbers lists. The answer is
// the page of the post itself: the list can be taken in again without harm.
func (s *Server) postMailings(v *visit) error {
	path, name, err := v.upload("file")
	if err != nil {
		return err
	}
	defer os.Remove(path)
	var rejected bytes.Buffer
	out, err := exchange.Mailings(v.r.Context(), s.store, v.staff, exchange.Job{Path: path, Name: name, By: v.staff.Actor(), Rejected: &rejected})
	var fault *sheet.FileFault
	var header *sheet.HeaderFault
	switch {
	case errors.As(err, &fault):
		fault.Path = name
		return reissue.Problems{{Field: "file", Message: fault.Sentence()}}
	case errors.As(err, &header):
		return reissue.Problems{{Field: "file", Message: header.Sentence()}}
	case err != nil:
		return err
	}
	s.MailWaits()
	data := templates.MailingResult{Page: v.page(), File: name, Unknown: out.Unknown, Counts: []templates.Pair{
		{Label: sayMailedNow, Value: strconv.Itoa(out.Changed)}, {Label: sayMailedBefore, Value: strconv.Itoa(out.Unchanged)},
		{Label: sayRejectedLines, Value: strconv.Itoa(out.Rejected)}}}
	if out.Rejected > 0 {
		data.RejectedURL = "/office/handout/rejected/" + s.rejects.keep(rejected.String(), v.staff.ID)
		data.Rejects, data.More = rejectedLines(rejected.Bytes(), out.Rejected)
	}
	return v.render("office_mailings.html", data)
}

// rejectedLines reads the first rejected lines for the page: their last three
// cells say where and why.
func rejectedLines(content []byte, count int) (lines []templates.RejectedLine, more int) {
	r := csv.NewReader(bytes.NewReader(content))
	for len(lines) < shownRejects {
		row, err := r.Read()
		if err != nil { // the end: we wrote it ourselves
			break
		}
		// The header has no number there.
		if n := len(row); n >= 3 {
			if line, err := strconv.Atoi(row[n-3]); err == nil {
				lines = append(lines, templates.RejectedLine{Line: line, Column: row[n-2], Reason: row[n-1]})
			}
		}
	}
	return lines, count - len(lines)
}

// sendRejected is the file of the lines that were not taken, to be corrected and
// taken in again.
func (s *Server) sendRejected(v *visit) error {
	content, ok := s.rejects.find(v.r.PathValue("key"), v.staff.ID)
	if !ok {
		return reissue.ErrNotFound
	}
	return v.sendMade(kindCSV, sayRejectedFile, func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	})
}

// upload puts a posted file where a parser can open it: a temporary file that
// the caller removes. name is what the visitor's browser calls it.
func (v *visit) upload(field string) (path, name string, err error) {
	if v.r.MultipartForm == nil || len(v.r.MultipartForm.File[field]) == 0 {
		return "", "", reissue.Problems{{Field: field, Message: sayNoFile}}
	}
	header := v.r.MultipartForm.File[field][0]
	posted, err := header.Open()
	if err != nil {
		return "", "", err
	}
	defer posted.Close()
	file, err := os.CreateTemp("", "certreissue-*")
	if err != nil {
		return "", "", err
	}
	_, err = io.Copy(file, posted)
	if err = errors.Join(err, file.Close()); err != nil {
		return "", "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), reissue.Clean(header.Filename), nil
}
