package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"
)

// problemsOf are the sentences of a refusal.
func problemsOf(err error) string {
	problems, _ := err.(reissue.Problems)
	var list []string
	for _, problem := range problems {
		list = append(list, problem.Field+" "+problem.Message)
	}
	return strings.Join(list, "\n")
}

// TestChangeExams: one form changes many exams, all or none, and can be undone as long as
// nobody has changed them since.
func TestChangeExams(t *testing.T) {
	o := open(t)
	by := reissue.System()
	add := func(name, sentence string) *reissue.Exam {
		form := (&reissue.Exam{Year: 2015, Name: name, Sentence: sentence, Closes: "20261231"}).Form()
		exam, err := o.AddExam(by, form)
		o.must(err)
		return exam
	}
	a, b, c := add("甲", "甲的说明"), add("乙", ""), add("丙", "丙的说明")
	now := func(exam *reissue.Exam) *reissue.Exam {
		got, err := o.Exam(exam.ID)
		o.must(err)
		return got
	}
	both := []PickedExam{{a.ID, a.Revision}, {b.ID, 0}}
	o.forward(time.Minute)
	rows, err := o.ChangeExams(by, both, reissue.ExamForm{reissue.ExamRoute: reissue.RouteClosed.Word(), reissue.ExamSentence: "三月恢复。"})
	o.must(err)
	for _, exam := range []*reissue.Exam{a, b} {
		if got := now(exam); got.Route != reissue.RouteClosed || got.Sentence != "三月恢复。" || got.Closes != "20261231" || got.Revision != exam.Revision+1 {
			t.Errorf("%+v", got)
		}
	}
	if got := now(c); got.Route != "" || got.Revision != c.Revision {
		t.Errorf("what was not picked is %+v", got)
	}
	list, _, err := o.ExamChanges(rows)
	o.must(err)
	var told []string
	for _, change := range list {
		told = append(told, change.Exam.Name+" "+change.Fields[0]+" "+change.Old+" "+change.New)
	}
	if want := []string{"甲 route 补发纸质证书 暂不受理", "甲 sentence 甲的说明 三月恢复。", "乙 route 补发纸质证书 暂不受理", "乙 sentence  三月恢复。"}; !slices.Equal(told, want) {
		t.Errorf("told is %q", told)
	}

	o.forward(time.Minute)
	for why, c := range map[string]struct {
		picked []PickedExam
		form   reissue.ExamForm
		want   string
	}{
		"one of them was changed meanwhile": {[]PickedExam{{c.ID, c.Revision}, {a.ID, a.Revision}}, reissue.ExamForm{reissue.ExamSentence: "x"}, "2015 年 甲 在这以后又改过"},
		"one of them has no address":        {[]PickedExam{{c.ID, 0}, {a.ID, 0}}, reissue.ExamForm{reissue.ExamRoute: reissue.RouteElectronic.Word()}, "link 2015 年 丙："},
		"it would close before it opens":    {[]PickedExam{{c.ID, 0}}, reissue.ExamForm{reissue.ExamOpens: "20270101"}, "closes 2015 年 丙：截止日期不能早于开始日期"},
	} {
		if rows, err := o.ChangeExams(by, c.picked, c.form); !strings.Contains(problemsOf(err), c.want) || rows.First != 0 {
			t.Errorf("%s: %v, %v", why, problemsOf(err), err)
		}
	}
	if _, err := o.ChangeExams(by, []PickedExam{{99, 0}}, reissue.ExamForm{reissue.ExamSentence: "x"}); !isNotFound(err) {
		t.Errorf("an exam that is none: %v", err)
	}
	if got := now(c); got.Revision != c.Revision {
		t.Errorf("what was refused has changed %+v", got)
	}
	if rows, err := o.ChangeExams(by, both[1:], reissue.ExamForm{reissue.ExamSentence: "三月恢复。"}); err != nil || rows.First != 0 {
		t.Errorf("nothing new makes rows %v, %v", rows, err)
	}

	_, err = o.ChangeExam(by, c.ID, c.Revision, reissue.ExamForm{reissue.ExamSentence: "五月恢复。"})
	o.must(err)
	for why, wrong := range map[string]ExamRows{"none": {}, "turned round": {rows.Last, rows.First}, "more than there are": {rows.First, rows.Last + 9},
		"another act's before": {rows.First - 1, rows.Last}, "another act's after": {rows.First, rows.Last + 1}} {
		if _, err := o.UndoExams(by, wrong); !isNotFound(err) {
			t.Errorf("undoing rows that are %s: %v", why, err)
		}
	}
	undone, err := o.UndoExams(by, rows)
	o.must(err)
	if got := now(a); got.Route != "" || got.Sentence != "甲的说明" {
		t.Errorf("undone is %+v", got)
	}
	if got := now(b); got.Route != "" || got.Sentence != "" {
		t.Errorf("undone is %+v", got)
	}
	if _, err := o.UndoExams(by, rows); !strings.Contains(problemsOf(err), "又改过") {
		t.Errorf("undone twice: %v", err)
	}
	o.forward(time.Minute)
	again, err := o.UndoExams(by, undone) // which undoes the undoing
	o.must(err)
	if got := now(a); got.Sentence != "三月恢复。" {
		t.Errorf("brought back is %+v", got)
	}
	_, err = o.ChangeExam(by, b.ID, now(b).Revision, reissue.ExamForm{reissue.ExamSentence: "四月恢复。"})
	o.must(err)
	if _, err := o.UndoExams(by, again); !strings.Contains(problemsOf(err), "2015 年 乙") {
		t.Errorf("undone though one was changed since: %v", err)
	}
	if got := now(a); got.Sentence != "三月恢复。" {
		t.Errorf("undone in part: %+v", got)
	}
}
