package reissue

import (
	"strings"
	"testing"
)

// TestLetter: a letter tells of the decision that stands, and of no state that is not.
func TestLetter(t *testing.T) {
	settings := DefaultSettings()
	first := sentBack(2)
	first.Reasons = []Reason{{Label: "错的原因"}}
	last := sentBack(5)
	last.Note = "请补一张"
	a := told("会计", "石家庄市", submitted(1), first, takenBack(3), last)
	a.Fields.Name = "张三"
	for _, letter := range Letters {
		values, ok := a.Letter(letter, &settings, day(9))
		if want := letter == LetterReturned || letter == LetterProxy; ok != want {
			t.Errorf("%s: %v", letter, ok)
		}
		if !ok {
			continue
		}
		text, _ := settings.LetterText(letter)
		title, paragraphs := text.Fill(values)
		body := strings.Join(paragraphs, "\n")
		if title == "" || !strings.Contains(body, "张三") || !strings.Contains(body, "2020 年 会计") {
			t.Errorf("%s: %s\n%s", letter, title, body)
		}
		if letter == LetterReturned && (!strings.Contains(body, "· 照片不清晰\n· 其他\n说明：请补一张\n") || strings.Contains(body, "错的原因") || !strings.Contains(body, "救济途径")) {
			t.Errorf("%s: %s", letter, body)
		}
	}
	for status, want := range map[Status]Letter{"": "", Pending: "", Returned: LetterReturned, Refused: LetterRefused, Ready: LetterReady, Mailed: ""} {
		if got := LetterOf(status); got != want {
			t.Errorf("%s: %q", status, got)
		}
	}
}

// TestLetterText: an office words its letters, with placeholders that there are, and has
// the default again where it says the same.
func TestLetterText(t *testing.T) {
	settings := DefaultSettings()
	own := ProofText{"补正告知书", "{{姓名}}请补正。\n"}
	if err := settings.SetLetterText(LetterReturned, own); err != nil {
		t.Fatal(err)
	}
	if text, _ := settings.LetterText(LetterReturned); text != own {
		t.Errorf("worded as %v", text)
	}
	for _, wrong := range []ProofText{{"题", "{{未知}}"}, {"", "正文"}, {"题", " "}, {"题", strings.Repeat("长", maxProofBody+1)}} {
		if settings.SetLetterText(LetterReturned, wrong) == nil {
			t.Errorf("%v is a text", wrong)
		}
	}
	for _, letter := range Letters {
		if err := settings.SetLetterText(letter, DefaultLetterText(letter)); err != nil {
			t.Errorf("%s: the default is none: %v", letter, err)
		}
	}
	if len(settings.LetterTexts) != 0 {
		t.Errorf("defaults are kept: %v", settings.LetterTexts)
	}
	if err := settings.SetLetterText("other", own); err != ErrNotFound {
		t.Errorf("another kind: %v", err)
	}
}
