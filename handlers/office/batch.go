package office

import (
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"certreissue/exchange"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// memberRows is the length of a page of a batch's applications.
const memberRows = 100

// showBatch is one batch, what can be done with it, and what is in it.
func (p *Pages) showBatch(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	b, page, err := p.Store.BatchPage(v.Staff, id, v.R.URL.Query().Get("page"), memberRows)
	if err != nil {
		return err
	}
	data := templates.OfficeBatch{Page: v.Page(), Path: batchURL(id), Number: visit.Number(id), Name: b.Name, State: b.Status.Word(), Next: sayBatchNext[b.Status],
		Revision: b.Revision, Use: v.RoleIs(reissue.RoleReviewer), Locked: b.Status.InProduction(),
		May: map[string]bool{}, Facts: batchFacts(b)}
	for _, act := range reissue.BatchActs {
		data.May[string(act)] = data.Use && b.May(act)
	}
	if v.Posted == nil {
		data.Form.Values.Set(reissue.FieldExpected, b.Expected)
	} else {
		if v.Posted.Has("revision") {
			data.Revision = v.Revision()
		}
		data.Act = lastPart(v.R.URL.Path)
		nameProblems(&data.Form, data.Act, reissue.FieldNote)
	}
	counts, err := p.Store.BatchCounts(v.Staff, id)
	if err != nil {
		return err
	}
	for _, status := range reissue.Statuses {
		if n := counts[status]; n > 0 {
			query := url.Values{"status": {status.Word()}, "batch": {visit.Number(id)}}
			data.Counts = append(data.Counts, templates.Count{State: status.Word(), N: n, URL: address("/office/applications", query)})
		}
	}
	for status, n := range counts {
		data.Numbering = data.Numbering || n > 0 && (&reissue.Application{Status: status}).Numbered()
	}
	for _, a := range page.Rows {
		data.Members = append(data.Members, p.queueRow(a))
	}
	if data.Left, err = p.leftRows(v, b); err != nil {
		return err
	}
	if v.R.URL.Query().Get("page") != "" {
		data.FirstURL = batchURL(id)
	}
	if page.Next != "" {
		data.NextURL = batchURL(id) + "?page=" + page.Next
	}
	if data.History, err = p.batchHistory(b); err != nil {
		return err
	}
	return v.Render(data)
}

func batchFacts(b *reissue.Batch) []templates.Pair {
	pairs := []templates.Pair{{Label: sayBatchSize, Value: sayMembers(b)}, {Label: sayBatchCities, Value: strings.Join(b.Cities, "、")}}
	if left := len(b.Left()); left > 0 {
		pairs = append(pairs, templates.Pair{Label: sayBatchOut, Value: sayLeft(left)})
	}
	if b.Status != reissue.BatchArrived && b.Status != reissue.BatchDissolved {
		day := sayNotYet
		if b.Expected != "" {
			day = reissue.ShowDate(b.Expected)
		}
		pairs = append(pairs, templates.Pair{Label: sayBatchExpected, Value: day})
	}
	for _, stamp := range []struct {
		label string
		at    reissue.Moment
	}{{sayBatchMade, b.Created}, {sayBatchLocked, b.Locked}, {sayBatchReported, b.Reported}, {sayBatchArrived, b.Arrived}} {
		if stamp.at != 0 {
			pairs = append(pairs, templates.Pair{Label: stamp.label, Value: stamp.at.String()})
		}
	}
	return pairs
}

// batchHistory tells what was done to a batch and by whom, the newest first.
func (p *Pages) batchHistory(b *reissue.Batch) ([]templates.Event, error) {
	names, err := p.staffNames()
	if err != nil {
		return nil, err
	}
	var events []templates.Event
	for i := len(b.History) - 1; i >= 0; i-- {
		e := &b.History[i]
		event := templates.Event{When: e.At.String(), What: e.Act.Word(), Who: names[e.By], Note: e.Note}
		if e.Application != 0 {
			event.Note = sayAboutOne(e.Application, e.Note)
		}
		events = append(events, event)
	}
	return events, nil
}

func lastPart(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// moveBatch runs an act on a batch and all that is in it.
func (p *Pages) moveBatch(act reissue.BatchAct) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		return p.batchAct(v, act, func(id, revision uint64) (int, error) {
			return p.Store.MoveBatch(v.Staff, id, revision, act, reissue.Clean(v.Value("note")))
		})
	}
}

