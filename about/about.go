// Package about is what the program says of itself: its version, what that was built
// from, whose work is in it, and its manual.
package about

import (
	_ "embed"
	"runtime/debug"
	"strings"
	"time"
)

// Notices are the notices of every module and vendored file in the program.
// `go run ./release -notices` writes them.
//
//go:embed notices.txt
var Notices string

// Manual is the operators' manual as a part of a page: headings of the second rank and
// below. `go run ./release -manual` writes it.
//
//go:embed manual.html
var Manual string

// Build is what a program was built from.
type Build struct {
	Version string    // such as v1.0.0; (devel) outside a release
	Commit  string    // of git, with +dirty where files were changed; empty where nothing tells
	Date    time.Time // of the commit, UTC; zero where nothing tells
}

// stamp has three lines: the version, the commit, its date. `git archive` fills them
// in, and so does a release.
//
//go:embed stamp.txt
var stamp string

// This is what the running program was built from: what the stamp says, else what the
// go command found in a checkout.
func This() Build {
	info, _ := debug.ReadBuildInfo()
	return builtFrom(stamp, info)
}

func builtFrom(stamp string, info *debug.BuildInfo) Build {
	b := stamped(stamp)
	if b == (Build{}) && info != nil {
		b = recorded(info)
	}
	if b.Version == "" {
		b.Version = "(devel)" // as the go command says
	}
	return b
}

// Source is what the stamp says of the source in a tarball.
func Source() Build { return stamped(stamp) }

func stamped(stamp string) Build {
	lines := append(strings.Split(stamp, "\n"), "", "", "")
	for i, line := range lines {
		if strings.HasPrefix(line, "$") { // nobody has filled it in
			lines[i] = ""
		}
	}
	return made(lines[0], lines[1], lines[2])
}

// recorded is what the go command found in a checkout.
func recorded(info *debug.BuildInfo) Build {
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	commit := set["vcs.revision"]
	if set["vcs.modified"] == "true" {
		commit += Dirty
	}
	return made(info.Main.Version, commit, set["vcs.time"])
}

// Stamp is the content of about/stamp.txt that says what this says.
func (b Build) Stamp() string {
	date := ""
	if !b.Date.IsZero() {
		date = b.Date.Format(time.RFC3339)
	}
	return b.Version + "\n" + b.Commit + "\n" + date + "\n"
}

// Dirty stands behind a commit whose files were changed.
const Dirty = "+dirty"

func made(version, commit, date string) Build {
	at, _ := time.Parse(time.RFC3339, date) // none is zero
	return Build{version, commit, at.UTC()}
}
