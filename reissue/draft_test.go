package reissue

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

// byHand is the basis of a form filled in by hand, of an exam that has levels
// and no specialties.
func byHand(changes ...func(*Basis)) *Basis {
	settings := DefaultSettings()
	b := &Basis{
		Account:  &Account{ID: 5, Person: Person{IDCard, "110101199003071233"}, Name: "王小明"},
		Exam:     &Exam{ID: 3, Year: 2016, Name: "二级（建造师）", Levels: []string{"考全科"}},
		Cities:   []string{"石家庄市", "保定"},
		Settings: &settings, HasPhoto: true, Today: "20260115",
	}
	for _, change := range changes {
		change(b)
	}
	return b
}

// fromRegister is the basis of step 2 for a line that lacks level, specialty,
// number, date and city.
func fromRegister(changes ...func(*Basis)) *Basis {
	bare := func(b *Basis) {
		b.Certificate = &Certificate{ID: 9, Person: b.Account.Person, Name: "王小[明]", Exam: 3, ExamYear: 2016, ExamName: "二级（建造师）", Sex: "男", BirthMonth: "199003", Collected: true}
	}
	return byHand(append([]func(*Basis){bare}, changes...)...)
}

func filled(changes ...Draft) Draft {
	d := Draft{
		FieldExamYear: "2016", FieldExamName: "二级(建造师)", FieldCertificateNumber: "a-1", FieldApprovalDate: "2016-06-05",
		FieldLevel: "考全科", FieldCity: "石家庄", FieldPhone: "138 0000 0000",
	}
	for _, change := range changes {
		maps.Copy(d, change)
	}
	return d
}

func TestDraftAccepted(t *testing.T) {
	hand := Fields{Name: "王小明", Sex: "男", BirthMonth: "199003", ExamYear: 2016, ExamName: "二级（建造师）", CertificateNumber: "A-1",
		ApprovalDate: "20160605", Level: "考全科", City: "石家庄市", Phone: "138 0000 0000"}
	register := hand
	register.Name = "王小[明]"
	for _, c := range []struct {
		reason string
		draft  Draft
		basis  *Basis
		want   Fields
	}{
		{"by hand", filled(), byHand(), hand},
		{"from the register", filled(), fromRegister(), register},
		{"无 for number and level", filled(Draft{FieldCertificateNumber: "无", FieldLevel: " 无 "}), byHand(), with(hand, func(f *Fields) { f.CertificateNumber, f.Level = "无", "无" })},
		{"a level that nobody had before", filled(Draft{FieldLevel: "增报专业"}), byHand(), with(hand, func(f *Fields) { f.Level = "增报专业" })},
		{"a specialty although none is asked for", filled(Draft{FieldSpecialty: "市政"}), byHand(), with(hand, func(f *Fields) { f.Specialty = "市政" })},
		{"an exam the office does not know", filled(Draft{FieldExamName: " 珠算　等级 ", FieldSpecialty: "无"}), byHand(func(b *Basis) { b.Exam = nil }),
			with(hand, func(f *Fields) { f.ExamName, f.Specialty = "珠算 等级", "无" })},
		{"the year with its word", filled(Draft{FieldExamYear: "２０１６年"}), byHand(), hand},
		{"approved in January after", filled(Draft{FieldApprovalDate: "20170102"}), byHand(), with(hand, func(f *Fields) { f.ApprovalDate = "20170102" })},
		{"this year's exam, approved today", filled(Draft{FieldExamYear: "2026", FieldApprovalDate: "20260115"}), byHand(),
			with(hand, func(f *Fields) { f.ExamYear, f.ApprovalDate = 2026, "20260115" })},
		{"a landline in full-width", filled(Draft{FieldPhone: "（０３１１）８６８６—８６８６"}), byHand(), with(hand, func(f *Fields) { f.Phone = "(0311)8686-8686" })},
		{"a landline with other hyphens", filled(Draft{FieldPhone: "0311‐8686‑86−86\u200e"}), byHand(), with(hand, func(f *Fields) { f.Phone = "0311-8686-86-86" })},
		{"the longest phone", filled(Draft{FieldPhone: "+86 (0311) 8686-8686"}), byHand(), with(hand, func(f *Fields) { f.Phone = "+86 (0311) 8686-8686" })},
		{"another paper has birth and sex in the account", filled(), byHand(func(b *Basis) {
			b.Account = &Account{Person: Person{"护照", "E1234567"}, Name: "Ana", BirthMonth: "198811", Sex: "女"}
		}), with(hand, func(f *Fields) { f.Name, f.BirthMonth, f.Sex = "Ana", "198811", "女" })},
		{"what the register has is not read from the draft",
			filled(Draft{FieldName: "李四", FieldSex: "女", FieldBirthMonth: "200001", FieldIDNumber: "x", FieldExamYear: "2020", FieldExamName: "别的考试",
				FieldCertificateNumber: "Z", FieldApprovalDate: "20200101", FieldLevel: "一级", FieldSpecialty: "机电", FieldCity: "保定"}),
			fromRegister(func(b *Basis) {
				c := b.Certificate
				c.Number, c.ApprovalDate, c.Level, c.Specialty, c.City = "B-2", "20160606", "二级", "无", "唐山"
			}),
			Fields{Name: "王小[明]", Sex: "男", BirthMonth: "199003", ExamYear: 2016, ExamName: "二级（建造师）", CertificateNumber: "B-2", ApprovalDate: "20160606",
				Level: "二级", Specialty: "无", City: "唐山", Phone: "138 0000 0000"}},
		{"a specialty that is not asked for is not taken from the register's form", filled(Draft{FieldSpecialty: "机电"}), fromRegister(), register},
		{"and no account value by hand", filled(Draft{FieldName: "李四", FieldSex: "女", FieldBirthMonth: "200001"}), byHand(), hand},
	} {
		got, err := c.draft.Check(c.basis)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v\nwant %+v", c.reason, got, err, c.want)
		}
	}
}

