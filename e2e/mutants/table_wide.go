package mutants

// What is broken of the screens of those with a small window, an old browser or tired eyes.
var ofWidths = []mutant{
	// What the register knows.
	{"a long number has no text that fits on a phone", "templates/known.go",
		"		if len(value) <= most {", "		if len(value) < 0 {", "./e2e/browser:TestBrowserWhole"},
	{"a name breaks within a part", "static/app.css",
		".part { display: inline-block; }", ".part { word-break: break-all; }", "./e2e/browser:TestBrowserWhole"},
	{"what the register knows comes before what is asked on a phone", "static/app.css",
		".wide-form > .known { order: 1;", ".wide-form > .known { order: -1;", "./e2e/browser:TestBrowserWhole"},
	{"a long value stays beside its label where there is no room", "static/app.css",
		"min-width: min-content; }", "min-width: 0; overflow: hidden; }", "./e2e/browser:TestBrowserWhole"},
	{"what is locked can be sent", "templates/fields.html",
		`{{define "field"}}{{if not (or .Skip .Locked)}}`, `{{define "field"}}{{if not .Skip}}`, "TestLockedFieldsArePostedByNobody"},

	// The large version.
	{"the choice of 大字版 leads anywhere", "handlers/candidate/text_size.go",
		` || strings.HasPrefix(to.EscapedPath(), "//")`, "", "./e2e/candidate:TestTextSize"},
	{"a refused form has no way back from 大字版", "handlers/visit/text_size.go",
		"	case v.form != \"\":", "	case false:", "./e2e/candidate:TestTextSize"},
	{"the office is shown in 大字版", "handlers/visit/text_size.go",
		"v.Realm == v.S.Front && v.Cookie", "v.Cookie", "./e2e/candidate:TestTextSize"},
	{"small text stays small", "static/style.go",
		"					return smallText", "					return px", "TestEnlarge"},
	{"the switch forgets what was typed", "static/app.js",
		"      event.preventDefault();\n      each('link[data-other]'", "      each('link[data-other]'", "./e2e/browser:TestBrowserTextSize"},
	{"the page's script does not keep the choice", "static/app.js",
		"'text_size=' + to + ';path=/;max-age", "'text_size=' + to + ';path=/none;max-age", "./e2e/browser:TestBrowserTextSize"},

	// Old kernels.
	{"the office's sheet has the candidates' sizes", "static/style.go",
		`[]string{":root", ".office"}`, `[]string{":root"}`, "TestNoCustomProperties"},
	{"a custom property without a value is served", "static/style.go",
		"		if !ok {", "		if !ok && false {", "TestNoCustomProperties"},
	{"a rule shows what is hidden", "static/app.css",
		"[hidden] { display: none !important; }", "[hidden] { display: none; }", "TestHiddenWins"},
	{"a script is newer than ES5", "static/app.js",
		"  var patience = 60000;", "  const patience = 60000;", "TestScriptsAreES5"},
	{"what is pressed touches where there are no gaps", "static/app.css",
		"display: inline-block; margin-left: 16px; }", "display: inline-block; }", "./e2e/browser:TestBrowserOldKernel"},
	{"a field lies over its label where there are no flex boxes", "static/app.css",
		"display: table; table-layout: fixed; width: 100%; display: flex;", "height: 40px; display: flex;", "./e2e/browser:TestBrowserOldKernel"},
	{"the first page takes a slow line too long", "static/static.go",
		"		add(name, []byte(sheet))", "		add(name, append([]byte(sheet), make([]byte, 50<<10)...))", "./e2e/candidate:TestWeight"},
	{"a button to print stands where nothing is printed", "static/app.js",
		"MicroMessenger|", "", "./e2e/browser:TestBrowserPrintButton"},
	{"the banner is in no landmark", "templates/layout.html",
		`<aside class="demo" aria-label="演示说明">演示系统：人员、证书和照片均为虚构。</aside>`, `<p class="demo">演示系统：人员、证书和照片均为虚构。</p>`, "./e2e/browser:TestBrowserStates"},
	{"a script needs what IE 9 lacks", "static/app.js",
		"    form.removeAttribute('aria-busy');", "    form.classList.remove('busy');", "TestScriptsNeedNothingNew"},
}
