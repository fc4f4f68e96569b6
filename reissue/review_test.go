package reissue

import (
	"slices"
	"strings"
	"testing"
)

func TestPickReasons(t *testing.T) {
	list := DefaultReasons()
	for _, c := range []struct {
		reason string
		class  Class
		codes  []string
		note   string
		picked []string
		field  string // at fault
	}{
		{"one", Correctable, []string{"phone"}, "", []string{"phone"}, ""},
		{"several, in the order of the list, each once", Correctable, []string{"phone", "photo_unclear", "phone"}, "", []string{"photo_unclear", "phone"}, ""},
		{"其他 with a note, correctable", Correctable, []string{"other"}, "请补交", []string{"other"}, ""},
		{"其他 with a note, final", Final, []string{"other"}, "已补发", []string{"other"}, ""},
		{"其他 without a note", Correctable, []string{"other"}, "", []string{"other"}, FieldNote},
		{"其他 among others without a note", Final, []string{"fraud", "other"}, "", []string{"fraud", "other"}, FieldNote},
		{"none", Correctable, nil, "备注", nil, FieldReason},
		{"unknown", Correctable, []string{"nonsense"}, "", nil, FieldReason},
		{"an empty code", Correctable, []string{""}, "", nil, FieldReason},
		{"unknown among known", Correctable, []string{"phone", "nonsense"}, "", []string{"phone"}, FieldReason},
		{"final where correctable is wanted", Correctable, []string{"fraud"}, "", nil, FieldReason},
		{"correctable where final is wanted", Final, []string{"phone"}, "", nil, FieldReason},
		{"the longest note", Final, []string{"fraud"}, strings.Repeat("长", 500), []string{"fraud"}, ""},
	} {
		reasons, problems := PickReasons(list, c.class, c.codes, c.note)
		var picked []string
		for _, reason := range reasons {
			picked = append(picked, reason.Code)
		}
		if !slices.Equal(picked, c.picked) {
			t.Errorf("%s: picked %v", c.reason, picked)
		}
		if (len(problems) > 0) != (c.field != "") || c.field != "" && problems.Of(c.field) == "" {
			t.Errorf("%s: %v", c.reason, problems)
		}
	}
}

// TestUntouched: what a return asked for and a save did not change is told until
// a later save does, or staff think again.
func TestUntouched(t *testing.T) {
	returned := func(fields ...string) Event {
		event := Event{Act: ActReturn}
		for _, field := range fields {
			event.Reasons = append(event.Reasons, Reason{Field: field})
		}
		return event
	}
	left := func(field string) Event { return Event{Act: ActLeaveReturn, Reasons: []Reason{{Field: field}}} }
	saved := func(fields ...string) Event { return Event{Act: ActSave, Changed: fields} }
	for _, c := range []struct {
		reason  string
		status  Status
		history []Event
		want    []string
	}{
		{"never returned", Pending, []Event{{Act: ActSubmit}, saved(FieldPhone)}, nil},
		{"not saved yet", Returned, []Event{returned(FieldPhoto)}, nil},
		{"saved as it was", Pending, []Event{returned(FieldPhoto, FieldPhone, FieldPhoto, ""), saved()}, []string{FieldPhoto, FieldPhone}},
		{"one of two", Pending, []Event{returned(FieldPhoto, FieldPhone), saved(FieldPhoto)}, []string{FieldPhone}},
		{"in two saves", Pending, []Event{returned(FieldPhoto, FieldPhone), saved(FieldPhoto), saved(FieldPhone)}, nil},
		{"a specialty for 级别或专业不符", Pending, []Event{returned(FieldLevel), saved(FieldSpecialty)}, nil},
		{"of the last return only", Pending, []Event{returned(FieldPhoto), saved(), returned(FieldPhone), saved()}, []string{FieldPhone}},
		{"taken back", Pending, []Event{returned(FieldPhoto), {Act: ActTakeBack}}, nil},
		{"an approval taken back", Pending, []Event{returned(FieldPhoto), saved(), {Act: ActApprove}, {Act: ActTakeBack}}, []string{FieldPhoto}},
		{"closed in its term, and taken back", Pending, []Event{returned(FieldPhoto), saved(), returned(FieldPhone), {Act: ActLapse}, {Act: ActTakeBack}, saved()}, []string{FieldPhone}},
		{"sent back out of production", Pending, []Event{returned(FieldPhone), saved(), {Act: ActApprove}, {Act: ActLock}, left(FieldPhoto), saved()}, []string{FieldPhoto}},
		{"by mistake", Pending, []Event{{Act: ActLock}, left(FieldPhoto), {Act: ActUndoLeave}, {Act: ActUnlock}, {Act: ActTakeBack}}, nil},
		{"nothing that the candidate could change", Pending, []Event{returned(FieldCity, FieldName), saved()}, nil},
		{"decided since", Approved, []Event{returned(FieldPhoto), saved(), {Act: ActApprove}}, nil},
	} {
		if got := Untouched(&Application{Status: c.status, History: c.history, Locked: []string{FieldCity}}); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.reason, got, c.want)
		}
	}
}

