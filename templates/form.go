package templates

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Form is what the form of a page shows: what was typed, what the system holds, what is wrong.
type Form struct {
	// Values are shown in the fields. Passwords and captchas are never shown again, whatever stands here.
	Values url.Values
	// Locked are fields whose value is known to the system, by field name: shown, and not posted.
	Locked map[string]string
	// Skip are fields that this form does not have, such as a level where the exam knows none.
	Skip map[string]bool
	// Longest are the maxlengths of text fields, by field name.
	Longest map[string]int
	// Problems make the summary on top of the page and the messages at the fields.
	Problems []Problem
	// Asked are those fields of Problems of which nothing is wrong for certain: sending what was typed once
	// more takes it.
	Asked map[string]bool
	// Saves is true of a form that changes what is there: it is saved, and submits nothing.
	Saves bool
	// Question stands in the place of the problems where there are none, but the form has not been taken.
	Question *Question
	// Labels are what the summary calls fields whose problems do not name them.
	Labels map[string]string
	// Way leads on from the problems, such as to the register's line; nil for none.
	Way *Link
	// Returned are the reasons of a return, at the fields they concern. They ask for a correction, but
	// are no faults of what was just typed: they make no summary and do not change the title.
	Returned []Problem
	// CaptchaID is the number of the captcha picture, on pages that have one.
	CaptchaID string
}

// Problem is one thing to put right. Field is the id of the form field, which is its name unless the
// page's struct says otherwise; empty where the problem concerns no single field.
type Problem struct {
	Field, Message string
}

// Question asks for agreement to what was made of a field.
type Question struct{ Heading, Sentence, Field string }

// Fill shows what is stored, by field.
func (f *Form) Fill(stored map[string]string) {
	for name, value := range stored {
		f.Values.Set(name, value)
	}
}

// Value is what the field shows.
func (f Form) Value(name string) string { return f.Values.Get(name) }

// Checked says whether the box or option of that value was chosen.
func (f Form) Checked(name, value string) bool { return slices.Contains(f.Values[name], value) }

// Error is the first problem of the field with that id, or "".
func (f Form) Error(id string) string { return first(f.Problems, id) }

// First tells whether the field with that id is the first to be put right.
func (f Form) First(id string) bool {
	i := slices.IndexFunc(f.Problems, func(p Problem) bool { return p.Field != "" })
	return i >= 0 && f.Problems[i].Field == id
}

// Errors are all problems of the field with that id.
func (f Form) Errors(id string) []string {
	var all []string
	for _, p := range f.Problems {
		if p.Field == id {
			all = append(all, p.Message)
		}
	}
	return all
}

// Asks tells whether sending the form once more takes it.
func (f Form) Asks() bool {
	return !slices.ContainsFunc(f.Problems, func(p Problem) bool { return !f.Asked[p.Field] })
}

// Confirms is what the field of that name sends along a second time, so that it is not asked about again;
// id is what problems call it.
func (f Form) Confirms(name, id string) string {
	if f.Asked[id] {
		return f.Value(name)
	}
	return f.Value(name + confirm)
}

// confirm ends the name of what a field sends along a second time.
const confirm = "_confirm"

// Return is the first reason of a return that concerns that field, or "".
func (f Form) Return(id string) string { return first(f.Returned, id) }

func first(problems []Problem, id string) string {
	for _, p := range problems {
		if p.Field == id {
			return p.Message
		}
	}
	return ""
}

// Field is one labelled control, made by the template function field and shown by the part "field".
type Field struct {
	Name, Label, Type, Hint, Value, Error string
	Return                                string // why the reviewer sent it back
	Asks                                  bool   // Error asks about the value, and sending it once more takes it
	Confirm                               string // the name under which it comes a second time, "" where nobody asks
	Confirms                              string // the value under that name
	Width                                 string // xs a captcha, s a year or date, m a number, l the full width
	Autocomplete, Inputmode               string
	Empty                                 string   // first line of a select, such as 选择报名市
	Max                                   int      // longest input in UTF-16 units, as HTML counts; 0 no limit
	Rows                                  int      // of a text area; 0 is 4
	Enter                                 string   // what the Enter key of a phone is called, done or send; "" is next
	Code                                  bool     // a number or the like, which no keyboard should correct
	First                                 bool     // the page begins with it
	Again                                 bool     // a password that was typed, and is not shown again
	Required, Locked, Skip                bool     // a locked one is shown by the part "known"
	Options                               []string // of a select, or suggestions beside a text field
}

