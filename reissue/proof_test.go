package reissue

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// TestRouteOfApproval: what an application leads to is what the exam's route was when
// it was approved, whatever it is before and after.
func TestRouteOfApproval(t *testing.T) {
	exam := func(route Route) *Exam { return &Exam{Route: route} }
	for _, c := range []struct {
		reason string
		then   *Exam
		want   Route
	}{
		{"a proof", exam(RouteProof), RouteProof}, {"a paper", exam(RoutePaper), RoutePaper}, {"not taken any more", exam(RouteClosed), RoutePaper},
		{"electronic by now", exam(RouteElectronic), RoutePaper}, {"not known", nil, RoutePaper},
	} {
		a := &Application{Status: Pending}
		if err := a.Approve(reviewer, now, "", Grounds{Account: &Account{}, Exam: c.then}, ""); err != nil || a.Route != c.want {
			t.Errorf("%s: %q, %v", c.reason, a.Route, err)
		}
		for _, later := range []Route{RouteProof, RoutePaper} {
			if got := a.LeadsTo(exam(later)); got != c.want {
				t.Errorf("%s: leads to %q once the route is %q", c.reason, got, later)
			}
		}
		if err := a.TakeBack(reviewer, now, "x"); err != nil || a.Route != RoutePaper {
			t.Errorf("%s: taken back, and still %q, %v", c.reason, a.Route, err)
		}
		if got := a.LeadsTo(exam(RouteProof)); got != RouteProof {
			t.Errorf("%s: waiting again, it leads to %q", c.reason, got)
		}
	}
}

// TestLeadsNowhere: what is refused or withdrawn leads to nothing.
func TestLeadsNowhere(t *testing.T) {
	for status, want := range map[Status]Route{Pending: RouteProof, Returned: RouteProof, Refused: RoutePaper, Withdrawn: RoutePaper} {
		if got := (&Application{Status: status}).LeadsTo(&Exam{Route: RouteProof}); got != want {
			t.Errorf("%s leads to %q", status, got)
		}
	}
}

// TestWaysApart: what leads to a proof is in no batch, and what leads to a new
// certificate gets no proof.
func TestWaysApart(t *testing.T) {
	s, note := DefaultSettings(), "x"
	proof := func(status Status) *Application { return &Application{Status: status, Route: RouteProof} }
	for reason, err := range map[string]error{
		"a proof joins a batch":      proof(Approved).JoinBatch(3),
		"a proof leaves production":  proof(Ready).LeaveProduction(reviewer, now, Approved, nil, nil, note),
		"a proof did not arrive":     proof(Ready).UndoArrival(reviewer, now, note),
		"a paper's proof is undone":  (&Application{Status: Ready, Batch: 3}).UndoProof(reviewer, now, note, &Proof{}),
		"a paper's proof, once more": (&Application{Status: Ready, Batch: 3}).ReprintProof(reviewer, now, &Proof{}),
	} {
		if err != ErrState {
			t.Errorf("%s: %v", reason, err)
		}
	}
	if _, err := (&Application{Status: Approved}).PrintProof(reviewer, now, 1, &s); err != ErrState {
		t.Errorf("a paper's proof is printed: %v", err)
	}
}

func TestProofActs(t *testing.T) {
	s := DefaultSettings()
	s.OfficeName = "考试中心"
	number := NewProofNumber(2026, 12)
	a := &Application{ID: 9, Status: Approved, Route: RouteProof, Fields: Fields{ExamYear: 2015, ExamName: "招标师", City: "唐山市"}}
	p, err := a.PrintProof(reviewer, now, number, &s)
	if err != nil || a.Status != Ready || a.Proof != number || a.History[0].Note != "2026-000012" {
		t.Fatalf("%+v, %v", a, err)
	}
	if p.Number != number || p.Application != 9 || p.Exam != "2015 年 招标师" || p.City != "唐山市" || p.Office != "考试中心" || p.By != reviewer.ID || p.Issued != At(now) || p.Text != DefaultProofText {
		t.Errorf("the stub is %+v", p)
	}
	if err := a.ReprintProof(reviewer, now, p); err != nil || p.Reprints != 1 || a.Status != Ready || a.Revision != 2 {
		t.Errorf("once more: %+v, %+v, %v", p, a, err)
	}
	var problems Problems
	if err := a.UndoProof(reviewer, now, "", p); !errors.As(err, &problems) || problems.Of(FieldNote) == "" || p.Voided != 0 {
		t.Errorf("undone without a reason: %v", err)
	}
	a.Status, a.Revision = Ready, 2
	if err := a.UndoProof(reviewer, now, "打错", p); err != nil || a.Status != Approved || a.Proof != 0 || p.Voided == 0 || !a.ByProof() {
		t.Errorf("undone: %+v, %+v, %v", a, p, err)
	}
}

