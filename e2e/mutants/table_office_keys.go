package mutants

// What is broken of the office's keys.
var ofOfficeKeys = []mutant{
	{"a login begins nowhere", "templates/office/login.html", `"username" "用户名" "first" `, `"username" "用户名" `, "./e2e/browser:TestBrowserFirstField"},
	{"a login that was refused begins in its first field", "templates/form.go",
		"f.First && len(form.Problems) == 0 // which have the focus", "f.First", "./e2e/browser:TestBrowserFirstField"},
	{"a letter in a search is a key", "static/keys.js", "(element.tagName === 'INPUT' && !/^(checkbox|radio|submit|button)$/.test(element.type));", "false;", "./e2e/browser:TestBrowserListKeys"},
	{"a list ends before its last rows", "static/keys.js", "Math.min(list.length - 1, at + step)", "Math.min(2, at + step)", "./e2e/browser:TestBrowserListKeys"},
	{"the arrows do not scroll", "static/keys.js", "(key === 'j' || !!current()) && walk(1)", "walk(1)", "./e2e/browser:TestBrowserListKeys"},
	{"Shift takes no range", "static/keys.js", "    if (shift) {\n", "    if (shift === 1) {\n", "./e2e/browser:TestBrowserListKeys"},
	{"Shift takes no range by the pointer", "static/keys.js", "    if (event.shiftKey) { range(box); }\n", "", "./e2e/browser:TestBrowserListKeys"},
	{"the form does not hear of a range", "static/keys.js", "    box.dispatchEvent(change);\n", "", "./e2e/browser:TestBrowserListKeys"},
	{"a key does its work behind the list of keys", "static/keys.js", "    } else if (told) {\n", "    } else if (told && key === '?') {\n", "./e2e/browser:TestBrowserKeysTold"},
	{"two things have one key", "static/keys.js", "      element.removeAttribute('data-key');\n", "", "./e2e/browser:TestBrowserKeysTold"},
	{"a panel's keys are told with the page's", "static/keys.js", "return panel ? element.closest('.decide details') === panel", "return panel ? panel", "./e2e/browser:TestBrowserKeysTold"},
	{"the Enter of a card refuses", "static/office.js", "event.key === 'Enter' && event.target.tagName === 'INPUT' && isChoice(event.target)", "false", "./e2e/browser:TestBrowserKeysTold"},
	{"a batch arrives by one press", "static/keys.js", " || element.hasAttribute('data-twice') && document.activeElement !== element", "", "./e2e/browser:TestBrowserMonth"},
	{"G shows no letters", "static/app.css", ".going .menu kbd, ", "", "./e2e/browser:TestBrowserKeysTold"},
}
