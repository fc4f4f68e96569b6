package static

import (
	"regexp"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// What kernels of ten years ago must be able to read (IE 9 and the like).

// TestNoCustomProperties: the sheets have values, and those of their side.
func TestNoCustomProperties(t *testing.T) {
	for name := range styles {
		sheet := Text(name)
		if at := regexp.MustCompile(`var\(|--[a-z-]+:`).FindString(sheet); at != "" {
			t.Errorf("%s still has %q", name, at)
		}
		if strings.Count(sheet, "{") != strings.Count(sheet, "}") {
			t.Errorf("%s has not as many { as }", name)
		}
	}
	for name, body := range map[string]string{"app.css": "font: 16px/1.6 ", "app-office.css": "font: 14px/1.6 ", "app-large.css": "font: 22px/1.6 "} {
		if !strings.Contains(Text(name), body) {
			t.Errorf("the text of %s has not the size %q", name, body)
		}
	}
	if _, err := resolve("a { color: var(--none); }", palette{}.values([]string{":root"})); err == nil {
		t.Error("a colour without a value is served")
	}
}

// TestHiddenWins: nothing that is hidden is shown because a rule gives it a display.
func TestHiddenWins(t *testing.T) {
	for name := range styles {
		if strings.HasPrefix(name, "app") && !strings.Contains(Text(name), "\n[hidden] { display: none !important; }\n") {
			t.Errorf("in %s another rule may win over [hidden]", name)
		}
	}
}

// TestEnlarge: text is 22 px and nowhere smaller than 18, what is pressed grows along, hairlines do not.
func TestEnlarge(t *testing.T) {
	got := enlarge("a:hover { font-size: 14px; min-height: calc(44px - 2px); border: 1px solid; font: 16px/1.6 x; }\n@media (min-width: 700px) { h1 { font-size: 28px; top: -60px; } }\n")
	want := "a:hover { font-size: 18px; min-height: calc(61px - 2px); border: 1px solid; font: 22px/1.6 x; }\n@media (min-width: 963px) { h1 { font-size: 34px; top: -83px; } }\n"
	if got != want {
		t.Errorf("enlarged it is\n%swant\n%s", got, want)
	}
	small := regexp.MustCompile(`font-size: (\d|1[0-7])px`)
	for _, name := range []string{"app-large.css", "paper-large.css"} {
		if at := small.FindString(Text(name)); at != "" {
			t.Errorf("%s has %q", name, at)
		}
	}
}

// own are the scripts that are ours. The cropper is shipped in a newer language; photo.js does
// without it where it cannot be read.
var own = []string{"app.js", "photo.js", "office.js", "keys.js"}

// TestScriptsAreES5: a compiler for ES5 finds nothing to translate in them. It writes {a: a} as {a} where it
// may, so that this one short form is looked for by itself.
func TestScriptsAreES5(t *testing.T) {
	compile := func(script string, target api.Target) (string, []api.Message) {
		result := api.Transform(script, api.TransformOptions{Target: target, Supported: map[string]bool{"object-extensions": false}})
		faults := append(result.Errors, result.Warnings...)
		if at := regexp.MustCompile(`\{\s*[A-Za-z_]\w*\s*[,}]`).FindString(script); at != "" {
			faults = append(faults, api.Message{Text: "a short form of an object", Location: &api.Location{LineText: at}})
		}
		return string(result.Code), faults
	}
	for _, name := range own {
		old, faults := compile(Text(name), api.ES5)
		for _, fault := range faults {
			t.Errorf("%s:%d: %s: %s", name, fault.Location.Line, fault.Text, fault.Location.LineText)
		}
		if now, _ := compile(Text(name), api.ESNext); len(faults) == 0 && old != now {
			t.Errorf("%s has to be translated for ES5", name)
		}
	}
	for _, bad := range []string{"let a = 1;", "f(x => x);", "var a = `b`;", "var a = b?.c;", "f(...a);", "var a = { b };"} {
		old, faults := compile(bad, api.ES5)
		if now, _ := compile(bad, api.ESNext); len(faults) == 0 && old == now {
			t.Errorf("%s passes for ES5", bad)
		}
	}
}

// TestScriptsNeedNothingNew: what IE 9 lacks stands nowhere without a question whether it is there.
func TestScriptsNeedNothingNew(t *testing.T) {
	missing := regexp.MustCompile(`\.classList|\.dataset|\.remove\(\)|\.closest\(|\.matches\(|requestAnimationFrame|\bfetch\(|\bPromise\b|\bMap\(|Object\.assign|\.includes\(|\.startsWith\(|\.append\(|\.forEach\(`)
	for _, name := range own {
		asked := strings.NewReplacer()
		if strings.Contains(Text(name), "!Element.prototype.closest) { return; }") {
			asked = strings.NewReplacer(".closest(", "")
		}
		for i, line := range strings.Split(Text(name), "\n") {
			line = asked.Replace(line)
			// An array's forEach is of ES5, a list of nodes has none; FormData's append is asked for by its name.
			line = strings.NewReplacer("Array.prototype.forEach", "", "form.append(", "", "(sentences || []).forEach(", "", "].forEach(function (common)", "", "keys().forEach(", "", ".split(' ').forEach(", "", "+ 1).forEach(", "").Replace(line)
			if at := missing.FindString(line); at != "" {
				t.Errorf("%s:%d uses %s: %s", name, i+1, at, strings.TrimSpace(line))
			}
		}
	}
}

// TestScriptsAreSmall: what a slow line has to bring, before it is packed.
func TestScriptsAreSmall(t *testing.T) {
	const most = 30 << 10
	if got := len(Text("app.js")) + len(Text("photo.js")); got > most {
		t.Errorf("a candidate's scripts have %d bytes, more than %d", got, most)
	}
}
