package handlers

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"certreissue/exchange"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// memberRows is the length of a page of a batch's applications.
const memberRows = 100

// showBatch is one batch, what can be done with it, and what is in it.
func (s *Server) showBatch(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	b, page, err := s.store.BatchPage(v.staff, id, v.r.URL.Query().Get("page"), memberRows)
	if err != nil {
		return err
	}
	data := templates.OfficeBatch{Page: v.page(), Path: batchURL(id), Number: number(id), Name: b.Name, State: b.Status.Word(), Next: sayBatchNext[b.Status],
		Revision: b.Revision, Use: v.roleIs(reissue.RoleReviewer), Locked: b.Status.InProduction(),
		May: map[string]bool{}, Facts: batchFacts(b)}
	for _, act := range batchActs {
		data.May[string(act)] = data.Use && b.May(act)
	}
	if v.posted == nil {
		data.Form.Values.Set(reissue.FieldExpected, b.Expected)
	} else {
		data.Revision = v.revision()
		data.Act = lastPart(v.r.URL.Path)
		for i := range data.Form.Problems {
			if problem := &data.Form.Problems[i]; problem.Field == reissue.FieldNote {
				problem.Field = data.Act + "-note"
			}
		}
	}
	for _, a := range page.Rows {
		data.Members = append(data.Members, s.queueRow(a))
	}
	if v.r.URL.Query().Get("page") != "" {
		data.FirstURL = batchURL(id)
	}
	if page.Next != "" {
		data.NextURL = batchURL(id) + "?page=" + page.Next
	}
	if data.History, err = s.batchHistory(b); err != nil {
		return err
	}
	return v.render("office_batch.html", data)
}

// batchActs are those that the page of a batch can offer.
var batchActs = []reissue.BatchAct{
	reissue.BatchAdd, reissue.BatchRemove, reissue.BatchExpect, reissue.BatchLock, reissue.BatchUnlock, reissue.BatchReport, reissue.BatchUndoReport,
	reissue.BatchArrive, reissue.BatchUndoArrival, reissue.BatchDissolve,
}

func batchFacts(b *reissue.Batch) []templates.Pair {
	pairs := []templates.Pair{{Label: sayBatchSize, Value: sayMembers(b)}, {Label: sayBatchCities, Value: strings.Join(b.Cities, "、")}}
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
func (s *Server) batchHistory(b *reissue.Batch) ([]templates.Event, error) {
	names, err := s.staffNames()
	if err != nil {
		return nil, err
	}
	var events []templates.Event
	for i := len(b.History) - 1; i >= 0; i-- {
		e := &b.History[i]
		events = append(events, templates.Event{When: e.At.String(), What: e.Act.Word(), Who: names[e.By], Note: e.Note})
	}
	return events, nil
}

func lastPart(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// moveBatch runs an act on a batch and all that is in it.
func moveBatch(act reissue.BatchAct) func(*Server, *visit) error {
	return func(s *Server, v *visit) error {
		return s.batchAct(v, act, func(id, revision uint64) error {
			return s.store.MoveBatch(v.staff, id, revision, act, reissue.Clean(v.value("note")))
		})
	}
}

// batchAct runs an act on the batch in the address, and says how many
// applications it was about.
func (s *Server) batchAct(v *visit, act reissue.BatchAct, do func(id, revision uint64) error) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	before, err := s.store.Batch(v.staff, id)
	if err != nil {
		return err
	}
	if err := do(id, v.revision()); err != nil {
		return err
	}
	after, err := s.store.Batch(v.staff, id)
	if err != nil {
		return err
	}
	s.MailWaits()
	count := before.Members
	if act == reissue.BatchAdd || act == reissue.BatchRemove {
		count = max(after.Members-before.Members, before.Members-after.Members)
	}
	v.flashBatch(act, count)
	return v.redirect(batchURL(id))
}

// flashBatch lets the next page tell of an act on so many applications.
func (v *visit) flashBatch(act reissue.BatchAct, count int) {
	v.flash(string(act) + "." + strconv.Itoa(count))
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
func (s *Server) postBatchRemove(v *visit) error {
	var out []uint64
	for _, value := range v.posted["application"] {
		number, err := strconv.ParseUint(value, 10, 64)
		if err != nil {
			return reissue.ErrNotFound
		}
		out = append(out, number)
	}
	return s.batchAct(v, reissue.BatchRemove, func(id, revision uint64) error {
		return s.store.RemoveFromBatch(v.staff, id, revision, out)
	})
}

func (s *Server) postBatchExpect(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	date, problems := reissue.ParseExpected(v.value(reissue.FieldExpected), reissue.Today(s.store.Now()))
	if err := problems.Err(); err != nil {
		return err
	}
	if err := s.store.ExpectBatch(v.staff, id, v.revision(), date); err != nil {
		return err
	}
	v.flash(flashBatchExpect)
	return v.redirect(batchURL(id))
}

// sendRoster is the roster of a locked batch as a spreadsheet. What leaves the
// system is noted first.
func (s *Server) sendRoster(v *visit) error {
	b, members, err := s.lockedBatch(v)
	if err != nil {
		return err
	}
	return v.sendMade(kindXLSX, exchange.RosterName(b)+".xlsx", func(w io.Writer) error {
		return exchange.Roster(b, members, s.store.Settings(), w)
	})
}

// sendBatchFiles is the roster with the photos.
func (s *Server) sendBatchFiles(v *visit) error {
	b, members, err := s.lockedBatch(v, reissue.FieldPhoto)
	if err != nil {
		return err
	}
	return v.sendMade(kindZIP, exchange.RosterName(b)+".zip", func(w io.Writer) error {
		return exchange.BatchFiles(v.r.Context(), s.store, b, members, s.store.Settings(), w)
	})
}

// lockedBatch is the batch in the address with what is in it; store.ErrBatch
// where it could still change.
func (s *Server) lockedBatch(v *visit, fields ...string) (*reissue.Batch, []*reissue.Application, error) {
	id, err := v.id()
	if err != nil {
		return nil, nil, err
	}
	b, members, err := s.store.BatchMembers(v.staff, id)
	if err != nil {
		return nil, nil, err
	}
	if !b.Status.InProduction() {
		return nil, nil, store.ErrBatch
	}
	if s.store.Settings().PhotosByIDNumber && len(fields) > 0 {
		fields = append(fields, reissue.FieldIDNumber)
	}
	return b, members, s.store.BatchExported(v.staff.Actor(), id, fields...)
}
