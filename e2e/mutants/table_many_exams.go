package mutants

// What is broken of changing many exams at once.
var ofManyExams = []mutant{
	{"an exam that was changed meanwhile is changed with the others", "store/exams_many.go",
		"if pick.Revision != 0 && pick.Revision != exam.Revision {", "if false {", "TestChangeExams"},
	{"a problem does not say of which exam", "store/exams_many.go",
		"sayOfExam(exam, problems[i].Message)\n", "problems[i].Message\n		_ = sayOfExam\n", "TestChangeExams"},
	{"what was changed since is undone", "store/exams_many.go",
		"					if !list[0].Stands() {", "					if false {", "TestChangeExams"},
	{"rows of another act are undone", "store/exams_many.go",
		" || len(list) > 0 && row.At != list[0].At {", " {", "TestChangeExams"},
	{"what is empty is made empty for many", "reissue/exam_form.go",
		"		case cleared || typed != \"\":", "		default:", "TestExamsForMany"},
	{"a choice can be cleared for many", "reissue/exam_form.go",
		" && slices.Contains(ExamClearable, field); {", "; {", "TestExamsForMany"},
	{"an empty form for many is taken", "reissue/exam_form.go",
		"		problems.Add(\"\", sayNothingToSet)\n", "		_ = sayNothingToSet\n", "TestExamsForMany"},
	{"a year without an end finds all later ones", "handlers/office/exams.go",
		"cmp.Or(f.yearTo, f.year, \"9999\")", "cmp.Or(f.yearTo, \"9999\")", "./e2e/office:TestManyExams"},
	{"exams are found by their exact name alone", "handlers/office/exams.go",
		"strings.Contains(reissue.Key(exam.Name), reissue.Key(f.q))", "(f.q == \"\" || strings.EqualFold(reissue.Key(exam.Name), reissue.Key(f.q)))", "./e2e/office:TestManyExams"},
	{"the ticks are lost with a refusal", "handlers/office/exams.go",
		"Picked: slices.Contains(v.Posted[\"exam\"], picked)", "Picked: false && slices.Contains(v.Posted[\"exam\"], picked)", "./e2e/office:TestManyExams"},
}