func TestDefaultReasons(t *testing.T) {
	words := map[Class]string{
		Correctable: "照片不清晰 照片变形 照片为翻拍或扫描 照片背景非白色 头部过大或过小 衣着与背景相近 疑似非本人照片 证书管理号与档案不符 批准日期不符 级别或专业不符 报名市有误 联系方式无法接通 姓名与证件不一致 材料缺失或不清 其他",
		Final:       "证书尚未领取 已有电子证书 已退出目录 非本中心发证 查无此证且无佐证 重复申请 疑似冒领 证书已撤销 其他",
	}
	codes := map[string]bool{}
	for _, reason := range DefaultReasons() {
		if codes[reason.Code] {
			t.Errorf("two reasons have the code %s", reason.Code)
		}
		codes[reason.Code] = true
	}
	for class, want := range words {
		var labels []string
		for _, reason := range DefaultReasons() {
			if reason.In(class) {
				labels = append(labels, reason.Label)
			}
		}
		if got := strings.Join(labels, " "); got != want {
			t.Errorf("%s: %s\nwant %s", class, got, want)
		}
	}
}

func TestCompare(t *testing.T) {
	line := &Certificate{Name: "王小明", ExamYear: 2016, ExamName: "二级（建造师）", Level: "无", City: "石家庄市", Number: "A-1"}
	a := &Application{Locked: []string{FieldName, FieldCertificateNumber},
		Fields: Fields{Name: "王小明", ExamYear: 2016, ExamName: "二级(建造师)", City: "石家庄", CertificateNumber: "A-2", Specialty: "建筑", Phone: "1"}}
	want := map[string]Difference{
		FieldName:              {Field: FieldName, Register: "王小明", Applied: "王小明", Locked: true, Registered: true},
		FieldSex:               {Field: FieldSex},
		FieldBirthMonth:        {Field: FieldBirthMonth},
		FieldExamYear:          {Field: FieldExamYear, Register: "2016", Applied: "2016", Registered: true},
		FieldExamName:          {Field: FieldExamName, Register: "二级（建造师）", Applied: "二级(建造师)", Registered: true},
		FieldCertificateNumber: {Field: FieldCertificateNumber, Register: "A-1", Applied: "A-2", Locked: true, Registered: true, Disagree: true},
		FieldApprovalDate:      {Field: FieldApprovalDate},
		FieldLevel:             {Field: FieldLevel, Register: "无", Registered: true},
		FieldSpecialty:         {Field: FieldSpecialty, Applied: "建筑"},
		FieldCity:              {Field: FieldCity, Register: "石家庄市", Applied: "石家庄", Registered: true},
		FieldPhone:             {Field: FieldPhone, Applied: "1"},
	}
	rows := Compare(a, line)
	if len(rows) != len(FieldNames) {
		t.Errorf("%d rows", len(rows))
	}
	for _, row := range rows {
		if row != want[row.Field] {
			t.Errorf("%+v, want %+v", row, want[row.Field])
		}
	}
	for _, row := range Compare(a, nil) {
		if row.Register != "" || row.Registered || row.Disagree {
			t.Errorf("without a line: %+v", row)
		}
	}
}

func TestLikeliest(t *testing.T) {
	a := &Application{Fields: Fields{ExamYear: 2016, ExamName: "二级（建造师）", Level: "二级", Specialty: "建筑"}}
	exact := &Certificate{ExamYear: 2016, ExamName: "二级(建造师)", Level: "二级", Specialty: "建筑"}
	sitting := &Certificate{ExamYear: 2016, ExamName: "二级(建造师)", Level: "一级"}
	exam := &Certificate{ExamYear: 2014, ExamName: "二级(建造师)"}
	year := &Certificate{ExamYear: 2016, ExamName: "会计", Level: "二级", Specialty: "建筑"}
	other := &Certificate{ExamYear: 2014, ExamName: "会计", Level: "二级", Specialty: "建筑"}
	for _, c := range []struct {
		reason string
		lines  []*Certificate
		want   *Certificate
	}{
		{"the same in everything", []*Certificate{other, year, exam, sitting, exact}, exact},
		{"the same sitting", []*Certificate{other, year, exam, sitting}, sitting},
		{"the same exam before the same year", []*Certificate{other, year, exam}, exam},
		{"the same year", []*Certificate{other, year}, year},
		{"nothing alike", []*Certificate{other}, nil},
		{"nothing at all", nil, nil},
	} {
		if got := Likeliest(a, c.lines); got != c.want {
			t.Errorf("%s: %+v", c.reason, got)
		}
		slices.Reverse(c.lines)
		if got := Likeliest(a, c.lines); got != c.want {
			t.Errorf("%s, the other way round: %+v", c.reason, got)
		}
	}
}

