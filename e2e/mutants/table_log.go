package mutants

// What is broken of the service's log.
var ofTheLog = []mutant{
	{"a log goes into the data file", "service/log.go",
		"store.Resolve(full) == store.Resolve(fullPath(c.Data))", "store.Resolve(full) == \"\"", "./e2e/commands:TestLogRefused"},
	{"everybody may read the log", "service/log.go",
		"err = file.Chmod(0o600)", "err = nil", "./e2e/commands:TestLogFile"},
	{"the log grows for ever", "service/log.go",
		"MaxSize: logMegabytes,", "MaxSize: 1 << 20,", "./e2e/commands:TestLogFile"},
	{"an import leaves no line in the log", "store/imports.go",
		"i.options.Log.Info(logImported, i.record.figures()...)", "_ = logImported", "./e2e/commands:TestLogFile"},
	{"a copy leaves no line in the log", "store/backups.go",
		"		s.options.Log.Info(logCopied, logFolder, s.CopiesFolder())\n", "", "./e2e/commands:TestLogFile"},
	{"a stop leaves no line in the log", "service/service.go",
		"	log.Info(logStopped)\n", "", "./e2e/commands:TestLogFile"},
}
