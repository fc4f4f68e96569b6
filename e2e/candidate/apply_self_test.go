package candidate

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/mail"
	"certreissue/reissue"

	"github.com/PuerkitoBio/goquery"
)

func multipartOf(values url.Values, token string) (body io.Reader, kind string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.WriteField("csrf_token", token)
	for name, list := range values {
		for _, value := range list {
			w.WriteField(name, value)
		}
	}
	w.Close()
	return &b, w.FormDataContentType()
}

// TestFormHasEachField sets the page beside the table of the fields.
func TestFormHasEachField(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	form := r.Register("测试", rig.LoopNumber).Get("/apply/self")
	for _, field := range reissue.AllFields {
		label, control := form.Find(fmt.Sprintf("label[for=%q]", field)), form.Find("#"+field)
		asked := !slices.Contains(reissue.FieldsFrom(reissue.FromHolder), field)
		if !asked {
			label = control.Prev()
		}
		if control.Length() != 1 || strings.TrimPrefix(strings.TrimSpace(label.Text()), "*") != reissue.Label(field) {
			t.Errorf("%s: %d controls, called %q, not %q", field, control.Length(), label.Text(), reissue.Label(field))
		}
		_, required := control.Attr("required")
		longest, _ := control.Attr("maxlength")
		if control.Is(".known dd") == asked || required == (!asked || reissue.Optional(field)) {
			t.Errorf("%s: known is %v, required %v", field, !asked, required)
		}
		if asked && control.Is("input") && longest != strconv.Itoa(reissue.Longest[field]) {
			t.Errorf("%s takes %q characters, not %d", field, longest, reissue.Longest[field])
		}
	}
}

func TestByHandFaults(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	form := b.Get("/apply/self")
	for why, c := range map[string]struct {
		change map[string]string
		faults []string
	}{
		"nothing filled in": {map[string]string{"exam_year": "", "exam_name": "", "certificate_number": "", "approval_date": "", "level": "", "specialty": "", "city": "", "phone": ""},
			[]string{"exam_year", "exam_name", "certificate_number", "approval_date", "level", "specialty", "city", "phone"}},
		"no exam":                        {map[string]string{"exam_name": " "}, []string{"exam_name"}},
		"too long an exam":               {map[string]string{"exam_name": strings.Repeat("考", 61)}, []string{"exam_name"}},
		"a number with signs":            {map[string]string{"certificate_number": "ZJ/2019"}, []string{"certificate_number"}},
		"a number too long":              {map[string]string{"certificate_number": strings.Repeat("1", 41)}, []string{"certificate_number"}},
		"no date":                        {map[string]string{"approval_date": ""}, []string{"approval_date"}},
		"31 February":                    {map[string]string{"approval_date": "20190231"}, []string{"approval_date"}},
		"a date of the year before":      {map[string]string{"approval_date": "20181231"}, []string{"approval_date"}},
		"a date two years later":         {map[string]string{"approval_date": "20210101"}, []string{"approval_date"}},
		"no level, exam not known":       {map[string]string{"level": ""}, []string{"level"}},
		"too long a specialty":           {map[string]string{"specialty": strings.Repeat("专", 61)}, []string{"specialty"}},
		"a city that is not in the list": {map[string]string{"city": "火星市"}, []string{"city"}},
		"a phone of six digits":          {map[string]string{"phone": "856666"}, []string{"phone"}},
		"words for a phone":              {map[string]string{"phone": "请打家里电话"}, []string{"phone"}},
		"no photo in 2016":               {map[string]string{"exam_year": "2016", "approval_date": "20161027"}, []string{"photo"}},
		"everything too long":            {map[string]string{"certificate_number": strings.Repeat("9", 3000), "phone": strings.Repeat("9", 3000)}, []string{"certificate_number", "phone"}},
		"markup":                         {map[string]string{"phone": `"><script>alert(1)</script>`}, []string{"phone"}},
	} {
		form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", rig.ByHand(c.change))
		if form.Faults(c.faults...).Shows(rig.ByHand(c.change)); form.Find("main script").Length() != 0 || t.Failed() {
			t.Fatalf("the case is: %s", why)
		}
	}
	// A year that no list offers comes from no form.
	for _, year := range []string{"1948", "2999", "19", "二〇一九"} {
		fill := url.Values{"exam_year": {year}}
		for name, value := range rig.ByHand(nil) {
			if name != "exam_year" {
				fill.Set(name, value)
			}
		}
		if p := b.Post(form, "/apply/self", fill).Is(http.StatusUnprocessableEntity); p.Problems()["exam_year"] == "" {
			t.Errorf("the year %s: %v", year, p.Problems())
		}
	}
	b.Sends(form, "form[enctype]", rig.ByHand(nil)).Has("提交完成")
}

