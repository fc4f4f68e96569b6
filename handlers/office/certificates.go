package office

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/idcard"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// registerRows is the length of a page of the register.
const registerRows = 50

// registerFilters are the names that may stand in the register's address.
var registerFilters = []string{"exam", "city", "q", "search", "import"}

// showCertificates is the office's register. The filters stand in the address;
// an ID number never does.
func (p *Pages) showCertificates(v *visit.Visit) error {
	if found := p.hidden(v, "/office/certificates"); found != "" {
		return v.Redirect(found)
	}
	query := v.R.URL.Query()
	filter, err := p.registerFilter(v, query)
	if err != nil {
		return err
	}
	page, err := p.Store.Certificates(v.Staff, filter, query.Get("page"), registerRows)
	if err != nil {
		return err
	}
	data := templates.OfficeCertificates{Page: v.Page(), Continue: page.More, Use: v.RoleIs(reissue.RoleAdmin)}
	for _, name := range registerFilters {
		if !data.Form.Values.Has(name) {
			data.Form.Values.Set(name, query.Get(name))
		}
		data.Filtered = data.Filtered || query.Get(name) != ""
	}
	if data.Cities, err = p.citiesOf(v.Staff); err != nil {
		return err
	}
	exams, err := p.Store.Exams()
	if err != nil {
		return err
	}
	data.Exams = examOptions(exams, filter.Exam)
	switch {
	case filter.Number != "":
		data.Found = sayCertificatesOf(filter.Number)
	case filter.Import != 0:
		data.Found = sayCertificatesOfImport(filter.Import)
	}
	for _, c := range page.Rows {
		data.Rows = append(data.Rows, certificateRow(c))
	}
	data.MarkURL = "/office/certificates/collected?" + registerQuery(query, query.Get("page"))
	if query.Get("page") != "" {
		data.FirstURL = "/office/certificates?" + registerQuery(query, "")
	}
	if page.Next != "" {
		data.NextURL = "/office/certificates?" + registerQuery(query, page.Next)
	}
	data.XLSX, data.CSV = "/office/certificates.xlsx?"+registerQuery(query, ""), "/office/certificates.csv?"+registerQuery(query, "")
	if data.Alerts, err = p.registerAlerts(v); err != nil {
		return err
	}
	return v.Render(data)
}

// registerFilter reads the address. What it does not know is not found, rather
// than all.
func (p *Pages) registerFilter(v *visit.Visit, query url.Values) (filter store.RegisterFilter, err error) {
	filter = store.RegisterFilter{City: query.Get("city"), Query: reissue.Clean(query.Get("q"))}
	for name, to := range map[string]*uint64{"exam": &filter.Exam, "import": &filter.Import} {
		if text := query.Get(name); text != "" {
			if *to, err = strconv.ParseUint(text, 10, 64); err != nil {
				return filter, reissue.ErrNotFound
			}
		}
	}
	if search := query.Get("search"); search != "" {
		found, ok := p.searches.Find(search, v.Staff.ID)
		if !ok {
			return filter, reissue.ErrNotFound
		}
		filter.Number = idcard.Number(found)
	}
	return filter, nil
}

// registerQuery is the address's filters with a cursor.
func registerQuery(query url.Values, cursor string) string {
	next := url.Values{}
	for _, name := range registerFilters {
		if value := query.Get(name); value != "" {
			next.Set(name, value)
		}
	}
	if cursor != "" {
		next.Set("page", cursor)
	}
	return next.Encode()
}

// registerAlerts tell of a change of the register that is under way.
func (p *Pages) registerAlerts(v *visit.Visit) (alerts []templates.Alert, err error) {
	deferred, err := p.Store.DeferredImport()
	if changing := p.Store.Changing(); deferred != 0 {
		alerts = append(alerts, templates.Alert{Text: sayNotYetByName, Link: templates.Link{Text: sayProgress, URL: importURL(deferred)}})
	} else if changing != 0 {
		alerts = append(alerts, templates.Alert{Text: sayRegisterChanging, Link: templates.Link{Text: sayProgress, URL: importURL(changing)}})
	}
	if checking := p.jobs.find(func(j *job) bool { return j.state().phase == jobChecking }); checking != nil && v.RoleIs(reissue.RoleAdmin) {
		alerts = append(alerts, templates.Alert{Text: sayFileChecking(checking.name), Link: templates.Link{Text: sayProgress, URL: checkURL(checking)}})
	}
	return alerts, err
}

func certificateURL(id uint64) string { return fmt.Sprintf("/office/certificates/%d", id) }

// certificateRow is a certificate in a list, its holder's number masked.
func certificateRow(c *reissue.Certificate) templates.CertificateRow {
	row := templates.CertificateRow{ID: visit.Number(c.ID), URL: certificateURL(c.ID), Name: c.Name, IDNumber: c.Person.Number.String(), BirthYear: birthYear(c),
		Exam: certificateExam(c), Number: c.Number, Kind: c.Level, City: c.City, State: lineState(c)}
	if c.Specialty != "" {
		row.Kind = visit.Join(row.Kind, c.Specialty)
	}
	return row
}

func birthYear(c *reissue.Certificate) string {
	for _, month := range []string{c.BirthMonth, c.Person.BirthMonth()} {
		if len(month) >= 4 {
			return month[:4]
		}
	}
	return ""
}

func certificateExam(c *reissue.Certificate) string {
	exam := reissue.Exam{Year: c.ExamYear, Name: c.ExamName}
	return exam.Title()
}

// postSearchCertificates finds the certificates of an ID number: the answer
// leads to an address with an opaque id.
func (p *Pages) postSearchCertificates(v *visit.Visit) error {
	typed, err := p.typedNumber(v)
	if err != nil {
		return err
	}
	return v.Redirect(p.searchURL(v, "/office/certificates", typed))
}

// postCollected marks the chosen lines of the list.
func (p *Pages) postCollected(v *visit.Visit) error {
	var chosen []uint64
	for _, text := range v.Posted["certificate"] {
		id, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			return reissue.ErrNotFound
		}
		chosen = append(chosen, id)
	}
	if len(chosen) == 0 {
		return reissue.Problems{{Message: sayNoneChosen}}
	}
	if err := p.markCollected(v, chosen); err != nil {
		return err
	}
	query := v.R.URL.Query()
	return v.Redirect("/office/certificates?" + registerQuery(query, query.Get("page")))
}

// postCertificateCollected marks one certificate from its page.
func (p *Pages) postCertificateCollected(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if err := p.markCollected(v, []uint64{id}); err != nil {
		return err
	}
	return v.Redirect(certificateURL(id))
}

func (p *Pages) markCollected(v *visit.Visit, chosen []uint64) error {
	state := reissue.BlankCollected(v.Value("collected"))
	if !slices.Contains([]reissue.BlankCollected{reissue.Collected, reissue.NotCollected}, state) {
		return reissue.Problems{{Message: sayChooseState}}
	}
	if _, err := p.Store.MarkCollected(v.Staff, chosen, state == reissue.Collected); err != nil {
		return err
	}
	v.Flash(map[reissue.BlankCollected]string{reissue.Collected: flashCollected, reissue.NotCollected: flashNotCollected}[state])
	return nil
}
