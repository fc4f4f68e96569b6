package office

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"strconv"

	"certreissue/exchange"
	"certreissue/handlers/visit"
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
func (p *Pages) postMailings(v *visit.Visit) error {
	file, problems := postedSheet(v)
	if err := problems.Err(); err != nil {
		return err
	}
	done := mailings{file: fileName(file.Name)}
	dir, err := spoolSheet(p.Store.Spool(), file, done.file)
	if err != nil {
		return err
	}
	defer p.Store.Spool().Drop(dir)
	var rejected bytes.Buffer
	done.outcome, err = exchange.Mailings(v.R.Context(), p.Store, v.Staff, exchange.Job{Path: filepath.Join(dir, done.file), Name: done.file,
		By: v.Staff.Actor(), Rejected: &rejected})
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
	p.MailWaits()
	done.rejected = rejected.Bytes()
	return v.Redirect(mailingsURL(p.mailings.Keep(done, v.Staff.ID)))
}

func mailingsURL(key string) string { return "/office/handout/mailings/" + key }

// showMailings tells what was marked and what was not.
func (p *Pages) showMailings(v *visit.Visit) error {
	key := v.R.PathValue("key")
	done, ok := p.mailings.Find(key, v.Staff.ID)
	if !ok {
		return errMailingsGone
	}
	out := done.outcome
	data := templates.OfficeMailings{Page: v.Page(), File: done.file, Notes: out.Notes, Counts: []templates.Pair{
		{Label: sayMailedNow, Value: strconv.Itoa(out.Changed)}, {Label: sayMailedBefore, Value: strconv.Itoa(out.Unchanged)},
		{Label: sayNotMailed, Value: strconv.Itoa(out.Rejected)}}}
	if out.Rejected > 0 {
		data.RejectedURL = mailingsURL(key) + "/rejected.csv"
		data.Rejects, data.More = rejectedLines(done.rejected, out.Rejected)
	}
	return v.Render(data)
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
func (p *Pages) sendMailingsRejected(v *visit.Visit) error {
	done, ok := p.mailings.Find(v.R.PathValue("key"), v.Staff.ID)
	if !ok {
		return errMailingsGone
	}
	return v.SendMade(visit.KindCSV, sayNotMailedFile, func(w io.Writer) error {
		_, err := w.Write(done.rejected)
		return err
	})
}
