package mutants

// What is broken of the certificates that a candidate is shown first.
var ofCards = []mutant{
	{"a withdrawn application still counts", "reissue/standing.go",
		"		case Withdrawn:\n		default:", "		default:", "TestStandingOf"},
	{"a certificate that was not collected can be applied for", "reissue/standing.go",
		"	case !c.Collected:", "	case false:", "TestStandingOf"},
	{"what needs the candidate stands anywhere", "handlers/candidate/card.go",
		"return cmp.Compare(a.standing, b.standing)", "return cmp.Compare(b.standing, a.standing)", "./e2e/candidate:TestCards"},
	{"the first application counts, not the last", "handlers/candidate/card.go",
		"range slices.Backward(applications)", "range applications", "./e2e/candidate:TestCards"},
	{"twins look alike", "handlers/candidate/card.go",
		"visit.ExamTitle(&fields) + apart(list, i)", "visit.ExamTitle(&fields)", "./e2e/candidate:TestTwins"},
	{"a choice leaves everything", "handlers/candidate/apply.go",
		"return !h.of(chosen)", "return false", "./e2e/candidate:TestCards"},
	{"again leads to another's step 2", "handlers/candidate/card.go",
		"		return certificateURL(h.line.ID)\n	case h.line == nil", "		return \"/apply/self\"\n	case h.line == nil", "./e2e/candidate:TestCards"},
	{"where to collect is not said", "handlers/candidate/card.go",
		"	case reissue.StandsReady:\n		card.Place = visit.Place(settings, fields.City)", "	case reissue.StandsReady:", "./e2e/office:TestCardsInProduction"},
	{"who has no certificate is led to look for one", "templates/candidate/apply.html",
		`<button class="button" type="submit">查询证书`, `<button class="button primary" type="submit">查询证书`, "./e2e/candidate:TestCardsOfNobody"},
	{"who only has to wait is urged to edit", "templates/candidate/application.html",
		`{{if or $.Reasons $.Note}} primary{{end}}`, " primary", "./e2e/candidate:TestCards"},
	{"to apply again is the loudest", "templates/candidate/application.html",
		`<a class="button" href="{{.}}">重新申请</a>`, `<a class="button primary" href="{{.}}">重新申请</a>`, "./e2e/office:TestCardsInProduction"},
}
