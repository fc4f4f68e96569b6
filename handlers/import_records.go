package handlers

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"certreissue/exchange"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

func importURL(number uint64) string { return fmt.Sprintf("/office/certificates/imports/%d", number) }

// importsRows is the length of a page of the imports.
const importsRows = 50

// showImports lists the register's imports, the newest first.
func (s *Server) showImports(v *visit) error {
	page, err := s.store.CertificateImports(v.r.URL.Query().Get("page"), importsRows)
	if err != nil {
		return err
	}
	data := templates.OfficeImports{Page: v.page(), Use: v.roleIs(reissue.RoleAdmin)}
	for _, kept := range page.Rows {
		c := kept.Counts
		data.Rows = append(data.Rows, templates.ImportRow{Number: kept.ID, URL: importURL(kept.ID), File: kept.File, Who: orCommand(kept.Name),
			When: kept.Started.String(), State: s.importState(kept.Import), Added: c.Added, Changed: c.Changed, Unchanged: c.Unchanged, Rejected: c.Rejected})
	}
	if page.Next != "" {
		data.NextURL = "/office/certificates/imports?page=" + page.Next
	}
	return v.render("office_imports.html", data)
}

// importState is how an import stands, in a word.
func (s *Server) importState(record *store.Import) string {
	running := s.store.Changing() == record.ID
	switch {
	case record.Undone != 0:
		return stateUndone
	case record.BeingUndone() && running:
		return stateUndoing
	case record.BeingUndone():
		return stateHalfway
	case record.Finished != 0:
		return stateImported
	case running:
		return stateImporting
	}
	return stateBroken
}

// showImport is one import: how it stands, what it did, and the way to take it
// back.
func (s *Server) showImport(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	kept, err := s.store.CertificateImport(id)
	if err != nil {
		return err
	}
	record := kept.Import
	data := templates.OfficeImport{Page: v.page(), Number: id, State: s.importState(record), Counts: countPairs(record.Counts), Facts: []templates.Pair{
		{Label: sayFile, Value: record.File}, {Label: sayWho, Value: orCommand(kept.Name)}, {Label: sayBegan, Value: record.Started.String()},
	}}
	if record.Finished != 0 {
		data.Facts = append(data.Facts, templates.Pair{Label: sayFinished, Value: record.Finished.String()})
	}
	if err := s.learned(record, &data); err != nil {
		return err
	}
	made := record.Counts.Added + record.Counts.Changed
	use := v.roleIs(reissue.RoleAdmin)
	switch data.State {
	case stateImporting:
		data.Seconds, data.Done, data.Total = refreshEvery, record.Counts.Done(), record.Total
	case stateUndoing:
		data.Seconds, data.Done, data.Total = refreshEvery, record.Restored, made
	case stateBroken:
		data.Trouble, data.Again = sayBrokenOff(record), use
	case stateHalfway:
		data.Trouble = sayUndoneHalfway(record.Restored, made)
	case stateUndone:
		data.Facts = append(data.Facts, templates.Pair{Label: sayTakenBack, Value: record.Undone.String() + " " + orCommand(kept.UndoneName)})
	}
	if refusal := s.jobs.refusal(id); refusal != "" && record.Undone == 0 {
		data.Form.Problems = append(data.Form.Problems, templates.Problem{Message: refusal})
	}
	if use && data.Seconds == 0 && record.Undone == 0 {
		data.TakeBackURL = importURL(id) + "/take-back"
	}
	if made > 0 && record.Undone == 0 {
		data.LinesURL = "/office/certificates?import=" + number(id)
	}
	if j := s.jobs.find(func(j *job) bool { return j.state().number == id }); j != nil {
		state := j.state()
		if state.failed != "" {
			data.Trouble = join(state.failed, data.Trouble)
		}
		if use && state.outcome.Rejected > 0 && state.phase == jobImported {
			data.RejectsURL = checkURL(j) + "/rejected.xlsx"
		}
	}
	return v.render("office_import.html", data)
}

// learned adds the exams and cities that the import brought and that are still
// there.
func (s *Server) learned(record *store.Import, data *templates.OfficeImport) error {
	if record.Undone != 0 || len(record.Exams)+len(record.Cities) == 0 {
		return nil
	}
	exams, err := s.store.Exams()
	if err != nil {
		return err
	}
	var titles, names []string
	for _, exam := range exams {
		if slices.Contains(record.Exams, exam.ID) {
			titles = append(titles, exam.Title())
		}
	}
	cities, err := s.store.CityList()
	if err != nil {
		return err
	}
	for _, city := range cities {
		if slices.ContainsFunc(record.Cities, func(brought reissue.City) bool { return brought.ID == city.ID }) {
			names = append(names, city.Name)
		}
	}
	data.Learned = exchange.Learned(titles, names)
	return nil
}

// countPairs are an import's figures with their words.
func countPairs(c store.Counts) []templates.Pair {
	return []templates.Pair{{Label: sayAdded, Value: number(uint64(c.Added))}, {Label: sayChangedLines, Value: number(uint64(c.Changed))},
		{Label: sayUnchanged, Value: number(uint64(c.Unchanged))}, {Label: sayRejectedLines, Value: number(uint64(c.Rejected))}}
}

// postTakeBackImport undoes an import, or says what stands on it.
func (s *Server) postTakeBackImport(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	by := v.staff.Actor()
	var failed error
	ended, err := s.jobs.run(func(ctx context.Context) {
		s.jobs.refuse(id, "")
		failed = s.store.TakeBack(ctx, by, id)
		if sentence, speaks := reissue.Sentence(failed); speaks {
			s.jobs.refuse(id, sentence)
		} else if failed != nil {
			s.Log.Error("taking back failed", "error", failed)
		}
	})
	if err != nil {
		return reissue.Problems{{Message: sayJobRunning}}
	}
	if !wait(ended) {
		return v.redirect(importURL(id))
	}
	if s.jobs.refusal(id) != "" {
		v.status = http.StatusConflict
		return s.showImport(v)
	}
	if failed != nil {
		return failed
	}
	v.flash(flashImportUndone)
	return v.redirect(importURL(id))
}
