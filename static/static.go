// Package static serves the stylesheets, the scripts, the icon and the pictures of the pages from the executable itself.
// The cropper is cropperjs 1.6.3 as npm has it, under the MIT licence, which every copy carries along;
// the test holds it to the bytes that were looked at. TestBrowserHelp takes the pictures of the help page.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"regexp"
	"strings"
	"sync"
)

// Prefix is where Handler belongs in the address space.
const Prefix = "/static/"

// The files are named one by one, so that nothing is published by lying in the directory.
//
//go:embed app.css paper.css app.js office.js keys.js photo.js camera.js icon.svg
//go:embed help-signin.png help-register.png help-certificates.png help-fill.png help-submitted.png help-status.png help-returned.png help-profile.png
//go:embed cropper.min.js cropper.min.css cropper.license.txt
var files embed.FS

// types are the media types by ending. The table is ours, because mime.TypeByExtension asks the
// operating system, and a Windows registry may call a script text/plain, which nosniff then blocks.
var types = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".txt": "text/plain; charset=utf-8",
}

type asset struct {
	body []byte
	kind string // media type
	hash string // of the body, in its address
}

// assets by their plain name. They take a while, which the processes that check files and the commands need not.
var assets = sync.OnceValue(load)

func load() map[string]asset {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the embedded directory is part of the executable
	}
	loaded := make(map[string]asset, len(entries))
	add := func(name string, body []byte) {
		sum := sha256.Sum256(body)
		loaded[name] = asset{body, types[path.Ext(name)], hex.EncodeToString(sum[:6])}
	}
	for _, e := range entries {
		if _, made := styles[e.Name()]; !made {
			add(e.Name(), lean(e.Name(), source(e.Name())))
		}
	}
	colours, bare := paletteOf(string(source("app.css"))), map[string]string{}
	for _, name := range []string{"app.css", "paper.css"} {
		bare[name] = scope.ReplaceAllString(string(source(name)), "")
	}
	for name, style := range styles {
		sheet, err := resolve(bare[style.source], colours.values(style.scopes))
		if err != nil {
			panic(err)
		}
		if style.large {
			sheet = enlarge(sheet)
		}
		add(name, []byte(sheet))
	}
	return loaded
}

// beside are the lines of a script that are for who reads it here, and the room before the others.
var beside = regexp.MustCompile(`(?m)^[ \t]*//.*\n|^[ \t]+|^\n`)

// lean is a file without what a slow line need not bring; the cropper is as it was published.
func lean(name string, body []byte) []byte {
	if path.Ext(name) != ".js" || strings.HasPrefix(name, "cropper.") {
		return body
	}
	return beside.ReplaceAll(body, nil)
}

// source is a file as it lies in the directory.
func source(name string) []byte {
	body, err := files.ReadFile(name)
	if err != nil {
		panic(err) // the embedded directory is part of the executable
	}
	return body
}

// Path gives the address of the file name, with the hash of its content in it, such as
// /static/app.6f1c0b2a9d3e.css: a new release is a new address, so browsers may keep the old one for
// ever. An unknown name keeps its plain address, where Handler answers 404.
func Path(name string) string {
	a, ok := assets()[name]
	if !ok {
		return Prefix + name
	}
	ending := path.Ext(name)
	return Prefix + strings.TrimSuffix(name, ending) + "." + a.hash + ending
}

// Text is the content of the file name, for what lies where no address leads; "" for an unknown one.
func Text(name string) string { return string(assets()[name].body) }

// Handler serves the addresses that Path gives, to be read, and only those; unknown answers the rest. An
// outdated hash is unknown, never the new content under a name that caches keep. There are no directory
// listings.
func Handler(unknown http.Handler) http.Handler {
	byPath := make(map[string]asset, len(assets()))
	for name, a := range assets() {
		byPath[Path(name)] = a
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := byPath[r.URL.Path]
		if !ok || r.Method != http.MethodGet && r.Method != http.MethodHead {
			unknown.ServeHTTP(w, r)
			return
		}
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Type", a.kind)
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		// Most requests end here without a write: the connection's own error is all there is to report.
		_, _ = w.Write(a.body)
	})
}
