package office

import (
	"context"
	"net/http"
	"slices"

	"certreissue/exchange"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showImport is one import: how it stands, what it did, and the way to take it
// back.
func (p *Pages) showImport(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	kept, err := p.Store.CertificateImport(id)
	if err != nil {
		return err
	}
	record := kept.Import
	state := p.importState(record)
	data := templates.OfficeImport{Page: v.Page(), Number: id, State: state.Word(), Counts: countPairs(record.Counts), Facts: []templates.Pair{
		{Label: sayFile, Value: record.File}, {Label: sayWho, Value: orCommand(kept.Name)}, {Label: sayBegan, Value: record.Started.String()},
	}}
	if record.Finished != 0 {
		data.Facts = append(data.Facts, templates.Pair{Label: sayFinished, Value: record.Finished.String()})
	}
	if err := p.learned(record, &data); err != nil {
		return err
	}
	made := record.Counts.Added + record.Counts.Changed
	use := v.RoleIs(reissue.RoleAdmin)
	switch state {
	case store.ImportRunning:
		data.Seconds, data.Done, data.Total = refreshEvery, record.Counts.Done(), record.Total
	case store.ImportUndoing:
		data.Seconds, data.Done, data.Total = refreshEvery, record.Restored, made
	case store.ImportBroken:
		data.Trouble, data.Again = sayBrokenOff(record), use
	case store.ImportHalfway:
		data.Trouble = sayUndoneHalfway(record.Restored, made)
	case store.ImportUndone:
		data.Facts = append(data.Facts, templates.Pair{Label: sayTakenBack, Value: record.Undone.String() + " " + orCommand(kept.UndoneName)})
	}
	if refusal := p.jobs.refusal(id); refusal != "" && record.Undone == 0 {
		data.Form.Problems = append(data.Form.Problems, templates.Problem{Message: refusal})
	}
	if use && data.Seconds == 0 && record.Undone == 0 {
		data.TakeBackURL = importURL(id) + "/take-back"
	}
	if made > 0 && record.Undone == 0 {
		data.LinesURL = "/office/certificates?import=" + visit.Number(id)
	}
	if j := p.jobs.find(func(j *job) bool { return j.state().number == id }); j != nil {
		state := j.state()
		if state.failed != "" {
			data.Trouble = visit.Join(state.failed, data.Trouble)
		}
		if use && state.outcome.Rejected > 0 && state.phase == jobImported {
			data.RejectsURL = checkURL(j) + "/rejected.xlsx"
		}
	}
	return v.Render(data)
}

// learned adds the exams and cities that the import brought and that are still
// there.
func (p *Pages) learned(record *store.Import, data *templates.OfficeImport) error {
	if record.Undone != 0 || len(record.Exams)+len(record.Cities) == 0 {
		return nil
	}
	exams, err := p.Store.Exams()
	if err != nil {
		return err
	}
	var titles, names []string
	for _, exam := range exams {
		if slices.Contains(record.Exams, exam.ID) {
			titles = append(titles, exam.Title())
		}
	}
	cities, err := p.Store.CityList()
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
	return []templates.Pair{{Label: sayAdded, Value: visit.Number(uint64(c.Added))}, {Label: sayChangedLines, Value: visit.Number(uint64(c.Changed))},
		{Label: sayUnchanged, Value: visit.Number(uint64(c.Unchanged))}, {Label: sayRejectedLines, Value: visit.Number(uint64(c.Rejected))}}
}

// postTakeBackImport undoes an import, or says what stands on it.
func (p *Pages) postTakeBackImport(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	by := v.Staff.Actor()
	var failed error
	ended, err := p.jobs.run(func(ctx context.Context) {
		p.jobs.refuse(id, "")
		failed = p.Store.TakeBack(ctx, by, id)
		if sentence, speaks := reissue.Sentence(failed); speaks {
			p.jobs.refuse(id, sentence)
		} else if failed != nil {
			p.Log.Error(logNotTakenBack, "error", failed)
		}
	})
	if err != nil {
		return reissue.Problems{{Message: sayJobRunning}}
	}
	if !wait(ended) {
		return v.Redirect(importURL(id))
	}
	if p.jobs.refusal(id) != "" {
		v.Status = http.StatusConflict
		return p.showImport(v)
	}
	if failed != nil {
		return failed
	}
	v.Flash(flashImportUndone)
	return v.Redirect(importURL(id))
}
