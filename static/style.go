package static

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// style is a stylesheet as it is served: made from a source once, at the start.
type style struct {
	source string
	scopes []string // of app.css, whose custom properties are put in their places, the later ones before the earlier
	large  bool
}

// styles by the name under which they are served.
var styles = map[string]style{
	"app.css":         {"app.css", []string{":root"}, false},
	"app-large.css":   {"app.css", []string{":root"}, true},
	"app-office.css":  {"app.css", []string{":root", ".office"}, false},
	"paper.css":       {"paper.css", []string{":root"}, false},
	"paper-large.css": {"paper.css", []string{":root"}, true},
}

var (
	scope = regexp.MustCompile(`(?m)^(\S+) \{(?:\s*--[a-z-]+: [^;{}]+;)+\s*\}\n`)
	set   = regexp.MustCompile(`--([a-z-]+): ([^;]+);`)
	used  = regexp.MustCompile(`var\(--[a-z-]+\)`)
)

// palette is what app.css sets: its custom properties, a scope each.
type palette [][]string

func paletteOf(sheet string) palette { return scope.FindAllStringSubmatch(sheet, -1) }

// values are those of scopes.
func (p palette) values(scopes []string) map[string]string {
	values := map[string]string{}
	for _, want := range scopes {
		for _, found := range p {
			if found[1] != want {
				continue
			}
			for _, property := range set.FindAllStringSubmatch(found[0], -1) {
				values[property[1]] = property[2]
			}
		}
	}
	return values
}

// resolve puts the values of custom properties into a sheet, since old kernels lack them.
func resolve(sheet string, values map[string]string) (string, error) {
	var err error
	resolved := used.ReplaceAllStringFunc(sheet, func(use string) string {
		name := strings.TrimSuffix(strings.TrimPrefix(use, "var(--"), ")")
		value, ok := values[name]
		if !ok {
			err = fmt.Errorf("no value of --%s", name)
		}
		return value
	})
	return resolved, err
}

// The large version is the same page enlarged, as a browser's zoom would: 22 px where text has 16, 18 where it
// is smaller. The widths at which the page changes grow along, so that it is the page of a smaller window.
// Hairlines stay.
const (
	enlargement = 22.0 / 16
	usualText   = 16
	smallText   = 18
	hairline    = 4
)

var (
	pixels = regexp.MustCompile(`-?[\d.]+px`)
	pieces = regexp.MustCompile(`[^{};]*[{};]`) // a selector or a condition, or a declaration
)

// enlarge makes the large version's stylesheet of the usual one, both without custom properties.
func enlarge(sheet string) string {
	return pieces.ReplaceAllStringFunc(sheet, func(piece string) string {
		if !strings.Contains(piece, "px") || strings.HasSuffix(piece, "{") && !strings.Contains(piece, "@media") {
			return piece
		}
		property, _, _ := strings.Cut(strings.TrimSpace(piece), ":")
		if strings.HasPrefix(property, "font") {
			return scale(piece, func(px float64) float64 {
				if px < usualText {
					return smallText
				}
				return px + usualText*(enlargement-1) // titles are large already
			})
		}
		return scale(piece, func(px float64) float64 {
			if math.Abs(px) <= hairline {
				return px
			}
			return px * enlargement
		})
	})
}

func scale(text string, by func(px float64) float64) string {
	return pixels.ReplaceAllStringFunc(text, func(length string) string {
		px, err := strconv.ParseFloat(strings.TrimSuffix(length, "px"), 64)
		if err != nil {
			return length
		}
		return strconv.FormatFloat(math.Round(by(px)), 'f', -1, 64) + "px"
	})
}
