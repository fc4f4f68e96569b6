package office

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

const reportPage = "/office/report"

// reportBars and reportMonths are how many bars the charts of a report have at most; the
// tables have all.
const (
	reportBars   = 8
	reportMonths = 12
)

// reportDays are the days that the address asks for: without any this month until
// today, with one of them until today, or from the beginning of its month.
func (p *Pages) reportDays(query url.Values) (days store.Days, problems reissue.Problems) {
	days = readDays(query, "from", "to", &problems)
	if len(problems) > 0 {
		return days, problems
	}
	today := reissue.Today(p.Store.Now())
	if days.To == "" {
		days.To = today
	}
	if days.From == "" {
		days.From = days.To[:6] + "01"
	}
	if days.From > days.To {
		problems.Add("from", sayReportAhead)
	}
	return days, problems
}

// showReport is what was done on some days, in tables with charts beside them.
func (p *Pages) showReport(v *visit.Visit) error {
	query := v.R.URL.Query()
	days, problems := p.reportDays(query)
	data := templates.OfficeReport{Page: v.Page(), Presets: p.reportPresets()}
	if len(problems) > 0 {
		v.Status, v.Problems = http.StatusUnprocessableEntity, problems
		data.Page = v.Page()
		data.Form.Fill(map[string]string{"from": query.Get("from"), "to": query.Get("to")})
		return v.Render(data)
	}
	v.MayTakeLong()
	report, err := p.Store.Report(v.R.Context(), v.Staff, days)
	if err != nil {
		return err
	}
	settings, now := p.Store.Settings(), reissue.At(p.Store.Now())
	desk, err := p.Store.Desk(v.Staff)
	if err != nil {
		return err
	}
	data.Form.Fill(map[string]string{"from": dashed(days.From), "to": dashed(days.To)})
	data.Period, data.ExportURL = sayReportPeriod(days, now), reportURL(reportPage+".xlsx", days)
	if v.Staff.Limited() {
		data.Scope = sayArchiveOf(v.Staff.Cities)
	}
	data.Lacks, data.Meanings = sayReportLacks(report, v.Staff), reportMeanings(settings)
	for count, word := range reportCounts {
		data.Figures = append(data.Figures, templates.Pair{Label: word, Value: strconv.Itoa(report.Total.Count(reissue.Counted(count)))})
	}
	if data.Parts, err = p.reportParts(v, report); err != nil {
		return err
	}
	data.Late = lateAlerts(desk, settings, now)
	return v.Render(data)
}

// reportParts are the tables that have something in them.
func (p *Pages) reportParts(v *visit.Visit, report *store.Report) (parts []templates.ReportPart, err error) {
	groups, err := p.reportGroups(v, report)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		part := templates.ReportPart{ID: g.id, Title: g.title, ChartOf: g.chart, Standing: g.standing, Columns: append([]string{g.head}, g.figures(reportHeads)...)}
		for i, row := range g.rows {
			part.Rows = append(part.Rows, append([]string{g.names[i]}, g.figures(reportCells(row))...))
			part.Bars = append(part.Bars, templates.Bar{Label: g.bars[i], N: g.bar(row)})
		}
		if g.sum {
			part.Sum = append([]string{saySum}, reportCells(report.Total)...)
		}
		part.Bars = barsOf(part.Bars, part.Standing)
		parts = append(parts, part)
	}
	parts = append(parts, reportStages(report.Total), reportReasons(report.Reasons))
	return slices.DeleteFunc(parts, func(part templates.ReportPart) bool { return len(part.Rows) == 0 }), nil
}

// barsOf are the bars that a chart has room for: of what passes by the last ones, else
// the longest; none where all are nothing.
func barsOf(bars []templates.Bar, standing bool) []templates.Bar {
	if !standing {
		bars = slices.DeleteFunc(bars, func(b templates.Bar) bool { return b.N == 0 })
		slices.SortStableFunc(bars, func(a, b templates.Bar) int { return cmp.Compare(b.N, a.N) })
		return bars[:min(len(bars), reportBars)]
	}
	if !slices.ContainsFunc(bars, func(b templates.Bar) bool { return b.N > 0 }) {
		return nil
	}
	return bars[max(len(bars)-reportMonths, 0):]
}

// reportGroup is one way to divide what was done: a table's rows with their names.
type reportGroup struct {
	id, title, head, chart string
	standing, sum          bool
	rows                   []*reissue.ReportRow
	names, bars            []string
	bar                    func(*reissue.ReportRow) int
	staff                  bool // who receive nothing, and make no certificates
}

// figures are those of the page that a group has.
func (g *reportGroup) figures(all []string) []string {
	if g.staff {
		return slices.Concat(all[1:5], all[7:])
	}
	return all
}

