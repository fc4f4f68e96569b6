package mutants

// What is broken of the link by which an address is confirmed.
var ofConfirming = []mutant{
	{"anybody's link confirms", "store/confirm_email.go",
		"!hmac.Equal([]byte(tx.store.confirmToken(a, at)), []byte(token)) ||", "!hmac.Equal(nil, nil) ||", "TestConfirmEmail"},
	{"a link holds for any address", "store/confirm_email.go",
		`s.Sign("confirm", string(named), a.Email)`, `s.Sign("confirm", string(named))`, "TestConfirmEmail"},
	{"a link that confirms never ends", "store/confirm_email.go",
		"tx.moment-at > millis(confirmLife)", "false", "TestConfirmEmail"},
	{"a second click is another confirmation", "store/confirm_email.go",
		"		if err != nil || a.Confirmed != 0 {\n			return err", "		if err != nil {\n			return err", "TestConfirmEmail"},
	{"another address counts as confirmed", "reissue/account.go",
		"a.Email, a.Confirmed = email, 0", "a.Email = email", "./store:TestConfirmEmail"},
	{"an owner of an address can be flooded", "store/confirm_email.go",
		"sent >= mostConfirms", "sent < 0", "TestConfirmLimit"},
	{"mails to confirm an address pile up", "store/confirm_email.go",
		"err := cancelMail(tx, a.ID, MailConfirm); err != nil ||", "err := error(nil); err != nil ||", "TestConfirmLimit"},
	{"a confirming mail is worth sending for ever", "store/mails.go",
		"patience = confirmPatience", "patience = 1 << 60", "TestConfirmLimit"},
	{"addresses wait for a mail server", "store/confirm_email.go",
		"|| !tx.mailLeaves()", "", "TestConfirmWithoutMail"},
	{"looking at a link confirms the address", "handlers/candidate/confirm_email.go",
		"	account, err := p.Store.ConfirmableAccount(token)\n", "	p.Store.ConfirmEmail(token)\n	account, err := p.Store.ConfirmableAccount(token)\n", "./e2e/candidate:TestConfirmEmail"},
	{"the office is not told of an unconfirmed address", "handlers/office/account.go",
		"Value: visit.SayAddress(a.Email, a)", "Value: a.Email", "./e2e/candidate:TestConfirmEmail"},
}
