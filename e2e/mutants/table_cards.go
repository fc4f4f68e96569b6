package mutants

// What is broken of the certificates that a candidate is shown first.
var ofCards = []mutant{
	{"a withdrawn application still counts", "reissue/standing.go",
		"		case Withdrawn:\n		default:", "		default:", "TestStandingOf"},
	{"a certificate that was not collected can be applied for", "reissue/standing.go",
		"	case !c.Collected:", "	case false:", "TestStandingOf"},
	{"what needs the candidate stands anywhere", "handlers/filing/holding.go",
		"return cmp.Compare(a.Standing, b.Standing)", "return cmp.Compare(b.Standing, a.Standing)", "./e2e/candidate:TestCards"},
	{"the first application counts, not the last", "handlers/filing/holding.go",
		"range slices.Backward(applications)", "range applications", "./e2e/candidate:TestCards"},
	{"twins look alike", "handlers/filing/holding.go",
		"visit.ExamTitle(&fields) + apart(list, i)", "visit.ExamTitle(&fields)", "./e2e/candidate:TestTwins"},
	{"a choice leaves everything", "handlers/filing/step1.go",
		"return !h.of(chosen)", "return false", "./e2e/candidate:TestCards"},
	{"again leads to another's step 2", "handlers/filing/holding.go",
		"		return at.CertificateURL(h.Line.ID)\n	case h.Line == nil", "		return at.FormURL(SelfForm)\n	case h.Line == nil", "./e2e/candidate:TestCards"},
	{"where to collect is not said", "handlers/candidate/apply.go",
		"	case reissue.StandsReady:\n		card.Place = visit.Place(settings, fields.City)", "	case reissue.StandsReady:", "./e2e/office:TestCardsInProduction"},
	{"who has no certificate is led to look for one", "templates/filing.html",
		`<button class="button" type="submit">查询证书`, `<button class="button primary" type="submit">查询证书`, "./e2e/candidate:TestCardsOfNobody"},
	{"who only has to wait is urged to edit", "templates/candidate/application.html",
		`{{if or $.Reasons $.Note}} primary{{end}}`, " primary", "./e2e/candidate:TestCards"},
	{"to apply again is the loudest", "templates/candidate/application.html",
		`<a class="button" href="{{.}}">重新申请</a>`, `<a class="button primary" href="{{.}}">重新申请</a>`, "./e2e/office:TestCardsInProduction"},
}
