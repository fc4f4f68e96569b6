package mutants

// What is broken for who works without a pointer, or without seeing.
var ofKeysAndEars = []mutant{
	{"where the focus is does not show", "static/app.css",
		":focus:not(:focus-visible) {", ":focus {", "./e2e/browser:TestBrowserKeysAlone"},
	{"a field does not say that it is wrong", "templates/fields.html",
		`{{if and .Error (not .Asks)}} aria-invalid="true"{{end}}{{with .DescribedBy}}`, `{{with .DescribedBy}}`, "./e2e/browser:TestBrowserHeard"},
	{"a field does not say why it is wrong", "templates/fields.html",
		`{{with .DescribedBy}} aria-describedby="{{.}}"{{end}}{{end}}`, `{{end}}`, "./e2e/browser:TestBrowserHeard"},
	{"a heading is left out", "templates/candidate/profile.html",
		"<h1>注册信息维护</h1>", "<p>注册信息维护</p>", "./e2e/browser:TestBrowserHeard"},
}
