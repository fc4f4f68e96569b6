package reissue

import (
	"maps"
	"testing"
)

// TestCorrectionForm: what is not typed stays; sex and month of birth follow the ID number
// where they were what it told, and only there.
func TestCorrectionForm(t *testing.T) {
	const man, woman = "110101199003071233", "110101199105071242" // 男 199003, 女 199105
	line := func(sex, birth string) Certificate {
		return Certificate{ID: 7, Person: Person{IDCard, man}, Name: "测试", Exam: 3, ExamYear: 2015, ExamName: "一级建造师", Level: "考全科", Sex: sex, BirthMonth: birth,
			Number: "ZJ1", ApprovalDate: "20150920", City: "石家庄市", Collected: true, Import: 2}
	}
	for why, c := range map[string]struct {
		before     Certificate
		typed      CorrectionForm
		sex, birth string
	}{
		"another number":                   {line("男", "199003"), CorrectionForm{FieldIDNumber: woman}, "女", "199105"},
		"shown, and posted with the rest":  {line("男", "199003"), CorrectionForm{FieldIDNumber: woman, FieldSex: "男", FieldBirthMonth: "199003"}, "女", "199105"},
		"typed beside another number":      {line("男", "199003"), CorrectionForm{FieldIDNumber: woman, FieldSex: "", FieldBirthMonth: "1991-06"}, "", "199106"},
		"unlike the number before":         {line("女", "199004"), CorrectionForm{FieldIDNumber: woman}, "女", "199004"},
		"not known":                        {line("", ""), CorrectionForm{FieldIDNumber: woman}, "", ""},
		"typed against the same number":    {line("男", "199003"), CorrectionForm{FieldSex: "女"}, "女", "199003"},
		"nothing but the reason was typed": {line("男", "199003"), CorrectionForm{}, "男", "199003"},
	} {
		c.typed[FieldReason] = "原始档案"
		after, err := c.typed.Read(&c.before, "20260115")
		want := c.before
		want.Sex, want.BirthMonth = c.sex, c.birth
		if _, ok := c.typed[FieldIDNumber]; ok {
			want.Person = Person{IDCard, woman}
		}
		if err != nil || after != want {
			t.Errorf("%s: %+v, %v", why, after, err)
		}
	}
	// What the form shows for one number follows the next one, and the line's own.
	stored := line("男", "199003")
	const other = "440308199901101512" // 男 199901
	shown := CorrectionForm{FieldIDNumber: woman, FieldSex: "男", FieldBirthMonth: "1990-03"}.Told(&stored, "20260115")
	if want := (CorrectionForm{FieldSex: "女", FieldBirthMonth: "199105", FieldToldBy: woman}); !maps.Equal(shown, want) {
		t.Errorf("shown as %v", shown)
	}
	for number, want := range map[string][2]string{woman: {"女", "199105"}, other: {"男", "199901"}, man: {"男", "199003"}} {
		form := maps.Clone(shown)
		form[FieldIDNumber], form[FieldReason] = number, "原始档案"
		if after, err := form.Read(&stored, "20260115"); err != nil || after.Sex != want[0] || after.BirthMonth != want[1] {
			t.Errorf("shown for another number, then %s: %q %q, %v", number, after.Sex, after.BirthMonth, err)
		}
	}
	back := maps.Clone(shown)
	back[FieldIDNumber] = man
	if told := back.Told(&stored, "20260115"); !maps.Equal(told, CorrectionForm{FieldSex: "男", FieldBirthMonth: "199003", FieldToldBy: man}) {
		t.Errorf("shown for another number, then the line's own: %v", told)
	}
	for why, form := range map[string]CorrectionForm{"no other number": {}, "no number": {FieldIDNumber: "110101199105071240"}, "no sex": {FieldIDNumber: woman, FieldSex: "x"}} {
		if told := form.Told(&stored, "20260115"); told != nil {
			t.Errorf("%s: %v", why, told)
		}
	}
	foreign := Certificate{Person: Person{"护照", "E12345678"}, Name: "约翰", ExamYear: 2015, ExamName: "一级建造师"}
	if after, err := (CorrectionForm{FieldIDNumber: "e87654321", FieldReason: "x"}).Read(&foreign, "20260115"); err != nil || after.Person != (Person{"护照", "E87654321"}) {
		t.Errorf("a passport: %+v, %v", after, err)
	}
}
