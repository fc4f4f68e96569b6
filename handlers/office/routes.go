package office

import (
	"time"

	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
)

var (
	visitors  = visit.Access{}
	reviewers = staff(reissue.RoleReviewer)
	counter   = staff(reissue.RoleReviewer, reissue.RoleAdmin)
	admins    = staff(reissue.RoleAdmin)
	auditors  = staff(reissue.RoleAuditor)
	examiners = staff(reissue.RoleAdmin, reissue.RoleAuditor) // who may see the exams
	anyStaff  = staff()
)

func staff(roles ...reissue.Role) visit.Access { return visit.Access{SignedIn: true, Roles: roles} }

// uploadTime is how long what staff upload may take to arrive.
const uploadTime = 15 * time.Minute

var (
	listUpload     = &visit.Upload{Limit: 21 << 20, Time: uploadTime, TooLarge: sayTooLargeList, Advice: sayTooLargeListAdvice, Form: counterPath}
	numbersUpload  = &visit.Upload{Limit: listUpload.Limit, Time: uploadTime, TooLarge: sayTooLargeList, Advice: sayTooLargeListAdvice, Form: "/office/batches"}
	registerUpload = &visit.Upload{Limit: 256 << 20, Time: uploadTime, TooLarge: sayTooLargeSheet, Advice: sayTooLargeSheetAdvice, Form: "/office/certificates/import"}
)

