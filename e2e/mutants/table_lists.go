package mutants

// What is broken of the lists that offices bring.
var ofTheLists = []mutant{
	// A million lines in a small memory.
	{"an import takes what memory there is", "service/task.go",
		"	if h.alone {\n		defer debug", "	if false {\n		defer debug", "./e2e/threats:TestLargeImports"},
	{"all that is put in order lies in memory", "spool/sorter.go",
		"sortedAtOnce = 20_000", "sortedAtOnce = 10_000_000", "TestSorterMemory"},
	{"what could not be put in order is missing without a word", "spool/sorter.go",
		"err := <-s.errs; err != nil", "err := <-s.errs; false && err != nil", "TestSorterFails"},
	{"rejected lines that found no room are missing without a word", "exchange/rejected.go",
		"		if r.err != nil {\n			yield", "		if false {\n			yield", "TestRejects"},
	{"the lines of two exams are one sitting", "store/certificate_rows.go",
		"who != present.who || exam != present.exam", "who != present.who", "TestImportCertificates"},
	// Names and numbers that are entered after the last line.
	{"an import says too late from where on entries are missing", "store/import_certificates.go",
		"certificates.upcoming(tx.Tx)", "certificates.upcoming(tx.Tx) + 1", "TestDeferredImport"},
	{"a taking back leaves the word that entries are missing", "store/unlearn.go",
		"record.Undone, record.Deferred = tx.moment, 0", "record.Undone = tx.moment", "TestDeferredImport"},
	{"a check wants no line to be entered while one is deferred", "store/table_check.go",
		"bytes.Compare(k, x.deferred) >= 0", "true", "TestDeferredCheck"},
	{"the next import leaves what the last one did not enter", "store/import_certificates.go",
		"err := s.enterRemaining(ctx, load.By, load.Alone); err != nil", "err := error(nil); err != nil", "TestDeferredImport"},
	{"an import has ended before all is entered", "store/imports.go",
		"next == i.rows && i.record.Deferred == 0", "next == i.rows", "TestDeferredFinished"},
	{"nobody enters what a stop has left", "service/keeper.go",
		"err := k.st.EnterDeferred(ctx, reissue.System()); err != nil", "err := error(nil); err != nil", "TestKeeperEntersDeferred"},
	{"nobody is told what a search does not find yet", "handlers/office/certificates.go",
		"deferred != 0 {", "false {", "./e2e/office:TestImportBrokenOff"},
	{"lines are pointed out that are refused", "store/import_certificates.go",
		"			i.refuse(row.line, reissue.ColumnLevel,", "			i.doubtNumber(tx, row.line, c, known, true)\n			i.refuse(row.line, reissue.ColumnLevel,", "TestNumbersOfOthers"},
	{"the lines of two people are one sitting", "store/certificate_rows.go",
		"who != present.who || exam != present.exam", "exam != present.exam", "TestCertificateRows"},
}
