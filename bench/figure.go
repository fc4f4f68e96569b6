package main

import (
	"fmt"
	"slices"
)

// turns are what two sides have come to, pair by pair, in one unit.
type turns struct{ ours, theirs []float64 }

// add notes a pair.
func (t *turns) add(ours, theirs float64) {
	t.ours, t.theirs = append(t.ours, ours), append(t.theirs, theirs)
}

// figure is one line of the table.
type figure struct {
	what   string // ours / theirs
	unit   string
	turns       // of both sides
	times  bool // the ratio is theirs / ours: how many times as fast we are
	goal   float64
	atMost bool // the goal is an upper bound
	// usual is the ratio of a quick run on a machine that does nothing else; 0: too
	// noisy to tell a loss by.
	usual float64
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// ratios are those of all pairs, the least first.
func (f figure) ratios() (list []float64) {
	for i := range f.ours {
		ratio := f.ours[i] / f.theirs[i]
		if f.times {
			ratio = 1 / ratio
		}
		list = append(list, ratio)
	}
	slices.Sort(list)
	return list
}

// Of a goal, and of what is usual in a quick run, as much must be reached. A quick run
// is to see a loss of half, and no noise.
const (
	ofGoal  = 0.7
	ofUsual = 0.65
)

// reached is how much of the goal, or of what is usual, the median comes to.
func (f figure) reached(quick bool) float64 {
	bound := f.goal
	if quick {
		bound = f.usual
	}
	if f.atMost {
		return bound / median(f.ratios())
	}
	return median(f.ratios()) / bound
}

func (f figure) far(quick bool) bool {
	if quick {
		return f.usual > 0 && f.reached(quick) < ofUsual
	}
	return f.reached(quick) < ofGoal
}

func (f figure) verdict(quick bool) string {
	switch {
	case f.far(quick):
		return "missed"
	case quick:
		return "as usual"
	case f.reached(quick) >= 1:
		return "reached"
	}
	return "near"
}

func printHead() {
	fmt.Printf("%-54s %9s %9s %-4s %7s %15s %8s\n", "figure", "product", "other", "", "ratio", "range", "goal")
}

// print writes the figure's line: the medians of both sides, the median and the
// range of the ratios, and what they should be.
func (f figure) print(quick bool) {
	sign, goal := "≥", f.goal
	if f.atMost {
		sign = "≤"
	}
	if quick {
		goal = f.usual
	}
	ratios := f.ratios()
	fmt.Printf("%-54s %9.4g %9.4g %-4s %7.2f %7.2f–%7.2f %s %6.2f %s\n", f.what, median(f.ours), median(f.theirs), f.unit,
		median(ratios), ratios[0], ratios[len(ratios)-1], sign, goal, f.verdict(quick))
}