// reportGroups are the ways to divide a report; by staff it is for those who see to them.
func (p *Pages) reportGroups(v *visit.Visit, report *store.Report) (groups []reportGroup, err error) {
	received := func(row *reissue.ReportRow) int { return row.Count(reissue.CountReceived) }
	exams := reportGroup{id: "exams", title: sayByExam, head: sayExamColumn, chart: sayReceivedChart, sum: true, rows: report.Exams(), bar: received}
	for _, row := range exams.rows {
		exam := reissue.Exam{Year: row.Year, Name: row.Name}
		exams.names, exams.bars = append(exams.names, exam.Title()), append(exams.bars, strconv.Itoa(row.Year)+" "+row.Name)
	}
	cities := reportGroup{id: "cities", title: sayByCity, head: sayCityColumn, chart: sayReceivedChart, sum: true, rows: report.Cities(), bar: received}
	known, err := p.Store.Cities()
	if err != nil {
		return nil, err
	}
	for _, row := range cities.rows {
		cities.names = append(cities.names, reportCity(row, known))
	}
	cities.bars = cities.names
	months := reportGroup{id: "months", title: sayByMonth, head: sayMonthColumn, chart: sayReceivedChart, standing: true, sum: true, rows: report.Months(), bar: received}
	for _, row := range months.rows {
		at, _ := time.Parse("200601", row.Name)
		months.names, months.bars = append(months.names, reissue.ShowMonth(row.Name)), append(months.bars, at.Format("06/1"))
	}
	groups = []reportGroup{exams, cities, months}
	if !v.RoleIs(reissue.RoleAdmin, reissue.RoleAuditor) {
		return groups, nil
	}
	names, err := p.staffNames()
	if err != nil {
		return nil, err
	}
	staff := reportGroup{id: "staff", title: sayByStaff, head: sayStaffColumn, chart: sayDecidedChart, rows: report.Staff(), bar: (*reissue.ReportRow).Decided, staff: true}
	for _, row := range staff.rows {
		staff.names = append(staff.names, names[row.Staff])
	}
	staff.bars = staff.names
	return append(groups, staff), nil
}

// reportCity is a city as the office writes it.
func reportCity(row *reissue.ReportRow, known []string) string {
	name, ok := reissue.FindCity(known, row.Name)
	if !ok {
		name = cmp.Or(row.Name, sayNoCity)
	}
	return name
}

// reportCells are the figures of a row of the page, as reportHeads names them.
func reportCells(row *reissue.ReportRow) (cells []string) {
	review := row.Spread(reissue.StageReview)
	cells = []string{strconv.Itoa(row.Count(reissue.CountReceived)), strconv.Itoa(row.Decided())}
	for count := reissue.CountApproved; int(count) < len(reportCounts); count++ {
		cells = append(cells, strconv.Itoa(row.Count(count)))
	}
	return append(cells, sayMedianOf(review.Median, review.N), sayMedianOf(review.Ninety, review.N), strconv.Itoa(review.Late))
}

// reportStages is the table of how long each stage took.
func reportStages(row *reissue.ReportRow) templates.ReportPart {
	part := templates.ReportPart{ID: "stages", Title: sayStagesTitle, Columns: reportStageHeads, ChartOf: sayMedianChart}
	for _, stage := range reissue.Stages {
		s := row.Spread(stage)
		if s.N == 0 {
			continue
		}
		late := sayAnyTime
		if s.Limit > 0 {
			late = strconv.Itoa(s.Late)
		}
		part.Rows = append(part.Rows, []string{stageWords[stage], strconv.Itoa(s.N), strconv.Itoa(s.Median), strconv.Itoa(s.Ninety), strconv.Itoa(s.Longest), late})
		part.Bars = append(part.Bars, templates.Bar{Label: stageWords[stage], N: s.Median})
	}
	return part
}

// reportReasons is the table of why applications were returned, the usual reasons first.
func reportReasons(reasons map[string]int) templates.ReportPart {
	part := templates.ReportPart{ID: "reasons", Title: sayReasonsTitle, Columns: []string{sayReasonColumn, sayTimesColumn}, ChartOf: sayTimesColumn}
	for _, label := range slices.SortedFunc(maps.Keys(reasons), func(a, b string) int { return cmp.Or(cmp.Compare(reasons[b], reasons[a]), cmp.Compare(a, b)) }) {
		part.Rows = append(part.Rows, []string{label, strconv.Itoa(reasons[label])})
		part.Bars = append(part.Bars, templates.Bar{Label: label, N: reasons[label]})
	}
	part.Bars = barsOf(part.Bars, false)
	return part
}

func reportURL(page string, days store.Days) string {
	return address(page, url.Values{"from": {dashed(days.From)}, "to": {dashed(days.To)}})
}

// dashed is a date, YYYYMMDD, as the addresses of reports have it.
func dashed(date string) string { return date[:4] + "-" + date[4:6] + "-" + date[6:] }

// reportPresets are the periods that offices report on.
func (p *Pages) reportPresets() (list []templates.Link) {
	now := reissue.At(p.Store.Now()).Time()
	day := func(year int, month time.Month, day int) string {
		return reissue.Today(time.Date(year, month, day, 12, 0, 0, 0, now.Location()))
	}
	add := func(text, from, to string) {
		list = append(list, templates.Link{Text: text, URL: reportURL(reportPage, store.Days{From: from, To: to})})
	}
	year, month := now.Year(), now.Month()
	today := reissue.Today(now)
	add(sayThisMonth, day(year, month, 1), today)
	add(sayLastMonth, day(year, month-1, 1), day(year, month, 0))
	add(sayThisYear, day(year, 1, 1), today)
	add(sayLastYear, day(year-1, 1, 1), day(year-1, 12, 31))
	return list
}
