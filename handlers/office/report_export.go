package office

import (
	"maps"
	"slices"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// exportReport sends a report as one table that can be filtered: what each line is about
// stands in its first columns.
func (p *Pages) exportReport(v *visit.Visit) error {
	days, problems := p.reportDays(v.R.URL.Query())
	if len(problems) > 0 {
		return &visit.Elsewhere{URL: address(reportPage, v.R.URL.Query())}
	}
	report, err := p.Store.Report(v.R.Context(), v.Staff, days)
	if err != nil {
		return err
	}
	groups, err := p.reportGroups(v, report)
	if err != nil {
		return err
	}
	return sendTable(v, workbook, sayReport+"-"+days.From+"-"+days.To, sayReport, func(table sheet.Writer) error {
		count, err := writeReport(table, report, groups)
		if err != nil {
			return err
		}
		return p.Store.Exported(v.Staff.Actor(), "report", reportChosen(days, v.Staff), count)
	}, reportKinds)
}

// writeReport writes a report's lines and closes the table.
func writeReport(table sheet.Writer, report *store.Report, groups []reportGroup) (lines int, err error) {
	write := func(cells ...string) {
		if err == nil {
			err = table.WriteRow(cells)
			lines++
		}
	}
	err = table.WriteRow(reportColumns)
	write(append([]string{saySum, "", ""}, reportFigures(report.Total)...)...)
	for _, g := range groups {
		for i, row := range g.rows {
			year, name := "", g.names[i]
			if row.Year != 0 {
				year, name = strconv.Itoa(row.Year), row.Name
			}
			write(append([]string{g.head, year, name}, reportFigures(row)...)...)
		}
	}
	for _, label := range slices.Sorted(maps.Keys(report.Reasons)) {
		cells := make([]string, len(reportColumns))
		cells[0], cells[2] = sayReasonColumn, label
		cells[slices.Index(reportColumns, reportCounts[reissue.CountReturned])] = strconv.Itoa(report.Reasons[label])
		write(cells...)
	}
	if closed := table.Close(); err == nil {
		err = closed
	}
	return lines, err
}

// reportFigures are all figures of a row, as reportColumns names them behind the first.
func reportFigures(row *reissue.ReportRow) (cells []string) {
	for count := range reportCounts {
		cells = append(cells, strconv.Itoa(row.Count(reissue.Counted(count))))
	}
	for _, stage := range reissue.Stages {
		s := row.Spread(stage)
		cells = append(cells, strconv.Itoa(s.N))
		for _, days := range []int{s.Median, s.Ninety, s.Longest} {
			if s.N == 0 {
				cells = append(cells, "")
			} else {
				cells = append(cells, strconv.Itoa(days))
			}
		}
		cells = append(cells, strconv.Itoa(s.Late))
	}
	return cells
}
