package sheet

import (
	"errors"
	"math"

	"github.com/xuri/excelize/v2"
)

// widths measures in the widths of a digit, which an ideograph has two of.
func widths(rows [][]string, columns []Kind) (list []float64) {
	const least, most, button = 8, 48, 3
	for n, cells := range rows {
		for i, cell := range cells {
			if i == len(list) {
				list = append(list, least)
			}
			width := 2.0
			switch kind := kindAt(columns, i); {
			case n == 0:
				width += button + textWidth(cell)
			case kind == Date || kind == Time:
				width += math.Max(textWidth(cell), float64(len(*formatsOf[kind].CustomNumFmt)))
			default:
				width += textWidth(cell)
			}
			list[i] = math.Min(most, math.Max(list[i], width))
		}
	}
	return list
}

func textWidth(text string) (width float64) {
	for _, r := range text {
		if width++; r >= 0x1100 {
			width++
		}
	}
	return width
}

// layOut says how the sheet lies on paper.
func (x *xlsxWriter) layOut() error {
	const edge = 0.4
	return errors.Join(
		x.book.SetSheetProps(x.name, &excelize.SheetPropsOptions{FitToPage: new(true)}),
		x.book.SetPageMargins(x.name, &excelize.PageLayoutMarginsOptions{Left: new(edge), Right: new(edge), Top: new(edge), Footer: new(edge)}),
		x.book.SetHeaderFooter(x.name, &excelize.HeaderFooterOptions{OddFooter: "&C&P / &N"}),
		x.book.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + x.name + "'!$1:$1", Scope: x.name}))
}

// paper picks a sheet on which a table as wide as this, one page wide, can be read: A4
// takes half as much again as it does at its full size.
func (x *xlsxWriter) paper(widths []float64) error {
	const a3, a4, most = 8, 9, 300
	size, total := a4, 0.0
	for _, width := range widths {
		total += width
	}
	if total > most {
		size = a3
	}
	return x.book.SetPageLayout(x.name, &excelize.PageLayoutOptions{Size: new(size), Orientation: new("landscape"), FitToWidth: new(1), FitToHeight: new(0)})
}

// filter offers the table's columns to be filtered by, once it is known how long it is.
func (x *xlsxWriter) filter() error {
	if len(x.columns) == 0 {
		return nil
	}
	corner, err := excelize.CoordinatesToCellName(len(x.columns), max(x.row, 1))
	if err != nil {
		return err
	}
	return x.book.AutoFilter(x.name, "A1:"+corner, nil)
}
