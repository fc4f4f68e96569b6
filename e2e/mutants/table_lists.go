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
	{"the lines of two people are one sitting", "store/certificate_rows.go",
		"who != present.who || exam != present.exam", "exam != present.exam", "TestCertificateRows"},
}
