package templates

import "testing"

func TestCharts(t *testing.T) {
	for _, c := range []struct {
		why    string
		bars   []Bar
		widest int // of the bars that lie
		high   int // of the bars that stand
	}{
		{"no bar is no chart", nil, 0, 0},
		{"nothing happened", []Bar{{"1 月", 0}, {"2 月", 0}}, 0, 0},
		{"the largest fills the room", []Bar{{"1 月", 3}, {"2 月", 12000}}, chartWidth - rowLabels - rowFigures, columnHeight},
	} {
		var widest, high int
		for _, s := range newRows("", c.bars).Shapes {
			widest = max(widest, s.W)
			if s.FigureX+9*len(s.Figure) > chartWidth {
				t.Errorf("%s: the figure %s leaves the picture", c.why, s.Figure)
			}
		}
		for _, s := range newColumns("", c.bars).Shapes {
			high = max(high, s.H)
			if s.FigureY < 12 {
				t.Errorf("%s: the figure %s leaves the picture", c.why, s.Figure)
			}
		}
		if widest != c.widest || high != c.high {
			t.Errorf("%s: %d wide and %d high, want %d and %d", c.why, widest, high, c.widest, c.high)
		}
	}
	for n := range 20 { // few or many: in their part of the room, in its middle
		for i, s := range newColumns("", make([]Bar, n+1)).Shapes {
			if s.W > columnMost || s.X < i*chartWidth/(n+1) || 2*s.X+s.W-2*s.LabelX > 1 || 2*s.LabelX-2*s.X-s.W > 1 {
				t.Errorf("column %d of %d: %+v", i, n+1, s)
			}
		}
	}
	if got := shorten("证书管理号与档案记载的不相符"); got != "证书管理号与档案记载…" {
		t.Errorf("a long label is cut to %q", got)
	}
}
