package mutants

// What is broken of the bench's judgement, and of what is written past the templates for its sake.
var ofTheBench = []mutant{
	{"half the speed is as usual", "bench/figure.go",
		"ofUsual = 0.65", "ofUsual = 0.5", "TestVerdict"},
	{"a quick run asks for the goal", "bench/figure.go",
		"	if quick {\n		bound = f.usual", "	if false {\n		bound = f.usual", "TestVerdict"},
	{"more time is more speed", "bench/figure.go",
		"		if f.times {", "		if false {", "TestVerdict"},
	{"an upper bound is a lower one", "bench/figure.go",
		"	if f.atMost {\n		return", "	if false {\n		return", "TestVerdict"},
	{"one slow pair decides", "bench/figure.go",
		"return sorted[len(sorted)/2]", "return sorted[0]", "TestVerdict"},
	{"a figure that is not documented", "bench/measure_pages.go",
		"pages while 64 sign in at once / quiet", "pages while many sign in / quiet", "TestDocument"},
	{"a goal that the document does not know", "bench/measure_peer.go",
		"times: true, goal: 10}", "times: true, goal: 9}", "TestDocument"},
	{"the name of an exam is markup", "templates/pages_candidate.go",
		"template.HTMLEscape(&list, []byte(exam.Text))", "list.WriteString(exam.Text)", "TestOptions"},
	{"the value of an exam is markup", "templates/pages_candidate.go",
		"template.HTMLEscape(&list, []byte(exam.Value))", "list.WriteString(exam.Value)", "TestOptions"},
	{"the chosen exam is forgotten", "templates/pages_candidate.go",
		"		if exam.Selected {", "		if false {", "TestOptions"},
}