func with(f Fields, change func(*Fields)) Fields {
	change(&f)
	return f
}

func TestDraftRefused(t *testing.T) {
	unknown := func(b *Basis) { b.Exam = nil }
	for _, c := range []struct {
		reason string
		draft  Draft
		basis  *Basis
		fields []string // at fault
	}{
		{"nothing filled in", Draft{}, byHand(func(b *Basis) { b.Exam, b.HasPhoto = nil, false }),
			[]string{FieldExamYear, FieldExamName, FieldCertificateNumber, FieldApprovalDate, FieldLevel, FieldSpecialty, FieldCity, FieldPhone}},
		{"nothing filled in beside a bare line", Draft{}, fromRegister(func(b *Basis) { b.HasPhoto = false }),
			[]string{FieldCertificateNumber, FieldApprovalDate, FieldLevel, FieldCity, FieldPhone, FieldPhoto}},
		{"year of two digits", filled(Draft{FieldExamYear: "16"}), byHand(), []string{FieldExamYear}},
		{"next year", filled(Draft{FieldExamYear: "2027"}), byHand(), []string{FieldExamYear}},
		{"before the republic", filled(Draft{FieldExamYear: "1948"}), byHand(), []string{FieldExamYear}},
		{"exam of invisible characters", filled(Draft{FieldExamName: "\u200b"}), byHand(), []string{FieldExamName}},
		{"too long an exam", filled(Draft{FieldExamName: strings.Repeat("考", 61), FieldSpecialty: "无"}), byHand(unknown), []string{FieldExamName}},
		{"certificate number with signs", filled(Draft{FieldCertificateNumber: "A/1"}), byHand(), []string{FieldCertificateNumber}},
		{"a date that does not exist", filled(Draft{FieldApprovalDate: "20160631"}), byHand(), []string{FieldApprovalDate}},
		{"a date before the exam's year", filled(Draft{FieldApprovalDate: "20151231"}), byHand(), []string{FieldApprovalDate}},
		{"a date two years later", filled(Draft{FieldApprovalDate: "20180101"}), byHand(), []string{FieldApprovalDate}},
		{"a date of another year than the register's", filled(Draft{FieldApprovalDate: "20180101"}), fromRegister(), []string{FieldApprovalDate}},
		{"tomorrow", filled(Draft{FieldExamYear: "2026", FieldApprovalDate: "20260116"}), byHand(), []string{FieldApprovalDate}},
		{"no level where the exam has one", filled(Draft{FieldLevel: ""}), byHand(), []string{FieldLevel}},
		{"no specialty where the exam is not known", filled(), byHand(unknown), []string{FieldSpecialty}},
		{"no specialty where the exam has one", filled(), byHand(func(b *Basis) { b.Exam.Specialties = []string{"建筑"} }), []string{FieldSpecialty}},
		{"too long a level", filled(Draft{FieldLevel: strings.Repeat("级", 61)}), byHand(), []string{FieldLevel}},
		{"a city not in the list", filled(Draft{FieldCity: "唐山"}), byHand(), []string{FieldCity}},
		{"a phone of six digits", filled(Draft{FieldPhone: "86-86-86"}), byHand(), []string{FieldPhone}},
		{"a phone of 21 characters", filled(Draft{FieldPhone: "138000000001380000000"}), byHand(), []string{FieldPhone}},
		{"a phone with words", filled(Draft{FieldPhone: "13800000000 张"}), byHand(), []string{FieldPhone}},
		{"signs only", filled(Draft{FieldPhone: "+-()  -+-()"}), byHand(), []string{FieldPhone}},
		{"the pledge", filled(), byHand(func(b *Basis) { b.Settings.Pledge = "本人承诺……" }), []string{FieldPledge}},
	} {
		_, err := c.draft.Check(c.basis)
		var problems Problems
		if !errors.As(err, &problems) {
			t.Errorf("%s: %v", c.reason, err)
			continue
		}
		var got []string
		for _, problem := range problems {
			if problem.Message == "" {
				t.Errorf("%s: %s is blamed without a word", c.reason, problem.Field)
			}
			got = append(got, problem.Field)
		}
		if !slices.Equal(got, c.fields) {
			t.Errorf("%s: %v, want %v", c.reason, got, c.fields)
		}
	}
}

