package reissue

import (
	"regexp"
	"slices"
	"strings"
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
	Key   string `cbor:"5,keyasint,omitempty"` // that picks it, in the office's list alone; "" is any that is free
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

// reasonKeys are the keys that pick a reason, in the order in which they are given out. 0
// is that of the note.
const (
	reasonKeys = "123456789abcdefghijklmnopqrstuvwxyz"
	otherKey   = "o"
)

// beside tells whether both reasons may stand in one list to pick from, where a key picks
// one.
func (r Reason) beside(other Reason) bool {
	return r.Class == other.Class || r.Class == EitherClass || other.Class == EitherClass
}

// Keyed is a list in which every reason has its key, whichever of them are offered: its
// own, or else the next one that is free. There are keys for thirty-five.
func Keyed(list []Reason) []Reason {
	list = slices.Clone(list)
	for i := range list {
		if list[i].Code == ReasonOther {
			list[i].Key = otherKey
		}
	}
	for i := range list {
		for _, key := range strings.Split(reasonKeys, "") {
			taken := func(r Reason) bool { return r.Key == key && r.beside(list[i]) }
			if list[i].Key == "" && !slices.ContainsFunc(list, taken) {
				list[i].Key = key
			}
		}
	}
	return list
}

// DefaultReasons is the list an office starts with.
func DefaultReasons() []Reason {
	return []Reason{
		{"photo_unclear", "照片不清晰", FieldPhoto, Correctable, "1"},
		{"photo_distorted", "照片变形", FieldPhoto, Correctable, "2"},
		{"photo_copied", "照片为翻拍或扫描", FieldPhoto, Correctable, "3"},
		{"photo_background", "照片背景非白色", FieldPhoto, Correctable, "4"},
		{"photo_head_size", "头部过大或过小", FieldPhoto, Correctable, "5"},
		{"photo_clothes", "衣着与背景相近", FieldPhoto, Correctable, "6"},
		{"photo_other_person", "疑似非本人照片", FieldPhoto, Correctable, "7"},
		{"certificate_number", "证书管理号与档案不符", FieldCertificateNumber, Correctable, "8"},
		{"approval_date", "批准日期不符", FieldApprovalDate, Correctable, "9"},
		{"level_specialty", "级别或专业不符", FieldLevel, Correctable, "a"},
		{"city", "报名市有误", FieldCity, Correctable, "b"},
		{"phone", "联系方式无法接通", FieldPhone, Correctable, "c"},
		{"name", "姓名与证件不一致", FieldName, Correctable, "d"},
		{"material", "材料缺失或不清", "", Correctable, "e"},
		{"not_collected", "证书尚未领取", "", Final, "1"},
		{"electronic", "已有电子证书", "", Final, "2"},
		{"left_catalogue", "已退出目录", "", Final, "3"},
		{"not_ours", "非本中心发证", "", Final, "4"},
		{"not_found", "查无此证且无佐证", "", Final, "5"},
		{"duplicate", "重复申请", "", Final, "6"},
		{"fraud", "疑似冒领", "", Final, "7"},
		{"revoked", "证书已撤销", "", Final, "8"},
		{ReasonOther, "其他", "", EitherClass, "o"},
	}
}

// The fields of a reason in the form of the list.
const (
	FieldReasonCode  = "code"
	FieldReasonLabel = "label"
	FieldReasonField = "field"
	FieldReasonClass = "class"
	FieldReasonKey   = "key"
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
	if len(r.Key) > 1 || !strings.Contains(reasonKeys, r.Key) {
		problems.Add(FieldReasonKey, sayReasonKey)
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
			reason.Key = ""
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
