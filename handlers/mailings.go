package handlers

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"certreissue/exchange"
	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/templates"
)

// shownRejects is how many rejected lines the page shows; the file has all.
const shownRejects = 50

// errMailingsGone is told of a list of tracking numbers that is kept no more.
var errMailingsGone = errors.New("the outcome of the list is kept no more")

// mailings is what taking in a spreadsheet of tracking numbers came to.
type mailings struct {
	file     string
	outcome  exchange.Outcome
	rejected []byte // the lines that were not taken, as CSV
}

// postMailings marks what a spreadsheet of tracking numbers lists. The same list
// can be taken in again without harm.
func (s *Server) postMailings(v *visit) error {
	file, problems := v.postedSheet()
	if err := problems.Err(); err != nil {
		return err
	}
	done := mailings{file: fileName(file.Filename)}
	dir, err := spoolSheet(file, done.file)
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var rejected bytes.Buffer
	done.outcome, err = exchange.Mailings(v.r.Context(), s.store, v.staff, exchange.Job{Path: filepath.Join(dir, done.file), Name: done.file,
		By: v.staff.Actor(), Rejected: &rejected})
	var fault *sheet.FileFault
	var header *sheet.HeaderFault
	switch {
	case errors.As(err, &fault):
		return reissue.Problems{{Field: "file", Message: fault.Sentence()}}
	case errors.As(err, &header):
		return reissue.Problems{{Field: "file", Message: header.Sentence()}}
	case err != nil:
		return err
	}
	s.MailWaits()
	done.rejected = rejected.Bytes()
	return v.redirect(mailingsURL(s.mailings.keep(done, v.staff.ID)))
}

func mailingsURL(key string) string { return "/office/handout/mailings/" + key }

// showMailings tells what was marked and what was not.
func (s *Server) showMailings(v *visit) error {
	key := v.r.PathValue("key")
	done, ok := s.mailings.find(key, v.staff.ID)
	if !ok {
		return errMailingsGone
	}
	out := done.outcome
	data := templates.MailingResult{Page: v.page(), File: done.file, Unknown: out.Unknown, Counts: []templates.Pair{
		{Label: sayMailedNow, Value: strconv.Itoa(out.Changed)}, {Label: sayMailedBefore, Value: strconv.Itoa(out.Unchanged)},
		{Label: sayNotMailed, Value: strconv.Itoa(out.Rejected)}}}
	if out.Rejected > 0 {
		data.RejectedURL = mailingsURL(key) + "/rejected.csv"
		data.Rejects, data.More = rejectedLines(done.rejected, out.Rejected)
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

// sendMailingsRejected is the file of the lines that were not taken, to be
// corrected and taken in again.
func (s *Server) sendMailingsRejected(v *visit) error {
	done, ok := s.mailings.find(v.r.PathValue("key"), v.staff.ID)
	if !ok {
		return errMailingsGone
	}
	return v.sendMade(kindCSV, sayNotMailedFile, func(w io.Writer) error {
		_, err := w.Write(done.rejected)
		return err
	})
}
