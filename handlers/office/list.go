package office

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strconv"

	"certreissue/exchange"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
	"certreissue/templates"
)

// shownRejects is how many rejected lines the page shows, and shownRows how many of the
// others; the file of the rejected lines has all.
const (
	shownRejects = 50
	shownRows    = 200
)

// A sheetList is a kind of list that comes as a spreadsheet: what the pages say of it,
// and where they are.
type sheetList struct {
	kind store.ListKind
	at   func(l *store.List) string // of its page, without the key
	back func(l *store.List) templates.Link
	menu string
	said listWords
}

var mailingList = &sheetList{store.ListMailings, func(*store.List) string { return "/office/handout/mailings" },
	func(*store.List) templates.Link { return templates.Link{Text: sayToHandout, URL: counterPath} }, "handout", mailingWords}

var numberList = &sheetList{store.ListNumbers, func(l *store.List) string { return batchURL(l.Batch) + "/numbers" },
	func(l *store.List) templates.Link { return templates.Link{Text: sayToBatch, URL: batchURL(l.Batch)} }, "batches", numberWords}

func (s *sheetList) url(l *store.List) string { return s.at(l) + "/" + visit.Number(l.ID) }

// checkSheet reads a posted spreadsheet, and leads to what it would do: nothing is
// noted before somebody has seen that.
func (p *Pages) checkSheet(v *visit.Visit, list *sheetList, check func(context.Context, exchange.Job) (*store.List, error)) error {
	file, problems := postedSheet(v)
	if err := problems.Err(); err != nil {
		return err
	}
	name := fileName(file.Name)
	dir, err := spoolSheet(p.Store.Spool(), file, name)
	if err != nil {
		return err
	}
	defer p.Store.Spool().Drop(dir)
	l, err := check(v.R.Context(), exchange.Job{Path: filepath.Join(dir, name), Name: name, By: v.Staff.Actor()})
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
	return v.Redirect(list.url(l))
}

// listAt is the list with a key of an address.
func (p *Pages) listAt(v *visit.Visit, kind store.ListKind, key string) (l store.KeptList, err error) {
	number, err := strconv.ParseUint(key, 10, 64)
	if err != nil {
		return l, errNoList
	}
	l, err = p.Store.List(v.Staff, kind, number)
	if errors.Is(err, reissue.ErrNotFound) {
		err = errNoList
	}
	return l, err
}

// errNoList is told of a list that is not there, or is kept no more.
var errNoList = errors.New("there is no such list")

// keyed is the list of the address. One of a batch is at its own batch alone.
func (p *Pages) keyed(v *visit.Visit, list *sheetList) (store.KeptList, error) {
	l, err := p.listAt(v, list.kind, v.R.PathValue("key"))
	if err == nil && l.Batch != 0 && v.R.PathValue("id") != visit.Number(l.Batch) {
		err = errNoList
	}
	return l, err
}

// showList tells what a list would do, or has done.
func (p *Pages) showList(list *sheetList) func(*visit.Visit) error {
	return func(v *visit.Visit) error { return p.renderList(v, list, nil) }
}

func (p *Pages) renderList(v *visit.Visit, list *sheetList, moved []store.ListRow) error {
	l, err := p.keyed(v, list)
	if err != nil {
		return err
	}
	said, url := list.said, list.url(l.List)
	data := templates.OfficeList{Page: v.Page(), Menu: list.menu, Back: list.back(l.List), Heading: said.heading, File: l.File, Notes: l.Notes, Value: said.value}
	if data.ListState, err = p.listState(v, l, moved, url); err != nil {
		return err
	}
	waits, done, before, skipped := l.Of(store.RowWaits), l.Of(store.RowDone), l.Of(store.RowBefore), l.Of(store.RowSkipped)
	rejected := l.Counts.Rejected
	rows, beside := done, said.before
	data.RowsHeading, data.Next = said.done, said.next(l.List)
	switch {
	case l.Applied == 0:
		rows, data.RowsHeading = waits, said.would
		if l.MayApply() {
			data.ApplyURL, data.ApplyText = url+"/apply", said.apply
		}
	case l.TakenBack != 0:
		data.RowsHeading, data.Outcome, beside = data.State, sayListTakenBack, said.kept
	}
	data.Counts = []templates.Pair{{Label: data.RowsHeading, Value: strconv.Itoa(len(rows))}, {Label: beside, Value: strconv.Itoa(len(before))},
		{Label: said.rejected, Value: strconv.Itoa(rejected + len(skipped))}}
	var doubts []store.ListRow
	for i, row := range rows {
		switch {
		case l.TakenBack != 0:
			rows[i].Why = said.back
		case row.Why != "":
			doubts = append(doubts, row)
		}
	}
	for _, shown := range []struct {
		to   *[]templates.ManyRow
		rows []store.ListRow
	}{{&data.Rows, rows}, {&data.Skipped, skipped}, {&data.Doubts, doubts}} {
		if *shown.to, err = p.listRows(v, shown.rows, shownRows); err != nil {
			return err
		}
	}
	data.MoreRows = len(rows) - len(data.Rows)
	if rejected+len(skipped) > 0 {
		data.RejectedURL = url + "/rejected.csv"
		data.Rejects = rejectedLines(l.Rejected[1 : 1+min(rejected, shownRejects)])
		data.More = rejected - len(data.Rejects)
	}
	refusedAt(v, &data.Form, url)
	return v.Render(data)
}