func TestPledge(t *testing.T) {
	for _, c := range []struct {
		reason string
		basis  *Basis
		draft  Draft
		asked  bool
	}{
		{"none in the settings", byHand(), filled(), false},
		{"accepted now", byHand(func(b *Basis) { b.Settings.Pledge = "本人承诺" }), filled(Draft{FieldPledge: "on"}), true},
		{"accepted before", byHand(func(b *Basis) { b.Settings.Pledge, b.Pledged = "本人承诺", true }), filled(), false},
	} {
		_, err := c.draft.Check(c.basis)
		if err != nil || c.basis.Asks(FieldPledge) != c.asked {
			t.Errorf("%s: %v, asked %v", c.reason, err, c.basis.Asks(FieldPledge))
		}
	}
}

func TestPhotoRule(t *testing.T) {
	for _, c := range []struct {
		reason string
		year   int
		rule   PhotoRule
		known  bool
		want   bool
	}{
		{"the last year of the rule", 2016, PhotoByYear, true, true},
		{"the year after", 2017, PhotoByYear, true, false},
		{"the exam's own setting asks", 2020, PhotoRequired, true, true},
		{"the exam's own setting does not ask", 2010, PhotoNotAsked, true, false},
		{"an unknown exam goes by the year", 2010, PhotoRequired, false, true},
		{"and after it", 2018, PhotoRequired, false, false},
	} {
		settings := DefaultSettings()
		exam := &Exam{Year: c.year, Photo: c.rule}
		if !c.known {
			exam = nil
		}
		if got := NeedsPhoto(exam, c.year, &settings); got != c.want {
			t.Errorf("%s: %v", c.reason, got)
		}
		set := func(b *Basis) {
			b.HasPhoto, b.Exam = false, exam
			if exam != nil {
				exam.Name, exam.Levels = "二级（建造师）", []string{"考全科"}
			}
			if b.Certificate != nil {
				b.Certificate.ExamYear = c.year
			}
		}
		year := fromRegister(set).Certificate.ExamYear
		date := map[int]string{2010: "20100605", 2016: "20160605", 2017: "20170605", 2018: "20180605", 2020: "20200605"}[year]
		draft := filled(Draft{FieldExamYear: date[:4], FieldApprovalDate: date, FieldSpecialty: "无"})
		for way, basis := range map[string]*Basis{"by hand": byHand(set), "from the register": fromRegister(set)} {
			_, err := draft.Check(basis)
			var problems Problems
			errors.As(err, &problems)
			if missing := problems.Of(FieldPhoto) != ""; missing != c.want || err != nil && !missing {
				t.Errorf("%s, %s: %v", c.reason, way, err)
			}
		}
		if hand := byHand(set); !hand.Asks(FieldPhoto) {
			t.Errorf("%s: by hand the form has no photo field", c.reason)
		}
		if register := fromRegister(set); register.Asks(FieldPhoto) != c.want {
			t.Errorf("%s: from the register the form has a photo field: %v", c.reason, !c.want)
		}
	}
}

func TestAsksAndLocked(t *testing.T) {
	fields := []string{FieldName, FieldIDNumber, FieldSex, FieldBirthMonth, FieldExamYear, FieldExamName, FieldCertificateNumber, FieldApprovalDate,
		FieldLevel, FieldSpecialty, FieldCity, FieldPhone}
	account := fields[:4]
	for _, c := range []struct {
		reason string
		basis  *Basis
		asked  []string
		locked []string
	}{
		{"by hand everything stands on the form", byHand(), fields[4:], account},
		{"a bare line of an exam with levels only", fromRegister(), []string{FieldCertificateNumber, FieldApprovalDate, FieldLevel, FieldCity, FieldPhone}, fields[:6]},
		{"a bare line of an exam that has neither", fromRegister(func(b *Basis) { b.Exam.Levels = nil }),
			[]string{FieldCertificateNumber, FieldApprovalDate, FieldCity, FieldPhone}, fields[:6]},
		{"a bare line of an exam nobody knows", fromRegister(func(b *Basis) { b.Exam = nil }), fields[6:], fields[:6]},
		{"a line that has all", fromRegister(func(b *Basis) {
			c := b.Certificate
			c.Number, c.ApprovalDate, c.Level, c.Specialty, c.City = "无", "20160605", "无", "建筑", "保定"
		}), []string{FieldPhone}, fields[:11]},
	} {
		var asked []string
		for _, field := range fields {
			if c.basis.Asks(field) {
				asked = append(asked, field)
			}
		}
		if !slices.Equal(asked, c.asked) {
			t.Errorf("%s: asks for %v, want %v", c.reason, asked, c.asked)
		}
		if locked := c.basis.Locked(); !slices.Equal(locked, c.locked) {
			t.Errorf("%s: locks %v, want %v", c.reason, locked, c.locked)
		}
	}
}
