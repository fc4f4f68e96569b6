package candidate

import (
	"archive/zip"
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"

	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showMyData is where a candidate takes along what the office holds of them.
func (p *Pages) showMyData(v *visit.Visit) error {
	return v.Render(templates.MyData{Page: v.Page()})
}

// postMyData sends it: a page that any browser shows, and the photos. The
// password is asked for again, since a telephone may have been left open.
func (p *Pages) postMyData(v *visit.Visit) error {
	if err := p.ProveSelf(v); err != nil {
		return err
	}
	data, err := p.Store.MyData(v.Account.ID)
	if err != nil {
		return err
	}
	return v.SendMade(visit.KindZIP, sayMyData+".zip", func(w io.Writer) error { return p.packMyData(v, data, w) })
}

func (p *Pages) packMyData(v *visit.Visit, data *store.MyData, to io.Writer) error {
	pack := zip.NewWriter(to)
	doc := templates.MyDataFile{Page: v.Page(), Title: sayMyData, Made: reissue.At(p.Store.Now()).String(), Sections: myAccount(data)}
	for _, a := range data.Applications {
		leadsTo, err := p.forms.LeadsTo(a)
		if err != nil {
			return err
		}
		stands := []templates.Pair{{Label: visit.SayState, Value: a.Status.Word()}, {Label: filing.SaySubmitted, Value: a.Submitted.String()}}
		section := templates.DataSection{Heading: sayApplicationOf(a), Facts: slices.Concat(visit.Facts(a), stands, leadsTo, visit.Given(a)), Events: visit.History(a, nil)}
		jpeg, err := p.Store.PhotoOf(v.Account.ID, a.ID)
		switch {
		case err == nil:
			section.Photo = sayPhotoFile(a.ID)
			// JPEGs do not get smaller.
			file, err := pack.CreateHeader(&zip.FileHeader{Name: section.Photo, Method: zip.Store})
			if err != nil {
				return err
			}
			if _, err := file.Write(jpeg); err != nil {
				return err
			}
		case !errors.Is(err, reissue.ErrNotFound):
			return err
		}
		doc.Sections = append(doc.Sections, section)
	}
	doc.Sections = append(doc.Sections, myTraces(data)...)
	file, err := pack.Create(sayMyData + ".html")
	if err != nil {
		return err
	}
	if err := p.Templates.Render(file, doc); err != nil {
		return err
	}
	return pack.Close()
}

// myAccount is what the account and the register hold.
func myAccount(data *store.MyData) []templates.DataSection {
	a := data.Account
	sections := []templates.DataSection{{Heading: sayMyAccount, Facts: []templates.Pair{
		{Label: reissue.Label(reissue.FieldName), Value: a.Name},
		{Label: visit.SayPaper, Value: string(a.Person.Paper)},
		{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.Full()},
		{Label: reissue.Label(reissue.FieldBirthMonth), Value: reissue.ShowMonth(a.Birth())},
		{Label: reissue.Label(reissue.FieldSex), Value: a.Gender()},
		{Label: visit.SayEmail, Value: visit.SayAddress(a.Email, a)},
		{Label: visit.SayCreated, Value: a.Created.String() + "（" + visit.OriginWords[a.Origin] + "）"},
		{Label: sayConsented, Value: sayConsentGiven(a.Consent)},
		{Label: sayLastUse, Value: a.Used.String()},
	}}}
	for _, c := range data.Certificates {
		section := templates.DataSection{Heading: sayCertificateOf(c), Facts: []templates.Pair{
			{Label: reissue.Label(reissue.FieldName), Value: c.Name},
			{Label: reissue.Label(reissue.FieldExamYear), Value: strconv.Itoa(c.ExamYear)},
			{Label: sayCollected, Value: c.CollectedWord()},
		}}
		fields := c.Fields()
		for _, field := range reissue.FieldsFrom(reissue.FromRegister) {
			section.Facts = append(section.Facts, templates.Pair{Label: reissue.Label(field), Value: reissue.ShowField(field, fields.Get(field))})
		}
		sections = append(sections, section)
	}
	return sections
}

// myTraces is what else is kept: mails, sign-ins, and what was done with the
// account.
func myTraces(data *store.MyData) []templates.DataSection {
	var mails, signIns, deeds, former []templates.Event
	for _, was := range slices.Backward(data.Account.Former) {
		former = append(former, templates.Event{When: was.At.String(), What: visit.SayFormer(was), Who: visit.ActorWords[was.Kind]})
	}
	for _, m := range data.Mails {
		mails = append(mails, templates.Event{When: m.Created.String(), What: visit.SaySubject(m), Who: m.To, Note: m.Body})
	}
	for _, session := range data.Sessions {
		signIns = append(signIns, templates.Event{When: session.Created.String(), What: cmp.Or(session.Device, visit.SayUnknownDevice)})
	}
	for _, row := range data.Audit {
		deeds = append(deeds, templates.Event{When: row.At.String(), What: visit.AuditWhat(row), Who: visit.ActorWords[row.Kind]})
	}
	return []templates.DataSection{{Heading: sayMyFormer, Events: former}, {Heading: sayMyMails, Events: mails}, {Heading: sayMySignIns, Events: signIns}, {Heading: sayMyDeeds, Events: deeds}}
}
