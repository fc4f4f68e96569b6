package templates

import "net/url"

// sampleCounter are the pages of the counter.
func sampleCounter(clerk Page, with func(Page, Form) Page, queue []QueueRow, facts []Pair) map[string]any {
	wrong := with(clerk, Form{Problems: []Problem{{"q", "没有找到，请核对。"}, {"file", "请选择表格文件。"}}, Way: &Link{"这是代领人：继续办理 测试", "/office/handout/20260001234"}})
	rows := []CounterRow{
		{QueueRow: queue[0], About: "考全科；建筑工程", Pick: "20260001234.4", Picked: true, First: true, Numbered: true, NewNumber: "BF1"},
		{QueueRow: queue[0], Proof: "2026-000012", Pick: "20260001242.4"}}
	rows[0].Number, rows[1].Number = "20260001234", "20260001242"
	refused := with(clerk, Form{Values: url.Values{"collector": {"agent"}, "agent_name": {"李"}}, Problems: []Problem{{"ready", "请勾选"}, {"application-20260001242", "已有变动"}, {"new_number-20260001234", "请填写"},
		{"paper_checked", "请先核验"}, {"collector", "请选择"}, {"agent_name", "请填写"}, {"agent_id_number", "不正确"}}})
	return map[string]any{
		"office/counter":       OfficeCounter{Page: clerk, Use: true, Box: CounterBox{Focus: true}, Cities: []string{"石家庄市"}, City: "石家庄市", Rows: queue, SheetURL: "/office/handout/sheet", FormsURL: "/office/forms", NextURL: "/office/counter?page=abc"},
		"wrong:office/counter": OfficeCounter{Page: wrong, Use: true, Box: CounterBox{Focus: true, Fault: "没有找到，请核对。"}},
		"found:office/counter": OfficeCounter{Page: clerk, Use: true, Box: CounterBox{Focus: true}, Found: queue, FoundAs: "找到几位持证人", Rows: queue},
		"done:office/counter": OfficeCounter{Page: clerk, Use: true, Box: CounterBox{Focus: true}, Collected: &Collected{[]CollectedRow{{queue[0], "BF1", "代领人 李四"}, {queue[0], "2026-000012", "本人"}},
			"/office/handout/sheet?application=20260001234"}},
		"office/counter_person": OfficeCounterPerson{Page: clerk, Collecting: Collecting{Scan: &Scan{Holder: true, Says: "刷证号码与持证人一致"}, Scanned: "ABC", Collector: "holder"}, Box: CounterBox{Focus: true}, Use: true, Name: "测试",
			Says: "有 2 份待领取。", Person: facts[:4], Elsewhere: "另有由唐山窗口办理的待领取证书。", Ready: rows, SheetURL: "/office/handout/sheet", Others: queue},
		"wrong:office/counter_person": OfficeCounterPerson{Page: refused, Collecting: Collecting{Scan: &Scan{Says: "刷证号码不是持证人的"}, Collector: "agent", AgentNumber: "440308199901101512"}, Use: true, Name: "测试", Person: facts[:4], Ready: rows},
		"read:office/counter_person":  OfficeCounterPerson{Page: clerk, Name: "测试", Person: facts[:4], Ready: rows},
		"none:office/counter_person":  OfficeCounterPerson{Page: clerk, Use: true, Name: "测试", Says: "没有待领取的证书。", Person: facts[:4], Others: queue},
	}
}
