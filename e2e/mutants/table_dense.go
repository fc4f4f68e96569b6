package mutants

// What is broken of how much is in view on the office's screens.
var ofDensity = []mutant{
	{"a row of the queue takes two lines on a notebook", "static/app.css",
		"  .lines .exam-line { display: flex; align-items: center; }", "  .lines .row-marks { margin-top: 14px; }", "./e2e/browser:TestBrowserQueueRows"},
	{"a long exam takes as many lines as it likes on an old screen", "static/app.css",
		"-webkit-box-orient: vertical; -webkit-line-clamp: 2; }", "-webkit-box-orient: vertical; }", "./e2e/browser:TestBrowserQueueRows"},
	{"the queue's filters take three lines", "static/app.css",
		"  .filters .search[method=get] { display: contents; }\n", "", "./e2e/browser:TestBrowserQueueRows"},
	{"what is cut of an exam is told nowhere", "templates/parts.html",
		`<span class="cut" title="{{.Exam}}">`, `<span class="cut">`, "./e2e/browser:TestBrowserQueueRows"},
	{"the decision stands below the photo", "static/app.css",
		"  .deciding, .deciding .review-side { display: flex; align-items: flex-start; gap: 12px; }", "  .deciding { display: flex; align-items: flex-start; gap: 12px; } .review-acts, .picture { width: 284px; }", "./e2e/browser:TestBrowserPanelInView"},
	{"marks push the decision down", "static/app.css",
		"  .deciding .review-side { position: sticky; top: 12px; flex: none; }", "  .deciding .review-side { position: sticky; top: 12px; flex: none; margin-top: 320px; }", "./e2e/browser:TestBrowserPanelInView"},
	{"the photo is scrolled away from its reasons", "static/app.css",
		"  .deciding .review-side { position: sticky; top: 12px; flex: none; }", "  .deciding .review-side { flex: none; }", "./e2e/browser:TestBrowserPhotoStays"},
	{"the reasons are longer than the window", "static/app.css",
		"  .picture, .review-acts { max-height: calc(100vh - 152px); overflow: auto; }", "  .picture { max-height: calc(100vh - 152px); overflow: auto; }", "./e2e/browser:TestBrowserPhotoStays"},
	{"the button to return lies over the note", "static/app.css",
		" scroll-padding-bottom: 56px; }", " }", "./e2e/browser:TestBrowserPhotoStays"},
	{"a wide screen is half empty", "static/app.css",
		"--frame: 1840px; }", "--frame: 1440px; }", "./e2e/browser:TestBrowserWide"},
	{"a filter is wider than a phone", "static/app.css",
		"  .filters .search[method=get] > p { flex: 1 1 130px; width: auto; }", "  .filters .search[method=get] > p { flex: none; width: 430px; }", "./e2e/browser:TestBrowserWide"},
}
