package mutants

// What is broken of what people read on pages.
var ofReading = []mutant{
	// Dates in digits.
	{"what the register knows has its dates in digits", "handlers/filing/fill.go",
		"reissue.ShowField(field, known.Get(field))", "known.Get(field)", "./e2e/candidate:TestDates"},
	{"an application has its dates in digits", "handlers/visit/present.go",
		"reissue.ShowField(field, value)", "value", "./e2e/candidate:TestDates"},
	{"a card has its dates in digits", "handlers/filing/holding.go",
		"reissue.ShowField(field, value)", "value", "./e2e/candidate:TestDates"},
	{"what became of a form has its dates in digits", "handlers/filing/edit.go",
		"Now: reissue.ShowField(field, now)", "Now: now", "./e2e/candidate:TestDates"},
	{"what came before a form has its dates in digits", "handlers/visit/changes.go",
		"Was: reissue.ShowField(change.Field, change.Was)", "Was: change.Was", "./e2e/candidate:TestDates"},
	{"what is taken along has its dates in digits", "handlers/candidate/my_data.go",
		"reissue.ShowField(field, fields.Get(field))", "fields.Get(field)", "./e2e/candidate:TestDates"}, {"a month of birth is read in digits", "reissue/field.go",
		", show: ShowMonth}", "}", "TestShowField"},

	// What has not been done.
	{"what is to be saved is told as not submitted", "handlers/filing/edit.go",
		"	data.Form.Saves = true\n", "", "./e2e/candidate:TestPhoneAskedOnce"},
	{"an address that is to be saved is told as not submitted", "handlers/candidate/profile.go",
		"	page.Form.Saves = true\n", "", "./e2e/candidate:TestEmailAskedOnce"},

	// 大字版.
	{"the way back from 大字版 has no name", "templates/parts.html",
		`href="/text/standard?back={{.}}">标准版</a>`, `href="/text/standard?back={{.}}"></a>`, "./e2e/browser:TestBrowserLargeBarriers"},

	// A form that is too old.
	{"who is signed in is sent to the sign-in", "handlers/visit/adapter.go",
		"		page.Ways = []templates.Link{{Text: sayReopen, URL: v.form}}\n", "", "./e2e/candidate:TestTooOld"},
	{"a sign-in stands out on what is too old", "handlers/visit/adapter.go",
		"Advice: sayTooOldAdvice, Quiet: true}", "Advice: sayTooOldAdvice}", "./e2e/candidate:TestTooOld"},
}