func TestByHand(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	form := b.Get("/apply/self?exam=" + exam(b, "2018"))

	// Neither certificate can be walked around, whether it may be applied for or not.
	for line, change := range map[string]map[string]string{
		rig.Certificate2015: {"exam_year": "2015", "exam_name": "一级建造师", "approval_date": "20150920", "level": "考全科", "specialty": " 建筑工程 "},
		certificate2020:     {"exam_year": "2020", "exam_name": "二级建造师", "approval_date": "20201122", "level": "无", "specialty": "无"},
	} {
		form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", rig.ByHand(change), rig.Portrait()).Faults("exam_name")
		if way := form.Link("去办理这本证书的补证申请"); way != line {
			t.Errorf("the way on is %s, want %s", way, line)
		}
	}

	// The same exam at another level is allowed; the date unlike the exam's is told.
	form = b.Get("/apply/self")
	other := rig.ByHand(map[string]string{"exam_year": "2018", "exam_name": "经济师", "level": "初级", "specialty": "金融", "approval_date": "20181104"})
	submitted := b.Sends(form, "form[enctype]", other).Has("提交完成", "申请编号", "2018 年 11 月 3 日", "审核结果在“审核状态查询”中查看")
	if submitted.Find(".steps .done").Length() != 3 || submitted.Link("审核状态查询") != "/applications" {
		t.Error("step 3 does not show three steps done, or not where to look")
	}
	application := strings.TrimSuffix(submitted.Path, "/submitted")
	number := strings.TrimPrefix(application, "/applications/")
	if submitted.TextOf(".done-number") != number || len(number) < 8 {
		t.Errorf("step 3 shows the number %q of %s", submitted.TextOf(".done-number"), application)
	}
	facts := b.Get(application).Facts()
	if facts["姓名"] != "测试" || facts["证件号码"] != rig.LoopNumber || facts["性别"] != "男" || facts["出生年月"] != "1990 年 3 月" {
		t.Errorf("the account's values are %v", facts)
	}
	// A second one of the same exam, level and specialty leads to the first; just the same is sent again.
	b.Send(b.Get("/apply/self"), "form[enctype]", other).Leads(application + "/submitted")
	other["phone"] = "13911111111"
	b.Send(b.Get("/apply/self"), "form[enctype]", other).Leads(application)

	// 无 and blank are one value: with it the key is the same.
	third := b.Apply("/apply/self", rig.ByHand(nil))
	b.Send(b.Get("/apply/self"), "form[enctype]", rig.ByHand(map[string]string{"level": "无", "exam_name": "造价 工程师"})).Is(http.StatusSeeOther)
	b.Get(third).Has("等待审核", "造价工程师")

	// Nobody else sees any of it.
	stranger := r.Register("王五", rig.IDNumber(t, 1))
	for _, path := range []string{"", "/submitted", "/photo", "/edit", "/edit/photo"} {
		stranger.At(application + path).Is(http.StatusNotFound)
	}
	stranger.Post(stranger.Get("/apply"), application+"/withdraw", url.Values{"revision": {"1"}}).Is(http.StatusNotFound)
}

// TestUntouchedForm: a form that is sent as the page gave it is refused, but
// not offered for going on.
func TestUntouchedForm(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	carried := "/apply/self?exam=" + exam(b, "2018")
	for _, path := range []string{rig.Certificate2015, certificate2018, "/apply/self", carried} {
		b.Refused(http.StatusUnprocessableEntity, b.Get(path), "form[enctype]", nil)
	}
	if b.Get("/apply").Find("#unfinished").Length() != 0 {
		t.Error("forms with nothing typed are unfinished")
	}
	b.Refused(http.StatusUnprocessableEntity, b.Get(certificate2018), "form[enctype]", map[string]string{"phone": "1"})
	b.Refused(http.StatusUnprocessableEntity, b.Get(carried), "form[enctype]", map[string]string{"level": "中级"})
	if links := b.Get("/apply").Find("#unfinished ~ ul a").Length(); links != 2 {
		t.Errorf("%d forms are unfinished, want 2", links)
	}
	// What was typed is taken out again.
	b.Refused(http.StatusUnprocessableEntity, b.Get(certificate2018), "form[enctype]", map[string]string{"phone": ""})
	b.Get("/apply").Link("填写补证申请（没有填完）")
	if links := b.Get("/apply").Find("#unfinished ~ ul a").Length(); links != 1 {
		t.Errorf("%d forms are unfinished, want the one by hand", links)
	}
}

// TestMaxLengths: a page lets a text field be as long as the rule does. HTML
// counts the rarest characters, which names have, twice.
func TestMaxLengths(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	want := maps.Clone(reissue.Longest)
	want["name"], want["email"], want["captcha"] = 2*want["name"], mail.LongestAddress, 4
	visitor := r.Browser()
	for _, form := range []*rig.Page{visitor.Get("/register"), visitor.Get("/login"), visitor.Get("/forgot"), b.Get("/apply/self"), b.Get(certificate2018), b.Get("/profile")} {
		fields := form.Find("main form input[name]:not([type=hidden]):not([type=password]):not([type=file]):not([type=checkbox])")
		if fields.Length() == 0 {
			t.Errorf("%s has no text field", form.Path)
		}
		fields.Each(func(_ int, field *goquery.Selection) {
			name := field.AttrOr("name", "")
			if got := field.AttrOr("maxlength", ""); got != strconv.Itoa(want[name]) {
				t.Errorf("%s: the field %s has the maxlength %q, the rule says %d", form.Path, name, got, want[name])
			}
		})
	}
	longest := rig.ByHand(map[string]string{"exam_name": strings.Repeat("考", want["exam_name"]), "level": strings.Repeat("级", want["level"]),
		"specialty": strings.Repeat("专", want["specialty"]), "certificate_number": strings.Repeat("9", want["certificate_number"]), "phone": "+" + strings.Repeat("9", want["phone"]-1)})
	b.Sends(b.Get("/apply/self"), "form[enctype]", longest).Has("提交完成")
}
