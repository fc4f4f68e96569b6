package browser

import (
	"bytes"
	"cmp"
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/sample"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var helpPictures = flag.Bool("help-pictures", false, "take the pictures of the help page anew")

// helpShots are the pages that the help shows, as a login of the demo sees them on a
// phone; within is where what it shows begins, "" for the top.
var helpShots = []struct{ name, login, path, within string }{
	{"signin", "", "/login", ""},
	{"register", "", "/register", ""},
	{"certificates", "张丽华", "/apply", "#certificates"},
	{"fill", "张丽华", "main a[href^='/apply/certificates/']", ""},
	{"submitted", "李𠮷", "/applications", ""},
	{"status", "孙志远", "/applications", ""},
	{"returned", "赵强", "main a[href^='/applications/']", ""},
	{"profile", "张丽华", "/profile", ""},
	{"review", "shenhe", "/office/applications?status=等待审核", ""}, // stands in README.md, and is as wide as a desk
}

// What a picture of the help may be, in bytes, and how high, in pixels of the page.
const (
	helpBytes  = 60 << 10 // README.md's may be twice that
	helpWidth  = 390
	helpHeight = 640
)

// TestBrowserHelp holds what the help and README.md show against what the pages say now: where a word
// of theirs has changed, the pictures must be taken anew, with -help-pictures.
func TestBrowserHelp(t *testing.T) {
	t.Parallel()
	browser := chromium(t)
	r := rig.Start(t, "demo")
	logins := map[string]sample.Login{}
	for _, l := range sample.Logins() {
		logins[cmp.Or(l.Name, l.Username)] = l
	}
	for _, shot := range helpShots {
		w := openWindow(r, t, browser, view{width: helpWidth, touch: true})
		picture, size := filepath.Join("..", "..", "static", "help-"+shot.name+".png"), page.Viewport{Width: helpWidth, Height: helpHeight, Scale: 2}
		l := logins[shot.login]
		switch {
		case l.Office:
			picture, size = filepath.Join("..", "..", "docs", shot.name+".png"), page.Viewport{Width: 1280, Height: 860, Scale: 1}
			w.resize(view{width: 1280})
			w.officeLogin(l.Username, l.Password)
		case shot.login != "":
			w.login(l.Username, l.Password)
		}
		switch {
		case l.Office:
			w.visit(shot.path)
			w.follow("tbody th a")
		case shot.name == "submitted":
			w.visit(shot.path)
			w.visit(ask[string](w, `document.querySelector("main a[href^='/applications/']").pathname`) + "/submitted")
		case strings.HasPrefix(shot.path, "/"):
			w.visit(shot.path)
		default:
			if shot.name == "returned" {
				w.visit("/applications")
			}
			w.follow(shot.path)
		}
		said := regexp.MustCompile(`[0-9]+`).ReplaceAllString(strings.Join(strings.Fields(ask[string](w, `document.body.innerText`)), " "), "0") + "\n"
		words := filepath.Join("testdata", "help", shot.name+".txt")
		if *helpPictures {
			if shot.within != "" {
				size.Y = ask[float64](w, `document.querySelector("`+shot.within+`").getBoundingClientRect().top + scrollY - 12`)
			}
			take(t, w, size, picture)
			if err := os.WriteFile(words, []byte(said), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if shown, err := os.ReadFile(words); err != nil || string(shown) != said {
			t.Errorf("%s is not what the help shows any more; look at it, and run\n\tgo test ./e2e/browser -run TestBrowserHelp -help-pictures\nit says %q, %v", shot.name, said, err)
		}
		if info, err := os.Stat(picture); err != nil || info.Size() > helpBytes && (!l.Office || info.Size() > 2*helpBytes) {
			t.Errorf("%s: %v", picture, err)
		}
	}
}

// take leaves a picture of a part of the window, in the few colours that it has.
func take(t *testing.T, w *window, part page.Viewport, path string) {
	t.Helper()
	shot, err := chromedp.Call(w.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: new(true), Clip: &part})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(shot.Data))
	if err != nil {
		t.Fatal(err)
	}
	few := image.NewPaletted(picture.Bounds(), mostUsed(picture, 64))
	draw.Draw(few, few.Bounds(), picture, picture.Bounds().Min, draw.Src)
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, few); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d bytes", path, out.Len())
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// mostUsed are the colours, in steps of 8, that a picture has most of.
func mostUsed(picture image.Image, most int) color.Palette {
	counts := map[color.RGBA]int{}
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			counts[color.RGBA{uint8(r>>8) | 7, uint8(g>>8) | 7, uint8(b>>8) | 7, 255}]++
		}
	}
	colours := make([]color.RGBA, 0, len(counts))
	for c := range counts {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	palette := color.Palette{}
	for _, c := range colours[:min(most, len(colours))] {
		palette = append(palette, c)
	}
	return palette
}
