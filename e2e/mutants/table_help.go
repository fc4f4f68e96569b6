package mutants

// What is broken of the help.
var ofTheHelp = []mutant{
	{"the help names a button that is none", "templates/candidate/help.html",
		"点击“下一步”即提交", "点击“写完了”即提交", "./templates:TestHelp"},
	{"a picture of the help takes no room", "templates/candidate/help.html",
		`{{static "help-fill.png"}}" width="780" height="1280"`, `{{static "help-fill.png"}}" width="780" height="128"`, "./templates:TestHelp"},
	{"a word changes that the help shows", "static/app.js",
		"button.textContent = '显示密码'", "button.textContent = '看密码'", "./e2e/browser:TestBrowserHelp"},
}
