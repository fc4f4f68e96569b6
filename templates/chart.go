package templates

import (
	"strconv"
	"unicode/utf8"
)

// Bar is one bar of a chart: what it stands for and how much.
type Bar struct {
	Label string
	N     int
}

// Drawing is a chart as an SVG picture of so many units, with all its texts placed.
type Drawing struct {
	Width, Height int
	Title         string // what it shows, for who cannot see it
	Lying         bool   // labels end before the bars, figures begin behind them; else both are centred
	Shapes        []Shape
}

// Shape is a bar with its label and its figure; X and Y are its upper left corner.
type Shape struct {
	X, Y, W, H       int
	LabelX, LabelY   int
	FigureX, FigureY int
	Label, Figure    string
}

// The measures of charts, in units that are pixels where the chart has its full width.
const (
	chartWidth   = 480
	columnHeight = 150 // of the tallest column
	columnMost   = 60  // wide: few of them are no blocks
	columnHead   = 22  // above it, for its figure
	columnFoot   = 26  // under the ground line, for the labels
	rowHeight    = 26
	rowBar       = 16
	rowLabels    = 170 // left of the bars
	rowFigures   = 56  // right of the longest bar
	rowLabelMost = 11  // characters, that fit into rowLabels
)

// newColumns is the template function columns: bars that stand, for time that passes.
func newColumns(title string, bars []Bar) Drawing {
	d := Drawing{Width: chartWidth, Height: columnHead + columnHeight + columnFoot, Title: title}
	most := tallest(bars)
	for i, bar := range bars {
		left, right := i*chartWidth/len(bars), (i+1)*chartWidth/len(bars)
		s := Shape{W: min(max(right-left-10, 1), columnMost), H: bar.N * columnHeight / most, Label: bar.Label, Figure: strconv.Itoa(bar.N)}
		s.X = (left + right - s.W) / 2
		s.Y = columnHead + columnHeight - s.H
		s.LabelX, s.LabelY = (left+right)/2, d.Height-8
		s.FigureX, s.FigureY = s.LabelX, s.Y-6
		d.Shapes = append(d.Shapes, s)
	}
	return d
}

// newRows is the template function rows: bars that lie, for things with long names.
func newRows(title string, bars []Bar) Drawing {
	d := Drawing{Width: chartWidth, Height: len(bars) * rowHeight, Title: title, Lying: true}
	most := tallest(bars)
	for i, bar := range bars {
		s := Shape{X: rowLabels, Y: i*rowHeight + (rowHeight-rowBar)/2, H: rowBar, Label: shorten(bar.Label), Figure: strconv.Itoa(bar.N)}
		s.W = bar.N * (chartWidth - rowLabels - rowFigures) / most
		s.LabelX, s.LabelY = rowLabels-10, s.Y+13
		s.FigureX, s.FigureY = s.X+s.W+8, s.LabelY
		d.Shapes = append(d.Shapes, s)
	}
	return d
}

// tallest is the largest number, at least 1, since it divides.
func tallest(bars []Bar) int {
	most := 1
	for _, bar := range bars {
		most = max(most, bar.N)
	}
	return most
}

// shorten cuts a label that has no room; the table beside the chart has it in full.
func shorten(label string) string {
	if utf8.RuneCountInString(label) <= rowLabelMost {
		return label
	}
	return string([]rune(label)[:rowLabelMost-1]) + "…"
}
