package mutants

// What is broken of the manual, and of what shows it.
var ofTheManual = []mutant{
	{"the office reads another manual than this", "about/manual.html",
		">恢复演练</h3>", ">演练</h3>", "./release:TestManual"},
	{"a chapter of the manual within the program is a page of its own", "release/manual.go",
		`headings.ReplaceAllString(string(second), "#$0")`, "string(second)", "TestManual"},
	{"a link of the manual leads out of the program", "release/manual.go",
		`changelog.ReplaceAllString(text, "“$1”")`, "text", "TestManual"},
	{"the manual tells to type what is no command", "docs/operations.md",
		"`certreissue restore 修复.db`", "`certreissue restor 修复.db`", "./e2e/commands:TestManualCommands"},
	{"the test that holds a command of the manual is gone", "e2e/commands/manual_chapters_linux_test.go",
		`"test e2e/commands.TestServicePrint"`, `"test e2e/commands.TestServicePrinted"`, "TestManualCommands"},
	{"a flag of the manual is none", "command/serve.go",
		`"mirror-replace"`, `"mirror-over"`, "./e2e/commands:TestManual/disk_lost"},
	{"what a drill restores mails to candidates", "store/backup.go",
		"i.MailHeld, i.Secret, i.Lineage, i.Generation = true,", "i.MailHeld, i.Secret, i.Lineage, i.Generation = false,", "./e2e/commands:TestManual/drill"},
	{"a stop only asks for one", "unit/system.go",
		`s.run("systemctl", "stop", Name)`, `s.run("systemctl", "stop", "--no-block", Name)`, "TestStop"},
	{"the manual quotes what is not said", "docs/operations.md",
		"显示“已恢复到 …”。\n3. `certreissue check 演练.db`", "显示“已经恢复到 …”。\n3. `certreissue check 演练.db`", "./e2e/house:TestManualQuotes"},
	{"the manual names a button that has another name", "docs/operations.md",
		"点“备份”页面的“立即备份”", "点“备份”页面的“马上备份”", "./e2e/house:TestManualQuotes"},
}
