package mutants

// What is broken of how a service is started, and by whom.
var ofStarting = []mutant{
	{"an empty file is made beside the true one", "service/open.go",
		"	if c.Demo || c.New {\n", "	if c.Demo || !c.New {\n", "./e2e/commands:TestNoEmptyFileByAccident"},
	{"asking for a new file is not enough beside what was put aside", "store/open.go",
		"	if !options.Anew {\n", "	if true {\n", "./e2e/commands:TestNoEmptyFileByAccident"},
	{"files count by their names", "store/near.go",
		"	default:\n		return false\n", "	default:\n", "./e2e/commands:TestOthersDoNotCount"},
	{"only the missing file's folder is looked at", "store/near.go",
		"	for _, place := range places {\n", "	for _, place := range places[:0] {\n", "./e2e/commands:TestNoEmptyFileElsewhere"},
	{"copies are nobody's", "store/near.go",
		"append([]string{CopiesFolder(path)}, copies...)", "copies[:0]", "./e2e/commands:TestNoEmptyFileByAccident"},
	{"a file that a service holds is not ours", "store/near.go",
		"	case isFault(err, Busy) && served(path):\n", "", "./e2e/commands:TestNoEmptyFileBesideService"},
	{"of several files only the first is named", "store/words_near.go",
		`strings.Join(names, "、")`, `strings.Join(names[:1], "、")`, "./e2e/commands:TestNoEmptyFileByAccident"},
}
