package mutants

// What is broken of the lists that answer questions, and of what they are exported to.
var ofTheQueue = []mutant{
	{"a bound of a list is not kept", "store/pages.go",
		"last != nil && before == in.backwards", "false && before == in.backwards", "TestLate"},
	{"what waits too long is listed before its time", "reissue/settings.go",
		"	return StartOf(Today(now), -days)\n}\n\n// BatchLateBefore", "	return StartOf(Today(now), -days+1)\n}\n\n// BatchLateBefore", "./store:TestLate"},
	{"reminders that are off remind", "reissue/reminders.go",
		"	return max(stored, 0)", "	return max(stored, usual)", "./reissue:TestReminderDays"},
	{"the desk counts what is late in all cities", "store/desk.go",
		"		cities = staff.Cities", "		cities = cities[:1]", "./store:TestLate"},
	{"the way through a list ends where it has looked at many", "store/queue.go",
		"				return look.err\n			}\n			if from = a.ID;", "				from = 0\n				return look.err\n			}\n			if from = a.ID;", "./store:TestQueueMarks"},
	{"a day that is none finds all", "handlers/office/queue_filter.go",
		"				problems.Add(field, sayBadDate)", "				*day = \"\"", "./e2e/office:TestQueueFilters"},
	{"days that are turned round find nothing, unsaid", "handlers/office/queue_filter.go",
		"	if days.From != \"\" && days.To != \"\" && days.From > days.To {", "	if false {", "./e2e/office:TestQueueFilters"},
	{"what waits for a batch is told as it came", "store/batch_changes.go",
		"			return cmp.Or(cmp.Compare(b.Exam, a.Exam), cmp.Compare(a.City, b.City))", "			return cmp.Compare(0, 0)", "TestCollectableSorted"},
	{"who decided is told of a decision that was taken back", "reissue/course.go",
		"		case ActSave, ActWithdraw, ActTakeBack:\n			c.Reviewed = 0", "		case ActSave, ActWithdraw:\n			c.Reviewed = 0", "./reissue:TestCourse"},
	{"a date in a workbook is a text", "sheet/kinds.go",
		"	if n, ok := kind.number(text); ok {", "	if n, ok := kind.number(text); ok && kind == Number {", "./sheet:TestKinds"},
	{"the filter of a workbook ends before its last row", "sheet/layout.go",
		"max(x.row, 1)", "max(x.row-1, 1)", "./sheet:TestLayout"},
}
