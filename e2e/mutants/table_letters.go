package mutants

// What is broken of letters.
var ofLetters = []mutant{
	{"a letter tells of a state that is another by now", "reissue/letter.go",
		"tells && status != a.Status", "tells && status != a.Status && false", "TestLetter"},
	{"a letter gives the reasons of a decision that was taken back", "reissue/letter.go",
		"		event = *decision", "		event = a.History[1]", "TestLetter"},
	{"a letter's text may have any placeholder", "reissue/letter.go",
		"text.tidy(LetterPlaceholders)", "text.tidy(append(LetterPlaceholders, \"未知\"))", "TestLetterText"},
	{"the office's own wording of a letter is not used", "reissue/letter.go",
		"own, ok := s.LetterTexts[letter]; ok", "own, ok := s.LetterTexts[letter]; ok && false", "TestLetterText"},
	{"letters are printed without a row in the log", "handlers/office/letters.go",
		"		seen = append(seen, a)\n", "		_ = append(seen, a)\n", "./e2e/office:TestLetters"},
	{"a form does not name who has decided", "handlers/office/forms.go",
		"sayReviewed(cmp.Or(names[decision.By], decision.Role.Word()), decision.At)", "sayReviewed(cmp.Or(\"\"), decision.At)", "./e2e/office:TestLetters"},
	{"a sheet that lies is printed upright", "static/paper.css", "@page lying { size: A4 landscape;", "@page lying { size: A4;", "./e2e/browser:TestBrowserPrints"},
	{"a letter takes a second sheet", "static/paper.css", ".letter-sheet { font-size: 14pt; } .leaf.letter-sheet h2 { margin: 8mm 0 10mm; font-size: 24pt; } .letter-sheet .proof-seal { margin-top: 10mm; min-height: 40mm; }", "", "./e2e/browser:TestBrowserPrints"},
}
