package office

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// auditRows is the length of a page of the log.
const auditRows = 50

// auditFields are the filters of the log, as they stand in the address.
var auditFields = []string{"who", "act", "object", "id", "from", "to"}

// showAudit is the log: a reviewer's own acts, everything for an administrator
// or an auditor.
func (p *Pages) showAudit(v *visit.Visit) error {
	query := v.R.URL.Query()
	data := templates.OfficeAudit{Page: v.Page(), Own: !v.RoleIs(reissue.RoleAdmin, reissue.RoleAuditor), Verify: v.RoleIs(reissue.RoleAuditor)}
	for _, name := range auditFields {
		data.Form.Values.Set(name, query.Get(name))
		data.Filtered = data.Filtered || query.Get(name) != ""
	}
	names, err := p.staffNames()
	if err != nil {
		return err
	}
	auditChoices(&data, names)
	filter, problems := auditFilter(v.Staff, data.Own, query)
	if len(problems) > 0 {
		v.Status = http.StatusUnprocessableEntity
		for _, problem := range problems {
			data.Form.Problems = append(data.Form.Problems, templates.Problem{Field: problem.Field, Message: problem.Message})
		}
		return v.Render(data)
	}
	page, err := p.Store.AuditRows(filter, query.Get("page"), auditRows)
	if err != nil {
		return err
	}
	for _, row := range page.Rows {
		data.Rows = append(data.Rows, auditRow(v, row, names))
	}
	data.Continue = page.More
	if query.Get("page") != "" {
		data.FirstURL = auditURL("/office/audit", query, "")
	}
	if page.Next != "" {
		data.NextURL = auditURL("/office/audit", query, page.Next)
	}
	if data.Verify {
		data.XLSX, data.CSV = auditURL("/office/audit.xlsx", query, ""), auditURL("/office/audit.csv", query, "")
	}
	return v.Render(data)
}

func auditURL(path string, query url.Values, cursor string) string {
	next := url.Values{}
	for _, name := range auditFields {
		if value := query.Get(name); value != "" {
			next.Set(name, value)
		}
	}
	if cursor != "" {
		next.Set("page", cursor)
	}
	if len(next) == 0 {
		return path
	}
	return path + "?" + next.Encode()
}

// auditFilter reads the address. own limits it to what the reader did.
func auditFilter(reader *reissue.Staff, own bool, query url.Values) (filter store.AuditFilter, problems reissue.Problems) {
	filter.Act, filter.Object = query.Get("act"), query.Get("object")
	if object, act, ok := strings.Cut(filter.Act, "."); ok && (filter.Object == "" || filter.Object == object) {
		filter.Object, filter.Act = object, act
	}
	kind, by, _ := strings.Cut(query.Get("who"), "-")
	filter.Kind = kind
	number := func(field, text string) (n uint64) {
		if text = reissue.HalfWidth(reissue.Clean(text)); text == "" {
			return 0
		}
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			problems.Add(field, sayBadNumber)
		}
		return n
	}
	day := func(field string, days int) reissue.Moment {
		text := query.Get(field)
		if text == "" {
			return 0
		}
		date, err := reissue.ParseDate(text)
		if err != nil {
			problems.Add(field, sayBadDate)
			return 0
		}
		return reissue.StartOf(date, days)
	}
	filter.By, filter.ObjectID = number("who", by), number("id", query.Get("id"))
	filter.From, filter.To = day("from", 0), day("to", 1)
	if filter.To != 0 && filter.From >= filter.To {
		problems.Add("to", sayDaysTurned)
	}
	if own {
		filter.Kind, filter.By = reader.Actor().Kind(), reader.ID
	}
	return filter, problems
}

// auditChoices are the options of the filter. An act is offered under what it is
// done to.
func auditChoices(data *templates.OfficeAudit, names map[uint64]string) {
	option := func(field, value, text string) templates.Choice {
		return templates.Choice{Value: value, Text: text, Chosen: data.Form.Values.Get(field) == value}
	}
	for _, kind := range []string{"candidate", "system"} {
		data.Who = append(data.Who, option("who", kind, visit.ActorWords[kind]))
	}
	for id, name := range names {
		data.Who = append(data.Who, option("who", fmt.Sprintf("staff-%d", id), name))
	}
	byText := func(a, b templates.Choice) int {
		return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Value, b.Value))
	}
	slices.SortFunc(data.Who[2:], byText)
	for object, word := range objectWords {
		data.Objects = append(data.Objects, option("object", object, word))
	}
	slices.SortFunc(data.Objects, byText)
	for _, object := range data.Objects {
		group := templates.ChoiceGroup{Title: object.Text}
		for act, word := range visit.LogActs[object.Value] {
			group.Choices = append(group.Choices, option("act", object.Value+"."+act, word))
		}
		slices.SortFunc(group.Choices, byText)
		data.Acts = append(data.Acts, group)
	}
}

// auditRow is a row for people, with a link to what it is about where the reader
// may open it.
func auditRow(v *visit.Visit, row *store.Audit, names map[uint64]string) templates.AuditRow {
	shown := templates.AuditRow{Number: row.ID, When: row.At.String(), Who: auditWho(row, names), What: visit.AuditWhat(row), Note: auditNote(row),
		Object: cmp.Or(objectWords[row.Object], row.Object)}
	if row.ObjectID != 0 {
		shown.Object += " " + visit.Number(row.ObjectID)
	}
	if place, ok := objectPlaces[row.Object]; ok && v.RoleIs(place.roles...) {
		switch {
		case !place.each:
			shown.URL = place.path
		case row.ObjectID != 0:
			shown.URL = place.path + "/" + visit.Number(row.ObjectID)
		}
	}
	return shown
}

// objectPlaces are the pages of what rows are about, and who may open them. each
// has a page for every record.
var objectPlaces = map[string]struct {
	path  string
	each  bool
	roles []reissue.Role
}{
	"application":  {"/office/applications", true, reissue.StaffRoles},
	"applications": {"/office/applications", false, reissue.StaffRoles},
	"account":      {"/office/accounts", true, counter.Roles},
	"staff":        {"/office/staff", true, admins.Roles},
	"settings":     {"/office/settings", false, admins.Roles},
	"city":         {"/office/settings/cities", false, admins.Roles},
	"mail":         {"/office/mail", false, admins.Roles},
	"backup":       {"/office/backup", false, admins.Roles},
	"batch":        {"/office/batches", true, reissue.StaffRoles},
	"exam":         {"/office/exams", true, examiners.Roles},
	"certificate":  {"/office/certificates", true, reissue.StaffRoles},
	"certificates": {"/office/certificates/imports", true, reissue.StaffRoles},
}
