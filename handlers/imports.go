package handlers

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"certreissue/exchange"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showUpload is where a spreadsheet of the register is handed in.
func (s *Server) showUpload(v *visit) error {
	data := templates.Upload{Page: v.page(), Blanks: blankWords}
	if v.posted == nil {
		data.Form.Values.Set("blank_collected", sayBlankAsk)
	}
	return v.render("office_upload.html", data)
}

// postUpload keeps the file and looks it through: nothing is imported before
// somebody has seen what would happen.
func (s *Server) postUpload(v *visit) error {
	var problems reissue.Problems
	blank, known := blankChoices[v.value("blank_collected")]
	if !known {
		problems.Add("blank_collected", sayChooseBlank)
	}
	file, problem := v.postedSheet()
	if err := append(problems, problem...).Err(); err != nil {
		return err
	}
	j := &job{name: fileName(file.Filename), blank: blank}
	var err error
	if j.dir, err = spoolSheet(file, j.name); err != nil {
		return err
	}
	by := v.staff.Actor()
	ended, err := s.jobs.run(func(ctx context.Context) { s.carryOut(ctx, j, by, true) })
	if err != nil {
		j.remove()
		return reissue.Problems{{Field: "file", Message: sayJobRunning}}
	}
	s.jobs.add(j)
	wait(ended)
	return v.redirect(checkURL(j))
}

func checkURL(j *job) string { return "/office/certificates/checks/" + j.id }

// carryOut runs one phase of a job to its end: dry to look it through, else to
// import it.
func (s *Server) carryOut(ctx context.Context, j *job, by reissue.Actor, dry bool) {
	out, err := s.runImport(ctx, j, by, dry)
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
			s.Log.Error("import failed", "error", err)
			state.phase, state.failed = jobFailed, sayImportBroken
		}
	})
	if !dry || err != nil {
		os.RemoveAll(j.dir) // it will not be read again
	}
}

func (s *Server) runImport(ctx context.Context, j *job, by reissue.Actor, dry bool) (out exchange.Outcome, err error) {
	rejected, err := os.OpenFile(j.rejected(), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return out, err
	}
	out, err = exchange.Certificates(ctx, s.store, exchange.Job{Path: j.path(), Name: j.name, By: by, Dry: dry, BlankCollected: j.blank,
		Rejected: rejected, Workbook: true,
		Progress: func(done, total int64) { j.change(func(state *jobState) { state.done, state.total = done, total }) },
		Began:    func(number uint64) { j.change(func(state *jobState) { state.number = number }) },
	})
	return out, errors.Join(err, rejected.Close())
}

// job is the remembered job in the address, nil where it is gone.
func (v *visit) job() *job {
	return v.s.jobs.find(func(j *job) bool { return j.id == v.r.PathValue("job") })
}

// refreshEvery is after how many seconds a page with a progress bar asks again.
const refreshEvery = 2

// showImportCheck tells what a file would do, or how far looking it through has
// come. It does not need to stay open.
func (s *Server) showImportCheck(v *visit) error {
	j := v.job()
	if j == nil {
		v.flash(flashNoCheck)
		return v.redirect("/office/certificates/import")
	}
	state := j.state()
	if state.number != 0 {
		return v.redirect(importURL(state.number))
	}
	data := templates.ImportCheck{Page: v.page(), File: j.name, Failed: state.failed, Counts: countPairs(state.outcome.Counts),
		Unknown: state.outcome.Unknown.Sentence(), Total: state.outcome.Done(), Learned: exchange.Learned(state.outcome.Exams, state.outcome.Cities), Doubted: state.outcome.Doubted}
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
	data.Rejects, data.Doubts = shownLines(state.outcome.Rejects), shownLines(state.outcome.Doubts)
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
	return v.render("office_check.html", data)
}

// shownLines are lines of a file with what is said of them.
func shownLines(list []store.Reject) (lines []templates.Reject) {
	for _, r := range list {
		lines = append(lines, templates.Reject{Line: r.Line, Column: r.Column, Reason: r.Reason})
	}
	return lines
}

// sendRejected answers with the lines that were not, or would not be, taken.
func (s *Server) sendRejected(v *visit) error {
	j := v.job()
	if j == nil || j.state().outcome.Rejected == 0 || j.state().phase.running() {
		return reissue.ErrNotFound
	}
	file, err := os.Open(j.rejected())
	if err != nil {
		return err
	}
	defer file.Close()
	if err := s.store.Exported(v.staff.Actor(), "rejected lines"); err != nil {
		return err
	}
	return v.sendFile(kindXLSX, strings.TrimSuffix(j.name, filepath.Ext(j.name))+sayRejectedFile, file)
}

// postApplyImport imports what was looked through.
func (s *Server) postApplyImport(v *visit) error {
	j := v.job()
	if j == nil {
		v.flash(flashNoCheck)
		return v.redirect("/office/certificates/import")
	}
	begun := false
	j.change(func(state *jobState) {
		if begun = state.phase == jobChecked; begun {
			state.phase, state.done = jobImporting, 0
		}
	})
	if !begun { // a second click, or the back button
		return v.redirect(checkURL(j))
	}
	by := v.staff.Actor()
	ended, err := s.jobs.run(func(ctx context.Context) { s.carryOut(ctx, j, by, false) })
	if err != nil {
		j.change(func(state *jobState) { state.phase = jobChecked })
		return reissue.Problems{{Message: sayJobRunning}}
	}
	if wait(ended) && j.state().phase == jobImported {
		v.flash(flashImported)
	}
	return v.redirect(checkURL(j))
}