func TestMarks(t *testing.T) {
	exam := &Exam{LastDay: "20160605"}
	line := func(name string, collected bool) *Certificate { return &Certificate{Name: name, Collected: collected} }
	for _, c := range []struct {
		reason string
		a      Application
		line   *Certificate
		exam   *Exam
		want   []Mark
	}{
		{"nothing to look at", Application{Certificate: 4, Round: 1, Fields: Fields{ApprovalDate: "20160605"}}, line("王晓霈", true), exam, nil},
		{"by hand, nothing like it", Application{Round: 1}, nil, nil, []Mark{markNotInRegister, markExamUnknown}},
		{"by hand beside a line", Application{Round: 1}, line("王晓霈", true), exam, []Mark{markByHandBesideLine}},
		{"a bracket", Application{Certificate: 4}, line("王晓[沛]", true), exam, []Mark{markNameTolerant}},
		{"another name", Application{Certificate: 4}, line("李四", true), exam, []Mark{markNameDiffers}},
		{"not collected", Application{Certificate: 4}, line("王晓霈", false), exam, []Mark{markNotCollected}},
		{"another date", Application{Certificate: 4, Fields: Fields{ApprovalDate: "20160606"}}, line("王晓霈", true), exam, []Mark{markDateUnlikeExam}},
		{"the third", Application{Certificate: 4, Round: 3}, line("王晓霈", true), exam, []Mark{{Word: "第 3 次", Text: "第 3 次补办"}}},
		{"the register has moved", Application{Certificate: 4, Locked: []string{FieldCity}, Fields: Fields{City: "保定市"}},
			&Certificate{Name: "王晓霈", Collected: true, City: "唐山市"}, exam, []Mark{markMoved}},
		{"another sex than the number tells", Application{Certificate: 4, Person: Person{IDCard, "110101199003071233"}, Fields: Fields{Sex: "女", BirthMonth: "199003"}},
			line("王晓霈", true), exam, []Mark{markContradicts}},
		{"hints of the photo", Application{Certificate: 4, Photo: Photo{Hints: []string{"偏暗"}}}, line("王晓霈", true), exam, []Mark{markPhoto("偏暗")}},
		{"no face in the photo", Application{Certificate: 4, Photo: Photo{NoFace: true}}, line("王晓霈", true), exam, []Mark{markNoFace}},
	} {
		beside := Beside{Line: c.line, Exam: c.exam, Account: &Account{Name: "王晓霈"}}
		if got := c.a.Marks(beside); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.reason, got, c.want)
		}
	}
}

func TestDateHint(t *testing.T) {
	for _, c := range []struct {
		reason, typed string
		exam          *Exam
		want          bool
	}{
		{"the exam's day", "20160605", &Exam{LastDay: "20160605"}, false},
		{"another", "20160606", &Exam{LastDay: "20160605"}, true},
		{"nothing typed", "", &Exam{LastDay: "20160605"}, false},
		{"no day known", "20160606", &Exam{}, false},
		{"no exam known", "20160606", nil, false},
	} {
		hint := DateHint(&Fields{ApprovalDate: c.typed}, c.exam)
		if (hint != "") != c.want || c.want && !strings.Contains(hint, "2016 年 6 月 5 日") {
			t.Errorf("%s: %q", c.reason, hint)
		}
	}
}

func TestProblems(t *testing.T) {
	var problems Problems
	if problems.Err() != nil {
		t.Error("no problems are an error")
	}
	problems.Add(FieldPhone, "请填写 13800000000")
	problems.Add(FieldPhone, "第二句")
	if problems.Of(FieldPhone) != "请填写 13800000000" || problems.Of(FieldCity) != "" {
		t.Errorf("%v", problems)
	}
	if text := problems.Err().Error(); strings.Contains(text, "13800000000") || !strings.Contains(text, FieldPhone) {
		t.Errorf("what was typed stands in an error: %s", text)
	}
}
