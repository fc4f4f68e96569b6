package mutants

// What is broken of the manual, and of what shows it.
var ofTheManual = []mutant{
	{"the office reads another manual than this", "about/manual.html",
		">恢复演练</h3>", ">演练</h3>", "./release:TestManual"},
	{"a chapter of the manual within the program is a page of its own", "release/manual.go",
		`headings.ReplaceAllString(string(second), "#$0")`, "string(second)", "TestManual"},
	{"a link of the manual leads out of the program", "release/manual.go",
		`changelog.ReplaceAllString(text, "“$1”")`, "text", "TestManual"},
}
