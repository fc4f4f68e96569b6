package about

import (
	"slices"
	"strings"
)

// History is what the versions have changed.
type History struct {
	Running  string    // the version that runs
	Versions []Version // the newest first
}

// Version is what one of them means for an office.
type Version struct {
	Name    string // such as v1.0.0
	Changes []Change
}

// Change is a line: what it is about, and a sentence.
type Change struct{ Topic, Text string }

// HistoryOf reads CHANGELOG.md, in which a version is a heading of the second rank that
// begins with its name, and a change is an item "- **topic**：text".
func HistoryOf(running, changelog string) History {
	h := History{Running: running}
	for line := range strings.Lines(changelog) {
		line = strings.TrimSpace(line)
		if heading, is := strings.CutPrefix(line, "## "); is {
			name, _, _ := strings.Cut(strings.ReplaceAll(heading, "（", " "), " ")
			h.Versions = append(h.Versions, Version{Name: name})
			continue
		}
		topic, text, is := strings.Cut(strings.TrimPrefix(line, "- **"), "**：")
		if is && len(h.Versions) > 0 {
			last := &h.Versions[len(h.Versions)-1]
			last.Changes = append(last.Changes, Change{topic, text})
		}
	}
	return h
}

// Knows tells whether the version that runs is in the history. A build of no release is
// not.
func (h History) Knows() bool { return h.at(h.Running) >= 0 }

// Since are the versions after one, up to the one that runs: of one that the history
// does not know, the one that runs alone.
func (h History) Since(version string) []Version {
	from, to := h.at(h.Running), h.at(version)
	if from < 0 || version == h.Running {
		return nil
	}
	if to < 0 {
		to = from + 1
	}
	return h.Versions[from:max(from, to)]
}

func (h History) at(name string) int {
	return slices.IndexFunc(h.Versions, func(v Version) bool { return v.Name == name })
}
