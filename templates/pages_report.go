package templates

// OfficeReport is the data of office/report.html, whose GET form has the fields from and to.
type OfficeReport struct {
	Page
	Period    string // in words
	Presets   []Link // usual periods
	ExportURL string // of the same as a workbook; empty where the days are wrong
	Scope     string // of somebody whose cities are limited
	Lacks     []string
	Figures   []Pair       // of all
	Parts     []ReportPart // those with something in them
	Late      []Alert      // what does not go on now
	Meanings  []Pair
}

// ReportPart is a table of a report with its chart. The first column is of texts, the others are of
// figures; Sum is its last row, nil where adding makes no sense.
type ReportPart struct {
	ID, Title string
	Columns   []string
	Rows      [][]string
	Sum       []string
	ChartOf   string // what its bars count
	Bars      []Bar
	Standing  bool // bars, for time that passes
}
