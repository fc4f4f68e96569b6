package office

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// postCorrectCertificate corrects a line of the register. Another ID number or name is
// asked about first, beside the lines of both people.
func (p *Pages) postCorrectCertificate(v *visit.Visit) error {
	form := reissue.CorrectionForm{reissue.FieldReason: reissue.Clean(v.Value(reissue.FieldReason)), reissue.FieldToldBy: v.Value(reissue.FieldToldBy)}
	for _, field := range reissue.CorrectionFields {
		if v.Posted.Has(field) {
			form[field] = v.Value(field)
		}
	}
	return p.lineAct(v, flashLineCorrected, func(id uint64, seen, _ string) error {
		return p.Store.CorrectCertificate(v.Staff, id, seen, form, v.Value(reissue.FieldConfirmed) != "")
	})
}

func (p *Pages) postWithdrawCertificate(v *visit.Visit) error {
	return p.lineAct(v, flashLineWithdrawn, func(id uint64, seen, reason string) error {
		return p.Store.WithdrawCertificate(v.Staff, id, seen, reason)
	})
}

func (p *Pages) postRestoreCertificate(v *visit.Visit) error {
	return p.lineAct(v, flashLineRestored, func(id uint64, seen, reason string) error {
		return p.Store.RestoreCertificate(v.Staff, id, seen, reason)
	})
}

// lineAct runs an act on the line in the address, as the form showed it, and leads back
// to it. What keeps it from being done is told on its page.
func (p *Pages) lineAct(v *visit.Visit, flash string, act func(id uint64, seen, reason string) error) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	err = act(id, v.Value("seen"), reissue.Clean(v.Value(reissue.FieldReason)))
	if errors.Is(err, reissue.ErrStale) {
		d, shown := p.Store.CertificateDetails(v.Staff, id)
		if shown != nil {
			return shown
		}
		var fields []string
		if lastPart(v.R.URL.Path) == string(reissue.CorrectLine) {
			fields = reissue.CorrectionFields
		}
		staleRecord(v, err, sayLineMeanwhile, fields, d.Form())
		return p.showCertificate(v)
	}
	if persons, is := errors.AsType[*store.PersonsError](err); is {
		v.Status, v.Problems = http.StatusUnprocessableEntity, reissue.Problems{{Field: reissue.FieldConfirmed, Message: sayPersonsChange}}
		return p.certificatePage(v, persons)
	}
	if same, is := errors.AsType[*store.SameLineError](err); is {
		v.Way = &templates.Link{Text: sayToSameLine, URL: certificateURL(same.Certificate)}
		return reissue.Problems{{Field: same.Field, Message: saySameLine}}
	}
	if busy, is := errors.AsType[*store.RegisterBusyError](err); is {
		return reissue.Problems{{Message: busy.Sentence()}}
	}
	if err != nil {
		return err
	}
	v.Flash(flash)
	return v.Redirect(certificateURL(id))
}

// correctionForm tells the page which of its forms was refused, and gives the form that
// corrects the line: as it was posted, as the line is, or, where the address asks for
// it, as it was before a correction.
func (p *Pages) correctionForm(v *visit.Visit, d *store.CertificateDetails, data *templates.OfficeCertificate) {
	data.Sexes = reissue.Sexes
	data.Correct = templates.Form{Values: url.Values{}, Labels: data.Form.Labels, Longest: data.Form.Longest}
	data.Correct.Fill(d.Form())
	if len(v.Problems) > 0 {
		switch data.Act = lastPart(v.R.URL.Path); reissue.CorrectionAct(data.Act) {
		case reissue.CorrectLine: // what was not posted stays as it is
			typed := d.Form()
			for field, value := range typed {
				if data.Form.Values.Has(field) {
					typed[field] = data.Form.Value(field)
				} else {
					data.Form.Values.Set(field, value)
				}
			}
			typed[reissue.FieldToldBy] = data.Form.Value(reissue.FieldToldBy)
			told := typed.Told(d.Certificate, reissue.Today(p.Store.Now()))
			data.Form.Values.Del(reissue.FieldToldBy)
			for field, value := range told {
				data.Form.Values.Set(field, value)
			}
			data.Correct = data.Form
		default:
			nameProblems(&data.Form, data.Act)
			data.Form.Values.Set(data.Act+"-"+reissue.FieldReason, v.Value(reissue.FieldReason))
		}
		return
	}
	before, err := strconv.ParseUint(v.R.URL.Query().Get("before"), 10, 64)
	for _, version := range d.Versions {
		if err == nil && version.Correction != nil && version.Correction.ID == before {
			data.Act = string(reissue.CorrectLine)
			data.Correct.Fill(version.Before.Form())
		}
	}
}

// correctionBack leads to the form as it was before the last correction.
func correctionBack(d *store.CertificateDetails) string {
	for _, version := range d.Versions {
		if c := version.Correction; c != nil && c.Act == reissue.CorrectLine {
			return certificateURL(d.ID) + "?before=" + visit.Number(c.ID) + "#correct"
		}
	}
	return ""
}

// bothPersons are the lines of whose a line is and of whose it would be.
func bothPersons(c *reissue.Certificate, found *store.PersonsError) []templates.Persons {
	title := fmt.Sprintf(sayNamesakes, found.Next.Name)
	if found.Next.Person != c.Person {
		title = fmt.Sprintf(sayPersonsAfter, found.Next.Name, found.Next.Person.Number.Full())
	}
	both := []templates.Persons{{Title: fmt.Sprintf(sayPersonsBefore, c.Name, c.Person.Number.Full())}, {Title: title}}
	for i, lines := range [][]*reissue.Certificate{found.Before, found.After} {
		for _, line := range lines {
			row := certificateRow(line)
			row.IDNumber, row.BirthYear = line.Person.Number.Full(), ""
			both[i].Rows = append(both[i].Rows, row)
		}
	}
	return both
}
