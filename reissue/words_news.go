package reissue

import (
	"strconv"
	"strings"
)

// What is said on the telephone, or in a short message, to whom no mail reaches.

// Told is a place in sentences, as far as it is known.
func (p Place) Told() string { return p.told("。") }

// Lines is a place in lines.
func (p Place) Lines() string { return p.told("\n") }

func (p Place) told(end string) (told string) {
	for _, part := range []struct{ label, text string }{{"地址", p.Address}, {"服务时间", p.Hours}, {"咨询电话", p.Telephone}} {
		if part.text != "" {
			told += part.label + "：" + part.text + end
		}
	}
	return told
}

// Call says an event in a sentence or two that need no page beside them, as it is to be
// told on a day, YYYYMMDD.
func (a *Application) Call(event *Event, s *Settings, today string) string {
	thing, coming := "新证书", "将安排制证"
	if a.ByProof() {
		thing, coming = "合格证明", "将开具合格证明"
	}
	call := a.Fields.Name + "您好，您补办" + strconv.Itoa(a.Fields.ExamYear) + "年" + a.Fields.ExamName + "证书的申请（编号 " + strconv.FormatUint(a.ID, 10) + "）"
	var reasons []string
	for _, reason := range event.Reasons {
		reasons = append(reasons, reason.Label)
	}
	place, because := s.PlaceOf(a.Fields.City), ""
	if len(reasons) > 0 {
		because = "，原因是：" + strings.Join(reasons, "、")
	}
	switch event.Status {
	case Returned:
		call += "审核未过" + because + "。请登录系统，按提示修改后保存。"
		if day := a.Deadline(s, today); day != "" {
			call += "最晚 " + ShowDate(day) + "，逾期未补正的不予受理。"
		}
	case Refused:
		call += "不予受理" + because + "。如有疑问，请联系本中心。" + Place{Telephone: place.Telephone}.Told()
	case Approved:
		call += "已审核通过，" + coming + "。"
	case Ready:
		call += thing + "已到，请带身份证件到" + a.Fields.City + "的窗口领取。"
		call += place.Told()
	case Mailed:
		call += thing + "已寄出，运单号 " + event.Note + "，请注意查收。"
	}
	return call
}