// batchAct runs an act on the batch in the address, and says how many
// applications it was about.
func (p *Pages) batchAct(v *visit.Visit, act reissue.BatchAct, do func(id, revision uint64) (int, error)) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	count, err := do(id, v.Revision())
	if err != nil {
		return err
	}
	p.MailWaits()
	flashBatch(v, act, count)
	return v.Redirect(batchURL(id))
}

// flashBatch lets the next page tell of an act on so many applications.
func flashBatch(v *visit.Visit, act reissue.BatchAct, count int) {
	v.Flash(string(act) + "." + strconv.Itoa(count))
}

// batchSentence is what a flash tells of an act on a batch, "" where it is of
// none.
func batchSentence(act, count string) string {
	n, err := strconv.Atoi(count)
	if batchFlashes[act] == "" || err != nil || n < 0 || n > reissue.MaxBatch {
		return ""
	}
	return fmt.Sprintf(batchFlashes[act], n)
}

// postBatchRemove takes the chosen applications out.
func (p *Pages) postBatchRemove(v *visit.Visit) error {
	var out []uint64
	for _, value := range v.Posted["application"] {
		number, err := strconv.ParseUint(value, 10, 64)
		if err != nil {
			return reissue.ErrNotFound
		}
		out = append(out, number)
	}
	return p.batchAct(v, reissue.BatchRemove, func(id, revision uint64) (int, error) {
		return len(out), p.Store.RemoveFromBatch(v.Staff, id, revision, out)
	})
}

func (p *Pages) postBatchExpect(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	date, problems := reissue.ParseExpected(v.Value(reissue.FieldExpected), reissue.Today(p.Store.Now()))
	if err := problems.Err(); err != nil {
		return err
	}
	if err := p.Store.ExpectBatch(v.Staff, id, v.Revision(), date); err != nil {
		return err
	}
	v.Flash(flashBatchExpect)
	return v.Redirect(batchURL(id))
}

// sendRoster is the roster of a locked batch as a spreadsheet. What leaves the
// system is noted first.
func (p *Pages) sendRoster(v *visit.Visit) error {
	b, members, err := p.lockedBatch(v)
	if err != nil {
		return err
	}
	return v.SendMade(visit.KindXLSX, exchange.RosterName(b)+".xlsx", func(w io.Writer) error {
		return exchange.Roster(b, members, p.Store.Settings(), p.Store.Spool(), w)
	})
}

// sendBatchFiles is the roster with the photos.
func (p *Pages) sendBatchFiles(v *visit.Visit) error {
	b, members, err := p.lockedBatch(v, reissue.FieldPhoto)
	if err != nil {
		return err
	}
	return v.SendMade(visit.KindZIP, exchange.RosterName(b)+".zip", func(w io.Writer) error {
		return exchange.BatchFiles(v.R.Context(), p.Store, v.Staff, b, members, p.Store.Settings(), p.Store.Spool(), w)
	})
}

// lockedBatch is the batch in the address with what is in it, to be sent.
func (p *Pages) lockedBatch(v *visit.Visit, fields ...string) (*reissue.Batch, []*reissue.Application, error) {
	id, err := v.ID()
	if err != nil {
		return nil, nil, err
	}
	if p.Store.Settings().PhotosByIDNumber && len(fields) > 0 {
		fields = append(fields, reissue.FieldIDNumber)
	}
	return p.Store.ExportBatch(v.Staff, id, fields...)
}
