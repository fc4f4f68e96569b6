package mutants

// What is broken of the ways to reach a candidate, and of where candidates are sent.
var ofPlaces = []mutant{
	// Telephone numbers that are asked about once.
	{"a telephone number of ten digits is taken unasked", "reissue/phone.go",
		"case strings.HasPrefix(digits, \"1\") && len(digits) != 11:\n		return sayMobileLength(len(digits))", "case strings.HasPrefix(digits, \"1\") && len(digits) != 11:\n		return \"\"", "TestDoubtPhone"},
	{"any confirmation confirms any number", "reissue/draft.go",
		"phone != plainPhone(d[Confirm(FieldPhone)])", "d[Confirm(FieldPhone)] == \"\"", "TestAskPhone"},
	{"a confirmed number is asked about for ever", "templates/fields.html",
		`name="{{.}}" value="{{$.Confirms}}"`, `name="{{.}}" value=""`, "./e2e/candidate:TestPhoneAskedOnce"},
	{"what was confirmed is forgotten beside a fault", "templates/form.go",
		"f.Confirms = form.Value(f.Confirm); f.Asks", "f.Asks", "./e2e/candidate:TestPhoneAskedOnce"},
	{"the number of an application is asked about when it is corrected", "store/submissions.go",
		"		f.Phone = f.Application.Fields.Phone\n", "", "./e2e/candidate:TestPhoneAskedOnce"},
	{"a question is told as a fault", "templates/parts.html",
		`class="problems{{if .Asks}} question{{end}}"`, `class="problems"`, "./e2e/candidate:TestPhoneAskedOnce"},

	// Where people are sent.
	{"a city's counter is not asked for", "reissue/place.go",
		"	own := s.Places[CityKey(city)]\n	return Place{", "	own := Place{}\n	return Place{", "TestPlaceOf"},
	{"a city's part that is not set is nowhere", "reissue/place.go",
		"cmp.Or(own.Hours, s.Hours)", "own.Hours", "TestPlaceOf"},
	{"the counter does not follow a city's name", "reissue/place.go",
		"	s.setPlace(to, place)\n", "	_ = place\n", "TestPlaceOf"},
	{"mails send people to the office's counter alone", "reissue/mailtext.go",
		"	place := s.PlaceOf(a.Fields.City)", "	place := s.PlaceOf(\"\")", "TestMailsSayWhere"},
	{"a mail does not lead to its page", "store/applications.go",
		"tx.settings, tx.store.publicURL()", "tx.settings, \"\"", "./e2e/office:TestPlaces"},
	{"a card sends people to the office's counter", "handlers/candidate/card.go",
		"sayNotCollectedYet, visit.Place(settings, fields.City)", "sayNotCollectedYet, visit.Place(settings, \"\")", "./e2e/office:TestPlaces"},
	{"who is told by no mail is told of no counter", "handlers/candidate/submitted.go",
		"if told == \"\" || len(leadsTo) > 0 {", "if len(leadsTo) > 0 {", "./e2e/office:TestPlacesOfWhoWaits"},
	{"who gets a 合格证明 is told of no counter", "handlers/candidate/submitted.go",
		"if told == \"\" || len(leadsTo) > 0 {", "if told == \"\" {", "./e2e/office:TestPlacesOfWhoWaits"},
	{"the log tells every place of a change of one", "store/settings.go",
		"if x, y := before.Places[city], after.Places[city]; x != y {", "if x, y := before.Places[city], after.Places[city]; true {", "TestPlacesInLog"},
	{"places that nobody has set are stored", "reissue/settings.go",
		"`cbor:\"26,keyasint,omitempty\"`", "`cbor:\"26,keyasint\"`", "./store:TestSettingsBeforePlaces"},

	// Addresses of mail.
	{"a slip of an address is taken unasked", "reissue/email.go",
		"			p.Ask(field,", "			_ = p; func(...any) {}(field,", "TestAskEmail"},
	{"letters that are turned round are no slip", "reissue/email.go",
		"return turned || ", "_ = turned\n	return ", "TestAskEmail"},
	{"an address is shown in full", "reissue/email.go",
		"string(letters[:1]) + \"***@\"", "string(letters) + \"@\"", "TestMaskEmail"},
	{"who registers is not asked about the address", "handlers/candidate/signup.go",
		"	problems.AskEmail(\"email\", account.Email, v.Value(reissue.Confirm(\"email\")))\n", "", "./e2e/candidate:TestEmailAskedOnce"},
}
