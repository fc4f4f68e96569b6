package handlers

import (
	"net/http"

	"certreissue/reissue"
	"certreissue/static"
)

// access says who may enter a route.
type access struct {
	realm func(*Server) *realm
	// signedIn asks for a session; without one the answer leads to the login.
	signedIn bool
	// roles are those that may enter, for staff; none is any.
	roles []reissue.Role
}

var (
	anyone    = access{realm: (*Server).candidateRealm}
	candidate = access{realm: (*Server).candidateRealm, signedIn: true}
	visitors  = access{realm: (*Server).officeRealm} // of the office
	reviewers = staff(reissue.RoleReviewer)
	counter   = staff(reissue.RoleReviewer, reissue.RoleAdmin)
	admins    = staff(reissue.RoleAdmin)
	auditors  = staff(reissue.RoleAuditor)
	examiners = staff(reissue.RoleAdmin, reissue.RoleAuditor) // who may see the exams
	anyStaff  = staff()
)

func staff(roles ...reissue.Role) access {
	return access{realm: (*Server).officeRealm, signedIn: true, roles: roles}
}

func (s *Server) candidateRealm() *realm { return &s.candidate }
func (s *Server) officeRealm() *realm    { return &s.office }

// route is one address, who may enter, and what answers. A POST names the form
// that is shown again, filled in, when what was posted is refused.
type route struct {
	pattern string
	access  access
	handle  func(*Server, *visit) error
	form    func(*Server, *visit) error
	// upload lets the body hold a file; nil for a form of words.
	upload *upload
	// often is asked by a script at every pause of a hand: it is limited apart, so
	// that it does not use up what an address may post.
	often bool
	// late keeps what was posted after the session had ended.
	late func(*Server, *visit) error
}

// upload is the file that a form may carry.
type upload struct {
	limit int64 // of the whole body, in bytes
	// staff lets nobody else fill the disk: for others the limit is a form's. Who
	// may send so much gets the time that it needs.
	staff            bool
	tooLarge, advice string
	form             string // where it was chosen; "" is the address itself
}

var (
	photoUpload    = &upload{limit: 21 << 20, tooLarge: sayTooLargePhoto, advice: sayTooLargeAdvice}
	listUpload     = &upload{limit: 21 << 20, tooLarge: sayTooLargeList, advice: sayTooLargeListAdvice, staff: true, form: "/office/handout"}
	registerUpload = &upload{limit: 256 << 20, tooLarge: sayTooLargeSheet, advice: sayTooLargeSheetAdvice, staff: true, form: "/office/certificates/import"}
)

