package idcard

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"log/slog"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

const (
	whole  = Number("110101199003071233")
	masked = "1****************3"
)

func TestMask(t *testing.T) {
	for _, c := range []struct {
		reason string
		in     Number
		want   string
	}{
		{"ID number", whole, masked},
		{"passport", "E12345678", "E*******8"},
		{"by character, not by byte", "军字第001号", "军*****号"},
		{"three", "123", "1*3"},
		{"two would be shown whole", "12", "**"},
		{"one", "1", "*"},
		{"none", "", ""},
	} {
		if got := c.in.String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.reason, got, c.want)
		}
	}
}

func TestNothingPrintsTheWhole(t *testing.T) {
	type person struct {
		Number Number
		All    []Number
	}
	p := person{whole, []Number{whole}}
	var log, page bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("m", "number", whole, "person", p)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "number", whole, "person", p)
	if err := template.Must(template.New("").Parse(`<p title="{{.}}">{{.}}</p><script>f({{.}})</script>`)).Execute(&page, whole); err != nil {
		t.Fatal(err)
	}
	asJSON, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{"log": log.String(), "page": page.String(), "json": string(asJSON)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%20s", "%T %[1]v", "%!"} {
		out[verb] = fmt.Sprintf(verb, whole) + fmt.Sprintf(verb, p)
	}
	out["error"] = fmt.Errorf("person %v: %w", whole, Fault{Reason: Length}).Error()
	for way, s := range out {
		if strings.Contains(s, "9900307") || strings.Contains(strings.ReplaceAll(s, " ", ""), fmt.Sprintf("%x", "9900307")) {
			t.Errorf("%s shows the number: %s", way, s)
		}
	}
	if got := fmt.Sprintf("%s|%q|%20v", whole, whole, whole); got != masked+`|"`+masked+`"|  `+masked {
		t.Errorf("fmt: %s", got)
	}
	if string(asJSON) != `{"Number":"`+masked+`","All":["`+masked+`"]}` {
		t.Errorf("JSON: %s", asJSON)
	}
}

// The file must keep the whole, so that CBOR may find no method to mask it by.
func TestCBORKeepsTheWhole(t *testing.T) {
	b, err := cbor.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	var back Number
	if err := cbor.Unmarshal(b, &back); err != nil || back != whole || !bytes.Contains(b, []byte(whole)) {
		t.Errorf("%x came back as %q, %v", b, back.Full(), err)
	}
}

func TestEveryFaultSpeaks(t *testing.T) {
	errors, sentences := map[string]bool{}, map[string]bool{}
	for r := Empty; r <= CheckCharacter; r++ {
		f := Fault{Reason: r, Found: 17}
		errors[f.Error()], sentences[f.Sentence()] = true, true
	}
	if len(errors) != int(CheckCharacter) || len(sentences) != int(CheckCharacter) {
		t.Errorf("two faults say the same: %v %v", errors, sentences)
	}
	if s := (Fault{Reason: Length, Found: 17}).Sentence(); !strings.Contains(s, "17 位") {
		t.Errorf("the number of characters found is missing: %s", s)
	}
}
