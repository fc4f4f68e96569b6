package main

import (
	"image/color"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"certreissue/sample"

	"github.com/PuerkitoBio/goquery"
)

// Part 2 of the guide: 补证申请. The certificates get their numbers in the order
// of person and year.
const guideRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2015,一级建造师,测试,110101199003071233,已领取,考全科,建筑工程,ZJ2015001,20150920,石家庄市
2018,经济师,测试,110101199003071233,已领取,中级,,,20181103,唐山市
2020,二级建造师,测试,110101199003071233,未领取,,,EJ2020001,20201122,石家庄市
2021,监理工程师,测试,110101199003071233,已领取,,,JL2021001,,
2016,会计,李四,440308199901101512,已领取,初级,会计学,KJ2016001,20160910,唐山市
2018,经济师,李四,440308199901101512,已领取,中级,人力资源,JJ2018002,20181103,唐山市
`

const (
	certificate2015 = "/apply/certificates/1" // all known, photo asked
	certificate2018 = "/apply/certificates/2" // number and specialty not known, no photo
	certificate2020 = "/apply/certificates/3" // not collected
	certificate2021 = "/apply/certificates/4" // date and city not known, the exam has no levels
	somebodyElses   = "/apply/certificates/6"
)

var portrait = sync.OnceValue(func() []byte { return sample.Portrait(1, false, color.White) })

// exam is the opaque value of an exam's option in step 1.
func (b *browser) exam(title string) string {
	b.t.Helper()
	value := b.get("/apply").Find("option:contains('"+title+"')").AttrOr("value", "")
	if value == "" {
		b.t.Fatalf("step 1 does not offer %s", title)
	}
	return value
}

func TestStepOne(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)
	step1 := b.get("/apply").is(http.StatusOK).faults().has("选择考试", "提交补证申请", "提交完成")
	if step1.Find("#found").Length() != 0 || step1.Find("[aria-current=step]").Text() == "" {
		t.Error("without a choice, step 1 shows a result, or not which step it is")
	}
	groups := step1.Find("optgroup").Map(func(_ int, g *goquery.Selection) string {
		return g.AttrOr("label", "") + "：" + strings.Join(g.Find("option").Map(func(_ int, o *goquery.Selection) string { return o.Text() }), "、")
	})
	want := []string{"您名下有证书的考试：2021 年 监理工程师、2020 年 二级建造师、2018 年 经济师、2015 年 一级建造师", "其他考试：2016 年 会计"}
	if !slices.Equal(groups, want) {
		t.Errorf("step 1 offers %q, want %q", groups, want)
	}

	waiting := b.get("/apply?exam="+b.exam("2020")).has("不可申请", "尚未领取", "及时领取")
	if button := waiting.Find("button[disabled]"); button.Text() != "申请补证" || waiting.Find("a[href='"+certificate2020+"']").Length() != 0 {
		t.Errorf("不可申请 has the button %q", button.Text())
	}
	found := b.get("/apply?exam="+b.exam("2015")).has("可申请", "ZJ2015001", "2015 年 9 月 20 日", "考全科", "建筑工程", "石家庄市")
	if found.link("申请补证") != certificate2015 {
		t.Errorf("可申请 leads to %s", found.link("申请补证"))
	}

	none := b.get("/apply?exam="+b.exam("2016")).has("没有检索到", "另一年度", "外省", "年代久远", "姓名写法不同")
	self := b.get(none.link("填写补证申请")).has("先选择考试年度")
	self.shows(map[string]string{"exam_year": "2016", "exam_name": "会计", "name": "测试", "id_number": loopNumber, "birth_month": "199003", "sex": "男"})
	for _, field := range []string{"name", "id_number", "birth_month", "sex"} {
		if self.Find("#"+field+"[disabled]").Length() != 1 {
			t.Errorf("%s is not locked", field)
		}
	}
	b.get("/apply?exam=999").is(http.StatusOK)
}

func TestNotForThisCandidate(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)
	step1 := b.get("/apply")
	for path, want := range map[string]int{certificate2020: http.StatusConflict, somebodyElses: http.StatusNotFound, "/apply/certificates/999": http.StatusNotFound, "/apply/certificates/x": http.StatusNotFound} {
		b.at(path).is(want)
		b.post(step1, path, url.Values{"phone": {"13900000000"}}).is(want)
	}
	b.at(certificate2020).has("尚未领取", "领取原证书")
	b.get("/applications").has("您还没有补证申请")
}

func TestMissingRegisterValues(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)

	form := b.get(certificate2018).shows(map[string]string{"level": "中级", "approval_date": "20181103", "city": "唐山市", "certificate_number": ""})
	if form.Find("[name=photo]").Length() != 0 || form.Find("[name=level]").Length() != 0 {
		t.Error("step 2 of 2018 asks for a photo, or for what the register has")
	}
	form = b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", nil).faults("certificate_number", "specialty", "phone")
	fill := map[string]string{"certificate_number": "不是号码", "specialty": "工商管理", "phone": "1"}
	form = b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill).faults("certificate_number", "phone").shows(fill)
	b.at(certificate2018).shows(fill)
	own := b.sends(form, "form[enctype]", map[string]string{"certificate_number": "无", "phone": "13900000000"}, portrait()).has("提交完成")
	application := strings.TrimSuffix(own.path, "/submitted")
	b.get(application).has("工商管理", "无")
	b.at(application + "/photo").is(http.StatusNotFound)

	form = b.get(certificate2021)
	for _, field := range []string{"level", "specialty"} {
		if form.Find("[id="+field+"]").Length() != 0 {
			t.Errorf("%s is asked for, though no line of the exam has one", field)
		}
	}
	form = b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", nil).faults("approval_date", "city", "phone")
	form = b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", map[string]string{"approval_date": "20230101", "city": "火星市", "phone": "13900000000"}).faults("approval_date", "city")
	b.sends(form, "form[enctype]", map[string]string{"approval_date": "2022-01-01", "city": "唐山"}).has("提交完成")
}

func TestPhoto(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)
	form := b.get(certificate2015).has("295 × 413", "10KB 与 30KB", "白色")
	phone := map[string]string{"phone": "13900000000"}
	form = b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", phone).faults("photo").shows(phone)
	for why, c := range map[string]struct {
		photos [][]byte
		says   string
	}{
		"no picture":        {[][]byte{[]byte("<script>alert(1)</script>")}, "文字或网页"},
		"blue background":   {[][]byte{sample.Portrait(3, true, color.RGBA{67, 142, 219, 255})}, "底色不是白色"},
		"half a file":       {[][]byte{portrait()[:11000]}, "不完整"},
		"ten in one field":  {slices.Repeat([][]byte{portrait()}, 10), "一张照片"},
		"a picture of zero": {[][]byte{{}}, ""},
	} {
		form = b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", phone, c.photos...).faults("photo")
		if says := form.problems()["photo"]; !strings.Contains(says, c.says) {
			t.Errorf("%s: %q", why, says)
		}
	}
	// A good photo is kept through another field's fault.
	form = b.refused(http.StatusUnprocessableEntity, form, "form[enctype]", map[string]string{"phone": "1"}, portrait()).faults("phone")
	kept := form.Find(".photo-now img").AttrOr("src", "")
	if picture := b.at(kept).is(http.StatusOK); picture.header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("the kept photo is %v", picture.header)
	}
	application := strings.TrimSuffix(b.sends(form, "form[enctype]", phone).path, "/submitted")
	b.at(application + "/photo").is(http.StatusOK)
}

func TestLockedFields(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)
	lies := url.Values{"phone": {"13900000000"}, "name": {"李四"}, "id_number": {"440308199901101512"}, "birth_month": {"200001"}, "sex": {"女"},
		"exam_year": {"1999"}, "exam_name": {"会计"}, "certificate_number": {"FAKE"}, "approval_date": {"19990101"}, "level": {"考四科"}, "specialty": {"公路"},
		"city": {"唐山市"}, "status": {"approved"}, "owner": {"2"}, "certificate": {"6"}, "id": {"6"}, "revision": {"9"}}
	truth := map[string]string{"姓名": "测试", "证件号码": loopNumber, "出生年月": "199003", "性别": "男", "考试年度": "2015", "考试名称": "一级建造师",
		"证书管理号": "ZJ2015001", "批准日期": "20150920", "级别": "考全科", "专业": "建筑工程", "报名市": "石家庄市", "联系方式": "13900000000"}
	check := func(own *page) {
		t.Helper()
		facts := own.facts()
		for label, want := range truth {
			if facts[label] != want {
				t.Errorf("%s is %q, want %q", label, facts[label], want)
			}
		}
	}
	for _, times := range []int{1, 2} {
		for _, multipart := range []bool{false, true} {
			form := b.refused(http.StatusUnprocessableEntity, b.get(certificate2015), "form[enctype]", map[string]string{"phone": ""}, portrait())
			posted := lies
			if times == 2 {
				posted = url.Values{}
				for name, values := range lies {
					posted[name] = append(slices.Clone(values), values...)
				}
			}
			answer := b.lie(form, certificate2015, posted, multipart).is(http.StatusSeeOther)
			application := strings.TrimSuffix(answer.header.Get("Location"), "/submitted")
			own := b.get(application).has("等待审核")
			check(own)
			edit := b.get(own.link("申请信息维护"))
			posted.Set("revision", edit.Find("[name=revision]").AttrOr("value", ""))
			b.lie(edit, application+"/edit", posted, multipart).leads(application)
			own = b.get(application).has("等待审核")
			check(own)
			b.sends(own, "form[action$='/withdraw']", nil).has("已撤回")
		}
	}
}

// lie posts values as they are, in either encoding.
func (b *browser) lie(from *page, path string, values url.Values, multipart bool) *page {
	b.t.Helper()
	if !multipart {
		return b.post(from, path, values)
	}
	body, kind := multipartOf(values, from.Find("input[name=csrf_token]").AttrOr("value", ""))
	return b.do(http.MethodPost, path, kind, body)
}

func TestOneOpenApplication(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)
	form := b.get(certificate2018)
	values := url.Values{"certificate_number": {"无"}, "specialty": {"工商管理"}, "phone": {"13900000000"}}
	answers := make([]*page, 100)
	var group sync.WaitGroup
	for i := range answers {
		group.Go(func() { answers[i] = b.post(form, certificate2018, values) })
	}
	group.Wait()
	submitted := map[string]int{}
	for _, answer := range answers {
		submitted[answer.is(http.StatusSeeOther).header.Get("Location")]++
	}
	list := b.get("/applications")
	if rows := list.Find("tbody tr").Length(); rows != 1 || len(submitted) != 2 {
		t.Fatalf("%d applications, answers %v", rows, submitted)
	}
	application := list.Find("tbody th a").AttrOr("href", "")
	if submitted[application+"/submitted"] != 1 || submitted[application] != 99 {
		t.Errorf("answers %v, want one new and 99 to %s", submitted, application)
	}
	b.at(certificate2018).leads(application)
	b.get("/apply?exam=" + b.exam("2018")).has("已有申请").link("查看申请")
}
