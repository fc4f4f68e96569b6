package mutants

// What is broken of the keys that pick reasons.
var ofReasonKeys = []mutant{
	{"a reason's key goes by its place", "reissue/reason.go",
		"			if list[i].Key == \"\" && !slices", "			if list[i].Code != ReasonOther && !slices", "TestKeyed"},
	{"a key is given out twice", "reissue/reason.go",
		"return r.Key == key && r.beside(list[i]) }", "return false }", "TestKeyed"},
	{"a key is taken in the other list, too", "reissue/reason.go",
		"return r.Key == key && r.beside(list[i]) }", "return r.Key == key }", "TestKeyed"},
	{"the same key may be typed for two reasons", "reissue/reason_form.go",
		"				problems.Add(Indexed(FieldReasonKey, i), sayKeyTwice(row.Key))\n", "				_ = sayKeyTwice\n", "TestReasonKeysForm"},
	{"a script of before takes the keys away", "reissue/reason_form.go",
		"			row.Key = keys[row.Code]", "			row.Key = keys[\"\"]", "TestReasonKeysForm"},
	{"an application keeps a reason's key", "reissue/reason.go",
		"			reason.Key = \"\"\n", "", "TestPickedHaveNoKey"},
	{"the page offers keys by place", "handlers/office/application.go",
		"Key: reason.Key}", "Key: string(rune('1' + len(data.Decide.ReturnReasons)))}", "./e2e/office:TestReasonKeys"},
}
