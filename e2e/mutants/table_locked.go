package mutants

// What is broken of the copies that are taken out of the house.
var ofLockedCopies = []mutant{
	{"the work that a file asks for has no bound", "locked/locked.go",
		"err == nil && asked > mostWork {", "err == nil && asked > 64 {", "TestUnlockFaults"},
	{"a locked copy asks for more work than the smallest machine does", "locked/locked.go",
		"	work     = 15", "	work     = 17", "TestLock"},
	{"a copy that was cut is opened as far as it goes", "locked/locked.go",
		"	if err != nil && err != io.EOF {", "	if err != nil {\n		err = io.EOF\n	}\n	if err != nil && err != io.EOF {", "TestUnlockFaults"},
	{"of a passphrase only half is random", "locked/passphrase.go",
		"alphabet[b%byte(len(alphabet))]", "alphabet[b%16]", "TestPassphrase"},
	{"a passphrase must be typed as it was shown", "locked/passphrase.go",
		"r = unicode.ToUpper(typed.Hyphen(typed.HalfWidth(r)))", "r = typed.Hyphen(typed.HalfWidth(r))", "TestPassphrase"},
	{"what was typed back is not compared", "command/locked.go",
		"	if locked.Passphrase(typed) != passphrase {", "	if typed == \"\" {", "./e2e/commands:TestLockedCopyTypedWrong"},
	{"a plain copy stays in the spool", "command/locked.go",
		"	defer spool.Of(data).Drop(folder)\n", "", "./e2e/commands:TestLockedCopy"},
	{"what was unlocked stays in the spool", "command/locked.go",
		"func dropUnlocked(plain, data string) { spool.Of(data).Drop(filepath.Dir(plain)) }", "func dropUnlocked(plain, data string) { spool.Of(data).Drop(filepath.Dir(plain) + \"x\") }", "./e2e/commands:TestLockedCopy"},
	{"half of what was unlocked stays in the spool", "command/locked.go",
		"	spooled.Drop(folder)\n", "", "./e2e/commands:TestLockedCopyRefused"},
	{"a refusal names a file that nobody finds", "command/locked.go",
		"strings.ReplaceAll(service.Sentence(err), plain, path)", "strings.ReplaceAll(service.Sentence(err), path, plain)", "./e2e/commands:TestLockedCopyRefused"},
	{"what was locked is not held against what it was made of", "command/locked.go",
		"bytes.Equal(sum.Sum(nil), want.Sum(nil))", "bytes.HasPrefix(sum.Sum(nil), want.Sum(nil)[:0])", "TestOpens"},
	{"a renamed locked copy is none", "locked/locked.go",
		"	return err == nil && string(begins) == intro", "	return err != nil && string(begins) == intro", "./e2e/commands:TestLockedCopy"},
}