// routes is every address of the product but /static, /healthz and the
// captcha's, which are no pages.
func routes() []route {
	return []route{
		{pattern: "GET /{$}", access: anyone, handle: (*Server).showStart},
		{pattern: "GET /login", access: anyone, handle: (*Server).showLogin},
		{pattern: "POST /login", access: anyone, handle: (*Server).postLogin, form: (*Server).showLogin},
		{pattern: "GET /register", access: anyone, handle: (*Server).showRegister},
		{pattern: "POST /register", access: anyone, handle: (*Server).postRegister, form: (*Server).showRegister},
		{pattern: "GET /forgot", access: anyone, handle: (*Server).showForgot},
		{pattern: "POST /forgot", access: anyone, handle: (*Server).postForgot, form: (*Server).showForgot},
		{pattern: "GET /reset", access: anyone, handle: (*Server).showReset},
		{pattern: "POST /reset", access: anyone, handle: (*Server).postReset, form: (*Server).formReset},
		{pattern: "GET /privacy", access: anyone, handle: (*Server).showPrivacy},
		{pattern: "GET /help", access: anyone, handle: (*Server).showHelp},
		{pattern: "POST /logout", access: anyone, handle: (*Server).postLogout},

		{pattern: "GET /apply", access: candidate, handle: (*Server).showApply},
		{pattern: "GET /apply/certificates/{id}", access: candidate, handle: (*Server).showApplyCertificate},
		{pattern: "POST /apply/certificates/{id}", access: candidate, handle: (*Server).postApplyCertificate, form: (*Server).showApplyCertificate,
			upload: photoUpload, late: (*Server).keepApplyCertificate},
		{pattern: "GET /apply/certificates/{id}/photo", access: candidate, handle: (*Server).photoApplyCertificate},
		{pattern: "POST /apply/photo", access: candidate, handle: (*Server).checkPhoto, upload: photoUpload, often: true},
		{pattern: "POST /apply/photo/crop", access: candidate, handle: (*Server).suggestCrop, upload: photoUpload, often: true},
		{pattern: "GET /apply/self", access: candidate, handle: (*Server).showApplySelf},
		{pattern: "POST /apply/self", access: candidate, handle: (*Server).postApplySelf, form: (*Server).showApplySelf,
			upload: photoUpload, late: (*Server).keepApplySelf},
		{pattern: "GET /apply/self/photo", access: candidate, handle: (*Server).photoApplySelf},
		{pattern: "GET /applications", access: candidate, handle: (*Server).showApplications},
		{pattern: "GET /applications/{id}", access: candidate, handle: (*Server).showApplication},
		{pattern: "GET /applications/{id}/submitted", access: candidate, handle: (*Server).showSubmitted},
		{pattern: "GET /applications/{id}/photo", access: candidate, handle: (*Server).photoApplication},
		{pattern: "GET /applications/{id}/slip", access: candidate, handle: (*Server).showSlip},
		{pattern: "GET /applications/{id}/code.svg", access: candidate, handle: (*Server).codeApplication},
		{pattern: "GET /applications/{id}/edit", access: candidate, handle: (*Server).showEdit},
		{pattern: "POST /applications/{id}/edit", access: candidate, handle: (*Server).postEdit, form: (*Server).showEdit,
			upload: photoUpload, late: (*Server).keepEdit},
		{pattern: "GET /applications/{id}/edit/photo", access: candidate, handle: (*Server).photoEdit},
		{pattern: "POST /applications/{id}/withdraw", access: candidate, handle: (*Server).postWithdraw},
		{pattern: "GET /profile", access: candidate, handle: (*Server).showProfile},
		{pattern: "POST /profile", access: candidate, handle: (*Server).postProfile, form: (*Server).showProfile},
		{pattern: "GET /profile/data", access: candidate, handle: (*Server).showMyData},
		{pattern: "POST /profile/data", access: candidate, handle: (*Server).postMyData, form: (*Server).showMyData},
		{pattern: "GET /profile/close", access: candidate, handle: (*Server).showLeave},
		{pattern: "POST /profile/close", access: candidate, handle: (*Server).postLeave, form: (*Server).showLeave},
		{pattern: "GET /password", access: candidate, handle: (*Server).showPassword},
		{pattern: "POST /password", access: candidate, handle: (*Server).postPassword, form: (*Server).showPassword},
		{pattern: "POST /password/sign-out", access: candidate, handle: (*Server).postSignOut},

		{pattern: "GET /office/login", access: visitors, handle: (*Server).showOfficeLogin},
		{pattern: "POST /office/login", access: visitors, handle: (*Server).postOfficeLogin, form: (*Server).showOfficeLogin},
		{pattern: "GET " + codePage, access: visitors, handle: (*Server).showLoginCode},
		{pattern: "POST " + codePage, access: visitors, handle: (*Server).postLoginCode, form: (*Server).showLoginCode},
		{pattern: "GET /office/first-admin", access: visitors, handle: (*Server).showFirstAdmin},
		{pattern: "POST /office/first-admin", access: visitors, handle: (*Server).postFirstAdmin, form: (*Server).showFirstAdmin},
		{pattern: "POST /office/logout", access: visitors, handle: (*Server).postLogout},
		{pattern: "GET /office/password", access: anyStaff, handle: (*Server).showOfficePassword},
		{pattern: "POST /office/password", access: anyStaff, handle: (*Server).postOfficePassword, form: (*Server).showOfficePassword},
		{pattern: "POST /office/password/sign-out", access: anyStaff, handle: (*Server).postSignOut},
		{pattern: "GET " + factorPage, access: anyStaff, handle: (*Server).showFactor},
		{pattern: "POST " + factorPage, access: anyStaff, handle: (*Server).postFactor, form: (*Server).showFactor},
		{pattern: "GET " + factorPage + "/code.svg", access: anyStaff, handle: (*Server).codeFactor},
		{pattern: "POST " + factorPage + "/remove", access: anyStaff, handle: (*Server).postFactorRemove, form: (*Server).showFactor},
		{pattern: "GET /office", access: anyStaff, handle: (*Server).showDesk},
		{pattern: "GET /office/applications", access: anyStaff, handle: (*Server).showQueue},
		{pattern: "POST /office/applications", access: anyStaff, handle: (*Server).postSearch, form: (*Server).showQueue},
		{pattern: "GET /office/applications.xlsx", access: anyStaff, handle: exportQueue(workbook)},
		{pattern: "GET /office/applications.csv", access: anyStaff, handle: exportQueue(plain)},
		{pattern: "GET /office/applications/next", access: anyStaff, handle: (*Server).goNext},
		{pattern: "GET /office/applications/previous", access: anyStaff, handle: (*Server).goPrevious},
		{pattern: "POST /office/applications/many", access: reviewers, handle: (*Server).postMany, form: (*Server).showQueue},
		{pattern: "GET /office/applications/many", access: reviewers, handle: (*Server).showMany},
		{pattern: "GET /office/applications/{id}", access: anyStaff, handle: (*Server).showReview},
		{pattern: "GET /office/applications/{id}/photo", access: anyStaff, handle: (*Server).photoReview},
		{pattern: "POST /office/applications/{id}/approve", access: reviewers, handle: (*Server).postApprove, form: (*Server).showReview},
		{pattern: "POST /office/applications/{id}/return", access: reviewers, handle: (*Server).postReturn, form: (*Server).showReview},
		{pattern: "POST /office/applications/{id}/refuse", access: reviewers, handle: (*Server).postRefuse, form: (*Server).showReview},
		{pattern: "POST /office/applications/{id}/take-back", access: reviewers, handle: (*Server).postTakeBack, form: (*Server).showReview},

		{pattern: "GET /office/batches", access: anyStaff, handle: (*Server).showBatches},
		{pattern: "GET /office/batches/new", access: reviewers, handle: (*Server).showNewBatch},
		{pattern: "POST /office/batches", access: reviewers, handle: (*Server).postBatch, form: (*Server).showNewBatch},
		{pattern: "GET /office/batches/settings", access: admins, handle: (*Server).showRosterSettings},
		{pattern: "POST /office/batches/settings", access: admins, handle: (*Server).postRosterSettings, form: (*Server).showRosterSettings},
		{pattern: "GET /office/batches/{id}", access: anyStaff, handle: (*Server).showBatch},
		{pattern: "POST /office/batches/{id}/add", access: reviewers, handle: (*Server).postBatchAdd, form: (*Server).showNewBatch},
		{pattern: "POST /office/batches/{id}/remove", access: reviewers, handle: (*Server).postBatchRemove, form: (*Server).showBatch},
		{pattern: "POST /office/batches/{id}/expect", access: reviewers, handle: (*Server).postBatchExpect, form: (*Server).showBatch},
		{pattern: "POST /office/batches/{id}/lock", access: reviewers, handle: moveBatch(reissue.BatchLock), form: (*Server).showBatch},
		{pattern: "POST /office/batches/{id}/unlock", access: reviewers, handle: moveBatch(reissue.BatchUnlock), form: (*Server).showBatch},
		{pattern: "POST /office/batches/{id}/report", access: reviewers, handle: moveBatch(reissue.BatchReport), form: (*Server).showBatch},
		{pattern: "POST /office/batches/{id}/undo-report", access: reviewers, handle: moveBatch(reissue.BatchUndoReport), form: (*Server).showBatch},
		{pattern: "POST /office/batches/{id}/arrive", access: reviewers, handle: moveBatch(reissue.BatchArrive), form: (*Server).showBatch},
		{pattern: "POST /office/batches/{id}/undo-arrival", access: reviewers, handle: moveBatch(reissue.BatchUndoArrival), form: (*Server).showBatch},
		{pattern: "POST /office/batches/{id}/dissolve", access: reviewers, handle: moveBatch(reissue.BatchDissolve), form: (*Server).showBatch},
		{pattern: "GET /office/batches/{id}/roster.xlsx", access: reviewers, handle: (*Server).sendRoster},
		{pattern: "GET /office/batches/{id}/photos.zip", access: reviewers, handle: (*Server).sendBatchFiles},

		{pattern: "GET /office/handout", access: anyStaff, handle: (*Server).showHandout},
		{pattern: "GET /office/handout/{id}", access: anyStaff, handle: (*Server).showHandoutItem},
		{pattern: "POST /office/handout/{id}/collect", access: reviewers, handle: (*Server).postCollect, form: (*Server).showHandoutItem},
		{pattern: "POST /office/handout/{id}/mail", access: reviewers, handle: (*Server).postMailed, form: (*Server).showHandoutItem},
		{pattern: "POST /office/handout/{id}/arrive", access: reviewers, handle: (*Server).postArrived, form: (*Server).showHandoutItem},
		{pattern: "POST /office/handout/{id}/undo-arrival", access: reviewers, handle: undoAct((*reissue.Application).UndoArrival), form: (*Server).showHandoutItem},
		{pattern: "POST /office/handout/{id}/correct-handout", access: reviewers, handle: undoAct((*reissue.Application).CorrectHandOut), form: (*Server).showHandoutItem},
		{pattern: "POST /office/handout/{id}/correct-mailing", access: reviewers, handle: undoAct((*reissue.Application).CorrectMailing), form: (*Server).showHandoutItem},
		{pattern: "POST /office/handout/mailings", access: reviewers, handle: (*Server).postMailings, form: (*Server).showHandout, upload: listUpload},
		{pattern: "GET /office/handout/mailings/{key}", access: reviewers, handle: (*Server).showMailings},
		{pattern: "GET /office/handout/mailings/{key}/rejected.csv", access: reviewers, handle: (*Server).sendMailingsRejected},
		{pattern: "GET /office/handout/sheet", access: anyStaff, handle: (*Server).showSignatures},
		{pattern: "GET /office/forms", access: anyStaff, handle: (*Server).showForms},
		{pattern: "GET /office/applications/{id}/code.svg", access: anyStaff, handle: (*Server).codeReview},

		{pattern: "GET /office/staff", access: admins, handle: (*Server).showStaff},
		{pattern: "POST /office/staff", access: admins, handle: (*Server).postStaff, form: (*Server).showStaff},
		{pattern: "GET /office/staff/{id}", access: admins, handle: (*Server).showStaffMember},
		{pattern: "POST /office/staff/{id}", access: admins, handle: (*Server).postStaffGrant, form: (*Server).showStaffMember},
		{pattern: "POST /office/staff/{id}/password", access: admins, handle: (*Server).postStaffPassword},
		{pattern: "POST /office/staff/{id}/unlock", access: admins, handle: (*Server).postStaffUnlock},
		{pattern: "POST /office/staff/{id}/second-factor", access: admins, handle: (*Server).postStaffFactor},
		{pattern: "POST /office/staff/{id}/disable", access: admins, handle: (*Server).postStaffDisable, form: (*Server).showStaffMember},
		{pattern: "POST /office/staff/{id}/enable", access: admins, handle: (*Server).postStaffEnable},
		{pattern: "GET /office/audit", access: anyStaff, handle: (*Server).showAudit},
		{pattern: "GET /office/audit/verify", access: auditors, handle: (*Server).showVerify},
		{pattern: "GET /office/audit.xlsx", access: auditors, handle: exportAudit(workbook)},
		{pattern: "GET /office/audit.csv", access: auditors, handle: exportAudit(plain)},
		{pattern: "GET /office/certificates", access: anyStaff, handle: (*Server).showCertificates},
		{pattern: "GET /office/certificates.xlsx", access: anyStaff, handle: exportCertificates(workbook)},
		{pattern: "GET /office/certificates.csv", access: anyStaff, handle: exportCertificates(plain)},
		{pattern: "POST /office/certificates", access: anyStaff, handle: (*Server).postSearchCertificates, form: (*Server).showCertificates},
		{pattern: "GET /office/certificates/{id}", access: anyStaff, handle: (*Server).showCertificate},
		{pattern: "POST /office/certificates/collected", access: admins, handle: (*Server).postCollected, form: (*Server).showCertificates},
		{pattern: "POST /office/certificates/{id}/collected", access: admins, handle: (*Server).postCertificateCollected},
		{pattern: "GET /office/certificates/import", access: admins, handle: (*Server).showUpload},
		{pattern: "POST /office/certificates/import", access: admins, handle: (*Server).postUpload, form: (*Server).showUpload, upload: registerUpload},
		{pattern: "GET /office/certificates/checks/{job}", access: admins, handle: (*Server).showImportCheck},
		{pattern: "GET /office/certificates/checks/{job}/rejected.xlsx", access: admins, handle: (*Server).sendRejected},
		{pattern: "POST /office/certificates/checks/{job}/apply", access: admins, handle: (*Server).postApplyImport},
		{pattern: "GET /office/certificates/imports", access: anyStaff, handle: (*Server).showImports},
		{pattern: "GET /office/certificates/imports/{id}", access: anyStaff, handle: (*Server).showImport},
		{pattern: "POST /office/certificates/imports/{id}/take-back", access: admins, handle: (*Server).postTakeBackImport, form: (*Server).showImport},
		{pattern: "GET /office/exams", access: examiners, handle: (*Server).showExams},
		{pattern: "GET /office/exams/new", access: admins, handle: (*Server).showNewExam},
		{pattern: "POST /office/exams", access: admins, handle: (*Server).postNewExam, form: (*Server).showNewExam},
		{pattern: "GET /office/exams/{id}", access: examiners, handle: (*Server).showExam},
		{pattern: "POST /office/exams/{id}", access: admins, handle: (*Server).postExam, form: (*Server).showExam},
		{pattern: "POST /office/exams/{id}/delete", access: admins, handle: (*Server).postDeleteExam},
		{pattern: "GET /office/settings", access: admins, handle: (*Server).showSettings},
		{pattern: "POST /office/settings", access: admins, handle: (*Server).postSettings, form: (*Server).showSettings},
		{pattern: "POST /office/settings/test-mail", access: admins, handle: (*Server).postTestMail, form: (*Server).showSettings},
		{pattern: "GET /office/settings/reasons", access: admins, handle: (*Server).showReasons},
		{pattern: "POST /office/settings/reasons", access: admins, handle: (*Server).postReasons, form: (*Server).showReasons},
		{pattern: "GET /office/settings/cities", access: admins, handle: (*Server).showCities},
		{pattern: "POST /office/settings/cities", access: admins, handle: (*Server).postCity, form: (*Server).showCities},
		{pattern: "POST /office/settings/cities/{id}", access: admins, handle: (*Server).postCityRename, form: (*Server).showCities},
		{pattern: "POST /office/settings/cities/{id}/remove", access: admins, handle: (*Server).postCityRemove, form: (*Server).showCities},
		{pattern: "GET /office/settings/mail", access: admins, handle: (*Server).showMailTexts},
		{pattern: "GET /office/settings/mail/{act}", access: admins, handle: (*Server).showMailText},
		{pattern: "POST /office/settings/mail/{act}", access: admins, handle: (*Server).postMailText, form: (*Server).showMailText},
		{pattern: "GET /office/mail", access: admins, handle: (*Server).showMail},
		{pattern: "POST /office/mail/retry", access: admins, handle: (*Server).postMailRetryAll},
		{pattern: "POST /office/mail/release", access: admins, handle: (*Server).postMailRelease},
		{pattern: "POST /office/mail/{id}/retry", access: admins, handle: (*Server).postMailRetry, form: (*Server).showMail},
		{pattern: "GET /office/backup", access: admins, handle: (*Server).showBackup},
		{pattern: "POST /office/backup", access: admins, handle: (*Server).postBackupPlan, form: (*Server).showBackup},
		{pattern: "POST /office/backup/make", access: admins, handle: (*Server).postBackupMake, form: (*Server).showBackup},
		{pattern: "POST /office/backup/download", access: admins, handle: (*Server).postBackupDownload, form: (*Server).showBackup},
		{pattern: "GET /office/accounts", access: counter, handle: (*Server).showAccounts},
		{pattern: "POST /office/accounts", access: counter, handle: (*Server).postAccounts, form: (*Server).showAccounts},
		{pattern: "GET /office/accounts/new", access: counter, handle: (*Server).showNewAccount},
		{pattern: "POST /office/accounts/new", access: counter, handle: (*Server).postNewAccount, form: (*Server).showNewAccount},
		{pattern: "POST /office/accounts/{id}/correct", access: counter, handle: (*Server).postAccountCorrect, form: (*Server).showAccount},
		{pattern: "POST /office/accounts/{id}/close", access: counter, handle: (*Server).postAccountClose, form: (*Server).showAccount},
		{pattern: "GET /office/accounts/{id}", access: counter, handle: (*Server).showAccount},
		{pattern: "POST /office/accounts/{id}/reset", access: counter, handle: (*Server).postAccountReset},
		{pattern: "POST /office/accounts/{id}/unlock", access: counter, handle: (*Server).postAccountUnlock},
		{pattern: "POST /office/accounts/{id}/email", access: counter, handle: (*Server).postAccountEmail, form: (*Server).showAccount},
		{pattern: "POST /office/accounts/{id}/attach", access: counter, handle: (*Server).postAccountAttach, form: (*Server).showAccount},
	}
}

