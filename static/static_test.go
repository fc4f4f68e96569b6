package static

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHandler(t *testing.T) {
	h := Handler(http.NotFoundHandler())
	for _, c := range []struct {
		why, method, path string
		status            int
		kind              string
	}{
		{"stylesheet", "GET", Path("app.css"), 200, "text/css; charset=utf-8"},
		{"script", "GET", Path("app.js"), 200, "text/javascript; charset=utf-8"},
		{"icon", "HEAD", Path("icon.svg"), 200, "image/svg+xml"},
		{"plain name has no hash to keep", "GET", "/static/app.css", 404, ""},
		{"hash of an older release", "GET", "/static/app.000000000000.css", 404, ""},
		{"directory", "GET", "/static/", 404, ""},
		{"the source beside the files", "GET", "/static/static.go", 404, ""},
		{"way out of the directory", "GET", "/static/../main.go", 404, ""},
		{"nothing to post to", "POST", Path("app.css"), 404, ""},
	} {
		t.Run(c.why, func(t *testing.T) {
			r := httptest.NewRequest(c.method, "/", nil)
			r.URL.Path = c.path
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != c.status {
				t.Fatalf("%s %s = %d, want %d", c.method, c.path, w.Code, c.status)
			}
			if c.status != http.StatusOK {
				if strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
					t.Error("a refusal must not be kept for a year")
				}
				return
			}
			if got := w.Header().Get("X-Content-Type-Options"); got != "nosniff" {
				t.Errorf("nosniff missing: %q", got)
			}
			if got := w.Header().Get("Content-Type"); got != c.kind {
				t.Errorf("type %q, want %q", got, c.kind)
			}
			if got := w.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
				t.Errorf("cache %q", got)
			}
		})
	}
}

// TestTokenComesFirst: what a script sends in parts begins with the token, as the pages'
// own forms do.
func TestTokenComesFirst(t *testing.T) {
	scripts, err := fs.Glob(files, "*.js")
	if err != nil {
		t.Fatal(err)
	}
	sent := 0
	for _, name := range scripts {
		content, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, rest := range strings.Split(string(content), "new FormData(") {
			if i == 0 || strings.HasPrefix(name, "cropper.") {
				continue
			}
			sent++
			// A page's own form, given to it, is in the page's order.
			_, first, _ := strings.Cut(rest, ".append(")
			if strings.HasPrefix(rest, ")") && !strings.HasPrefix(first, "'csrf_token',") {
				t.Errorf("%s: begins with %.40q", name, first)
			}
		}
	}
	if sent == 0 {
		t.Error("no script sends anything in parts")
	}
}

func TestPathOfUnknownName(t *testing.T) {
	if got := Path("gone.css"); got != "/static/gone.css" {
		t.Errorf("Path of an unknown name = %q", got)
	}
}

// The page policy is default-src 'self': nothing in these files may reach outside or need an exception
// but the one for pictures, which the cropper needs.
func TestFilesStayInside(t *testing.T) {
	for name, a := range assets() {
		for _, bad := range []string{"http:", "@import", "eval(", "data:"} {
			text := strings.ReplaceAll(string(a.body), "http://www.w3.org/2000/svg", "")
			if bad == "data:" && strings.HasPrefix(name, "cropper.") {
				continue
			}
			if strings.Contains(text, bad) {
				t.Errorf("%s contains %q", name, bad)
			}
		}
	}
}

// TestVendored holds what others wrote to the bytes of the release named in the package's comment.
func TestVendored(t *testing.T) {
	for name, want := range map[string]string{
		"cropper.min.js":      "1f384d770828965ff203ae39a6169c8099458768238eaa6b6b707643f31ed083",
		"cropper.min.css":     "5a5c41554670bb793abdb3408fe20718cda6df9b45c90fea3ff10718ecf0c8b4",
		"cropper.license.txt": "eb917650781dcf06a60b97cba9b05bf583931ec2d311d8a5548a8dca90a57e0f",
	} {
		if got := fmt.Sprintf("%x", sha256.Sum256(assets()[name].body)); got != want {
			t.Errorf("%s has the SHA-256 %s, want %s", name, got, want)
		}
	}
}
