package office

import (
	"slices"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showCertificate is one certificate with everything that happened to it.
func (p *Pages) showCertificate(v *visit.Visit) error { return p.certificatePage(v, nil) }

// certificatePage is the certificate with, where its correction waits for a second
// look, the lines of both people.
func (p *Pages) certificatePage(v *visit.Visit, persons *store.PersonsError) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	d, err := p.Store.CertificateDetails(v.Staff, id)
	if err != nil {
		return err
	}
	c := d.Certificate
	use := v.RoleIs(reissue.RoleAdmin)
	if use { // who may correct it sees the ID number in full
		if err := p.noted(v, p.Store.ViewedCertificate(v.Staff.Actor(), id)); err != nil {
			return err
		}
	}
	data := templates.OfficeCertificate{Page: v.Page(), Path: certificateURL(id), Name: c.Name, Exam: certificateExam(c), State: lineState(c), Use: use,
		Other: string(reissue.Collected), Seen: d.Seen, Withdrawn: c.Withdrawn != 0}
	for _, field := range reissue.FieldsFrom(reissue.FromExam, reissue.FromHolder, reissue.FromRegister) {
		data.Facts = append(data.Facts, templates.Pair{Label: reissue.Label(field), Value: lineValue(field, c, use)})
	}
	if c.Person.Paper != reissue.IDCard {
		data.Facts = append(data.Facts, templates.Pair{Label: visit.SayPaper, Value: string(c.Person.Paper)})
	}
	if c.Collected {
		data.Other = string(reissue.NotCollected)
	}
	for _, a := range d.Standing {
		row := p.queueRow(a)
		data.Standing = append(data.Standing, templates.Link{Text: sayStanding(a), URL: row.URL})
		data.Applications = append(data.Applications, row)
	}
	for _, a := range d.ByHand {
		data.Applications = append(data.Applications, p.queueRow(a))
	}
	for _, a := range slices.Concat(d.Standing, d.ByHand) {
		if number := a.NewNumber(); number != "" {
			data.Numbers = append(data.Numbers, templates.Pair{Label: sayNumberOf(a), Value: number})
		}
		for _, number := range a.Voided() {
			data.Numbers = append(data.Numbers, templates.Pair{Label: sayNumberOf(a), Value: number + sayVoided})
		}
	}
	data.History = certificateHistory(d, use)
	data.BackURL = correctionBack(d)
	p.correctionForm(v, d, &data)
	if persons != nil {
		data.Persons = bothPersons(c, persons)
		data.Form.Question = &templates.Question{Heading: sayConfirmPersons, Sentence: v.Problems[0].Message, Field: reissue.FieldConfirmed}
		data.Form.Problems, data.Correct.Problems = nil, nil
	}
	return v.Render(data)
}

// lineState is how a line stands, in a word.
func lineState(c *reissue.Certificate) string {
	if c.Withdrawn != 0 {
		return sayWithdrawn
	}
	return c.CollectedWord()
}

// lineValue is what a line says in a field; whoever may not correct it sees no more of
// the ID number than tells people apart.
func lineValue(field string, c *reissue.Certificate, whole bool) string {
	switch {
	case field == store.FieldCollected:
		return c.CollectedWord()
	case field == reissue.FieldIDNumber && whole:
		return c.Person.Number.Full()
	case field == reissue.FieldIDNumber:
		number := c.Person.Number.String()
		if year := birthYear(c); year != "" {
			number += sayBornIn(year)
		}
		return number
	}
	fields := c.Fields()
	return fields.Get(field)
}

func correctionEvent(c *reissue.Correction, by string) templates.Event {
	return templates.Event{What: visit.ActWord("certificate", string(c.Act)), Who: by, Note: c.Reason}
}

// certificateHistory tells what imports and staff did to a line, the newest
// first.
func certificateHistory(d *store.CertificateDetails, whole bool) []templates.Event {
	type moment struct {
		at reissue.Moment
		templates.Event
	}
	var all []moment
	for _, version := range d.Versions {
		var at reissue.Moment
		var event templates.Event
		if c := version.Correction; c != nil {
			at, event = c.At, correctionEvent(c, version.Name)
		} else {
			at, event = version.Import.Started, templates.Event{What: sayImportAdded(version.Import.ID), Who: orCommand(version.Import.Name), Note: version.Import.File}
			if version.Before != nil {
				event.What = sayImportChanged(version.Import.ID)
			}
		}
		for _, field := range version.Changed {
			event.Note += "\n" + sayFieldChange(field, lineValue(field, version.Before, whole), lineValue(field, version.After, whole))
		}
		all = append(all, moment{at, event})
	}
	for _, c := range d.Undone {
		event := correctionEvent(c.Correction, c.Name)
		for _, field := range c.Fields {
			event.Note += "\n" + sayFieldChange(field, lineValue(field, &c.Before, whole), lineValue(field, &c.After, whole))
		}
		all = append(all, moment{c.At, event}, moment{c.Undone, templates.Event{What: sayCorrectionUndone(c.After.Import), Who: c.UndoneName}})
	}
	for _, deed := range d.Deeds {
		all = append(all, moment{deed.At, templates.Event{What: visit.ActWord("certificate", deed.Act), Who: deed.Name}})
	}
	slices.SortStableFunc(all, func(a, b moment) int { return int(b.at - a.at) })
	events := make([]templates.Event, len(all))
	for i, m := range all {
		events[i] = m.Event
		events[i].When = m.at.String()
	}
	return events
}
