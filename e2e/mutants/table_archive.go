package mutants

// What is broken of what is put away.
var ofTheArchive = []mutant{
	{"a year's archive has the next one, too", "store/archive.go",
		"reissue.NewNumber(of.Year+1, 0)", "reissue.NewNumber(of.Year+2, 0)", "TestInArchive"},
	{"an archive has what is of other cities", "store/archive.go",
		"			if staff.Limited() {", "			if false {", "TestInArchive"},
	{"an archive that was made before it ended is good for what is deleted", "store/archive.go",
		"!a.EndedBefore(taken.Years[year])", "taken.Years[year] == 0", "TestLeaving"},
	{"one city's archive is good for what is deleted of all", "store/archive.go",
		"of.Batch != 0 || staff.Limited() {\n		return nil", "of.Batch != 0 {\n		return nil", "TestLeaving"},
	{"an archive leaves without a row in the log", "handlers/office/archive.go",
		"err := st.Exported(staff.Actor(), \"archive\", chosen, len(numbers)); err != nil", "err := error(nil); err != nil || chosen == nil", "./e2e/office:TestArchive"},
	{"a form in an archive needs the site for its photo", "handlers/office/archive_form.go",
		"	if form.Photo != nil {", "	if false {", "./e2e/office:TestArchive"},
	{"an index has the sum of another file", "handlers/office/archive_form.go",
		"sha256.Sum256(page.Bytes())", "sha256.Sum256(jpeg)", "./e2e/office:TestArchive"},
	{"a year is put away before its archive is whole", "handlers/office/archive.go",
		"	pack := zip.NewWriter(to)", "	_ = st.Archived(staff, of, since)\n	pack := zip.NewWriter(to)", "TestArchiveUnfinished"},
	{"a damaged record keeps its whole year from being put away", "store/archive.go",
		"	if s.noteRecord(err) {", "	if false {", "./e2e/threats:TestDamagedRecordIsNotShown"},
}
