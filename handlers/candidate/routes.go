package candidate

import (
	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
)

var (
	anyone    = visit.Access{}
	candidate = visit.Access{SignedIn: true}
)

// Routes is every address of the candidates' pages, and who may enter.
func (p *Pages) Routes() []visit.Route {
	return []visit.Route{
		{Pattern: "GET /{$}", Access: anyone, Handle: p.showStart},
		{Pattern: "GET /login", Access: anyone, Handle: p.showLogin},
		{Pattern: "POST /login", Access: anyone, Handle: p.postLogin, Form: p.showLogin},
		{Pattern: "GET /register", Access: anyone, Handle: p.showSignup},
		{Pattern: "POST /register", Access: anyone, Handle: p.postSignup, Form: p.showSignup, Once: true},
		{Pattern: "GET /forgot", Access: anyone, Handle: p.showForgot},
		{Pattern: "POST /forgot", Access: anyone, Handle: p.postForgot, Form: p.showForgot},
		{Pattern: "GET /reset", Access: anyone, Handle: p.showReset},
		{Pattern: "POST /reset", Access: anyone, Handle: p.postReset, Form: p.formReset},
		{Pattern: "GET /confirm-email", Access: anyone, Handle: p.showConfirmEmail},
		{Pattern: "POST /confirm-email", Access: anyone, Handle: p.postConfirmEmail, Form: p.formConfirmEmail},
		{Pattern: "GET /privacy", Access: anyone, Handle: p.showPrivacy},
		{Pattern: "GET /help", Access: anyone, Handle: p.showHelp},
		{Pattern: "GET /text/{size}", Access: anyone, Handle: p.setTextSize},
		{Pattern: "POST /logout", Access: anyone, Handle: p.PostLogout},

		{Pattern: "GET /apply", Access: candidate, Handle: p.showApply},
		{Pattern: "GET /apply/certificates/{id}", Access: candidate, Handle: p.showApplyCertificate},
		{Pattern: "POST /apply/certificates/{id}", Access: candidate, Handle: p.postApplyCertificate, Form: p.showApplyCertificate,
			Upload: filing.PhotoUpload, Late: p.keepApplyCertificate},
		{Pattern: "GET /apply/certificates/{id}/photo", Access: candidate, Handle: p.photoApplyCertificate},
		{Pattern: "POST /apply/photo", Access: candidate, Handle: p.checkPhoto, Upload: filing.PhotoUpload, Often: true},
		{Pattern: "POST /apply/photo/crop", Access: candidate, Handle: p.suggestCrop, Upload: filing.PhotoUpload, Often: true},
		{Pattern: "GET /apply/self", Access: candidate, Handle: p.showApplySelf},
		{Pattern: "POST /apply/self", Access: candidate, Handle: p.postApplySelf, Form: p.showApplySelf,
			Upload: filing.PhotoUpload, Late: p.keepApplySelf},
		{Pattern: "GET /apply/self/photo", Access: candidate, Handle: p.photoApplySelf},

		{Pattern: "GET /applications", Access: candidate, Handle: p.showApplications},
		{Pattern: "GET /applications/{id}", Access: candidate, Handle: p.showApplication},
		{Pattern: "GET /applications/{id}/submitted", Access: candidate, Handle: p.showSubmitted},
		{Pattern: "GET /applications/{id}/photo", Access: candidate, Handle: p.photoApplication},
		{Pattern: "GET /applications/{id}/slip", Access: candidate, Handle: p.showSlip},
		{Pattern: "GET /applications/{id}/code.svg", Access: candidate, Handle: p.codeApplication},
		{Pattern: "GET /applications/{id}/edit", Access: candidate, Handle: p.showEdit},
		{Pattern: "POST /applications/{id}/edit", Access: candidate, Handle: p.postEdit, Form: p.showEdit,
			Upload: filing.PhotoUpload, Late: p.keepEdit},
		{Pattern: "GET /applications/{id}/edit/photo", Access: candidate, Handle: p.photoEdit},
		{Pattern: "POST /applications/{id}/withdraw", Access: candidate, Handle: p.postWithdraw},

		{Pattern: "GET /profile", Access: candidate, Handle: p.showProfile},
		{Pattern: "POST /profile", Access: candidate, Handle: p.postProfile, Form: p.showProfile, Once: true},
		{Pattern: "POST /profile/confirm-email", Access: candidate, Handle: p.postAskConfirmation, Form: p.showProfile, At: "/profile"},
		{Pattern: "GET /profile/data", Access: candidate, Handle: p.showMyData},
		{Pattern: "POST /profile/data", Access: candidate, Handle: p.postMyData, Form: p.showMyData},
		{Pattern: "GET /profile/close", Access: candidate, Handle: p.showLeave},
		{Pattern: "POST /profile/close", Access: candidate, Handle: p.postLeave, Form: p.showLeave},

		{Pattern: "GET /password", Access: candidate, Handle: p.showPassword},
		{Pattern: "POST /password", Access: candidate, Handle: p.postPassword, Form: p.showPassword},
		{Pattern: "POST /password/sign-out", Access: candidate, Handle: p.PostSignOut},
	}
}
