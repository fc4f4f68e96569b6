package office

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"certreissue/exchange"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

func checkURL(j *job) string { return "/office/certificates/checks/" + j.id }

// carryOut runs one phase of a job to its end: dry to look it through, else to
// import it.
func (p *Pages) carryOut(ctx context.Context, j *job, by reissue.Actor, dry bool) {
	out, err := p.runImport(ctx, j, by, dry)
	sentence, speaks := reissue.Sentence(err)
	j.change(func(state *jobState) {
		switch {
		case err == nil && dry:
			state.phase, state.outcome = jobChecked, out
		case err == nil:
			state.phase, state.outcome = jobImported, out
		case speaks:
			state.phase, state.failed = jobFailed, sentence
		case errors.Is(err, context.Canceled):
			state.phase, state.failed = jobFailed, sayStopped
		default:
			p.Log.Error(logNotImported, "error", err)
			state.phase, state.failed = jobFailed, sayImportBroken
		}
	})
	if !dry || err != nil {
		j.spool.Drop(j.dir) // it will not be read again
	}
}

func (p *Pages) runImport(ctx context.Context, j *job, by reissue.Actor, dry bool) (out exchange.Outcome, err error) {
	rejected, err := os.OpenFile(j.rejected(), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return out, err
	}
	out, err = exchange.Certificates(ctx, p.Store, exchange.Job{Path: j.path(), Name: j.name, By: by, Dry: dry, BlankCollected: j.blank, Correct: j.state().correct,
		Rejected: rejected, Workbook: true,
		Progress: func(done, total int64) { j.change(func(state *jobState) { state.done, state.total = done, total }) },
		Began:    func(number uint64) { j.change(func(state *jobState) { state.number = number }) },
	})
	return out, errors.Join(err, rejected.Close())
}

// job is the remembered job in the address, nil where it is gone.
func (p *Pages) job(v *visit.Visit) *job {
	return p.jobs.find(func(j *job) bool { return j.id == v.R.PathValue("job") })
}

// refreshEvery is after how many seconds a page with a progress bar asks again.
const refreshEvery = 2

// showImportCheck tells what a file would do, or how far looking it through has
// come. It does not need to stay open.
func (p *Pages) showImportCheck(v *visit.Visit) error {
	j := p.job(v)
	if j == nil {
		v.Flash(flashNoCheck)
		return v.Redirect("/office/certificates/import")
	}
	state := j.state()
	if state.number != 0 {
		return v.Redirect(importURL(state.number))
	}
	data := templates.OfficeImportCheck{Page: v.Page(), File: j.name, Failed: state.failed, Counts: countPairs(state.outcome.Counts),
		Notes: state.outcome.Notes, Total: state.outcome.Done(), Learned: exchange.Learned(state.outcome.Exams, state.outcome.Cities), Doubted: state.outcome.Doubted}
	for word, blank := range blankChoices {
		if blank == j.blank {
			data.Blank = word
		}
	}
	if state.phase.running() {
		data.Seconds, data.Done = refreshEvery, state.done
		data.Doing = sayDoing[state.phase]
	}
	if state.phase == jobChecked {
		data.ApplyURL = checkURL(j) + "/apply"
	}
	data.Rejects = shownLines(state.outcome.Rejects)
	data.RejectsCut, data.ChangesCut = state.outcome.Rejected > len(data.Rejects), state.outcome.Changed > len(state.outcome.Changes)
	data.DoubtsCut = state.outcome.Doubted > len(state.outcome.Doubts)
	for _, doubt := range state.outcome.Doubts {
		if !doubt.Correctable {
			data.Doubts = append(data.Doubts, templates.Reject{Line: doubt.Line, Column: doubt.Column, Reason: doubt.Reason})
		}
	}
	for _, line := range state.outcome.Correctable {
		data.Correctable = append(data.Correctable, templates.PickLine{Reject: templates.Reject{Line: line.Line, Column: line.Column, Reason: line.Reason},
			Picked: slices.Contains(v.Posted["correct"], strconv.Itoa(line.Line))})
	}
	if state.outcome.Rejected > 0 {
		data.RejectsURL = checkURL(j) + "/rejected.xlsx"
	}
	for _, change := range state.outcome.Changes {
		var words []string
		for _, field := range change.Fields {
			words = append(words, fieldLabel(field))
		}
		data.Changes = append(data.Changes, templates.Reject{Line: change.Line, Column: strings.Join(words, "、")})
	}
	return v.Render(data)
}

// shownLines are lines of a file with what is said of them.
func shownLines(list []store.Reject) (lines []templates.Reject) {
	for _, r := range list {
		lines = append(lines, templates.Reject{Line: r.Line, Column: r.Column, Reason: r.Reason})
	}
	return lines
}

// sendRejected answers with the lines that were not, or would not be, taken.
func (p *Pages) sendRejected(v *visit.Visit) error {
	j := p.job(v)
	if j == nil || j.state().outcome.Rejected == 0 || j.state().phase.running() {
		return reissue.ErrNotFound
	}
	file, err := os.Open(j.rejected())
	if err != nil {
		return err
	}
	defer file.Close()
	if err := p.Store.Exported(v.Staff.Actor(), "rejected lines", nil, j.state().outcome.Rejected); err != nil {
		return err
	}
	return v.SendFile(visit.KindXLSX, strings.TrimSuffix(j.name, filepath.Ext(j.name))+sayRejectedFile, file)
}

// chosenLines are the lines that were ticked to be carried out as corrections, of those
// that may be.
func chosenLines(v *visit.Visit, of []store.Reject) (lines []int, err error) {
	for _, text := range v.Posted["correct"] {
		i := slices.IndexFunc(of, func(r store.Reject) bool { return strconv.Itoa(r.Line) == reissue.Clean(text) })
		if i < 0 {
			return nil, reissue.Problems{{Message: sayNotToCorrect}}
		}
		lines = append(lines, of[i].Line)
	}
	return lines, nil
}

// confirmedBefore says who was first to confirm a job.
func (p *Pages) confirmedBefore(id string) string {
	j := p.jobs.find(func(j *job) bool { return j.id == id })
	if j == nil || j.state().by == nil {
		return ""
	}
	state := j.state()
	return sayConfirmedBefore(state.by.Name, state.confirmed)
}

// postApplyImport imports what was looked through, and corrects what was ticked.
func (p *Pages) postApplyImport(v *visit.Visit) error {
	j := p.job(v)
	if j == nil {
		v.Flash(flashNoCheck)
		return v.Redirect("/office/certificates/import")
	}
	correct, err := chosenLines(v, j.state().outcome.Correctable)
	if err != nil {
		return err
	}
	begun := false
	j.change(func(state *jobState) {
		if begun = state.phase == jobChecked; begun {
			state.phase, state.done, state.correct = jobImporting, 0, correct
			state.by, state.confirmed = v.Staff, reissue.At(p.Store.Now())
		}
	})
	if !begun { // a second click, the back button, or a colleague's
		if by := j.state().by; by != nil && by.ID != v.Staff.ID {
			v.Flash(flashConfirmed + "." + j.id)
		}
		return v.Redirect(checkURL(j))
	}
	by := v.Staff.Actor()
	ended, err := p.jobs.run(func(ctx context.Context) { p.carryOut(ctx, j, by, false) })
	if err != nil {
		j.change(func(state *jobState) { state.phase, state.by = jobChecked, nil })
		return reissue.Problems{{Message: sayJobRunning}}
	}
	if wait(ended) && j.state().phase == jobImported {
		v.Flash(flashImported)
	}
	return v.Redirect(checkURL(j))
}