// Routes is every address of the office's pages, and who may enter.
func (p *Pages) Routes() []visit.Route {
	return []visit.Route{
		{Pattern: "GET /office/login", Access: visitors, Handle: p.showLogin},
		{Pattern: "POST /office/login", Access: visitors, Handle: p.postLogin, Form: p.showLogin},
		{Pattern: "GET " + codePage, Access: visitors, Handle: p.showLoginCode},
		{Pattern: "POST " + codePage, Access: visitors, Handle: p.postLoginCode, Form: p.showLoginCode},
		{Pattern: "GET /office/first-admin", Access: visitors, Handle: p.showFirstAdmin},
		{Pattern: "POST /office/first-admin", Access: visitors, Handle: p.postFirstAdmin, Form: p.showFirstAdmin},
		{Pattern: "POST /office/logout", Access: visitors, Handle: p.PostLogout},

		{Pattern: "GET /office/password", Access: anyStaff, Handle: p.showPassword},
		{Pattern: "POST /office/password", Access: anyStaff, Handle: p.postPassword, Form: p.showPassword},
		{Pattern: "POST /office/password/sign-out", Access: anyStaff, Handle: p.PostSignOut},
		{Pattern: "GET " + factorPage, Access: anyStaff, Handle: p.showSecondFactor},
		{Pattern: "POST " + factorPage, Access: anyStaff, Handle: p.postSecondFactor, Form: p.showSecondFactor},
		{Pattern: "GET " + factorPage + "/code.svg", Access: anyStaff, Handle: p.codeFactor},
		{Pattern: "POST " + factorPage + "/remove", Access: anyStaff, Handle: p.postFactorRemove, Form: p.showSecondFactor},

		{Pattern: "GET /office", Access: anyStaff, Handle: p.showDesk},
		{Pattern: "GET /office/help", Access: anyStaff, Handle: p.showHelp},
		{Pattern: "POST /office/changes", Access: admins, Handle: p.postChanges},
		{Pattern: "POST /office/first-steps", Access: admins, Handle: p.postFirstSteps},

		{Pattern: "GET /office/applications", Access: anyStaff, Handle: p.showApplications},
		{Pattern: "POST /office/applications", Access: anyStaff, Handle: p.postSearch, Form: p.showApplications},
		{Pattern: "GET /office/applications.xlsx", Access: anyStaff, Handle: p.exportQueue(workbook)},
		{Pattern: "GET /office/applications.csv", Access: anyStaff, Handle: p.exportQueue(plain)},
		{Pattern: "GET /office/applications/next", Access: anyStaff, Handle: p.goNext},
		{Pattern: "GET /office/applications/previous", Access: anyStaff, Handle: p.goPrevious},
		{Pattern: "POST /office/applications/many", Access: reviewers, Handle: p.postMany, Form: p.showApplications},
		{Pattern: "GET /office/applications/many", Access: reviewers, Handle: p.showMany},
		{Pattern: "POST /office/applications/many/{key}/take-back", Access: reviewers, Handle: p.postManyTakeBack, Form: p.showMany},
		{Pattern: "GET /office/applications/{id}", Access: anyStaff, Handle: p.showApplication},
		{Pattern: "GET /office/applications/{id}/photo", Access: anyStaff, Handle: p.photoApplication},
		{Pattern: "GET /office/applications/{id}/photo/check", Access: anyStaff, Handle: p.showApplicationPhoto},
		{Pattern: "GET /office/applications/{id}/code.svg", Access: anyStaff, Handle: p.codeApplication},
		{Pattern: "POST /office/applications/{id}/approve", Access: reviewers, Handle: p.postApprove, Form: p.showApplication},
		{Pattern: "POST /office/applications/{id}/return", Access: reviewers, Handle: p.postReturn, Form: p.showApplication},
		{Pattern: "POST /office/applications/{id}/refuse", Access: reviewers, Handle: p.postRefuse, Form: p.showApplication},
		{Pattern: "POST /office/applications/{id}/take-back", Access: reviewers, Handle: p.postTakeBack, Form: p.showApplication},
		{Pattern: "POST /office/applications/{id}/note", Access: reviewers, Handle: p.postNote, Form: p.showApplication},
		{Pattern: "POST /office/applications/{id}/hold", Access: reviewers, Handle: p.postHold, Form: p.showApplication},
		{Pattern: "POST /office/applications/{id}/unhold", Access: reviewers, Handle: p.postUnhold, Form: p.showApplication},
		{Pattern: "POST /office/applications/{id}/leave-production", Access: reviewers, Handle: p.postLeaveProduction, Form: p.showApplication},
		{Pattern: "POST /office/applications/{id}/undo-leave", Access: reviewers, Handle: p.postUndoLeave, Form: p.showApplication},

		{Pattern: "GET /office/applications/{id}/proof", Access: anyStaff, Handle: p.showProof},
		{Pattern: "POST /office/applications/{id}/proof", Access: reviewers, Handle: p.postProof, Form: p.showApplication},
		{Pattern: "POST /office/applications/{id}/proof/undo", Access: reviewers, Handle: p.postProofUndo, Form: p.showApplication},

		{Pattern: "GET /office/proofs", Access: anyStaff, Handle: p.showProofs},
		{Pattern: "GET /office/proofs.xlsx", Access: anyStaff, Handle: p.exportProofs(workbook)},
		{Pattern: "GET /office/proofs.csv", Access: anyStaff, Handle: p.exportProofs(plain)},
		{Pattern: "GET /office/proofs/waiting", Access: anyStaff, Handle: p.showProofsWaiting},
		{Pattern: "POST /office/proofs", Access: reviewers, Handle: p.postProofs, Form: p.showProofsWaiting},
		{Pattern: "GET /office/proofs/sheets", Access: anyStaff, Handle: p.showProofSheets},

		{Pattern: "GET /office/batches", Access: anyStaff, Handle: p.showBatches},
		{Pattern: "GET /office/batches/new", Access: reviewers, Handle: p.showNewBatch},
		{Pattern: "POST /office/batches", Access: reviewers, Handle: p.postBatch, Form: p.showNewBatch},
		{Pattern: "GET /office/batches/settings", Access: admins, Handle: p.showRosterSettings},
		{Pattern: "POST /office/batches/settings", Access: admins, Handle: p.postRosterSettings, Form: p.showRosterSettings},
		{Pattern: "GET /office/batches/{id}", Access: anyStaff, Handle: p.showBatch},
		{Pattern: "POST /office/batches/{id}/add", Access: reviewers, Handle: p.postBatchAdd, Form: p.showNewBatch},
		{Pattern: "POST /office/batches/{id}/remove", Access: reviewers, Handle: p.postBatchRemove, Form: p.showBatch},
		{Pattern: "POST /office/batches/{id}/expect", Access: reviewers, Handle: p.postBatchExpect, Form: p.showBatch},
		{Pattern: "POST /office/batches/{id}/lock", Access: reviewers, Handle: p.moveBatch(reissue.BatchLock), Form: p.showBatch},
		{Pattern: "POST /office/batches/{id}/unlock", Access: reviewers, Handle: p.moveBatch(reissue.BatchUnlock), Form: p.showBatch},
		{Pattern: "POST /office/batches/{id}/report", Access: reviewers, Handle: p.moveBatch(reissue.BatchReport), Form: p.showBatch},
		{Pattern: "POST /office/batches/{id}/undo-report", Access: reviewers, Handle: p.moveBatch(reissue.BatchUndoReport), Form: p.showBatch},
		{Pattern: "POST /office/batches/{id}/arrive", Access: reviewers, Handle: p.moveBatch(reissue.BatchArrive), Form: p.showBatch},
		{Pattern: "POST /office/batches/{id}/undo-arrival", Access: reviewers, Handle: p.moveBatch(reissue.BatchUndoArrival), Form: p.showBatch},
		{Pattern: "POST /office/batches/{id}/dissolve", Access: reviewers, Handle: p.moveBatch(reissue.BatchDissolve), Form: p.showBatch},
		{Pattern: "POST /office/batches/{id}/numbers", Access: reviewers, Handle: p.postNumbers, Form: p.showBatch, Upload: numbersUpload},
		{Pattern: "GET /office/batches/{id}/numbers/{key}", Access: reviewers, Handle: p.showList(numberList)},
		{Pattern: "GET /office/batches/{id}/numbers/{key}/rejected.csv", Access: reviewers, Handle: p.sendListRejected(numberList)},
		{Pattern: "POST /office/batches/{id}/numbers/{key}/apply", Access: reviewers, Handle: p.postListApply(numberList), Form: p.showList(numberList)},
		{Pattern: "POST /office/batches/{id}/numbers/{key}/take-back", Access: reviewers, Handle: p.postListTakeBack(numberList), Form: p.showList(numberList)},
		{Pattern: "GET /office/batches/{id}/roster.xlsx", Access: reviewers, Handle: p.sendRoster},
		{Pattern: "GET /office/batches/{id}/photos.zip", Access: reviewers, Handle: p.sendBatchFiles},

		{Pattern: "GET " + counterPath, Access: anyStaff, Handle: p.showCounter},
		{Pattern: "POST " + counterPath, Access: anyStaff, Handle: p.postCounter, Form: p.showCounter},
		{Pattern: "GET " + counterPath + "/{id}", Access: anyStaff, Handle: p.showCounterPerson},
		{Pattern: "POST " + counterPath + "/collect", Access: reviewers, Handle: p.postTogether, Form: p.showTogether},
		{Pattern: "GET /office/handout", Access: anyStaff, Handle: p.showCounter},
		{Pattern: "GET /office/handout/{id}", Access: anyStaff, Handle: p.showHandoutItem},
		{Pattern: "POST /office/handout/{id}/collect", Access: reviewers, Handle: p.postCollect, Form: p.showHandoutItem},
		{Pattern: "POST /office/handout/{id}/mail", Access: reviewers, Handle: p.postMailed, Form: p.showHandoutItem},
		{Pattern: "POST /office/handout/{id}/number", Access: counter, Handle: p.postNumber, Form: p.showHandoutItem},
		{Pattern: "POST /office/handout/{id}/arrive", Access: reviewers, Handle: p.postArrived, Form: p.showHandoutItem},
		{Pattern: "POST /office/handout/{id}/undo-arrival", Access: reviewers, Handle: p.undoAct((*reissue.Application).UndoArrival), Form: p.showHandoutItem},
		{Pattern: "POST /office/handout/{id}/correct-handout", Access: reviewers, Handle: p.undoAct((*reissue.Application).CorrectHandOut), Form: p.showHandoutItem},
		{Pattern: "POST /office/handout/{id}/correct-mailing", Access: reviewers, Handle: p.undoAct((*reissue.Application).CorrectMailing), Form: p.showHandoutItem},
		{Pattern: "POST /office/handout/mailings", Access: reviewers, Handle: p.postMailings, Form: p.showCounter, Upload: listUpload},
		{Pattern: "GET /office/handout/mailings/{key}", Access: reviewers, Handle: p.showList(mailingList)},
		{Pattern: "GET /office/handout/mailings/{key}/rejected.csv", Access: reviewers, Handle: p.sendListRejected(mailingList)},
		{Pattern: "POST /office/handout/mailings/{key}/apply", Access: reviewers, Handle: p.postListApply(mailingList), Form: p.showList(mailingList)},
		{Pattern: "POST /office/handout/mailings/{key}/take-back", Access: reviewers, Handle: p.postListTakeBack(mailingList), Form: p.showList(mailingList)},
		{Pattern: "GET /office/handout/sheet", Access: anyStaff, Handle: p.showSignatures},

		{Pattern: "GET /office/lists", Access: reviewers, Handle: p.showLists},
		{Pattern: "GET /office/forms", Access: anyStaff, Handle: p.showForms},
		{Pattern: "GET " + lettersPage, Access: anyStaff, Handle: p.showLetters},
		{Pattern: "GET " + reportPage, Access: anyStaff, Handle: p.showReport},
		{Pattern: "GET " + reportPage + ".xlsx", Access: anyStaff, Handle: p.exportReport},
		{Pattern: "GET " + archivePage, Access: anyStaff, Handle: p.showArchive},

		{Pattern: "GET /office/staff", Access: admins, Handle: p.showStaff},
		{Pattern: "POST /office/staff", Access: admins, Handle: p.postStaff, Form: p.showStaff},
		{Pattern: "GET /office/staff/{id}", Access: admins, Handle: p.showStaffMember},
		{Pattern: "POST /office/staff/{id}", Access: admins, Handle: p.postStaffGrant, Form: p.showStaffMember},
		{Pattern: "POST /office/staff/{id}/password", Access: admins, Handle: p.postStaffPassword},
		{Pattern: "POST /office/staff/{id}/unlock", Access: admins, Handle: p.postStaffUnlock},
		{Pattern: "POST /office/staff/{id}/second-factor", Access: admins, Handle: p.postStaffFactor},
		{Pattern: "POST /office/staff/{id}/disable", Access: admins, Handle: p.postStaffDisable, Form: p.showStaffMember},
		{Pattern: "POST /office/staff/{id}/enable", Access: admins, Handle: p.postStaffEnable},

		{Pattern: "GET /office/audit", Access: anyStaff, Handle: p.showAudit},
		{Pattern: "GET /office/audit/verify", Access: auditors, Handle: p.showVerify},
		{Pattern: "GET /office/audit.xlsx", Access: auditors, Handle: p.exportAudit(workbook)},
		{Pattern: "GET /office/audit.csv", Access: auditors, Handle: p.exportAudit(plain)},

		{Pattern: "GET /office/certificates", Access: anyStaff, Handle: p.showCertificates},
		{Pattern: "GET /office/certificates.xlsx", Access: anyStaff, Handle: p.exportCertificates(workbook)},
		{Pattern: "GET /office/certificates.csv", Access: anyStaff, Handle: p.exportCertificates(plain)},
		{Pattern: "POST /office/certificates", Access: anyStaff, Handle: p.postSearchCertificates, Form: p.showCertificates},
		{Pattern: "GET /office/certificates/{id}", Access: anyStaff, Handle: p.showCertificate},
		{Pattern: "POST /office/certificates/collected", Access: admins, Handle: p.postCollected, Form: p.showCertificates},
		{Pattern: "POST /office/certificates/{id}/collected", Access: admins, Handle: p.postCertificateCollected},
		{Pattern: "POST /office/certificates/{id}/correct", Access: admins, Handle: p.postCorrectCertificate, Form: p.showCertificate},
		{Pattern: "POST /office/certificates/{id}/withdraw", Access: admins, Handle: p.postWithdrawCertificate, Form: p.showCertificate},
		{Pattern: "POST /office/certificates/{id}/restore", Access: admins, Handle: p.postRestoreCertificate, Form: p.showCertificate},
		{Pattern: "GET /office/certificates/import", Access: admins, Handle: p.showUpload},
		{Pattern: "POST /office/certificates/import", Access: admins, Handle: p.postUpload, Form: p.showUpload, Upload: registerUpload},
		{Pattern: "GET /office/certificates/checks/{job}", Access: admins, Handle: p.showImportCheck},
		{Pattern: "GET /office/certificates/checks/{job}/rejected.xlsx", Access: admins, Handle: p.sendRejected},
		{Pattern: "POST /office/certificates/checks/{job}/apply", Access: admins, Handle: p.postApplyImport, Form: p.showImportCheck},
		{Pattern: "GET /office/certificates/imports", Access: anyStaff, Handle: p.showImports},
		{Pattern: "GET /office/certificates/imports/{id}", Access: anyStaff, Handle: p.showImport},
		{Pattern: "POST /office/certificates/imports/{id}/take-back", Access: admins, Handle: p.postTakeBackImport, Form: p.showImport},

		{Pattern: "GET /office/exams", Access: examiners, Handle: p.showExams},
		{Pattern: "GET /office/exams/new", Access: admins, Handle: p.showNewExam},
		{Pattern: "POST /office/exams", Access: admins, Handle: p.postNewExam, Form: p.showNewExam},
		{Pattern: "POST /office/exams/many", Access: admins, Handle: p.postManyExams, Form: p.showExams},
		{Pattern: "GET /office/exams/many", Access: admins, Handle: p.showManyExams},
		{Pattern: "POST /office/exams/many/undo", Access: admins, Handle: p.postUndoExams, Form: p.showManyExams},
		{Pattern: "GET /office/exams/{id}", Access: examiners, Handle: p.showExam},
		{Pattern: "POST /office/exams/{id}", Access: admins, Handle: p.postExam, Form: p.showExam},
		{Pattern: "POST /office/exams/{id}/delete", Access: admins, Handle: p.postDeleteExam},

		{Pattern: "GET /office/settings", Access: admins, Handle: p.showSettings},
		{Pattern: "POST /office/settings", Access: admins, Handle: p.postSettings, Form: p.showSettings},
		{Pattern: "POST /office/settings/test-mail", Access: admins, Handle: p.postTestMail, Form: p.showSettings},
		{Pattern: "GET /office/settings/reasons", Access: admins, Handle: p.showReasons},
		{Pattern: "POST /office/settings/reasons", Access: admins, Handle: p.postReasons, Form: p.showReasons},
		{Pattern: "GET /office/settings/cities", Access: admins, Handle: p.showCities},
		{Pattern: "POST /office/settings/cities", Access: admins, Handle: p.postCity, Form: p.showCities},
		{Pattern: "POST /office/settings/cities/{id}", Access: admins, Handle: p.postCityRename, Form: p.showCities},
		{Pattern: "POST /office/settings/cities/{id}/place", Access: admins, Handle: p.postCityPlace, Form: p.showCities},
		{Pattern: "POST /office/settings/cities/{id}/remove", Access: admins, Handle: p.postCityRemove, Form: p.showCities},
		{Pattern: "GET /office/settings/mail", Access: admins, Handle: p.showMailTexts},
		{Pattern: "GET /office/settings/mail/{act}", Access: admins, Handle: p.showMailText},
		{Pattern: "POST /office/settings/mail/{act}", Access: admins, Handle: p.postMailText, Form: p.showMailText},

		{Pattern: "GET " + letterTextPage + "/{kind}", Access: admins, Handle: p.showLetterText},
		{Pattern: "POST " + letterTextPage + "/{kind}", Access: admins, Handle: p.postLetterText, Form: p.showLetterText},
		{Pattern: "GET /office/settings/proof", Access: admins, Handle: p.showProofText},
		{Pattern: "POST /office/settings/proof", Access: admins, Handle: p.postProofText, Form: p.showProofText},

		{Pattern: "GET /office/mail", Access: admins, Handle: p.showMail},
		{Pattern: "POST /office/mail/retry", Access: admins, Handle: p.postMailRetryAll},
		{Pattern: "POST /office/mail/release", Access: admins, Handle: p.postMailRelease},
		{Pattern: "GET " + callsPage, Access: counter, Handle: p.showMailTelephone},
		{Pattern: "POST " + callsPage, Access: counter, Handle: p.postMailTelephone, Form: p.showMailTelephone},
		{Pattern: "POST " + callsPage + "/{id}/undo", Access: counter, Handle: p.postMailTelephoneUndo},
		{Pattern: "GET " + callsPage + ".xlsx", Access: counter, Handle: p.exportMailTelephone},
		{Pattern: "POST /office/mail/{id}/retry", Access: admins, Handle: p.postMailRetry, Form: p.showMail},

		{Pattern: "GET /office/backup", Access: admins, Handle: p.showBackup},
		{Pattern: "POST /office/backup", Access: admins, Handle: p.postBackupPlan, Form: p.showBackup},
		{Pattern: "POST /office/backup/make", Access: admins, Handle: p.postBackupMake, Form: p.showBackup},
		{Pattern: "POST /office/backup/download", Access: admins, Handle: p.postBackupDownload, Form: p.showBackup},
		{Pattern: "POST " + lockedPage, Access: admins, Handle: p.postBackupLocked, Form: p.showBackup},
		{Pattern: "GET " + lockedPage + "/{key}", Access: admins, Handle: p.showBackupLocked},
		{Pattern: "POST " + lockedPage + "/{key}", Access: admins, Handle: p.postBackupLockedDownload, Form: p.showBackupLocked},

		{Pattern: "GET /office/accounts", Access: counter, Handle: p.showAccounts},
		{Pattern: "POST /office/accounts", Access: counter, Handle: p.postAccounts, Form: p.showAccounts},
		{Pattern: "GET /office/accounts/new", Access: counter, Handle: p.showNewAccount},
		{Pattern: "POST /office/accounts/new", Access: counter, Handle: p.postNewAccount, Form: p.showNewAccount},
		{Pattern: "POST /office/accounts/{id}/correct", Access: counter, Handle: p.postAccountCorrect, Form: p.showAccount},
		{Pattern: "POST /office/accounts/{id}/close", Access: counter, Handle: p.postAccountClose, Form: p.showAccount},
		{Pattern: "GET /office/accounts/{id}", Access: counter, Handle: p.showAccount},
		{Pattern: "POST /office/accounts/{id}/reset", Access: counter, Handle: p.postAccountReset},
		{Pattern: "POST /office/accounts/{id}/unlock", Access: counter, Handle: p.postAccountUnlock},
		{Pattern: "POST /office/accounts/{id}/email", Access: counter, Handle: p.postAccountEmail, Form: p.showAccount},
		{Pattern: "POST /office/accounts/{id}/attach", Access: counter, Handle: p.postAccountAttach, Form: p.showAccount},

		{Pattern: "GET /office/accounts/{id}/apply", Access: counter, Handle: p.file(p.showAccountApply)},
		{Pattern: "POST /office/accounts/{id}/apply/photo", Access: counter, Handle: p.file(p.checkAccountPhoto), Upload: filing.PhotoUpload, Often: true},
		{Pattern: "POST /office/accounts/{id}/apply/photo/crop", Access: counter, Handle: p.file(p.suggestAccountCrop), Upload: filing.PhotoUpload, Often: true},
		{Pattern: "GET /office/accounts/{id}/apply/certificates/{record}", Access: counter, Handle: p.form(store.FormCertificate, p.showAccountForm)},
		{Pattern: "POST /office/accounts/{id}/apply/certificates/{record}", Access: counter, Handle: p.form(store.FormCertificate, p.postAccountForm),
			Form: p.form(store.FormCertificate, p.showAccountForm), Upload: filing.PhotoUpload, Late: p.form(store.FormCertificate, p.keepAccountForm)},
		{Pattern: "GET /office/accounts/{id}/apply/certificates/{record}/photo", Access: counter, Handle: p.form(store.FormCertificate, p.photoAccountForm)},
		{Pattern: "GET /office/accounts/{id}/apply/self", Access: counter, Handle: p.form(store.FormSelf, p.showAccountForm)},
		{Pattern: "POST /office/accounts/{id}/apply/self", Access: counter, Handle: p.form(store.FormSelf, p.postAccountForm),
			Form: p.form(store.FormSelf, p.showAccountForm), Upload: filing.PhotoUpload, Late: p.form(store.FormSelf, p.keepAccountForm)},
		{Pattern: "GET /office/accounts/{id}/apply/self/photo", Access: counter, Handle: p.form(store.FormSelf, p.photoAccountForm)},
		{Pattern: "GET /office/accounts/{id}/applications/{record}/submitted", Access: counter, Handle: p.filed(p.showAccountSubmitted)},
		{Pattern: "GET /office/accounts/{id}/applications/{record}/slip", Access: counter, Handle: p.filed(p.showAccountSlip)},
		{Pattern: "GET /office/accounts/{id}/applications/{record}/edit", Access: counter, Handle: p.form(store.FormEdit, p.showAccountEdit)},
		{Pattern: "POST /office/accounts/{id}/applications/{record}/edit", Access: counter, Handle: p.form(store.FormEdit, p.postAccountEdit),
			Form: p.form(store.FormEdit, p.showAccountEdit), Upload: filing.PhotoUpload, Late: p.form(store.FormEdit, p.keepAccountForm)},
		{Pattern: "GET /office/accounts/{id}/applications/{record}/edit/photo", Access: counter, Handle: p.form(store.FormEdit, p.photoAccountEdit)},
		{Pattern: "POST /office/accounts/{id}/applications/{record}/withdraw", Access: counter, Handle: p.form(store.FormEdit, p.postAccountWithdraw)},
	}
}
