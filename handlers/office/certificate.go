package office

import (
	"slices"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showCertificate is one certificate with everything that happened to it.
func (p *Pages) showCertificate(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	d, err := p.Store.CertificateDetails(v.Staff, id)
	if err != nil {
		return err
	}
	c := d.Certificate
	idNumber := c.Person.Number.String()
	if year := birthYear(c); year != "" {
		idNumber += sayBornIn(year)
	}
	data := templates.OfficeCertificate{Page: v.Page(), Name: c.Name, Exam: certificateExam(c), State: c.CollectedWord(), Use: v.RoleIs(reissue.RoleAdmin),
		MarkURL: certificateURL(id) + "/collected", Other: string(reissue.Collected)}
	fields := c.Fields()
	for _, field := range reissue.FieldsFrom(reissue.FromExam, reissue.FromHolder, reissue.FromRegister) {
		value := fields.Get(field)
		if field == reissue.FieldIDNumber {
			value = idNumber
		}
		data.Facts = append(data.Facts, templates.Pair{Label: reissue.Label(field), Value: value})
	}
	if c.Person.Paper != reissue.IDCard {
		data.Facts = append(data.Facts, templates.Pair{Label: visit.SayPaper, Value: string(c.Person.Paper)})
	}
	if c.Collected {
		data.Other = string(reissue.NotCollected)
	}
	for _, a := range d.Applications {
		data.Applications = append(data.Applications, p.queueRow(a))
	}
	data.History = certificateHistory(d)
	return v.Render(data)
}

// certificateHistory tells what imports and staff did to a line, the newest
// first.
func certificateHistory(d *store.CertificateDetails) []templates.Event {
	type moment struct {
		at reissue.Moment
		templates.Event
	}
	var all []moment
	for _, version := range d.Versions {
		event := templates.Event{What: sayImportAdded(version.Import.ID), Who: orCommand(version.Import.Name), Note: version.Import.File}
		if version.Before != nil {
			event.What = sayImportChanged(version.Import.ID)
			for _, field := range version.Changed {
				event.Note += "\n" + sayFieldChange(field, version.Before, version.After)
			}
		}
		all = append(all, moment{version.Import.Started, event})
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