// refusedAt leads from a refusal to the address of the list, where it can be loaded again.
func refusedAt(v *visit.Visit, form *templates.Form, url string) {
	if v.Status == http.StatusConflict {
		form.Way = &templates.Link{Text: sayToOutcome, URL: url}
	}
}

// listState is what pages of all kinds of lists tell: how it stands, by whom, and
// whether it can be taken back.
func (p *Pages) listState(v *visit.Visit, l store.KeptList, moved []store.ListRow, url string) (state templates.ListState, err error) {
	state = templates.ListState{State: sayListState(l.List)}
	for _, step := range []struct {
		label, name string
		at          reissue.Moment
	}{{sayListChecked, l.MadeName, l.Made}, {sayListApplied, l.AppliedName, l.Applied}, {sayListTakenBack, l.TakenBackName, l.TakenBack}} {
		if step.at != 0 && (step.label != sayListChecked || l.Made != l.Applied) {
			state.Facts = append(state.Facts, templates.Pair{Label: step.label, Value: step.name + "　" + step.at.String()})
		}
	}
	if l.BackNote != "" {
		state.Facts = append(state.Facts, templates.Pair{Label: sayListNote, Value: l.BackNote})
	}
	if l.MayTakeBack() {
		state.TakeBackURL, state.TakeBack = url+"/take-back", sayListBack[l.Kind]
	}
	state.Moved, err = p.listRows(v, moved, shownRows)
	return state, err
}

// listRows are the first rows of a list, with the applications as they are now.
func (p *Pages) listRows(v *visit.Visit, rows []store.ListRow, most int) (shown []templates.ManyRow, err error) {
	for _, r := range rows[:min(len(rows), most)] {
		row := templates.ManyRow{Number: visit.Number(r.Application), URL: applicationURL(r.Application), Value: r.Value, Why: r.Why}
		a, err := p.Store.Application(v.Staff, r.Application)
		if err != nil && !errors.Is(err, reissue.ErrNotFound) {
			return nil, err
		}
		if a != nil {
			row.Name, row.Exam, row.State = a.Fields.Name, visit.ExamTitle(&a.Fields), a.Status.Word()
		}
		shown = append(shown, row)
	}
	return shown, nil
}

// rejectedLines are rejected lines for the page: their last three cells say where and why.
func rejectedLines(rows [][]string) (lines []templates.RejectedLine) {
	for _, row := range rows {
		n := len(row)
		line, _ := strconv.Atoi(row[n-3]) // we wrote it ourselves
		lines = append(lines, templates.RejectedLine{Line: line, Column: row[n-2], Reason: row[n-1]})
	}
	return lines
}

// sendListRejected is the file of the lines that were not taken, to be corrected and
// taken in again.
func (p *Pages) sendListRejected(list *sheetList) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		l, err := p.keyed(v, list)
		if err != nil {
			return err
		}
		if err := p.Store.Exported(v.Staff.Actor(), "rejected lines", nil, max(len(l.Rejected)-1, 0)); err != nil {
			return err
		}
		return v.SendMade(visit.KindCSV, sayListFile, func(to io.Writer) error {
			w := sheet.NewCSV(to)
			for _, row := range l.Rejected {
				err = errors.Join(err, w.WriteRow(row))
			}
			return errors.Join(err, w.Close())
		})
	}
}

// postListApply carries out what was checked. Whoever comes second is told that it was.
func (p *Pages) postListApply(list *sheetList) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		l, err := p.keyed(v, list)
		if err != nil {
			return err
		}
		switch err := p.Store.ApplyList(v.Staff, list.kind, l.ID); {
		case errors.Is(err, reissue.ErrState):
			return p.refuseList(v, p.listMeanwhile(v, l), func() error { return p.renderList(v, list, nil) })
		case err != nil:
			return err
		}
		p.MailWaits()
		v.Flash(flashListApplied)
		return v.Redirect(list.url(l.List))
	}
}

func (p *Pages) postListTakeBack(list *sheetList) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		l, err := p.keyed(v, list)
		if err != nil {
			return err
		}
		return p.takeBackList(v, l, list.url(l.List), func(moved []store.ListRow) error { return p.renderList(v, list, moved) })
	}
}

// takeBackList takes a list back as a whole, or shows its page with what stands against
// that.
func (p *Pages) takeBackList(v *visit.Visit, l store.KeptList, url string, show func(moved []store.ListRow) error) error {
	err := p.Store.TakeBackList(v.Staff, l.Kind, l.ID, reissue.Clean(v.Value(reissue.FieldNote)))
	var moved *store.ListMovedError
	switch {
	case errors.As(err, &moved):
		return p.refuseList(v, fmt.Sprintf(sayListMoved, len(moved.Rows)), func() error { return show(moved.Rows) })
	case errors.Is(err, reissue.ErrState):
		return p.refuseList(v, p.listMeanwhile(v, l), func() error { return show(nil) })
	case err != nil:
		return err
	}
	p.MailWaits()
	v.Flash(flashListTakenBack)
	return v.Redirect(url)
}

// listMeanwhile is what was done to a list by somebody who was first.
func (p *Pages) listMeanwhile(v *visit.Visit, l store.KeptList) string {
	now, err := p.Store.List(v.Staff, l.Kind, l.ID)
	if err != nil {
		return sayListNotNow
	}
	return sayListMeanwhile(now, v.Staff)
}

// refuseList shows a list as it is now to whoever acted by what it was.
func (p *Pages) refuseList(v *visit.Visit, sentence string, show func() error) error {
	v.Status, v.Problems = http.StatusConflict, reissue.Problems{{Message: sentence}}
	return show()
}