// TestProofOfCorrectedHolder: a paper with a name that was put right is not made a
// second time under its number, until it is void and printed anew.
func TestProofOfCorrectedHolder(t *testing.T) {
	s := DefaultSettings()
	a := &Application{Status: Approved, Route: RouteProof}
	p, err := a.PrintProof(reviewer, now, NewProofNumber(2026, 1), &s)
	if err != nil || a.ProofOutdated() {
		t.Fatal(err)
	}
	if changed, err := a.CorrectHolder(reviewer, now, Holder{Name: "王小明"}); !changed || err != nil || !a.ProofOutdated() {
		t.Fatalf("corrected %v, %v, outdated %v", changed, err, a.ProofOutdated())
	}
	var problems Problems
	if err := a.ReprintProof(reviewer, now, p); !errors.As(err, &problems) || p.Reprints != 0 {
		t.Errorf("printed again: %v", err)
	}
	if err := a.UndoProof(reviewer, now, "x", p); err != nil {
		t.Fatal(err)
	}
	if _, err := a.PrintProof(reviewer, now, NewProofNumber(2026, 2), &s); err != nil || a.ProofOutdated() {
		t.Errorf("printed anew: %v, outdated %v", err, a.ProofOutdated())
	}
}

func TestProofNumbers(t *testing.T) {
	for typed, want := range map[string]string{
		"2026-000012": "2026-000012", " 2026－000012": "2026-000012", "2026-12": "2026-000012", "2026000012": "2026-000012", "２０２６－１２": "2026-000012",
		"": "", "2026": "", "2026-": "", "2026-0": "", "2026-1000000": "", "26-1": "", "2026-1x": "", "-1-1": "", "20260000123": "", "2026-000012-1": "",
	} {
		number, ok := ParseProofNumber(typed)
		if got := ShowProofNumber(number); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %s, %v", typed, got, ok)
		}
	}
}

func TestProofText(t *testing.T) {
	a := &Application{ID: 20260000017, Person: Person{IDCard, "11010119900101008X"}, Fields: Fields{Name: "王小明", Sex: "女", BirthMonth: "199001", ExamYear: 2015,
		ExamName: "招标师", Level: "无", Specialty: "建筑", CertificateNumber: "无", ApprovalDate: "20151108", City: "唐山市"}}
	p := &Proof{Number: NewProofNumber(2026, 7), Text: DefaultProofText, Office: "考试中心", Issued: At(now)}
	values := p.Values(a)
	title, lines := p.Text.Fill(values)
	want := []string{"王小明（身份证号码：11010119900101008X）参加 2015 年招标师考试，成绩合格。", "专业：建筑", "批准日期：2015 年 11 月 8 日",
		"该项考试已退出国家职业资格目录，不再补发证书。特此证明。"}
	if title != "考试合格证明" || !slices.Equal(lines, want) {
		t.Errorf("%q %q", title, lines)
	}
	for _, name := range ProofPlaceholders {
		if _, known := values[name]; !known {
			t.Errorf("nothing is put for %s", name)
		}
	}
	if values["证明编号"] != "2026-000007" || values["开具日期"] != "2026 年 1 月 15 日" || values["出生年月"] != "1990 年 1 月" || values["单位"] != "考试中心" {
		t.Errorf("%q", values)
	}

	s := DefaultSettings()
	for _, c := range []struct {
		text  ProofText
		field string
	}{
		{ProofText{"证明", "{{姓名}}合格。"}, ""}, {ProofText{"", "x"}, FieldTitle}, {ProofText{"证明", " \n"}, FieldBody}, {ProofText{strings.Repeat("长", 21), "x"}, FieldTitle},
		{ProofText{"证明", strings.Repeat("长", 801)}, FieldBody}, {ProofText{"证明", strings.Repeat("x\n", 17)}, FieldBody}, {ProofText{"证明", "{{原因}}"}, FieldBody}, {ProofText{"{{姓", "x"}, FieldTitle},
	} {
		err := s.SetProofText(c.text)
		var problems Problems
		if c.field == "" && (err != nil || s.Proof().Title != c.text.Title) || c.field != "" && (!errors.As(err, &problems) || problems.Of(c.field) == "") {
			t.Errorf("%q: %v", c.text, err)
		}
	}
	if err := s.SetProofText(ProofText{DefaultProofText.Title, strings.ReplaceAll(DefaultProofText.Body, "\n", "\r\n")}); err != nil || s.ProofText != (ProofText{}) {
		t.Errorf("the default is kept as %q, %v", s.ProofText, err)
	}
}

// TestProofMails: approval and mailing say what the candidate gets.
func TestProofMails(t *testing.T) {
	s := DefaultSettings()
	a := &Application{ID: 20260000017, Route: RouteProof, Proof: NewProofNumber(2026, 7), Fields: Fields{Name: "王小明", City: "唐山市"}}
	for act, want := range map[Act]string{ActApprove: "开具合格证明", ActPrintProof: "2026-000007", ActMail: "合格证明已寄出"} {
		text, told := s.MailText(a.MailOf(act))
		subject, body := text.Fill(a.MailValues(&Event{Act: act}, &s, ""))
		if !told || !strings.Contains(subject+body, want) || strings.Contains(subject+body, "新证书") || strings.Contains(body, "制证") {
			t.Errorf("%s: %v %s %s", act, told, subject, body)
		}
	}
	if paper := (&Application{}); paper.MailOf(ActApprove) != ActApprove || paper.MailOf(ActMail) != ActMail {
		t.Error("a new certificate is told of as a proof")
	}
}
