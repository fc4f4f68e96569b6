package templates

import "net/url"

// sampleExams are the pages of the exams.
func sampleExams(clerk Page, with func(Page, Form) Page, history []Event) map[string]any {
	rows := []ExamRow{
		{"/office/exams/1", "2016", "一级建造师", "20160925", "补发纸质证书", "长期受理", "按年度规定", "", "1.3", true},
		{"/office/exams/2", "2016", "翻译专业资格", "", "暂不受理", "2026 年 1 月 1 日起", "不需要照片", "暂不受理，请留意通知。", "2.1", false}}
	years := []ExamOption{{"2016", "2016", true}}
	return map[string]any{
		"office/exams": OfficeExams{with(clerk, Form{Problems: []Problem{{"link", "2016 年 一级建造师：请填写网址。"}, {"pick-all", "请先勾选要修改的考试。"}}}), years, years, "建造师", true, rows,
			"/office/exams/many?year=2016", []string{"补发纸质证书", "暂不受理"}, []string{"按年度规定"}, []Choice{{Value: "sentence", Text: "给考生的说明", Chosen: true}, {Value: "link", Text: "电子证书网址"}}},
		"read:office/exams":  OfficeExams{Page: clerk, Years: years, YearsTo: years, Rows: rows},
		"none:office/exams":  OfficeExams{Page: clerk, Years: years, YearsTo: years, Q: "没有", Edit: true},
		"empty:office/exams": OfficeExams{Page: clerk},
		"office/exams_many": OfficeExamsMany{clerk, "12-13", "2026-11-24 10:00", "guanli", 1, []ExamChange{
			{"2016 年 一级建造师", "/office/exams/1", "办理方式", "补发纸质证书", "暂不受理"}, {"2016 年 一级建造师", "/office/exams/1", "给考生的说明", "（空）", "三月恢复。"}}, true},
		"moved:office/exams_many": OfficeExamsMany{Page: clerk, Rows: "12-13", Exams: 1},
		"office/exam": OfficeExam{Page: with(clerk, Form{Locked: map[string]string{"year": "2016"}, Values: url.Values{"name": {"一级建造师"}, "levels": {"考全科\n增报专业"}}}),
			Title: "2016 年 一级建造师", Action: "/office/exams/1", Revision: 3, Edit: true, Routes: []string{"补发纸质证书", "暂不受理"}, Photos: []string{"按年度规定"}, History: history},
		"new:office/exam":  OfficeExam{Page: with(clerk, Form{Problems: []Problem{{"name", "请填写这一项。"}}}), Action: "/office/exams", Edit: true, Routes: []string{"补发纸质证书"}},
		"read:office/exam": OfficeExam{Page: clerk, Title: "2016 年 一级建造师", Facts: []Pair{{"批准日期", "20160925"}}, DeleteURL: "/office/exams/1/delete"},
	}
}
