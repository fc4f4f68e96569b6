package reissue

import (
	"errors"
	"slices"
	"testing"
)

func TestParseHolder(t *testing.T) {
	for _, c := range []struct {
		why, paper, number, name, month, sex string
		fields                               []string // that are refused
		want                                 Holder
	}{
		{"an ID card tells month and sex itself", "", "11010119900307123３", " 测试 ", "1988", "x", nil,
			Holder{"测试", Person{IDCard, "110101199003071233"}, "", ""}},
		{"a residence card counts as one", "外国人永久居留身份证", "110101199003071233", "测试", "", "", nil,
			Holder{"测试", Person{IDCard, "110101199003071233"}, "", ""}},
		{"a passport does not", "护照", "e12345678", "约翰", "1988-05", "男", nil,
			Holder{"约翰", Person{"护照", "E12345678"}, "198805", "男"}},
		{"all that is missing at once", "护照", "", "", "", "", []string{"name", "id_number", "birth_month", "sex"}, Holder{}},
		{"a wrong ID number asks for no month", "身份证", "110101199003071234", "测试", "", "", []string{"id_number"}, Holder{}},
		{"an ID number under another paper", "护照", "110101199003071233", "测试", "199003", "男", []string{"paper"}, Holder{}},
		{"born next year", "军官证", "军字第12345678号", "测试", "202702", "男", []string{"birth_month"}, Holder{}},
	} {
		typed := map[string]string{FieldPaper: c.paper, FieldIDNumber: c.number, FieldName: c.name, FieldBirthMonth: c.month, FieldSex: c.sex}
		got, err := ParseHolder(func(field string) string { return typed[field] }, "20261124")
		var problems Problems
		errors.As(err, &problems)
		var fields []string
		for _, problem := range problems {
			fields = append(fields, problem.Field)
		}
		if !slices.Equal(fields, c.fields) || len(c.fields) == 0 && got != c.want {
			t.Errorf("%s: %+v refused %v, want %+v refused %v", c.why, got, fields, c.want, c.fields)
		}
	}
}

func TestCorrectHolder(t *testing.T) {
	holder := Holder{Name: "对名", Person: Person{IDCard, "11010119900307803X"}}
	for _, c := range []struct {
		why         string
		by          Actor
		status      Status
		certificate uint64
		err         error
		changed     []string
	}{
		{"by hand all follows", reviewer, Pending, 0, nil, []string{"name", "birth_month", "id_number"}},
		{"from the register the number alone", reviewer, Approved, 7, nil, []string{"id_number"}},
		{"an admin may at the counter", Actor{ID: 1, Roles: []Role{RoleAdmin}}, InProduction, 7, nil, []string{"id_number"}},
		{"a candidate may not", Candidate(3), Pending, 0, ErrRole, nil},
		{"what is done stays as it was printed", reviewer, HandedOut, 0, ErrState, nil},
	} {
		a := &Application{Status: c.status, Certificate: c.certificate, Revision: 4, Person: Person{IDCard, "110101199103071239"},
			Fields: Fields{Name: "错名", Sex: "男", BirthMonth: "199103"}}
		changed, err := a.CorrectHolder(c.by, now, holder)
		if !errors.Is(err, c.err) || changed != (c.changed != nil) {
			t.Errorf("%s: %v, %v", c.why, changed, err)
			continue
		}
		if !changed {
			if a.Revision != 4 || len(a.History) != 0 {
				t.Errorf("%s: it was changed all the same", c.why)
			}
			continue
		}
		event := a.History[0]
		if !slices.Equal(event.Changed, c.changed) || a.Status != c.status || event.Status != c.status || a.Revision != 5 || a.Person != holder.Person {
			t.Errorf("%s: %+v", c.why, event)
		}
		if again, err := a.CorrectHolder(c.by, now, holder); again || err != nil {
			t.Errorf("%s: a second time changes %v, %v", c.why, again, err)
		}
	}
}

func TestChanges(t *testing.T) {
	a := &Application{Person: Person{IDCard, "11010119900307803X"}, Fields: Fields{Phone: "3", Level: "中级"}}
	got := Changes(a, []Event{
		{Changed: []string{FieldPhone, FieldLevel}, Was: []string{"1", "中级"}},
		{Act: ActReturn},
		{Changed: []string{FieldPhone, FieldPhoto, FieldIDNumber}, Was: []string{"2", "", "110101199103071239"}},
	})
	want := []Changed{{FieldPhone, "1", "3"}, {FieldPhoto, "", ""}, {FieldIDNumber, "110101199103071239", "11010119900307803X"}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
