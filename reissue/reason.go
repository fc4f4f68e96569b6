package reissue

import (
	"regexp"
	"slices"
	"unicode/utf8"
)

// Reason is one entry of the office's list of reasons for sending back or
// refusing (domain.md §6). An application keeps the reasons it was given as
// they were worded then.
type Reason struct {
	Code  string `cbor:"1,keyasint"`
	Label string `cbor:"2,keyasint"`
	Field string `cbor:"3,keyasint,omitempty"` // the form field it concerns; "" the whole application
	Class Class  `cbor:"4,keyasint"`
}

// Class says what the candidate can do about a reason.
type Class string

// Return takes correctable reasons, refuse final ones; 其他 is in both.
const (
	Correctable Class = "correctable"
	Final       Class = "final"
	EitherClass Class = "either"
)

// ReasonOther is the code of 其他, which needs a note.
const ReasonOther = "other"

// In tells whether the reason belongs to the class.
func (r Reason) In(class Class) bool { return r.Class == class || r.Class == EitherClass }

// DefaultReasons is the list an office starts with.
func DefaultReasons() []Reason {
	return []Reason{
		{"photo_unclear", "照片不清晰", FieldPhoto, Correctable},
		{"photo_distorted", "照片变形", FieldPhoto, Correctable},
		{"photo_copied", "照片为翻拍或扫描", FieldPhoto, Correctable},
		{"photo_background", "照片背景非白色", FieldPhoto, Correctable},
		{"photo_head_size", "头部过大或过小", FieldPhoto, Correctable},
		{"photo_clothes", "衣着与背景相近", FieldPhoto, Correctable},
		{"photo_other_person", "疑似非本人照片", FieldPhoto, Correctable},
		{"certificate_number", "证书管理号与档案不符", FieldCertificateNumber, Correctable},
		{"approval_date", "批准日期不符", FieldApprovalDate, Correctable},
		{"level_specialty", "级别或专业不符", FieldLevel, Correctable},
		{"city", "报名市有误", FieldCity, Correctable},
		{"phone", "联系方式无法接通", FieldPhone, Correctable},
		{"name", "姓名与证件不一致", FieldName, Correctable},
		{"material", "材料缺失或不清", "", Correctable},
		{"not_collected", "证书尚未领取", "", Final},
		{"electronic", "已有电子证书", "", Final},
		{"left_catalogue", "已退出目录", "", Final},
		{"not_ours", "非本中心发证", "", Final},
		{"not_found", "查无此证且无佐证", "", Final},
		{"duplicate", "重复申请", "", Final},
		{"fraud", "疑似冒领", "", Final},
		{"revoked", "证书已撤销", "", Final},
		{ReasonOther, "其他", "", EitherClass},
	}
}

// The fields of a reason in the form of the list.
const (
	FieldReasonCode  = "code"
	FieldReasonLabel = "label"
	FieldReasonField = "field"
	FieldReasonClass = "class"
)

// ReasonFields are what a reason can concern; "" is the whole application.
var ReasonFields = append([]string{"", FieldPhoto}, namesOf(func(f *Field) bool { return !f.NoReason })...)

var reasonCode = regexp.MustCompile(`^[a-z0-9_]{1,30}$`)

// Check tells what is wrong with an entry of the list.
func (r Reason) Check() Problems {
	var problems Problems
	if !reasonCode.MatchString(r.Code) {
		problems.Add(FieldReasonCode, sayReasonCode)
	}
	if n := utf8.RuneCountInString(r.Label); n == 0 || n > 40 {
		problems.Add(FieldReasonLabel, sayReasonLabel)
	}
	if !slices.Contains(ReasonFields, r.Field) {
		problems.Add(FieldReasonField, sayReasonField)
	}
	if r.Class != Correctable && r.Class != Final && r.Class != EitherClass {
		problems.Add(FieldReasonClass, sayReasonClass)
	}
	return problems
}

// PickReasons turns posted codes into reasons of the class. At least one known
// code is needed, and 其他 needs a note.
func PickReasons(list []Reason, class Class, codes []string, note string) ([]Reason, Problems) {
	var picked []Reason
	var problems Problems
	chosen, needsNote := map[string]bool{}, false
	for _, code := range codes {
		if code != "" { // a list from which nothing was picked
			chosen[code] = true
		}
	}
	for _, reason := range list {
		if chosen[reason.Code] && reason.In(class) {
			picked = append(picked, reason)
			needsNote = needsNote || reason.Code == ReasonOther
			delete(chosen, reason.Code)
		}
	}
	misplaced := slices.IndexFunc(list, func(reason Reason) bool { return chosen[reason.Code] })
	switch {
	case misplaced >= 0:
		problems.Add(FieldReason, sayReasonOf(list[misplaced]))
	case len(chosen) > 0:
		problems.Add(FieldReason, sayUnknownReason)
	case len(picked) == 0:
		problems.Add(FieldReason, sayNoReason)
	case needsNote && note == "":
		problems.Add(FieldNote, sayOtherNeedsNote)
	}
	return picked, problems
}
