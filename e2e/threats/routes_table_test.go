package threats

// The visitors of the table, in the order of its columns. The other candidate has an
// account, an application and a draft of their own; the one limited to a city works for
// another one than that of everything that the addresses name.
var visitors = []string{"visitor", "candidate", "other", "reviewer", "admin", "auditor", "city"}

func all(status int) []int        { return []int{status, status, status, status, status, status, status} }
func candidates(status int) []int { return []int{303, status, status, 303, 303, 303, 303} }

// owned is what is the candidate's own.
func owned(status int) []int { return []int{303, status, 404, 303, 303, 303, 303} }

func staffs(reviewer, admin, auditor, city int) []int {
	return []int{303, 303, 303, reviewer, admin, auditor, city}
}

// routeTable says what each route answers to each visitor: a GET, or a POST
// with a good token and no values. All that the addresses name is there: the
// application and the certificate are the candidate's, the account and the batch, in
// production, those of the other one.
var routeTable = map[string][]int{
	"GET /{$}":       all(303),
	"GET /login":     {200, 303, 303, 200, 200, 200, 200},
	"POST /login":    all(422),
	"GET /register":  all(200),
	"POST /register": all(422),
	"GET /forgot":    all(200),
	"POST /forgot":   all(422),
	"GET /reset":     all(404),
	"POST /reset":    all(422),
	"GET /privacy":   all(200),

	"GET /confirm-email":          all(404),
	"POST /confirm-email":         all(422),
	"POST /profile/confirm-email": candidates(303),

	"GET /help":        all(200),
	"GET /text/{size}": all(404),
	"POST /logout":     all(303),
	"GET /apply":       candidates(200),
	"GET /apply/self":  candidates(200),

	"GET /apply/certificates/{id}":       owned(200),
	"POST /apply/certificates/{id}":      owned(422),
	"GET /apply/certificates/{id}/photo": owned(200),
	"POST /apply/photo":                  candidates(422),
	"POST /apply/photo/crop":             candidates(422),
	"POST /apply/self":                   candidates(422),
	"GET /apply/self/photo":              candidates(404),
	"GET /applications":                  candidates(200),
	"GET /applications/{id}":             owned(200),
	"GET /applications/{id}/submitted":   owned(200),
	"GET /applications/{id}/photo":       owned(200),
	"GET /applications/{id}/edit":        owned(200),
	"POST /applications/{id}/edit":       owned(409),
	"GET /applications/{id}/edit/photo":  owned(200),
	"POST /applications/{id}/withdraw":   owned(409),
	"GET /profile":                       candidates(200),
	"POST /profile":                      candidates(422),
	"GET /profile/data":                  candidates(200),
	"POST /profile/data":                 candidates(422),
	"GET /profile/close":                 candidates(200),
	"POST /profile/close":                candidates(422),
	"GET /password":                      candidates(200),
	"POST /password":                     candidates(422),
	"POST /password/sign-out":            candidates(303),

	"GET /office/login":        {200, 200, 200, 303, 303, 303, 303},
	"POST /office/login":       all(422),
	"GET /office/login/code":   all(303),
	"POST /office/login/code":  all(303),
	"GET /office/first-admin":  all(404),
	"POST /office/first-admin": all(404),
	"POST /office/logout":      all(303),
	"GET /office/help":         staffs(200, 200, 200, 200),
	"GET /office/password":     staffs(200, 200, 200, 200),
	"POST /office/password":    staffs(422, 422, 422, 422),

	"POST /office/password/sign-out":        staffs(303, 303, 303, 303),
	"GET /office/second-factor":             staffs(200, 200, 200, 200),
	"POST /office/second-factor":            staffs(422, 422, 422, 422),
	"GET /office/second-factor/code.svg":    staffs(404, 404, 404, 404),
	"POST /office/second-factor/remove":     staffs(422, 422, 422, 422),
	"POST /office/staff/{id}/second-factor": staffs(403, 409, 403, 403),

	"GET /office":              staffs(200, 200, 200, 200),
	"GET /office/applications": staffs(200, 200, 200, 200),

	"GET /office/applications/{id}/photo/check": staffs(200, 200, 200, 404),

	"POST /office/applications":                      staffs(422, 422, 422, 422),
	"GET /office/applications.xlsx":                  staffs(200, 200, 200, 200),
	"GET /office/applications.csv":                   staffs(200, 200, 200, 200),
	"GET /office/applications/next":                  staffs(303, 303, 303, 303),
	"GET /office/applications/previous":              staffs(303, 303, 303, 303),
	"POST /office/applications/many":                 staffs(422, 403, 403, 422),
	"GET /office/applications/many":                  staffs(404, 403, 403, 404),
	"POST /office/applications/many/{key}/take-back": staffs(404, 403, 403, 404),
	"GET /office/applications/{id}":                  staffs(200, 200, 200, 404),
	"GET /office/applications/{id}/photo":            staffs(200, 200, 200, 404),
	"POST /office/applications/{id}/approve":         staffs(409, 403, 403, 404),
	"POST /office/applications/{id}/return":          staffs(409, 403, 403, 404),
	"POST /office/applications/{id}/refuse":          staffs(409, 403, 403, 404),
	"GET /office/settings":                           staffs(403, 200, 403, 403),
	"POST /office/settings":                          staffs(403, 422, 403, 403),
	"POST /office/settings/test-mail":                staffs(403, 422, 403, 403),
	"GET /office/accounts":                           staffs(200, 200, 403, 200),
	"POST /office/accounts":                          staffs(422, 422, 403, 422),
	"GET /office/accounts/{id}":                      staffs(200, 200, 403, 404),
	"POST /office/accounts/{id}/reset":               staffs(303, 303, 403, 404),
	"POST /office/accounts/{id}/unlock":              staffs(303, 303, 403, 404),
	"POST /office/accounts/{id}/email":               staffs(422, 422, 403, 404),
	"POST /office/accounts/{id}/attach":              staffs(422, 422, 403, 404),
	"POST /office/accounts/{id}/correct":             staffs(422, 422, 403, 404),
	"POST /office/accounts/{id}/close":               staffs(422, 422, 403, 404),
	"GET /office/accounts/new":                       staffs(200, 200, 403, 200),
	"POST /office/accounts/new":                      staffs(422, 422, 403, 422),

	"GET /applications/{id}/slip":     owned(200),
	"GET /applications/{id}/code.svg": owned(200),

	"POST /office/applications/{id}/take-back":        staffs(409, 403, 403, 404),
	"POST /office/applications/{id}/note":             staffs(422, 403, 403, 404),
	"POST /office/applications/{id}/hold":             staffs(409, 403, 403, 404),
	"POST /office/applications/{id}/unhold":           staffs(409, 403, 403, 404),
	"POST /office/applications/{id}/leave-production": staffs(409, 403, 403, 404),
	"POST /office/applications/{id}/undo-leave":       staffs(409, 403, 403, 404),

	"GET /office/batches":                                 staffs(200, 200, 200, 200),
	"GET /office/batches/new":                             staffs(200, 403, 403, 200),
	"POST /office/batches":                                staffs(422, 403, 403, 422),
	"GET /office/batches/settings":                        staffs(403, 200, 403, 403),
	"POST /office/batches/settings":                       staffs(403, 422, 403, 403),
	"GET /office/batches/{id}":                            staffs(200, 200, 200, 404),
	"POST /office/batches/{id}/add":                       staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/remove":                    staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/expect":                    staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/lock":                      staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/unlock":                    staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/report":                    staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/undo-report":               staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/arrive":                    staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/undo-arrival":              staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/dissolve":                  staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/numbers":                   staffs(422, 403, 403, 404),
	"GET /office/batches/{id}/numbers/{key}":              staffs(404, 403, 403, 404),
	"GET /office/batches/{id}/numbers/{key}/rejected.csv": staffs(404, 403, 403, 404),
	"POST /office/batches/{id}/numbers/{key}/apply":       staffs(404, 403, 403, 404),
	"POST /office/batches/{id}/numbers/{key}/take-back":   staffs(404, 403, 403, 404),
	"GET /office/batches/{id}/roster.xlsx":                staffs(200, 403, 403, 404),
	"GET /office/batches/{id}/photos.zip":                 staffs(200, 403, 403, 404),

	"GET /office/handout":                             staffs(200, 200, 200, 200),
	"GET /office/handout/{id}":                        staffs(200, 200, 200, 404),
	"POST /office/handout/{id}/collect":               staffs(409, 403, 403, 404),
	"POST /office/handout/{id}/mail":                  staffs(409, 403, 403, 404),
	"POST /office/handout/{id}/arrive":                staffs(409, 403, 403, 404),
	"POST /office/handout/{id}/undo-arrival":          staffs(409, 403, 403, 404),
	"POST /office/handout/{id}/correct-handout":       staffs(409, 403, 403, 404),
	"POST /office/handout/{id}/correct-mailing":       staffs(409, 403, 403, 404),
	"POST /office/handout/mailings":                   staffs(422, 403, 403, 422),
	"GET /office/handout/mailings/{key}":              staffs(404, 403, 403, 404),
	"GET /office/handout/mailings/{key}/rejected.csv": staffs(404, 403, 403, 404),
	"POST /office/handout/mailings/{key}/apply":       staffs(404, 403, 403, 404),
	"POST /office/handout/mailings/{key}/take-back":   staffs(404, 403, 403, 404),
	"POST /office/handout/{id}/number":                staffs(409, 409, 403, 404),
	"GET /office/handout/sheet":                       staffs(200, 200, 200, 200),

	"GET /office/applications/{id}/proof":       staffs(200, 200, 200, 404),
	"POST /office/applications/{id}/proof":      staffs(409, 403, 403, 404),
	"POST /office/applications/{id}/proof/undo": staffs(409, 403, 403, 404),
	"GET /office/proofs":                        staffs(200, 200, 200, 200),
	"GET /office/proofs.xlsx":                   staffs(200, 200, 200, 200),
	"GET /office/proofs.csv":                    staffs(200, 200, 200, 200),
	"GET /office/proofs/waiting":                staffs(200, 200, 200, 200),
	"POST /office/proofs":                       staffs(422, 403, 403, 422),
	"GET /office/proofs/sheets":                 staffs(200, 200, 200, 200),

	"GET /office/lists": staffs(200, 403, 403, 200),
	"GET /office/forms": staffs(200, 200, 200, 200),

	"GET /office/applications/{id}/code.svg": staffs(200, 200, 200, 404),

	"GET /office/staff":                staffs(403, 200, 403, 403),
	"POST /office/staff":               staffs(403, 422, 403, 403),
	"GET /office/staff/{id}":           staffs(403, 200, 403, 403),
	"POST /office/staff/{id}":          staffs(403, 422, 403, 403),
	"POST /office/staff/{id}/password": staffs(403, 303, 403, 403),
	"POST /office/staff/{id}/unlock":   staffs(403, 303, 403, 403),
	"POST /office/staff/{id}/disable":  staffs(403, 303, 403, 403),
	"POST /office/staff/{id}/enable":   staffs(403, 303, 403, 403),

	"GET /office/audit":        staffs(200, 200, 200, 200),
	"GET /office/audit/verify": staffs(403, 403, 200, 403),

	"GET /office/audit.xlsx": staffs(403, 403, 200, 403),

	"GET /office/audit.csv": staffs(403, 403, 200, 403),

	"GET /office/certificates":                            staffs(200, 200, 200, 200),
	"GET /office/certificates.xlsx":                       staffs(200, 200, 200, 200),
	"GET /office/certificates.csv":                        staffs(200, 200, 200, 200),
	"POST /office/certificates":                           staffs(422, 422, 422, 422),
	"GET /office/certificates/{id}":                       staffs(200, 200, 200, 404),
	"POST /office/certificates/collected":                 staffs(403, 422, 403, 403),
	"POST /office/certificates/{id}/collected":            staffs(403, 422, 403, 403),
	"POST /office/certificates/{id}/correct":              staffs(403, 422, 403, 403),
	"POST /office/certificates/{id}/withdraw":             staffs(403, 422, 403, 403),
	"POST /office/certificates/{id}/restore":              staffs(403, 409, 403, 403),
	"GET /office/certificates/import":                     staffs(403, 200, 403, 403),
	"POST /office/certificates/import":                    staffs(403, 422, 403, 403),
	"GET /office/certificates/checks/{job}":               staffs(403, 303, 403, 403),
	"GET /office/certificates/checks/{job}/rejected.xlsx": staffs(403, 404, 403, 403),
	"POST /office/certificates/checks/{job}/apply":        staffs(403, 303, 403, 403),
	"GET /office/certificates/imports":                    staffs(200, 200, 200, 200),
	"GET /office/certificates/imports/{id}":               staffs(200, 200, 200, 200),
	"POST /office/certificates/imports/{id}/take-back":    staffs(403, 409, 403, 403),

	"GET /office/exams":              staffs(403, 200, 200, 403),
	"GET /office/exams/new":          staffs(403, 200, 403, 403),
	"POST /office/exams":             staffs(403, 422, 403, 403),
	"POST /office/exams/many":        staffs(403, 422, 403, 403),
	"GET /office/exams/many":         staffs(403, 404, 403, 403),
	"POST /office/exams/many/undo":   staffs(403, 404, 403, 403),
	"GET /office/exams/{id}":         staffs(403, 200, 200, 403),
	"POST /office/exams/{id}":        staffs(403, 409, 403, 403),
	"POST /office/exams/{id}/delete": staffs(403, 409, 403, 403),

	"GET /office/settings/reasons":             staffs(403, 200, 403, 403),
	"POST /office/settings/reasons":            staffs(403, 422, 403, 403),
	"GET /office/settings/cities":              staffs(403, 200, 403, 403),
	"POST /office/settings/cities":             staffs(403, 422, 403, 403),
	"POST /office/settings/cities/{id}":        staffs(403, 422, 403, 403),
	"POST /office/settings/cities/{id}/remove": staffs(403, 422, 403, 403),
	"POST /office/settings/cities/{id}/place":  staffs(403, 303, 403, 403),
	"GET /office/settings/mail":                staffs(403, 200, 403, 403),
	"GET /office/letters":                      staffs(404, 404, 404, 404),

	"GET /office/settings/letters/{kind}":  staffs(403, 404, 403, 403),
	"POST /office/settings/letters/{kind}": staffs(403, 404, 403, 403),

	"GET /office/settings/proof":       staffs(403, 200, 403, 403),
	"POST /office/settings/proof":      staffs(403, 422, 403, 403),
	"GET /office/settings/mail/{act}":  staffs(403, 200, 403, 403),
	"POST /office/settings/mail/{act}": staffs(403, 422, 403, 403),

	"GET /office/mail":             staffs(403, 200, 403, 403),
	"POST /office/mail/retry":      staffs(403, 303, 403, 403),
	"POST /office/mail/release":    staffs(403, 303, 403, 403),
	"POST /office/mail/{id}/retry": staffs(403, 422, 403, 403),

	"POST /office/changes":     staffs(403, 303, 403, 403),
	"POST /office/first-steps": staffs(403, 303, 403, 403),

	"GET /office/archive": staffs(200, 200, 200, 200),

	"GET /office/report":      staffs(200, 200, 200, 200),
	"GET /office/report.xlsx": staffs(200, 200, 200, 200),

	"GET /office/mail/telephone":            staffs(200, 200, 403, 200),
	"POST /office/mail/telephone":           staffs(422, 422, 403, 422),
	"POST /office/mail/telephone/{id}/undo": staffs(409, 409, 403, 404),
	"GET /office/mail/telephone.xlsx":       staffs(200, 200, 403, 200),

	"GET /office/backup":           staffs(403, 200, 403, 403),
	"POST /office/backup":          staffs(403, 422, 403, 403),
	"POST /office/backup/make":     staffs(403, 303, 403, 403),
	"POST /office/backup/download": staffs(403, 422, 403, 403),

	"POST /office/backup/locked":       staffs(403, 303, 403, 403),
	"GET /office/backup/locked/{key}":  staffs(403, 303, 403, 403),
	"POST /office/backup/locked/{key}": staffs(403, 303, 403, 403),
}
