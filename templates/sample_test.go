package templates

import (
	"maps"
	"net/url"
)

// sample is every page with the data of a busy day, by file name; variants of a page carry a word
// before a colon, such as "wrong:candidate/login". The people are invented.
func sample() map[string]any {
	visitor := Page{
		SystemName: "证书补办申请系统", OfficeName: "石家庄市人事考试中心", Phone: "0311-8666 0000",
		Hours: "工作日 9:00–12:00，13:30–17:00", CSRF: "token",
		Notice: "为保证功能使用顺畅，推荐使用IE9及以上版本，或360、chrome、firefox等浏览器。",
		Form:   Form{CaptchaID: "kX3vT9"},
	}
	visitor.Announcement = "十二月起，新证书在一楼大厅领取。\n请带身份证件。"
	visitor.Size, visitor.Address, visitor.Counters = StandardText, "/apply?exam=1", []Place{{"示例人事考试中心", "示例路 1 号", "工作日 9:00–17:00", "0311-00000000"}}
	me := visitor
	me.User, me.Login = "测试", "110101199003071233"
	resetting := visitor
	resetting.Login = me.Login
	clerk := visitor
	clerk.User, clerk.Login, clerk.Staff, clerk.Roles, clerk.Notice, clerk.Address = "李审核", "shenhe", true, []string{"reviewer"}, "", ""
	with := func(p Page, f Form) Page { f.CaptchaID = "kX3vT9"; p.Form = f; return p }

	rules := PhotoRules{295, 413, 10, 30}
	person := map[string]string{"name": "测试", "id_number": "110101199003071233", "birth_month": "199003", "sex": "男"}
	lock := func(more ...string) map[string]string {
		m := map[string]string{}
		for k, v := range person {
			m[k] = v
		}
		for i := 0; i < len(more); i += 2 {
			m[more[i]] = more[i+1]
		}
		return m
	}
	fill := func(p Page, f Form) Fill {
		return Fill{
			Page: with(p, f), Years: []string{"2020", "2015", "2014", "1998"},
			Exams:  []string{"一级建造师", "经济专业技术资格（中级）"},
			Levels: []string{"考全科", "增报专业"}, Specialties: []string{"建筑工程", "市政公用工程"},
			Cities: []string{"石家庄市", "保定市", "唐山市"}, Photo: &Photo{PhotoRules: rules, Required: true},
		}
	}
	registered := lock("exam_year", "2015", "exam_name", "一级建造师", "certificate_number", "ZJ201513010001",
		"approval_date", "20150920", "level", "考全科", "specialty", "建筑工程", "city", "石家庄市")
	facts := []Pair{
		{"考试年度", "2015"}, {"考试名称", "一级建造师"}, {"姓名", "测试"}, {"证件号码", "110101199003071233"},
		{"证书管理号", "ZJ201513010001"}, {"批准日期", "20150920"}, {"级别", "考全科"}, {"专业", "建筑工程"},
		{"报名市", "石家庄市"}, {"联系方式", "13800138000"},
	}
	many := []ManyRow{{"20260001234", "/office/applications/20260001234", "测试", "2015 年 一级建造师", "审核通过", "EMS1001", "", nil},
		{"20260001317", "/office/applications/20260001317", "", "", "", "EMS1001", "与第 7 行的运单号相同", nil}}
	queue := []QueueRow{
		{"2026000123-4", "/office/applications/123", "测试", "1****************3", "1990", "2015 年 一级建造师", "石家庄市", "等待审核", "2026-11-02 09:14", "22 天", true, "", []Mark{{"姓名写法", "姓名与档案写法略有不同", false}, {"同一照片", "其他人的申请用了完全相同的照片", true}}},
		{"2026000131-7", "/office/applications/131", "阿卜杜热合曼·阿卜杜克热木", "6****************2", "1985", "2014 年 经济专业技术资格（中级）", "保定市", "等待审核", "2026-11-16 16:40", "8 天", false, "暂缓到 2026-12-10", nil},
		{"2026000140-2", "/office/applications/140", "王晓𠮷", "3****************X", "2001", "2020 年 二级建造师", "唐山市", "审核未过", "2026-11-20 11:02", "", false, "", nil},
	}
	proof := ProofSheet{Number: "2026-000012", Application: "20260001234", Title: "考试合格证明", Paragraphs: []string{"测试参加 2015 年招标师考试，成绩合格。", "特此证明。"}, PhotoURL: "/p",
		Office: "石家庄市人事考试中心", Date: "2026 年 11 月 24 日", Reprint: "补打（第 1 次）"}
	history := []Event{
		{"2026-11-20 10:32", "审核未过", "李审核", "照片背景非白色\n请用白底照片重新上传。"},
		{"2026-11-18 09:14", "提交申请", "", ""},
	}
	register := []CertificateRow{
		{"7", "/office/certificates/7", "测试", "1****************3", "1990", "2015 年 一级建造师", "ZJ201513010001", "考全科；建筑工程", "石家庄市", "已领取"},
		{"8", "/office/certificates/8", "阿卜杜热合曼·阿卜杜克热木", "6****************2", "", "2014 年 经济专业技术资格（中级）", "", "", "", "未领取"},
	}
	review := func(p Page) OfficeApplication {
		return OfficeApplication{
			Page: p, Number: "2026000123-4", Exam: "2015 年 一级建造师", State: "等待审核", Path: "/office/applications/123",
			Submitted: "2026-11-02 09:14", Waited: "22 天", Revision: 3,
			Person: []Pair{{"姓名", "测试"}, {"证件号码", "110101199003071233"}, {"出生年月", "199003"}, {"性别", "男"}, {"联系方式", "13800138000"}},
			Source: "考生自行填写；与该证件号码名下最接近的一条登记对照。",
			Rows: []Compare{
				{"考试年度", "2015", "2015", false, ""}, {"考试名称", "一级建造师", "一级建造师", false, ""},
				{"姓名", "测[试]", "测试", true, ""}, {"证书管理号", "ZJ201513010001", "无", true, ""},
				{"批准日期", "20150920", "20150921", true, "考试表中为 20150920"}, {"级别", "", "考全科", false, ""},
				{"专业", "建筑工程", "建筑工程", false, ""}, {"报名市", "石家庄市", "石家庄市", false, "提交后登记有变动"},
			},
			Marks:    []Mark{{"原证未领", "领取状态为未领取。", true}, {"姓名写法", "姓名与登记只差括号中的字，请核对。", false}},
			PhotoURL: "/applications/1/photo", PhotoCheckURL: "/office/applications/1/photo/check", PhotoNotes: []string{"背景略有灰度（亮度 228）"}, History: history[1:], Others: Visible{Rows: queue[2:]},
			Decide: &Decide{
				ReturnReasons: []ReasonOption{{"blurred", "照片不清晰", "照片", "1"}, {"background", "照片背景非白色", "照片", "2"}, {"number", "证书管理号与档案不符", "证书管理号", "3"}, {"date", "批准日期不符", "批准日期", "4"}, {"city", "报名市有误", "报名市", "5"}, {"phone", "联系方式无法接通", "联系方式", "6"}, {"other", "其他", "", "o"}},
				RefuseReasons: []ReasonOption{{"uncollected", "证书尚未领取", "", "7"}, {"electronic", "已有电子证书", "", "8"}, {"foreign", "非本中心发证", "", "9"}, {"other", "其他", "", "o"}},
				Notes:         []string{"请上传近期白底免冠证件照。"},
			},
			Queue: "status=等待审核", BackURL: "/office/applications?status=等待审核", SamePhoto: Visible{Rows: queue[1:2], Elsewhere: "另有由石家庄、呼和浩特窗口办理的申请。"}, SamePhone: Visible{Rows: queue[1:2]},
			PreviousURL: "/office/applications/previous?from=123", NextURL: "/office/applications/next?from=123",
		}
	}
	refused := review(with(clerk, Form{Values: url.Values{"reason": {"date"}, "note": {"请核对。"}},
		Problems: []Problem{{"return-note", "选“其他”时请填写说明"}, {"return-reason", "请选择原因"}}}))
	refused.Decide.Act = "return"
	decided := review(clerk)
	decided.State, decided.Decide, decided.Waiting, decided.TakeBack = "审核未过", nil, "已退回考生修改，等待考生保存。", true
	decided.Reasons, decided.Note, decided.History = []Reason{{"照片背景非白色", "照片"}}, "请用白底照片重新上传。", history

	left := review(with(clerk, Form{Values: url.Values{"to": {"returned"}, "note": {"制证单位退回。"}}, Problems: []Problem{{"leave-to", "请选择退出制证后怎样办理。"}, {"leave-reason", "请至少选择一个原因。"}, {"leave-note", "请填写说明"}}}))
	left.State, left.Decide, left.Waiting, left.HandoutURL, left.Void = "待领取", nil, "这份申请的状态是“待领取”，现在不需要审核。", "/office/handout/123", []string{"BF20260001234", "BF20260001235"}
	left.Leave = &LeaveProduction{Open: true, Ways: []Pair{{"重新制证：回到审核通过，编入下一批次", "approved"}, {"退回考生修改：保存后排在审核的最前面", "returned"}, {"不予受理", "refused"}},
		ReturnReasons: []ReasonOption{{"blurred", "照片不清晰", "", "a"}, {"other", "其他", "", "o"}}, RefuseReasons: []ReasonOption{{"foreign", "非本中心发证", "", "b"}}}
	misprinted := review(clerk)
	misprinted.State, misprinted.Decide, misprinted.Waiting, misprinted.HandoutURL, misprinted.CorrectFirst = "已领取", nil, "这份申请的状态是“已领取”，现在不需要审核。", "/office/handout/123", "更正领取记录"
	rejoin := review(with(clerk, Form{Values: url.Values{"note": {" "}}, Problems: []Problem{{"undo-leave-note", "请写明更正的原因。"}}}))
	rejoin.State, rejoin.Decide, rejoin.Waiting, rejoin.TakeBack, rejoin.Act = "审核通过", nil, "这份申请的状态是“审核通过”，现在不需要审核。可编入下一批次：", true, "undo-leave"
	rejoin.Way = &Link{"编入新批次", "/office/batches/new"}
	rejoin.UndoLeave = &BatchUndo{"undo-leave", "", "更正退出制证记录", "这一份不应退出的，回到“2026 年第 3 批”，制证中。"}

	batch := func(p Page) OfficeBatch {
		return OfficeBatch{Page: p, Path: "/office/batches/3", Number: "3", Name: "2026 年第 3 批", State: "收集中", Next: "正在收集。", Revision: 2, Use: true,
			Facts: []Pair{{"份数", "3 份"}}, May: map[string]bool{"lock": true, "add": true, "remove": true, "expect": true, "dissolve": true},
			Members: queue, History: []Event{{"2026-11-20 10:32", "建立批次", "李审核", ""}}}
	}
	refusedBatch := batch(with(clerk, Form{Values: url.Values{"expected": {"20201332"}, "note": {""}}, Problems: []Problem{{"unlock-note", "请写明更正的原因。"}}}))
	refusedBatch.State, refusedBatch.Locked, refusedBatch.Act = "待上报", true, "unlock"
	refusedBatch.May = map[string]bool{"unlock": true, "report": true, "arrive": true, "expect": true}

	laterBatch := func(state string, may ...string) OfficeBatch {
		b := batch(clerk)
		b.State, b.Locked, b.Numbering, b.May = state, true, state == "已到证", map[string]bool{}
		for _, act := range may {
			b.May[act] = true
		}
		return b
	}

	proven := decided
	proven.LeadsTo, proven.Act = "合格证明", "undo"
	proven.Page = with(clerk, Form{Problems: []Problem{{"undo-note", "请写明原因。"}}})
	proven.Proof = &ProofPanel{Path: "/office/applications/1/proof", Revision: 4, Next: "已打印。", Facts: []Pair{{"证明编号", "2026-000012"}, {"开具人", "李审核"}}, URL: "/office/applications/1/proof",
		ListURL: "/office/proofs?number=2026-000012", Print: true, Reprint: true, Undo: &BatchUndo{"undo", "", "作废合格证明", "回到审核通过。"}}
	item := OfficeHandoutItem{Page: with(clerk, Form{Values: url.Values{"collector": {"agent"}, "agent_name": {"李"}}, Problems: []Problem{{"paper_checked", "请先核验"}, {"collector", "请选择"}, {"agent_name", "请填写"}, {"agent_id_number", "不正确"}, {"new_number", "请填写"}, {"tracking", "请填写"}, {"undo-arrival-note", "请写明"}}}),
		Path: "/office/handout/20260001234", Number: "20260001234", Exam: "2015 年 一级建造师", State: "待领取", ReviewURL: "/office/applications/20260001234", Next: "新证书已到。",
		Person: facts[:4], Facts: facts[4:], PhotoURL: "/p", Revision: 4, Act: "undo-arrival", Numbered: true, ProofURL: "/p", SheetURL: "/office/handout/sheet?application=20260001234", Box: CounterBox{From: "20260001234"}, Together: &Link{"另有 2 份待领取，一并办理", "/office/counter/20260001234"}, Elsewhere: "另有由唐山窗口办理的待领取证书。", Collecting: Collecting{Scanned: "ABC", Scan: &Scan{Says: "刷证号码不是持证人的"}}, HandOut: true, Arrive: true, Undo: &BatchUndo{"undo-arrival", "undo_arrival", "更正到证记录", "回到制证中。"}, MayLeave: true, History: history}

	signIn := with(visitor, Form{Values: url.Values{"id_number": {"110101199003071234"}, "name": {"测试"}, "email": {"ceshi@"}},
		Problems: []Problem{{"id_number", "身份证号校验不正确，请核对最后一位"}, {"captcha", "验证码不正确，请重新输入"}}})
	signUp := signIn
	signUp.Form.Problems = append(signUp.Form.Problems[:2:2], Problem{"email", "邮箱格式不正确"}, Problem{"password", "密码需要包含字母"}, Problem{"consent", "请先阅读并同意个人信息保护说明"})

	self := fill(me, Form{Locked: person, Values: url.Values{"exam_year": {"2015"}}})
	selfWrong := fill(me, Form{Locked: person, Values: url.Values{"exam_year": {"2013"}, "exam_name": {"一级建造师"}, "approval_date": {"20191332"}, "level": {"考全科"}, "phone": {"12"}},
		Problems: []Problem{{"certificate_number", "请填写证书管理号，没有的填写“无”"}, {"approval_date", "批准日期 20191332 不是有效日期"}, {"city", "请选择报名市"}, {"phone", "联系方式应为 7 至 20 位"}, {"photo", "照片像素为 600 × 800，应为 295 × 413"}, {"pledge", "请阅读并同意承诺书"}}})
	selfWrong.Pledge, selfWrong.ApprovalNote = "本人承诺所填信息真实、准确，证书确已遗失或损坏。\n如有虚假，愿意承担相应责任。", "考试表中该项考试的最后一天为 20150920，请核对。"
	edit := fill(me, Form{Locked: registered, Values: url.Values{"phone": {"13800138000"}}, Returned: []Problem{{"photo", "照片背景非白色"}, {"approval_date", "批准日期不符"}}})
	edit.Pledge = selfWrong.Pledge
	edit.Photo = &Photo{PhotoRules: rules, Required: true, CurrentURL: "/applications/1/photo", Hints: []string{"背景略有灰度，建议更换为纯白底"}}
	stale := fill(me, Form{Locked: person, Values: url.Values{"phone": {"13800138000"}}, Problems: []Problem{{"stale", "您打开页面之后，这份申请已有变动。"}}})
	certFill := fill(me, Form{Locked: registered})
	newer := fill(me, Form{Locked: lock("exam_year", "2020", "exam_name", "经济专业技术资格（中级）", "name", "阿卜杜热合曼·阿卜杜克热木·买买提"), Skip: map[string]bool{"specialty": true}, Values: url.Values{"phone": {"1390000000"}}, Problems: []Problem{{"phone", "手机号码应为 11 位，现在是 10 位，确认无误请再次提交。"}}, Asked: map[string]bool{"phone": true}})
	newer.Photo, newer.Pledge = nil, "本人承诺所填信息真实、准确。"
	older := fill(me, Form{Locked: lock("exam_year", "2014", "exam_name", "翻译专业资格", "certificate_number", "ZJ201413010001"), Skip: map[string]bool{"level": true}})
	certFill.Action, newer.Action, older.Action = "/apply/certificates/1", "/apply/certificates/2", "/apply/certificates/3"
	self.Action, selfWrong.Action, edit.Action, stale.Action = "/apply/self", "/apply/self", "/applications/1/edit", "/applications/1/edit"

	groups := []ExamGroup{
		{"您名下有证书的考试", []ExamOption{{"a1", "2020 年 经济专业技术资格（中级）", false}, {"a2", "2015 年 一级建造师", true}}},
		{"其他考试", []ExamOption{{"b1", "2019 年 二级建造师", false}}},
	}
	card := []Pair{{"证书管理号", "ZJ201513010001"}, {"批准日期", "20150920"}, {"级别", "考全科"}, {"专业", "建筑工程"}, {"报名市", "石家庄市"}}
	cards := []Card{
		{Title: "2015 年 一级建造师（建筑工程）", State: "审核未过", Certificate: "1", Application: "2026000123-4", Says: "您的申请审核未过，请按下面的原因修改后保存，保存后将重新等待审核。",
			Reasons: []Reason{{"照片背景非白色", "电子照片"}}, Note: "请用白底照片。", Rows: card, Act: Link{"去修改", "/applications/1/edit"}, Loud: true},
		{Title: "2015 年 一级建造师（机电工程）", State: "待领取", Certificate: "2", Application: "2026000131-7", Says: "新证书已到，请带身份证件到报名市的窗口领取。", Rows: card,
			Place: &Place{"示例人事考试中心", "示例路 1 号", "工作日 9:00–17:00", "0311-00000000"}, Act: Link{"查看申请", "/applications/2"}},
		{Title: "2015 年 一级建造师（水利水电工程）", State: "可申请", Certificate: "3", Rows: card, Act: Link{"申请补证", "/apply/certificates/3"}, Loud: true},
		{Title: "2015 年 一级建造师（市政公用工程）", State: "不可申请", Certificate: "4", Says: "该证书尚未领取，请及时领取证书。", Place: &Place{}, Rows: append(card[:3:3], Pair{"专业", "市政公用工程"}, Pair{"报名市", ""}), Dead: true},
		{Title: "2014 年 二级建造师", State: "已寄出", Application: "2025000007-1", Says: "新证书已寄出，运单号 EA123456789CN，请注意查收。", Rows: card, Act: Link{"查看申请", "/applications/3"}, Again: "/apply/self"},
	}
	application := Application{Page: me, Number: "2026000123-4", Exam: "2015 年 一级建造师", State: "审核未过", Next: "请按下面的原因更正后保存，申请会重新等待审核。",
		Reasons: []Reason{{"照片背景非白色", "电子照片"}, {"批准日期不符", "批准日期"}}, Note: "请用白底照片重新上传。", Rows: facts, PhotoURL: "/applications/1/photo",
		History: []Event{{"2026-11-20 10:32", "审核未过", "", "照片背景非白色；批准日期不符"}, {"2026-11-18 09:14", "提交申请", "", ""}}, Revision: 2, EditURL: "/applications/1/edit", WithdrawURL: "/applications/1/withdraw"}
	grants := Grants{[]Choice{{"reviewer", "审核员", "审核、制证、发证", true}, {"admin", "管理员", "", false}}, []Choice{{"石家庄市", "石家庄市", "", true}, {"保定市", "保定市", "", false}}}
	flash := me
	flash.Flash, flash.FlashWay = "已保存。", &Link{"再看一眼", "/office/applications/1"}

	pages := map[string]any{
		"candidate/login":         Login{visitor},
		"wrong:candidate/login":   Login{signIn},
		"candidate/signup":        Signup{visitor},
		"wrong:candidate/signup":  Signup{signUp},
		"candidate/forgot":        Forgot{Page: visitor},
		"sent:candidate/forgot":   Forgot{Page: visitor, Sent: true},
		"nomail:candidate/forgot": Forgot{Page: visitor, NoMail: true},
		"candidate/reset":         Reset{resetting, "tok"}, "dead:candidate/reset": Reset{Page: visitor}, "dead:candidate/confirm_email": ConfirmEmail{Page: visitor},
		"candidate/confirm_email": ConfirmEmail{visitor, "tok", "z***@qq.com", false}, "done:candidate/confirm_email": ConfirmEmail{visitor, "tok", "z***@qq.com", true},
		"candidate/privacy": Privacy{visitor, "2026-11-24", []string{"账号：保存到您注销为止。"}},
		"candidate/help":    Help{me, rules, 2016},
		"not_open":          NotOpen{visitor},
		"checking":          Checking{visitor, "正在检查数据文件：已完成 35%，大约还需 12 分钟。", 5},
		"starting:checking": Checking{visitor, "", 5},
		"error":             Error{visitor, "没有找到这个页面", "地址可能写错了，或者内容已不存在。", "请从首页重新进入。", nil, []Link{{"返回首页", "/"}}, false, "7f3a-91c2"},
		"stale:error": Error{me, "申请刚刚有变动",
			"您打开页面之后，这份申请已被修改，您的保存没有生效。", "请查看现在的内容后重新修改。",
			[]Change{{"状态", "等待审核", "审核通过"}, {"联系方式", "13800138000", ""}},
			[]Link{{"查看申请", "/applications/1"}, {"审核状态查询", "/applications"}}, false, ""},
		"candidate/apply":                   Apply{me, "/apply", groups, "2015 年 一级建造师", cards, "/apply/self?exam=a2", nil, "", Link{}},
		"start:candidate/apply":             Apply{me, "/apply", groups, "", cards, "/apply/self", []Link{{"2012 年 二级建造师", "/apply/certificates/2"}}, "", Link{}},
		"none:candidate/apply":              Apply{me, "/apply", groups, "2019 年 二级建造师", nil, "/apply/self?exam=b1", nil, "", Link{}},
		"closed:candidate/apply":            Apply{me, "/apply", groups, "2019 年 二级建造师", nil, "/apply/self?exam=b1", nil, "这项考试已启用电子证书，请下载电子证书。", Link{"下载电子证书", "https://example.cn"}},
		"nobody:candidate/apply":            Apply{me, "/apply", groups, "", nil, "/apply/self", nil, "", Link{}},
		"candidate/apply_certificate":       ApplyCertificate{certFill},
		"newer:candidate/apply_certificate": ApplyCertificate{newer},
		"older:candidate/apply_certificate": ApplyCertificate{older},
		"candidate/apply_self":              ApplySelf{self, []LastDay{{"2015", "一级建造师", "20150920"}}},
		"wrong:candidate/apply_self":        ApplySelf{selfWrong, nil},
		"candidate/submitted": Submitted{me, "2026000123-4", "2015 年 一级建造师", "2026-11-24 11:20", "/applications/1",
			[]string{"批准日期与考试表中的 2015 年 9 月 20 日不同，请再核对。"},
			[]string{"工作人员一般在 15 个自然日内审核，结果会发送到您的邮箱。", "审核通过后编入制证批次，制证需要数周至数月。", "新证书到达后，凭身份证到石家庄市领取。"}},
		"candidate/applications": Applications{flash, []ApplicationRow{
			{"2026000123-4", "2015 年 一级建造师", "审核未过", "2026-11-18 09:14", "照片背景非白色；批准日期不符", "/applications/1", "/applications/1/edit"},
			{"2026000131-7", "2020 年 经济专业技术资格（中级）", "等待审核", "2026-11-20 10:00", "", "/applications/2", "/applications/2/edit"},
			{"2025000007-1", "2014 年 二级建造师", "已寄出", "2025-01-06 15:22", "运单号 EA123456789CN", "/applications/3", ""},
		}},
		"empty:candidate/applications": Applications{Page: me},
		"candidate/application":        application,
		"candidate/edit":               Edit{edit, "2026000123-4", "2015 年 一级建造师", "审核未过", 2, "请用白底照片重新上传。", nil},
		"stale:candidate/edit":         Edit{stale, "2026000123-4", "2015 年 一级建造师", "等待审核", 3, "", &Stale{history[:1], []Change{{"联系方式", "13800138000", "13900139000"}, {"级别", "考全科", ""}}}},
		"candidate/profile":            Profile{Told: "c***@example.com", Ask: true, Page: with(me, Form{Locked: map[string]string{"name": "测试", "id_number": "110101199003071233"}, Values: url.Values{"email": {"ceshi@example.com"}}})},
		"candidate/password":           Password{Page: me, Sessions: []SessionRow{{"安卓设备 · 微信", "2026-11-24 09:12", "2026-11-24 09:40", true}, {"Windows 电脑 · Chrome", "2026-11-23 22:01", "2026-11-23 22:30", false}}},
		"office/login":                 OfficeLogin{Page: visitorOffice(visitor)},
		"office/first_admin":           OfficeFirstAdmin{visitorOffice(visitor)},
		"office/help":                  OfficeHelp{clerk, `<nav aria-label="目录"><ul class="contents"><li class="rank-2"><a href="#安装">安装</a></li></ul></nav><h2 id="安装">安装</h2><p>输入 <code>certreissue serve</code>。</p>`},
		"office/password":              OfficePassword{Password: Password{Page: clerk, Must: true}},
		"own:office/password":          OfficePassword{Password: Password{Page: clerk, Sessions: []SessionRow{{"Windows 电脑 · Edge", "2026-11-24 08:30", "2026-11-24 09:40", true}, {"苹果手机 · Safari", "2026-11-23 22:01", "2026-11-23 22:30", false}}}, Factor: true},
		"candidate/my_data":            MyData{with(me, Form{Problems: []Problem{{"password", "密码不正确"}}})},
		"candidate/my_data_file": MyDataFile{Page: me, Title: "我的信息", Made: "2026-11-24 09:00", Sections: []DataSection{
			{Heading: "账号", Facts: facts}, {Heading: "补证申请", Facts: facts, Photo: "照片-1.jpg", Events: []Event{{"2026-11-24 09:00", "提交", "", "已收到"}}}, {Heading: "邮件"}}},
		"candidate/leave":         Leave{Page: with(me, Form{Problems: []Problem{{"understood", "请确认后勾选。"}, {"password", "密码不正确"}}}), Kept: 2, Retention: "3 年"},
		"open:candidate/leave":    Leave{Page: me, Open: []Link{{"补证申请 1", "/applications/1"}}},
		"office/login_code":       OfficeLoginCode{with(visitor, Form{Problems: []Problem{{"code", "验证码不正确"}}})},
		"office/second_factor":    OfficeSecondFactor{Page: clerk, Setup: "x", CodeURL: "/office/second-factor/code.svg?setup=x", Secret: "GEZD GNBV GY3T QOJQ", App: "证书补办申请系统"},
		"on:office/second_factor": OfficeSecondFactor{Page: clerk, On: true, State: "已启用（2026-11-24 09:00），恢复代码还剩 10 个"},
		"office/recovery_codes":   OfficeRecoveryCodes{Page: clerk, Codes: []string{"abcd-efgh-2345", "mnpq-rstu-6789"}, Made: "2026-11-24 09:00", BackURL: "/office/second-factor"},

		"office/application_photo": OfficeApplicationPhoto{clerk, "2026000123-4", "/office/applications/123", "/applications/1/photo", 2, []string{"有第二张脸", "背景右上角偏灰（右上角明显是白色的面积占 71%，整个背景占 88%，要求每处至少占 90%）"},
			FaceDrawing{295, 413, []Box{{85.5, 127, 115, 115}, {190, 310.2, 69, 69}}, &Line{96, 159.1, 185, 157}, &Line{85.5, 68, 200.5, 68}}},
		"nobody:office/application_photo": OfficeApplicationPhoto{Page: clerk, Number: "2026000123-4", ReviewURL: "/office/applications/123", PhotoURL: "/applications/1/photo", Found: []string{"未检测到人脸"}, Drawing: FaceDrawing{Width: 295, Height: 413}},

		"office/desk": OfficeDesk{Page: clerk, Today: "2026年11月24日 星期二",
			Counts: []Count{{"等待审核", "/office/applications?status=等待审核", 128}, {"审核未过", "/office/applications?status=审核未过", 17}, {"审核通过", "/office/applications?status=审核通过", 64}, {"制证中", "/office/applications?status=制证中", 230}, {"待领取", "/office/applications?status=待领取", 41}, {"不予受理", "/office/applications?status=不予受理", 9}},
			Alerts: []Alert{{"3 份申请等待超过 15 个自然日。", Link{"查看", "/office/applications?status=等待审核"}, "超期"}, {"最近一批制证已送出 60 天，还没有登记到证。", Link{}, ""}, {"数据文件有 1 处损坏（申请 20260000017 的记录已损坏）。损坏的记录不显示、不能办理，其余照常。请告诉管理员。", Link{}, "损坏"}}, Oldest: queue[:2],
			Recent:   []Pair{{"今日提交", "12"}, {"今日审核", "35"}, {"今日领取", "4"}},
			StartURL: "/office/applications/next?status=等待审核", CityStates: []string{"等待审核", "审核未过"},
			Cities:  []CityLoad{{"石家庄市", []Count{{"等待审核", "/office/applications?city=石家庄市", 90}, {"审核未过", "", 0}}, "2026-11-02 09:14", 3}, {"保定市", []Count{{"等待审核", "", 0}, {"审核未过", "/office/applications", 4}}, "", 0}},
			Months:  []MonthRow{{"2026 年 10 月", Bar{"10 月", 130}, 120}, {"2026 年 11 月", Bar{"11 月", 0}, 4}},
			Reasons: []Bar{{"证书管理号与档案记载的不相符", 12}, {"照片背景非白色", 3}}},
		"office/settings":      OfficeSettings{with(clerk, Form{Values: url.Values{"system_name": {"证书补办申请系统"}, "photo_year": {"2016"}}}), []string{"starttls", "tls", "none"}, "abc", nil, true, "现在有 3 份申请退回已超过 30 天。"},
		"loss:office/settings": OfficeSettings{with(clerk, Form{Question: &Question{"请先确认保存期限", "有些信息即将删除。", "confirm_retention"}}), nil, "abc", &Loss{"6-12-0", "照片 2 张", "其中 2024 年度还没有存档。"}, false, ""},
		"office/staff": OfficeStaff{with(clerk, Form{Values: url.Values{"username": {"x"}}, Problems: []Problem{{"username", "用户名应为 2 至 30 个字"}, {"role", "请至少选择一个角色。"}}}),
			[]StaffRow{{"/office/staff/1", "李审核", "审核员、管理员", "", "正常", "2026-11-24 08:30"}, {"/office/staff/2", "王芳", "审核员", "石家庄市、保定市", "已停用", ""}}, grants},
		"office/staff_member": OfficeStaffMember{Page: clerk, Path: "/office/staff/2", Name: "王芳", State: "已锁定", Facts: facts[:3], Grants: grants, Seen: "7.abc", OneTime: "abcdef234567",
			Factor: true, LockedUntil: "2026-11-24 12:10", History: history},
		"own:office/staff_member": OfficeStaffMember{Page: clerk, Path: "/office/staff/1", Name: "李审核", State: "已停用", Grants: grants, Disabled: true, Own: true},
		"office/audit": OfficeAudit{Page: with(clerk, Form{Values: url.Values{"from": {"x"}}, Problems: []Problem{{"from", "日期应如 20261124。"}, {"to", "日期应如 20261124。"}, {"id", "编号应为数字。"}}}), Filtered: true,
			Who: grants.Roles, Acts: []ChoiceGroup{{"工作人员", grants.Roles}}, Objects: grants.Cities, Rows: []AuditRow{{128, "2026-11-24 08:30", "李审核", "审核通过", "", "补证申请 20260001234", "/office/applications/20260001234"}, {127, "2026-11-24 08:29", "系统", "修改：咨询电话", "（空） → 0311-86660000", "系统设置", ""}},
			FirstURL: "/office/audit", NextURL: "/office/audit?page=abc", Verify: true, XLSX: "/office/audit.xlsx", CSV: "/office/audit.csv"},
		"empty:office/audit":         OfficeAudit{Page: clerk, Own: true},
		"office/audit_verify":        OfficeAuditVerify{Page: clerk, Row: 128, Hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Compared: "一致", Equal: true},
		"broken:office/audit_verify": OfficeAuditVerify{Page: clerk, Row: 128, Findings: []string{"日志第 7 条：内容与校验值不符"}, More: 3},
		"office/reasons": OfficeReasons{with(clerk, Form{Values: url.Values{"notes": {"请核对。"}}, Problems: []Problem{{"label-0", "请填写原因"}, {"notes", "太多"}}}), "abc", []ReasonRow{
			{"0", "photo_unclear", "照片不清晰", "1", "1", true, false, grants.Roles, grants.Roles, "请填写原因"}, {"1", "", "", "", "", false, false, grants.Roles, grants.Roles, ""}}},
		"office/cities": OfficeCities{with(clerk, Form{Problems: []Problem{{"name-7", "列表中已有"}}}), []CityRow{{ID: "7", Name: "石家庄市", Error: "列表中已有", Seen: "a"}, {ID: "8", Name: "保定市", Place: []string{"示例路 8 号", "0312-0000 0000"}, Open: true, Seen: "b", PlaceForm: Form{Values: url.Values{"address": {"示例路 8 号"}}, Problems: []Problem{{"place-8-address", "不能超过 80 个字"}}}}}},
		"office/mail": OfficeMail{Page: clerk, States: grants.Roles, Failed: "2", Waiting: "1000 以上", Held: true, NoServer: true, Rows: []MailRow{
			{"7", "2026-11-24 08:30", "k***@example.com", "补证申请需要修改", "测试：\n\n请修改。", "发送失败", "邮箱不存在　下次重试：2026-11-24 12:30", "20260001234", "/office/applications/20260001234", true},
			{"8", "2026-11-24 08:31", "k***@example.com", "找回密码", "", "已发送", "2026-11-24 08:31 发出", "", "", false}}, FirstURL: "/office/mail", NextURL: "/office/mail?page=abc"},
		"empty:office/mail": OfficeMail{Page: clerk, Waiting: "0"},
		"office/mail_telephone": OfficeMailTelephone{Page: with(clerk, Form{Problems: []Problem{{"", "请先勾选"}}}), Rows: []CallRow{{ID: "7", Number: "20260001234", URL: "/office/applications/20260001234", Name: "阿卜杜热合曼·阿卜杜克热木·买买提", Phone: "0311-8566 6666", Exam: "2014 年 经济专业技术资格（中级）",
			Text: "阿卜杜热合曼·阿卜杜克热木·买买提" + "您好，您补办的证书新证书已到。", Since: "2026-11-24 08:30", Why: "k***@example.com 送不到：邮箱不存在", Picked: true}},
			Told:     []CallRow{{ID: "5", Number: "20260001235", URL: "/office/applications/20260001235", Name: "张三", Phone: "13900000000", Exam: "2016 一级建造师", Text: "您好", Since: "2026-11-23 08:30", Why: "没有邮箱", Told: "2026-11-24 08:30", By: "shenhe"}},
			FirstURL: "/office/mail/telephone", NextURL: "/office/mail/telephone?page=abc"},
		"empty:office/mail_telephone": OfficeMailTelephone{Page: clerk},
		"office/mail_texts":           OfficeMailTexts{clerk, []MailTextRow{{"/office/settings/mail/submit", "提交申请", "补证申请已收到", true}, {"/office/settings/mail/return", "退回修改", "补证申请需要修改", false}}},
		"office/mail_text": OfficeMailText{with(clerk, Form{Values: url.Values{"subject": {"补证申请已收到"}, "body": {"{{姓名}}"}}, Problems: []Problem{{"body", "占位符"}}}), "/office/settings/mail/submit", "提交申请", "abc", true,
			[]Pair{{"{{姓名}}", "考生姓名"}}, &Preview{"补证申请已收到", "张三：\n\n收到。"}},
		"office/backup": OfficeBackup{Page: with(clerk, Form{Values: url.Values{"hour": {"3"}, "keep": {"14"}}, Problems: []Problem{{"copy", "已不在列表中"}, {"password", "密码不正确"}}}), Last: "2026-11-24 03:00（8 小时前）",
			Copies: grants.Roles, Rows: []CopyRow{{"20261124-030000.db", "2026-11-24 03:00", "12.5 MB"}}, Folder: "/srv/certreissue.db.backups", Row: 128, Hash: "9f86d081884c7d65", Plan: "每天 3 时，保留 14 份", KeptByHand: 5,
			Mirror: &MirrorState{Age: "8 秒前（一次写入较慢，已自动改为每 40 秒一次）", Folder: "/mnt/usb/镜像"}},
		"old:office/backup": OfficeBackup{Page: clerk, Last: "2026-11-20 03:00（4 天前）", TooOld: true, Failed: "2026-11-24 03:00的备份没有成功：请检查磁盘。", Damaged: true, Mirror: &MirrorState{Age: "3 小时前", Trouble: "找不到镜像文件夹，磁盘可能没有接上。", Folder: "/mnt/usb/" + "很长的名字很长的名字很长的名字很长的名字很长的名字很长的名字很长的名字很长的名字", Wrong: true}},
		"new:office/backup": OfficeBackup{Page: clerk}, "office/backup_locked": OfficeBackupLocked{with(clerk, Form{Problems: []Problem{{"passphrase", "与上面的口令不同"}}}), "/office/backup/locked/x", "ABCD-EFGH-JKLM-NPQR-ST23", grants.Roles},
		"empty:office/desk": OfficeDesk{Page: clerk, Changes: []Changes{{"v1.1.0", []Pair{{"审核", "快一倍。"}, {"升级时", "没有要注意的。"}}}, {"v1.0.1", []Pair{{"数据", "改正一处。"}}}}, MayPutAway: true, Steps: []FirstStep{{"填写单位名称", "显示在考生页面", "/office/settings#office_name", true}, {"导入证书档案", "考生才能查到", "/office/certificates/import", false}}, Today: "2026年11月24日 星期二", Counts: []Count{{"等待审核", "/office/applications", 0}}, Recent: []Pair{{"今日提交", "0"}}},
		"office/applications": OfficeApplications{Page: with(clerk, Form{Values: url.Values{"status": {"等待审核"}}}),
			Statuses: []string{"等待审核", "审核未过"}, Cities: []string{"石家庄市"}, Exams: groups[0].Exams,
			Chosen: []ChosenFilter{{"状态", "等待审核", "/office/applications"}, {"批次", "2026 年第 3 批（石家庄、唐山、秦皇岛三市加急）", "/office/applications?status=x"}}, More: true,
			Marks: []Choice{{Value: "any", Text: "任何提示", Chosen: true}}, Deciders: []Choice{{Value: "shenhe", Text: "shenhe"}}, Batches: []Choice{{Value: "3", Text: "2026 年第 3 批", Chosen: true}},
			Rows: []PickRow{{queue[0], "20260001234.1", true}, {queue[2], "", false}}, Many: true, Years: []string{"2020"}, Newest: true,
			Reasons: []ReasonOption{{"blurred", "照片不清晰", "照片", "c"}}, Queue: "status=等待审核", PageCursor: "x", StartURL: "/office/applications/next",
			NextURL: "/office/applications?page=abc", FirstURL: "/office/applications", ExportURL: "/office/applications.xlsx", CSVURL: "/office/applications.csv"},
		"office/many": OfficeMany{Page: clerk, Act: "审核通过", ListState: ListState{State: "已办理", Facts: []Pair{{"办理", "shenhe　2026-11-24 10:00"}}, TakeBackURL: "/office/applications/many/3/take-back", TakeBack: "全部重新等待审核。", Queue: "status=等待审核"},
			Done: many[:1], Skipped: many[1:], Result: "3", BackURL: "/office/applications",
			Marked: []ManyRow{{"20260001325", "/office/applications/20260001325", "阿依古丽·买买提", "2015 年 一级建造师", "等待审核", "", "", &Confirm{3, "阿依古丽·买买提", "已核对", []Mark{{"同一照片", "其他人的申请用了完全相同的照片，请核对是否本人", true}, {"第 2 次", "第 2 次补办", false}}, "/p"}},
				{"20260001333", "/office/applications/20260001333", "测试", "2018 年 经济师", "等待审核", "", "", &Confirm{1, "测试", "", []Mark{{"同一电话", "其他人的申请留了相同的联系方式，请核对是否本人", true}}, ""}}}},
		"empty:office/applications": OfficeApplications{Page: clerk},
		"wrong:office/applications": OfficeApplications{Page: with(clerk, Form{Values: url.Values{"decided_to": {"昨天"}}, Problems: []Problem{{"decided_to", "日期应如 20261124。"}}}),
			More: true, Chosen: []ChosenFilter{{"审核至", "昨天", "/office/applications"}}},
		"office/application": review(clerk), "wrong:office/application": refused, "decided:office/application": decided, "proof:office/application": proven,
		"left:office/application": left, "misprinted:office/application": misprinted, "rejoin:office/application": rejoin, "held:office/application": putOff(review(clerk)), "noted:office/application": noted(decided),
		"office/accounts": OfficeAccounts{with(clerk, Form{Values: url.Values{"q": {"测试"}}}), true, []AccountRow{
			{"/office/accounts/7", "测试", "1****************3", "1990", "ceshi@example.com", "已锁定", "2026-11-20 10:01"},
			{"/office/accounts/9", "测试·买买提", "6****************2", "1985", "a-very-long-address-of-somebody@mail.example.com", "正常", "近期未登录"},
		}, true, "还有考生由石家庄、呼和浩特窗口办理，这里不显示。"},
		"empty:office/accounts":     OfficeAccounts{Page: clerk},
		"elsewhere:office/accounts": OfficeAccounts{Page: clerk, Searched: true, Elsewhere: "该考生由石家庄、呼和浩特窗口办理。"},
		"many:office/accounts":      OfficeAccounts{Page: clerk, Searched: true, More: true},
		"office/account": OfficeAccount{Page: clerk, Path: "/office/accounts/7", Name: "测试", State: "已锁定", Email: "ceshi@example.com",
			Facts:       []Pair{{"证件号码", "110101199003071233"}, {"邮箱", "ceshi@example.com"}, {"注册时间", "2026-01-06 15:22"}, {"来源", "自行注册"}},
			LockedUntil: "2026-11-24 12:10", Use: true, Seen: "7.abc", Former: history[:1], Applications: Visible{Rows: queue[:1], Elsewhere: "另有由石家庄窗口办理的申请。"}, History: history,
			Correct: Form{Values: url.Values{"name": {"测试"}}}, Papers: []string{"身份证", "护照"}, Sexes: []string{"男", "女"}},
		"wrong:office/account": OfficeAccount{Page: with(clerk, Form{Values: url.Values{"email": {"x"}, "name": {""}}, Problems: []Problem{{"attach-name", "请填写姓名"}, {"attach-email", "邮箱格式不正确"}}}),
			Path: "/office/accounts/7", Name: "测试", State: "正常", Email: "a@example.com", Use: true, Act: "attach", OneTime: "h7Kp-92mX"},
		"office/account_new":        OfficeAccountNew{with(clerk, Form{Values: url.Values{"paper": {"护照"}}, Problems: []Problem{{"id_number", "请填写号码"}}}), []string{"身份证", "护照"}, []string{"男", "女"}},
		"office/proof_sheets":       OfficeProofSheets{clerk, []ProofSheet{proof, {Number: "2026-000013", Outdated: "请作废后重新开具。"}}, "/office/proofs/waiting"},
		"empty:office/proof_sheets": OfficeProofSheets{Page: clerk, BackURL: "/office/proofs/waiting"},
		"office/proofs": OfficeProofs{Page: with(clerk, Form{Values: url.Values{"year": {"2026"}}}), Waiting: 3, Filtered: true, NextURL: "/office/proofs?page=abc", FirstURL: "/office/proofs", ExportURL: "/office/proofs.xlsx", CSVURL: "/office/proofs.csv", Rows: []StubRow{
			{"2026-000012", "2026-11-20 10:00", "阿卜杜热合曼·阿卜杜克热木", "6****************2", "1985", "/office/applications/1", "2015 年 招标师", "石家庄市", "李审核", "待领取", 2},
			{"2026-000011", "2026-11-20 10:00", "", "", "", "", "2015 年 招标师", "石家庄市", "李审核", "已作废", 0}}},
		"empty:office/proofs":         OfficeProofs{Page: clerk},
		"wrong:office/proofs":         OfficeProofs{Page: with(clerk, Form{Problems: []Problem{{"year", "请填写年份。"}, {"number", "应如 2026-000012。"}}}), Filtered: true},
		"office/proofs_waiting":       OfficeProofsWaiting{Page: with(clerk, Form{Problems: []Problem{{"pick-all", "请勾选。"}}}), Many: true, Rows: []PickRow{{queue[0], "20260001234.1", true}}, NextURL: "/office/proofs/waiting?page=abc", FirstURL: "/office/proofs/waiting"},
		"empty:office/proofs_waiting": OfficeProofsWaiting{Page: clerk},
		"office/proof_text": OfficeProofText{with(clerk, Form{Values: url.Values{"title": {"考试合格证明"}, "body": {"{{姓名}}"}}, Problems: []Problem{{"title", "请填写"}, {"body", "占位符"}}}), "abc", true,
			[]Pair{{"{{姓名}}", "考生姓名"}}, &proof},
		"office/batches": OfficeBatches{Page: clerk, Use: true, Admin: true, Waiting: 35, NextURL: "/office/batches?page=abc", Rows: []BatchRow{
			{"2026 年第 3 批", "/office/batches/3", "收集中", "石家庄市", "2026-11-20 10:00", "2026 年 12 月 20 日", 35},
			{"2026 年第 2 批", "/office/batches/2", "已到证", "石家庄市、保定市、唐山市等 9 个市", "2026-09-20 10:00", "", 230}}},
		"empty:office/batches":  OfficeBatches{Page: clerk},
		"office/batch_new":      OfficeBatchNew{Page: clerk, Action: "/office/batches", Exams: groups[0].Exams, Cities: []string{"石家庄市"}, Groups: []BatchGroup{{"2015 年 一级建造师", "石家庄市", 12}}, Total: 12, Taken: 12},
		"add:office/batch_new":  OfficeBatchNew{Page: clerk, Action: "/office/batches/3/add", Batch: "3", Name: "2026 年第 3 批", Revision: 2, Filtered: true, Groups: []BatchGroup{{"2015 年 一级建造师", "石家庄市", 12}}, Total: 12, Taken: 12},
		"none:office/batch_new": OfficeBatchNew{Page: clerk, Action: "/office/batches", Filtered: true},
		"office/batch":          batch(clerk),
		"wrong:office/batch":    refusedBatch,
		"sent:office/batch":     laterBatch("已上报", "arrive", "expect", "undo_report"),
		"there:office/batch":    laterBatch("已到证", "undo_arrival"),
		"office/roster":         OfficeRoster{with(clerk, Form{Values: url.Values{"columns": {"序号"}}, Problems: []Problem{{"columns", "没有这一列：序"}, {"second_person", "现在保存的是：已勾选"}}}), "abc", []string{"序号", "姓名"}},
		"office/handout_item":   item,
		"done:office/handout_item": OfficeHandoutItem{Page: clerk, Path: "/office/handout/20260001234", Number: "20260001234", State: "已领取", Next: "新证书已领取。", Done: []Pair{{"领取人", "本人"}}, Numbering: true, NewNumber: "BF1",
			Undo: &BatchUndo{"correct-handout", "correct_hand_out", "更正领取记录", "回到待领取。"}, LeaveAfter: "更正领取记录"},
		"number:office/handout_item": OfficeHandoutItem{Page: with(clerk, Form{Values: url.Values{"reason": {"印错"}}, Problems: []Problem{{"number-new_number", "新证书管理号 BF1 已登记在申请 20260001234。"}, {"number-reason", "请写明原因。"}}, Way: &Link{"查看已有这个号码的申请", "/office/handout/20260001234"}}),
			Path: "/office/handout/20260001242", Number: "20260001242", State: "已寄出", Next: "新证书已寄出。", Act: "number", Numbering: true, NewNumber: "BF2", TypedNumber: "BF1", Clearable: true, Confirm: true},
		"mailed:office/handout_item": OfficeHandoutItem{Page: clerk, Path: "/office/handout/20260001234", Number: "20260001234", State: "已寄出", Next: "新证书已寄出。", Done: []Pair{{"运单号", "EA123456789CN"}},
			Undo: &BatchUndo{"correct-mailing", "correct_mailing", "更正寄出记录", "回到待领取。"}},
		"office/list": OfficeList{Page: clerk, ListState: ListState{State: "待确认", Facts: []Pair{{"检查", "shenhe　2026-11-24 10:00"}}}, Menu: "handout", Back: Link{"返回证书发放", "/office/counter"},
			Heading: "寄出清单", File: "运单.xlsx", Next: "请核对。", Notes: []string{"备注"}, Counts: []Pair{{"将登记寄出", "12"}, {"不能登记", "1"}}, ApplyURL: "/office/handout/mailings/3/apply", ApplyText: "确认登记寄出",
			Value: "运单号", RowsHeading: "将登记寄出", Rows: many, MoreRows: 4, Doubts: many[1:], Rejects: []RejectedLine{{7, "申请编号", "没有这个申请编号"}}, More: 3, RejectedURL: "/office/handout/mailings/3/rejected.csv"},
		"moved:office/list": OfficeList{Page: with(clerk, Form{Values: url.Values{"note": {""}}, Problems: []Problem{{"note", "请写明整批撤回的原因。"}}}),
			ListState: ListState{State: "已办理", TakeBackURL: "/office/batches/3/numbers/4/take-back", TakeBack: "全部撤回。", Moved: many[1:]}, Menu: "batches", Back: Link{"返回制证批次", "/office/batches/3"},
			Heading: "新证书管理号清单", File: "证书号.xlsx", Value: "新证书管理号", RowsHeading: "已登记", Rows: many[:1], Skipped: many[1:]},
		"office/lists": OfficeLists{Page: clerk, Rows: []ListLine{{"2026-11-24 10:00", "shenhe", "寄出清单", "/office/handout/mailings/3", "十一月寄出.xlsx", "可办理 12 份，3 份此前已登记，1 份不能办理", "待确认"},
			{"2026-11-24 09:00", "shenhe", "批量审核通过", "/office/applications/many?result=2", "", "办理 50 份，2 份另行逐份确认", "已办理"}}, FirstURL: "/office/lists", NextURL: "/office/lists?page=abc"},
		"empty:office/lists": OfficeLists{Page: clerk},
		"back:office/list": OfficeList{Page: with(clerk, Form{Problems: []Problem{{"", "同事 liwei 已于 2026-11-24 10:00 整批撤回这份清单，您的操作没有执行。下面是它的结果。"}}, Way: &Link{"返回办理结果", "/office/handout/mailings/4"}}),
			ListState: ListState{State: "已撤回", Facts: []Pair{{"撤回", "liwei　2026-11-24 10:00"}, {"撤回原因", "发错单"}}}, Menu: "handout", Heading: "寄出清单", File: "运单.xlsx", Next: "清单已整批撤回，申请回到待领取。",
			Counts: []Pair{{"已撤回", "2"}, {"此前登记，保持不变", "1"}}, Value: "运单号", RowsHeading: "已撤回", Outcome: "撤回", Rows: many},
		"back:office/many":  OfficeMany{Page: clerk, Act: "审核通过", ListState: ListState{State: "已撤回"}, Done: many[:1], Confirmed: many[1:], Result: "3", BackURL: "/office/applications"},
		"done:office/list":  OfficeList{Page: clerk, ListState: ListState{State: "已办理", TakeBackURL: "/office/handout/mailings/4/take-back"}, Menu: "handout", Rows: many},
		"apply:office/list": OfficeList{Page: clerk, ListState: ListState{State: "待确认"}, Menu: "batches", ApplyURL: "/office/batches/3/numbers/4/apply", ApplyText: "确认登记"},
		"candidate/slip":    Slip{me, "20260001234", "2015 年 一级建造师", "待领取", "/c", []Pair{{"姓名", "测试"}}, Place{Address: "示例路 1 号"}, "/applications/1"},
		"office/certificates": OfficeCertificates{Page: clerk, Cities: []string{"石家庄市"}, Exams: groups[0].Exams, Use: true, MarkURL: "/office/certificates/collected?q=a",
			Alerts: []Alert{{"正在导入。", Link{"查看进度", "/office/certificates/imports/3"}, ""}}, NextURL: "/office/certificates?page=abc", Rows: register},
		"read:office/certificates":  OfficeCertificates{Page: clerk, Found: "第 3 次导入的证书", Filtered: true, Rows: register, FirstURL: "/office/certificates"},
		"empty:office/certificates": OfficeCertificates{Page: clerk, Use: true},
		"office/certificate": OfficeCertificate{Page: with(clerk, Form{Question: &Question{"请核对后再保存", "更正会改变这本证书的证件号码。", "confirm"}}), Path: "/office/certificates/7", Name: "测试", Exam: "2015 年 一级建造师", State: "未领取",
			Facts: facts, Use: true, Other: "已领取", Seen: "7.abc", Act: "correct", Correct: Form{Values: url.Values{"name": {"测试"}, "sex": {"男"}, "told_by": {"110101199003071241"}}}, Sexes: []string{"男", "女"},
			Persons:  []Persons{{"更正前：“测试” 110101199003071233 名下的档案", []CertificateRow{{"7", "/office/certificates/7", "测试", "110101199003071233", "", "2015 年 一级建造师", "A-1", "考全科，建筑工程", "石家庄市", "未领取"}}}, {Title: "更正后：“测试” 110101199003071241 名下的档案"}},
			Standing: []Link{{"20260001234（测试，审核通过）", "/office/applications/20260001234"}}, Applications: queue[:1], Numbers: []Pair{{"新证书管理号（申请 20260001234）", "BF2026001"}}, History: history},
		"wrong:office/certificate": OfficeCertificate{Page: with(clerk, Form{Problems: []Problem{{"withdraw-reason", "请写明原因"}}}), Path: "/office/certificates/7", Name: "测试", Exam: "2015 年 一级建造师", State: "未领取", Use: true, Act: "withdraw", BackURL: "/office/certificates/7?before=3#correct"},
		"gone:office/certificate":  OfficeCertificate{Page: with(clerk, Form{Problems: []Problem{{"restore-reason", "请写明原因"}}}), Path: "/office/certificates/7", Name: "测试", Exam: "2015 年 一级建造师", State: "已撤销", Use: true, Withdrawn: true, Act: "restore"},
		"office/upload":            OfficeUpload{with(clerk, Form{Problems: []Problem{{"file", "请选择文件"}}}), []string{"表中每行都填写了", "按已领取"}},
		"office/import_check": OfficeImportCheck{Page: clerk, File: "档案.xlsx", Blank: "表中每行都填写了", Counts: []Pair{{"新增", "12000"}, {"改动", "3"}, {"不变", "8"}, {"未导入", "2"}}, Total: 12013,
			Notes: []string{"表头取自第 3 行。", "以下列已忽略：备注。"}, Rejects: []Reject{{12, "批准日期", "日期不存在"}}, RejectsURL: "/office/certificates/checks/a/rejected.xlsx",
			Changes: []Reject{{14, "证书管理号、报名市", ""}}, ChangesCut: true, Doubted: 2, Doubts: []Reject{{16, "姓名", "有字未能显示"}}, Correctable: []PickLine{{Reject{15, "证件号码", "与档案中“测试”（1****************3）的证书只有证件号码不同"}, true}}, ApplyURL: "/office/certificates/checks/a/apply"},
		"doing:office/import_check":  OfficeImportCheck{Page: clerk, File: "档案.xlsx", Doing: "正在检查", Done: 480, Seconds: 2},
		"failed:office/import_check": OfficeImportCheck{Page: clerk, File: "档案.xls", Failed: "这是旧版 .xls 文件，请另存为 .xlsx。"},
		"office/imports":             OfficeImports{clerk, true, []ImportRow{{3, "/office/certificates/imports/3", "档案.xlsx", "李审核", "2026-11-24 09:00", "导入完成", 12000, 3, 8, 2}}, "/office/certificates/imports?page=a"},
		"empty:office/imports":       OfficeImports{Page: clerk},
		"office/import": OfficeImport{Page: clerk, Number: 3, State: "导入完成", Facts: facts[:3], Counts: []Pair{{"新增", "12000"}}, LinesURL: "/office/certificates?import=3",
			RejectsURL: "/office/certificates/checks/a/rejected.xlsx", TakeBackURL: "/office/certificates/imports/3/take-back"},
		"broken:office/import": OfficeImport{Page: clerk, Number: 3, State: "导入中断", Trouble: "处理到 400 行时中断。", Again: true},
		"doing:office/import":  OfficeImport{Page: clerk, Number: 3, State: "正在导入", Done: 400, Total: 900, Seconds: 2},
	}
	maps.Copy(pages, sampleExams(clerk, with, history))
	maps.Copy(pages, samplePrints(clerk, with))
	maps.Copy(pages, sampleCounter(clerk, with, queue, facts))
	maps.Copy(pages, sampleFiling(clerk, review(clerk), certFill, newer, older, self, selfWrong, edit, groups, cards))
	return pages
}

func visitorOffice(p Page) Page {
	p.Staff = true
	return p
}
