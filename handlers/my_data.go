package handlers

import (
	"archive/zip"
	"cmp"
	"errors"
	"io"
	"strconv"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showMyData is where a candidate takes along what the office holds of them.
func (s *Server) showMyData(v *visit) error {
	return v.render("my_data.html", templates.MyData{Page: v.page()})
}

// postMyData sends it: a page that any browser shows, and the photos. The
// password is asked for again, since a telephone may have been left open.
func (s *Server) postMyData(v *visit) error {
	if err := s.proveSelf(v); err != nil {
		return err
	}
	data, err := s.store.MyData(v.account.ID)
	if err != nil {
		return err
	}
	return v.sendMade(kindZIP, sayMyData+".zip", func(w io.Writer) error { return s.packMyData(v, data, w) })
}

func (s *Server) packMyData(v *visit, data *store.MyData, to io.Writer) error {
	pack := zip.NewWriter(to)
	doc := templates.MyDataFile{Page: v.page(), Title: sayMyData, Made: reissue.At(s.store.Now()).String(), Sections: myAccount(data)}
	for _, a := range data.Applications {
		section := templates.DataSection{Heading: sayApplicationOf(a), Facts: append(facts(a),
			templates.Pair{Label: sayState, Value: a.Status.Word()}, templates.Pair{Label: saySubmitted, Value: a.Submitted.String()}), Events: history(a, nil)}
		jpeg, err := s.store.Photo(a.ID)
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
	if err := s.pages.Render(file, "my_data_file.html", doc); err != nil {
		return err
	}
	return pack.Close()
}

// myAccount is what the account and the register hold.
func myAccount(data *store.MyData) []templates.DataSection {
	a := data.Account
	sections := []templates.DataSection{{Heading: sayMyAccount, Facts: []templates.Pair{
		{Label: reissue.Label(reissue.FieldName), Value: a.Name},
		{Label: sayPaper, Value: string(a.Person.Paper)},
		{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.Full()},
		{Label: reissue.Label(reissue.FieldBirthMonth), Value: a.Birth()},
		{Label: reissue.Label(reissue.FieldSex), Value: a.Gender()},
		{Label: sayEmail, Value: a.Email},
		{Label: sayCreated, Value: a.Created.String() + "（" + originWords[a.Origin] + "）"},
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
		for _, field := range []string{reissue.FieldCertificateNumber, reissue.FieldApprovalDate, reissue.FieldLevel, reissue.FieldSpecialty, reissue.FieldCity} {
			section.Facts = append(section.Facts, templates.Pair{Label: reissue.Label(field), Value: fields.Get(field)})
		}
		sections = append(sections, section)
	}
	return sections
}

// myTraces is what else is kept: mails, sign-ins, and what was done with the
// account.
func myTraces(data *store.MyData) []templates.DataSection {
	var mails, signIns, deeds []templates.Event
	for _, m := range data.Mails {
		mails = append(mails, templates.Event{When: m.Created.String(), What: cmp.Or(m.Subject, sayResetSubject), Who: m.To, Note: m.Body})
	}
	for _, session := range data.Sessions {
		signIns = append(signIns, templates.Event{When: session.Created.String(), What: cmp.Or(session.Device, sayUnknownDevice)})
	}
	for _, row := range data.Audit {
		deeds = append(deeds, templates.Event{When: row.At.String(), What: auditWhat(row), Who: actorWords[row.Kind]})
	}
	return []templates.DataSection{{Heading: sayMyMails, Events: mails}, {Heading: sayMySignIns, Events: signIns}, {Heading: sayMyDeeds, Events: deeds}}
}