// wideLocked is the length from which a locked value takes a line of its own, a Chinese character
// counting two: half a line has not the room.
const wideLocked = 32

// Wide says whether a locked value needs the whole line.
func (f Field) Wide() bool {
	width := 0
	for _, r := range f.Value {
		width++
		if r >= '\u2e80' { // where the scripts of full width begin
			width++
		}
	}
	return width > wideLocked
}

// DescribedBy lists the ids of the hint and the messages, for aria-describedby.
func (f Field) DescribedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.Name+"-hint")
	}
	if f.Again {
		ids = append(ids, f.Name+"-again")
	}
	if f.Return != "" {
		ids = append(ids, f.Name+"-return")
	}
	if f.Error != "" {
		ids = append(ids, f.Name+"-error")
	}
	return strings.Join(ids, " ")
}

// Foreign says whether a select's value is none of its options, so that a value typed elsewhere is not lost.
func (f Field) Foreign() bool { return f.Value != "" && !slices.Contains(f.Options, f.Value) }

// newField is the template function field: form, name, label, then any of "required", "type=tel",
// "width=m", "hint=…", "max=20" where Form.Longest has none, "autocomplete=…", "inputmode=…", "empty=…",
// "enter=send" (else next), "code", "first" where the page begins with it, "confirm" where its value may be asked about, and a []string of options.
// A select without options becomes a text field: a new office has no cities yet.
func newField(form Form, name, label string, opts ...any) (Field, error) {
	f := Field{
		Name: name, Label: label, Type: "text", Width: "m",
		Value: form.Value(name), Error: form.Error(name), Return: form.Return(name), Skip: form.Skip[name],
		Max: form.Longest[name], Asks: form.Asked[name],
	}
	if v, ok := form.Locked[name]; ok {
		f.Locked, f.Value = true, v
	}
	for _, opt := range opts {
		switch opt := opt.(type) {
		case []string:
			f.Options = opt
		case string:
			if err := f.set(opt); err != nil {
				return f, fmt.Errorf("field %s: %w", name, err)
			}
		default:
			return f, fmt.Errorf("field %s: option of type %T", name, opt)
		}
	}
	f.First = f.First && len(form.Problems) == 0 // which have the focus
	if f.Confirm != "" {
		f.Confirms = form.Confirms(name, name)
	}
	switch {
	case f.Type == "password":
		f.Again, f.Code = f.Value != "" && f.Error == "", true
		f.Value = ""
	case f.Type == "select" && len(f.Options) == 0:
		f.Type = "text"
	}
	return f, nil
}

// placeField is one part of a city's place, whose form stands beside others of its kind.
type placeField struct {
	ID, Name, Label, Value, Error string
	Max                           int
}

// newPart is the template function part.
func newPart(city string, form Form, name, label string, longest int) placeField {
	id := "place-" + city + "-" + name
	return placeField{id, name, label, form.Value(name), form.Error(id), longest}
}

func (f *Field) set(opt string) error {
	key, value, _ := strings.Cut(opt, "=")
	switch key {
	case "required":
		f.Required = true
	case "code":
		f.Code = true
	case "first":
		f.First = true
	case "confirm":
		f.Confirm = f.Name + confirm
	case "enter":
		f.Enter = value
	case "type":
		f.Type = value
	case "width":
		f.Width = value
	case "hint":
		f.Hint = value
	case "autocomplete":
		f.Autocomplete = value
	case "inputmode":
		f.Inputmode = value
	case "empty":
		f.Empty = value
	case "max", "rows":
		n, err := strconv.Atoi(value)
		if err != nil {
			return err
		}
		if key == "rows" {
			f.Rows = n
		} else {
			f.Max = n
		}
	default:
		return fmt.Errorf("unknown option %q", key)
	}
	return nil
}

// holder is what the part "holder-fields" shows, made by the template function of that name.
type holder struct {
	Form          Form
	Papers, Sexes []string
}

func newHolder(form Form, papers, sexes []string) holder { return holder{form, papers, sexes} }

// Boxes is a field of several boxes to tick.
type Boxes struct {
	Field
	Choices []Choice
}

// newBoxes is the template function boxes: a field, then its choices.
func newBoxes(f Field, choices []Choice) Boxes { return Boxes{f, choices} }
