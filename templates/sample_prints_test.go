package templates

// samplePrints are samples of what the office counts and prints.
func samplePrints(clerk Page, with func(Page, Form) Page) map[string]any {
	return map[string]any{
		"office/letters":       OfficeLetters{Page: clerk, Kind: "补正通知", BackURL: "/office/applications", Unfit: []string{"申请 20260001234 现在是“已寄出”。"}, Letters: []Letter{{"20260001235", "考试中心", "补正通知书", "2026 年 11 月 24 日", []string{"张三：", "请补正。"}}}},
		"empty:office/letters": OfficeLetters{Page: clerk, Kind: "补正通知", BackURL: "/office/applications"},
		"office/letter_text":   OfficeLetterText{Page: with(clerk, Form{Problems: []Problem{{"body", "请填写这一项。"}}}), Path: "/office/settings/letters/returned", Kind: "补正通知", Kinds: []MenuItem{{Text: "补正通知", URL: "/office/settings/letters/returned", Current: true}}, Placeholders: []Pair{{"{{姓名}}", "考生姓名"}}},
		"office/archive":       OfficeArchive{Page: clerk, Years: []ArchiveRow{{2026, 12000, 5400, "约 120.5 MB", "2026-11-24 08:30"}, {2025, 1, 0, "约 5 KB", ""}}, Batches: []Choice{{Value: "7", Text: "2026-11（12 份申请）"}}, Scope: "只含保定市的申请。"},
		"empty:office/archive": OfficeArchive{Page: clerk},
		"office/archive_form":  OfficeArchiveForm{Style: ".leaf { margin: 0; }", Form: PaperForm{Number: "20260001234", State: "等待审核", Rows: [][]Pair{{{"姓名", "张三"}, {"性别", "男"}}}, Photo: &Picture{JPEG: []byte("JFIF")}, Code: Picture{SVG: []byte("<svg/>")}, Submitted: "2026-11-24 08:30"}, Made: "2026-11-24 08:30"},
		"office/signatures":    OfficeSignatures{clerk, "石家庄市补办证书领取签收单", "2026 年 11 月 24 日", []SignatureRow{{1, "20260001234", "测试", "1****************3", "1990", "2015 年 一级建造师", "2026-000012"}}, "/office/handout", "/office/handout/sheet?page=abc"},
		"office/forms": OfficeForms{clerk, []PaperForm{{Number: "20260001234", State: "已领取", Rows: [][]Pair{{{"姓名", "测试"}, {"性别", "男"}}, {{"证件号码", "110101199003071233"}, {"出生年月", "199003"}}, {{"联系方式", "13800138000"}}},
			Photo: &Picture{Address: "/p"}, Code: Picture{Address: "/c"}, Submitted: "2026-11-02 09:14", Decision: "审核通过", Decided: "2026-11-03 10:00", Collected: "本人领取", OfficeName: "考试中心", LeadsTo: "合格证明"}}, "/office/handout", "/office/forms?page=abc"},
		"office/report": OfficeReport{Page: clerk, Period: "2026 年 1 月 1 日至 2026 年 1 月 31 日", Presets: []Link{{"本月", "/office/report?from=2026-01-01&to=2026-01-31"}}, ExportURL: "/office/report.xlsx", Scope: "只含保定市的申请。", Lacks: []string{"没有计入。"},
			Figures: []Pair{{"收到", "60"}}, Parts: []ReportPart{{ID: "exams", Title: "按考试", Columns: []string{"考试", "收到", "审核"}, Rows: [][]string{{"2014 年 经济专业技术资格（中级）", "60", "0"}}, Sum: []string{"合计", "60", "0"}, ChartOf: "收到的申请", Bars: []Bar{{"2014 经济专业技术资格（中级）", 60}}},
				{ID: "months", Title: "按月份", Columns: []string{"月份", "收到"}, Rows: [][]string{{"2026 年 1 月", "60"}}, ChartOf: "收到的申请", Bars: []Bar{{"26/1", 60}}, Standing: true}},
			Late: []Alert{{"5 份申请等待超过 15 个自然日。", Link{"去审核", "/office/applications"}, "超期"}}, Meanings: []Pair{{"收到", "首次提交的申请。"}}},
		"empty:office/report": OfficeReport{Page: with(clerk, Form{Problems: []Problem{{"from", "日期应如 20261124。"}}})},
	}
}
