package templates

import "strings"

// Told is a problem as the summary tells it: what leads to its field, and what follows.
type Told struct {
	Lead string
	Rest []Link // parts of the text; those without an address are plain
}

// newTold is the template function told. Links do not stand in one another: the first
// sentence leads to the field, and the ways of the others lead elsewhere.
func newTold(message string) Told {
	first, rest, _ := strings.Cut(message, stop)
	if parts := ways(rest); len(parts) > 1 {
		return Told{first + stop, parts}
	}
	return Told{Lead: message}
}

// ways is the template function of that name: a text in parts, of which the words that
// name a page have its address.
func ways(text string) (parts []Link) {
	for {
		at, end := len(text), len(text)
		var url string
		for _, way := range wayWords {
			if found := strings.Index(text, way.phrase); found >= 0 && found < at {
				at = found + strings.Index(way.phrase, way.word)
				end, url = at+len(way.word), way.url
			}
		}
		if at > 0 {
			parts = append(parts, Link{Text: text[:at]})
		}
		if url == "" {
			return parts
		}
		parts = append(parts, Link{text[at:end], url})
		text = text[end:]
	}
}
