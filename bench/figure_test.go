package main

import (
	"embed"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"certreissue/docs"
)

// TestVerdict: goals are kept from both sides, for rates and for times, and a quick run
// misses what has lost half of what is usual.
func TestVerdict(t *testing.T) {
	of := func(ours, theirs float64) turns { return turns{[]float64{ours, 0, 9000}, []float64{theirs, 1, 1}} }
	for _, tt := range []struct {
		figure
		quick bool
		want  string
	}{
		{figure{turns: of(10, 10), goal: 1}, false, "reached"},
		{figure{turns: of(8, 10), goal: 1}, false, "near"},
		{figure{turns: of(6, 10), goal: 1}, false, "missed"},
		{figure{turns: of(10, 10), goal: 1, atMost: true}, false, "reached"},
		{figure{turns: of(13, 10), goal: 1, atMost: true}, false, "near"},
		{figure{turns: of(15, 10), goal: 1, atMost: true}, false, "missed"},
		{figure{turns: of(10, 300), times: true, goal: 10}, false, "reached"}, // thirty times as fast
		{figure{turns: of(300, 10), times: true, goal: 10}, false, "missed"},
		{figure{turns: of(4, 10), goal: 1, usual: 0.4}, true, "as usual"},
		{figure{turns: of(2, 10), goal: 0.1, usual: 0.4}, true, "missed"},
		{figure{turns: of(60, 10), goal: 100, atMost: true, usual: 3}, true, "missed"},
		{figure{turns: of(30, 10), goal: 1, atMost: true, usual: 3}, true, "as usual"},
		{figure{turns: of(1, 1000), goal: 1}, true, "as usual"}, // nothing is usual
	} {
		if tt.times { // the outliers, which the median leaves out, the other way round
			tt.ours, tt.theirs = append(tt.ours[:1:1], 1, 1), append(tt.theirs[:1:1], 0.1, 9000)
		}
		if got := tt.verdict(tt.quick); got != tt.want {
			t.Errorf("%+v, quick %v: %s, want %s", tt.figure, tt.quick, got, tt.want)
		}
	}
}

//go:embed measure_*.go
var sources embed.FS

// TestDocument: the document tells of every figure that is taken, with its goal.
func TestDocument(t *testing.T) {
	names, err := sources.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	taken := map[string]string{}
	for _, source := range names {
		text, err := sources.ReadFile(source.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`\{what: "([^"]+)".* goal: ([\d.]+)(, atMost: true)?`).FindAllStringSubmatch(string(text), -1) {
			sign := "≥"
			if found[3] != "" {
				sign = "≤"
			}
			taken[found[1]] = sign + " " + found[2]
		}
		if got := strings.Count(string(text), "what:"); got != len(regexp.MustCompile(`\{what: "`).FindAllString(string(text), -1)) {
			t.Errorf("%s names figures in a way that this test does not see", source.Name())
		}
	}
	for _, row := range docs.Rows(t, "performance.md", "## Figures") {
		what, ratio, goal, verdict := row[0], row[3], row[5], row[6]
		if taken[what] != goal {
			t.Errorf("the goal of %q is %q in the document, %q in the program", what, goal, taken[what])
		}
		judged := func(ratio float64) string {
			f := figure{turns: turns{[]float64{ratio}, []float64{1}}, atMost: strings.HasPrefix(goal, "≤"), goal: number64(t, strings.TrimLeft(goal, "≥≤ "))}
			return f.verdict(false)
		}
		rounded := number64(t, ratio)
		if low, high := judged(rounded-0.005), judged(rounded+0.005); verdict != low && verdict != high {
			t.Errorf("%q is %s in the document, and by its number %s", what, verdict, judged(rounded))
		}
		delete(taken, what)
	}
	for what := range taken {
		t.Errorf("the document does not tell of %q", what)
	}
}

func number64(t *testing.T, text string) float64 {
	t.Helper()
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return number
}
