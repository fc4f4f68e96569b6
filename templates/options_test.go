package templates

import "testing"

// TestOptions: what the table of exams says stays text.
func TestOptions(t *testing.T) {
	group := ExamGroup{Exams: []ExamOption{{Value: `1"`, Text: "2015 年 <b>&"}, {Value: "2", Text: "二级建造师", Selected: true}}}
	want := "<option value=\"1&#34;\">2015 年 &lt;b&gt;&amp;</option>\n<option value=\"2\" selected>二级建造师</option>\n"
	if got := string(group.Options()); got != want {
		t.Errorf("the options are\n%swant\n%s", got, want)
	}
}
