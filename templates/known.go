package templates

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"
)

// newKnown is the template function known: the fields of the form that the system holds, of those that
// are named with their labels.
func newKnown(form Form, namesAndLabels ...string) ([]Field, error) {
	var fields []Field
	for i := 0; i+1 < len(namesAndLabels); i += 2 {
		name := namesAndLabels[i]
		if _, ok := form.Locked[name]; !ok {
			continue
		}
		field, err := newField(form, name, namesAndLabels[i+1])
		if err != nil {
			return nil, err
		}
		fields = append(fields, field)
	}
	return fields, nil
}

// number is what is read off and typed elsewhere, such as an ID or certificate number.
var number = regexp.MustCompile(`^[0-9A-Za-z-]{9,}$`)

// longNumbers are the lengths for which the stylesheet has text that fits on one line of a phone.
var longNumbers = []int{40, 32, 28, 24, 18}

// whole is the template function that shows a value so that it can be read off: a number on one line, a
// name of several parts with its breaks between them.
func whole(value string) template.HTML {
	if number.MatchString(value) {
		class := "number"
		for _, most := range longNumbers {
			if len(value) <= most {
				class = fmt.Sprintf("number number-%d", most)
			}
		}
		return template.HTML(`<span class="` + class + `">` + value + `</span>`)
	}
	parts := strings.SplitAfter(value, "·")
	if len(parts) == 1 {
		return template.HTML(template.HTMLEscapeString(value))
	}
	var name strings.Builder
	for _, part := range parts {
		name.WriteString(`<span class="part">` + template.HTMLEscapeString(part) + `</span>`)
	}
	return template.HTML(name.String())
}
