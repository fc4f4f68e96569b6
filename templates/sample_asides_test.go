package templates

import "net/url"

// putOff is a review screen of what is held, with a form to put it off that was refused.
func putOff(review OfficeApplication) OfficeApplication {
	review.Asides = []Pair{{"暂缓到 2026-12-10", "等公安机关核实原证书是否由本人领取；李审核 2026-11-24 10:32"}, {"内部备注", "已致电本人；李审核 2026-11-23 15:10"}}
	review.MayNote, review.MayHold, review.Held, review.Act = true, true, "20261210", "hold"
	review.Form = Form{Values: url.Values{"until": {"昨天"}, "reason": {""}},
		Problems: []Problem{{"hold-until", "日期应写成 2026-01-31 这样。"}, {"hold-reason", "请填写暂缓的原因，考生看不到。"}}}
	return review
}

// noted is one that is decided, with a note that was refused.
func noted(review OfficeApplication) OfficeApplication {
	review.MayNote, review.Act = true, "note"
	review.Form = Form{Values: url.Values{"note": {" "}}, Problems: []Problem{{"note-note", "请填写备注内容。"}}}
	return review
}
