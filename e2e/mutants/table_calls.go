package mutants

// What is broken of telling people whom no mail reaches.
var ofTheCalls = []mutant{
	{"what has not left stays with the old address", "store/accounts.go",
		"redirect(tx, a.ID, a.Email, email); err != nil", "redirect(tx, a.ID, a.Email, a.Email); err != nil", "TestCallsGivenUp"},
	{"an address follows the notice to the one before", "store/calls.go",
		"m.To != from || m.Application == 0", "m.To != from || m.Kind != \"\"", "TestCallsNotice"},
	{"a decision that can still be taken back is told", "store/calls.go",
		" || m.Undelivered > tx.moment", "", "TestCallsWait"},
	{"what has been overtaken is told", "store/calls.go",
		"		case !is && m.Cancelled == 0:", "		case false:", "TestCallsWithoutAddress"},
	{"what an undone act had overtaken is told to nobody", "store/calls.go",
		"undone != nil && m.Cancelled == undone.At", "undone != nil && false", "TestCallsWithoutAddress"},
	{"another city's reviewer telephones", "store/calls.go",
		"	a, err := applicationFor(tx, staff, m.Application)", "	a, err := applications.get(tx.Tx, key(m.Application))", "TestCallsWithoutAddress"},
	{"a call is ticked off twice", "store/calls.go",
		"			if !m.unsent() {", "			if false {", "TestTell"},
	{"what was told is sent, too", "store/outbox.go",
		"m.Cancelled == 0 && m.Told == 0 }", "m.Cancelled == 0 }", "TestTell"},
	{"a mail that was refused for good is told to nobody", "service/outbox.go",
		"told && fault.Permanent()", "told && fault.Permanent() && false", "./e2e/office:TestTelephone"},
	{"the demo's crowd shares a few faces", "sample/crowd.go",
		"exam: e.title(), dim:", "exam: e.title(), face: \"one\", dim:", "TestMakeCrowd"},
	{"the owner of a number is not told what its applications wait for", "store/accounts.go",
		"		for _, m := range news {", "		for _, m := range news[:0] {", "TestCallsAttached"},
	{"an owner without an address is told by nobody", "store/calls.go",
		"	case m.Undelivered == 0:\n		m.Undelivered =", "	case false:\n		m.Undelivered =", "TestCallsAttached"},
}