// Patterns lists every route, so that a test can go through all of them and
// fail for one that it does not know.
func Patterns() []string {
	var patterns []string
	for _, r := range routes() {
		patterns = append(patterns, r.pattern)
	}
	return patterns
}

// routing puts the routes behind what every request passes, in this order.
func (s *Server) routing() http.Handler {
	mux := http.NewServeMux()
	for _, r := range routes() {
		mux.Handle(r.pattern, s.serve(r))
	}
	mux.Handle("GET /captcha/{name}", s.serve(route{pattern: "GET /captcha/{name}", access: anyone, handle: (*Server).showCaptcha}))
	mux.HandleFunc("GET /healthz", s.health)
	unknown := s.serve(route{pattern: "/", access: anyone, handle: (*Server).notFound})
	mux.Handle("GET "+static.Prefix, static.Handler(unknown))
	mux.Handle("/", unknown)
	mux.Handle("/office/", s.serve(route{pattern: "/office/", access: visitors, handle: (*Server).notFound}))

	var h http.Handler = mux
	h = s.onlyOpen(h)  // until there is an admin, candidates are told so
	h = s.onlyLocal(h) // a demo answers loopback hosts only
	h = s.headers(h)   // on every answer, refusals included
	h = s.logged(h)    // outermost: one line a request, and no panic gets out
	return h
}
