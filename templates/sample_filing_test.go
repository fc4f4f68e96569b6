package templates

import "net/url"

// sampleFiling are the counter's filing for who comes there, made of the candidates' forms.
func sampleFiling(clerk Page, barred OfficeApplication, certificate, newer, older, self, wrong, edit Fill, groups []ExamGroup, cards []Card) map[string]any {
	barred.Decide = &Decide{Barred: "这份申请由您代为填报或修改，须由另一位审核员审核通过。", ReturnReasons: []ReasonOption{{"other", "其他", "", "o"}}, RefuseReasons: []ReasonOption{{"other", "其他", "", "o"}}}
	of := HolderOf{"阿卜杜热合曼·阿卜杜克热木·买买提", "身份证", "110101199003071233", "/office/accounts/7", "/office/accounts/7/apply"}
	at := func(fill Fill, action string) Fill {
		form := fill.Form
		fill.Page, fill.Action, fill.BackURL, fill.NoPhone = clerk, action, "/office/accounts/7/apply", true
		fill.Form = form
		if fill.Photo != nil {
			photo := *fill.Photo
			photo.CheckURL, photo.Camera = "/office/accounts/7/apply/photo", true
			fill.Photo = &photo
		}
		return fill
	}
	apply := Apply{clerk, "/office/accounts/7/apply", groups, "2015 年 一级建造师", cards, "/office/accounts/7/apply/self?exam=a2", []Link{{"2012 年 二级建造师", "/office/accounts/7/apply/certificates/2"}}, "", Link{}}
	none, start, closed := apply, apply, apply
	none.Cards, none.Unfinished = nil, nil
	start.Exam = ""
	closed.Cards, closed.NotAccepted = nil, "这项考试已启用电子证书，请下载电子证书。"
	without := at(certificate, "/office/accounts/7/apply/certificates/1")
	without.Form.Values = url.Values{"phone": {"无"}}
	correct := Edit{Fill: at(edit, "/office/accounts/7/applications/20260001234/edit"), Number: "20260001234", Exam: "2015 年 一级建造师", State: "审核未过", Revision: 2, Note: "请用白底照片重新上传。"}
	done := OfficeAccountSubmitted{Page: clerk, Of: of, Number: "20260001234", Exam: "2015 年 一级建造师", Time: "2026-11-24 11:20", URL: "/office/applications/20260001234",
		SlipURL: "/office/accounts/7/applications/20260001234/slip", EditURL: "/office/accounts/7/applications/20260001234/edit"}
	odd := done
	odd.Hints = []string{"批准日期与考试表中的 2015 年 9 月 20 日不同，请再核对。"}
	return map[string]any{
		"office/account_apply":          OfficeAccountApply{apply, of},
		"none:office/account_apply":     OfficeAccountApply{none, of},
		"start:office/account_apply":    OfficeAccountApply{start, of},
		"closed:office/account_apply":   OfficeAccountApply{closed, of},
		"office/account_form":           OfficeAccountForm{ApplySelf{without, nil}, of, false},
		"newer:office/account_form":     OfficeAccountForm{ApplySelf{at(newer, "/office/accounts/7/apply/certificates/2"), nil}, of, false},
		"older:office/account_form":     OfficeAccountForm{ApplySelf{at(older, "/office/accounts/7/apply/certificates/3"), nil}, of, false},
		"hand:office/account_form":      OfficeAccountForm{ApplySelf{at(self, "/office/accounts/7/apply/self"), []LastDay{{"2015", "一级建造师", "20150920"}}}, of, true},
		"wrong:office/account_form":     OfficeAccountForm{ApplySelf{at(wrong, "/office/accounts/7/apply/self"), nil}, of, true},
		"office/account_edit":           OfficeAccountEdit{correct, of, "/office/accounts/7/applications/20260001234/withdraw"},
		"hand:office/account_edit":      OfficeAccountEdit{Edit{Fill: at(self, "/office/accounts/7/applications/20260001235/edit"), Number: "20260001235", State: "等待审核", Revision: 1}, of, "/office/accounts/7/applications/20260001235/withdraw"},
		"office/account_submitted":      done,
		"odd:office/account_submitted":  odd,
		"office/account_slip":           OfficeAccountSlip{Slip{Page: clerk, Number: "20260001234", Exam: "2015 年 一级建造师", State: "等待审核", CodeURL: "/code.svg", BackURL: "/office", Rows: []Pair{{"姓名", "测试"}}}},
		"barred:office/application":     barred,
		"nophone:office/mail_telephone": OfficeMailTelephone{Page: clerk, Rows: []CallRow{{ID: "7", Number: "20260001234", URL: "/office/applications/20260001234", Name: "测试", Exam: "2015 年 一级建造师", Text: "您好", Since: "2026-11-23 08:30", Why: "没有邮箱", Letter: &Link{"打印领取通知书", "/office/letters"}}}},
		"filed:office/forms":            OfficeForms{clerk, []PaperForm{{Number: "20260001234", State: "等待审核", Rows: [][]Pair{{{"姓名", "测试"}, {"性别", "男"}}}, Submitted: "2026-11-24 08:30", Filed: "窗口代办：shenhe 2026-11-24 08:30"}}, "/office", ""},
	}
}
