package mutants

// What is broken of what Windows asks for besides.
var ofWindows = []mutant{
	// The window of a double click.
	{"a double click serves what lies in the working directory", "command/window.go",
		`[]string{"serve", "-data", p.Installed}`, `[]string{"serve"}`, "./e2e/commands:TestDoubleClick"},
	{"a second double click is another service", "command/window.go",
		"running != nil {\n", "running != nil && false {\n", "./e2e/commands:TestDoubleClick"},
	{"a double click opens no browser", "command/window.go",
		"		if err := p.browse(url); err != nil {\n", "		if err := error(nil); err != nil {\n", "./e2e/commands:TestDoubleClick"},
	{"a refusal is gone with its window", "command/window.go",
		"	if code != ExitDone {\n", "	if code == ExitUsage {\n", "./e2e/commands:TestWindowStays"},
	{"a window that is closed waits for a key", "command/window.go",
		`		_, _ = orStopped(ctx, func() (string, error) { p.Window.Key(); return "", nil })`, "		p.Window.Key()", "./e2e/commands:TestWindowStays"},
	{"the browser is opened where nothing listens", "command/window.go",
		"ip.IsUnspecified()", "ip.IsMulticast()", "./e2e/commands:TestWindowOfService"},
	{"a double click runs beside the machine's service", "command/window.go",
		"p.Window.Installed(); is {", "p.Window.Installed(); is && false {", "./e2e/commands:TestWindowOfService"},

	// Which file is meant.
	{"the working directory's file is passed over", "command/flags.go",
		"os.Stat(usualData); err != nil {", "os.Stat(usualData); true || err != nil {", "./e2e/commands:TestDataChosen"},
	{"people are told of another file than is meant", "command/flags.go",
		"sayChosenData(store.FullPath(f.data))", "sayChosenData(store.FullPath(usualData))", "./e2e/commands:TestDataChosen"},
	{"the installed place's folder is somebody's task", "command/serve.go",
		"	if data != p.Home {", "	if true {", "./e2e/commands:TestHomeIsMade"},

	// The service, and who may reach what.
	{"a service that nobody sees tells nobody", "service/log.go",
		"			l.log.Info(line)\n", "", "TestLogged"},
	{"a service may go by a user's letter", "command/service_entry.go",
		"onNetwork(path) && !strings", "false && !strings", "TestEntry"},
	{"a folder elsewhere is taken from its people", "command/service_entry.go",
		"	if strings.EqualFold(folder, filepath.Dir(installed)) {\n", "	if true {\n", "TestEntry"},
	{"the service may not read its key", "command/service_entry.go",
		"			e.Reads = append(e.Reads, path)\n", "			_ = path\n", "TestEntry"},
	{"a folder takes over who may enter the one above", "owner/access.go",
		`text := "D:P"`, `text := "D:"`, "TestClosed"},
	{"the service has another number", "owner/access.go",
		"strings.ToUpper(service)", "service", "TestServiceSID"},
	{"who owns a file is nobody", "owner/access.go",
		"		add(who)\n	}\n	_, rights", "	}\n	_, rights", "TestOthers"},
	{"a file without a list is shut", "owner/access.go",
		"		return append(list, everybody)\n", "		return list\n", "TestOthers"},
	{"what is for those below counts", "owner/access.go",
		" && !onlyBelow(part[1]) {", " {", "TestOthers"},
	{"nobody looks at a file in a shut folder", "doctor/access.go",
		"append([]string{folder}, store.Beside(data)...)", "append([]string{folder}, store.Beside(data)[:0]...)", "TestOpenInWindows"},
	{"what cannot be looked at is shut", "doctor/access.go",
		"		if err != nil {\n", "		if err != nil && false {\n", "TestOpenInWindows"},
	{"a disk of another machine is one's own", "store/network_linux.go",
		"unix.SMB2_SUPER_MAGIC, ", "", "TestOnNetwork"},

	// What the release gives it.
	{"an executable has no icon and no version", "release/release.go",
		"	if t.os == \"windows\" {\n		if err := r.dress", "	if false {\n		if err := r.dress", "TestRelease"},
	{"each release has one version", "release/release.go",
		`"-title", sayTitle, "-version", r.build.Version)`, `"-title", sayTitle, "-version", "v1.0.0")`, "TestRelease"},

	// What the console shows.
	{"a pipe of a Chinese console is UTF-8", "window/window.go",
		"	if gbk[codePage] {\n", "	if false {\n", "TestEncoded"},
	{"a quotation mark ends a word of the command", "scm/scm.go",
		"			b.WriteString(strings.Repeat(`\\`, backslashes+1))\n", "", "TestText"},
	{"a command beside an installed service makes a file that nobody serves", "command/flags.go",
		"system != \"windows\" && errors.Is(err, fs.ErrNotExist) {", "system != \"windows\" && (err == nil || errors.Is(err, fs.ErrNotExist)) {", "./command:TestHome"},
}
