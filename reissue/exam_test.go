package reissue

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestAccept(t *testing.T) {
	for _, c := range []struct {
		reason string
		exam   *Exam
		want   string // a part of the sentence, "" accepted
	}{
		{"not known to the office", nil, ""},
		{"the usual exam", &Exam{}, ""},
		{"a proof instead of a certificate", &Exam{Route: RouteProof}, ""},
		{"electronic certificates", &Exam{Route: RouteElectronic, Link: "https://a.cn"}, "下载电子证书"},
		{"rests", &Exam{Route: RouteClosed}, "暂不受理"},
		{"rests, in the office's words", &Exam{Route: RouteClosed, Sentence: "三月恢复。"}, "三月恢复。"},
		{"the first day", &Exam{Opens: "20260115"}, ""},
		{"the day before", &Exam{Opens: "20260116"}, "的补证申请自 2026 年 1 月 16 日起受理。"},
		{"before a window", &Exam{Opens: "20260201", Closes: "20261231"}, "的补证申请受理时间为 2026 年 2 月 1 日至 2026 年 12 月 31 日，现在不在受理时间内。"},
		{"the last day", &Exam{Closes: "20260115"}, ""},
		{"the day after", &Exam{Closes: "20260114", Sentence: "下半年再办。"}, "的补证申请已于 2026 年 1 月 14 日截止受理。下半年再办。"},
		{"in the window, but it rests", &Exam{Route: RouteClosed, Opens: "20260101", Closes: "20261231"}, "暂不受理"},
	} {
		err := c.exam.Accept("20260115")
		var refused *NotAcceptedError
		if errors.As(err, &refused) != (c.want != "") || c.want != "" && !strings.Contains(refused.Sentence(), c.want) {
			t.Errorf("%s: %v, want %q", c.reason, err, c.want)
		}
	}
}

func TestExamFormRoundTrip(t *testing.T) {
	exam := Exam{Year: 2020, Name: "二级建造师", LastDay: "20201122", Levels: []string{"考全科", "增报专业"}, Route: RouteElectronic,
		Link: "https://a.cn/x", Sentence: "请下载。", Opens: "20260101", Closes: "20261231", Photo: PhotoNotAsked}
	var read Exam
	if err := exam.Form().Fill(&read); err != nil {
		t.Fatal(err)
	}
	if changed := exam.Changes(&read); len(changed) != 0 {
		t.Errorf("changed by a look: %v", changed)
	}
	for _, field := range ExamFields {
		form := exam.Form()
		form[field] = strings.Repeat("长", 400)
		var problems Problems
		if err := form.Fill(&Exam{}); !errors.As(err, &problems) || problems.Of(field) == "" {
			t.Errorf("%s takes anything: %v", field, err)
		}
		if ExamLabel(field) == "" {
			t.Errorf("%s has no label", field)
		}
	}
	if got := exam.Changes(&Exam{Year: 2020, Name: "二级建造师", LastDay: "20201123"}); !slices.Contains(got, ExamLastDay) || slices.Contains(got, ExamName) {
		t.Errorf("changes %v", got)
	}
}

// TestExamsForMany: what is empty stays, what is to be cleared is cleared.
func TestExamsForMany(t *testing.T) {
	for why, c := range map[string]struct {
		form   ExamForm
		clear  []string
		want   ExamForm
		faults string
	}{
		"some":              {ExamForm{ExamRoute: "暂不受理", ExamSentence: " ", ExamLink: ""}, nil, ExamForm{ExamRoute: "暂不受理"}, ""},
		"what is of one":    {ExamForm{ExamYear: "2015", ExamName: "甲", ExamLevels: "高级", ExamPhoto: "不需要照片"}, nil, ExamForm{ExamPhoto: "不需要照片"}, ""},
		"cleared":           {ExamForm{ExamOpens: ""}, []string{ExamOpens, ExamSentence}, ExamForm{ExamOpens: "", ExamSentence: ""}, ""},
		"a choice cannot":   {ExamForm{ExamCloses: "20261231"}, []string{ExamRoute, ExamName}, ExamForm{ExamCloses: "20261231"}, ""},
		"set and cleared":   {ExamForm{ExamOpens: "20260101"}, []string{ExamOpens}, ExamForm{}, ExamOpens},
		"nothing":           {ExamForm{ExamName: "甲"}, nil, ExamForm{}, "-"},
		"nothing and clear": {ExamForm{}, []string{ExamPhoto}, ExamForm{}, "-"},
	} {
		got, err := c.form.ForMany(c.clear)
		var problems Problems
		errors.As(err, &problems)
		faults := ""
		for _, problem := range problems {
			faults += cmp.Or(problem.Field, "-")
		}
		if !maps.Equal(got, c.want) || faults != c.faults {
			t.Errorf("%s: %v, %q, want %v, %q", why, got, faults, c.want, c.faults)
		}
	}
}
