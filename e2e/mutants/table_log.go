package mutants

// What is broken of the service's log.
var ofTheLog = []mutant{
	{"everybody may read the log", "service/log.go",
		"err = file.Chmod(0o600)", "err = nil", "./e2e/commands:TestLogFile"},
	{"the log grows for ever", "service/log.go",
		"MaxSize: logMegabytes,", "MaxSize: 1 << 20,", "./e2e/commands:TestLogFile"},
	{"an import leaves no line in the log", "store/imports.go",
		"i.options.Log.Info(logImported, i.record.figures()...)", "_ = logImported", "./e2e/commands:TestLogFile"},
	{"a look through a file is an import in the log", "store/imports.go",
		"if i.record.Finished != 0 && !i.Dry {", "if i.record.Finished != 0 {", "TestImportLogged"},
	{"a copy leaves no line in the log", "store/backups.go",
		"		s.options.Log.Info(logCopied, logFolder, s.CopiesFolder())\n", "", "./e2e/commands:TestLogFile"},
	{"a stop leaves no line in the log", "service/service.go",
		"	log.Info(logStopped)\n", "", "./e2e/commands:TestLogFile"},
}
