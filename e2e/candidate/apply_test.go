package candidate

import (
	"fmt"
	"image/color"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/sample"

	"github.com/PuerkitoBio/goquery"
)

const (
	certificate2018 = "/apply/certificates/2" // number and specialty not known, no photo
	certificate2020 = "/apply/certificates/3" // not collected
	certificate2021 = "/apply/certificates/4" // date and city not known, the exam has no levels
)

// exam is the opaque value of an exam's option in step 1.
func exam(b *rig.Browser, title string) string {
	b.T.Helper()
	value := b.Get("/apply").Find("option:contains('"+title+"')").AttrOr("value", "")
	if value == "" {
		b.T.Fatalf("step 1 does not offer %s", title)
	}
	return value
}

func TestStepOne(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	step1 := b.Get("/apply").Is(http.StatusOK).Faults().Has("选择考试", "提交补证申请", "提交完成")
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

	waiting := b.Get("/apply?exam="+exam(b, "2020")).Has("不可申请", "尚未领取", "及时领取")
	if button := waiting.Find("button[disabled]"); button.Text() != "申请补证" || waiting.Find("a[href='"+certificate2020+"']").Length() != 0 {
		t.Errorf("不可申请 has the button %q", button.Text())
	}
	found := b.Get("/apply?exam="+exam(b, "2015")).Has("可申请", "ZJ2015001", "2015 年 9 月 20 日", "考全科", "建筑工程", "石家庄市")
	if found.Link("申请补证") != rig.Certificate2015 {
		t.Errorf("可申请 leads to %s", found.Link("申请补证"))
	}

	none := b.Get("/apply?exam="+exam(b, "2016")).Has("没有检索到", "另一年度", "外省", "年代久远", "姓名写法不同")
	self := b.Get(none.Link("填写补证申请")).Has("先选择考试年度")
	self.Shows(map[string]string{"exam_year": "2016", "exam_name": "会计", "name": "测试", "id_number": rig.LoopNumber, "birth_month": "1990 年 3 月", "sex": "男"})
	for _, field := range []string{"name", "id_number", "birth_month", "sex"} {
		if self.Find(".known dd#"+field).Length() != 1 {
			t.Errorf("%s is not locked", field)
		}
	}
	b.Get("/apply?exam=999").Is(http.StatusOK)
}

func TestNotForThisCandidate(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	step1 := b.Get("/apply")
	for path, want := range map[string]int{certificate2020: http.StatusConflict, rig.SomebodyElses: http.StatusNotFound, "/apply/certificates/999": http.StatusNotFound, "/apply/certificates/x": http.StatusNotFound} {
		b.At(path).Is(want)
		b.Post(step1, path, url.Values{"phone": {"13900000000"}}).Is(want)
	}
	b.At(certificate2020).Has("尚未领取", "领取原证书")
	b.Get("/applications").Has("您还没有补证申请")
}

func TestMissingRegisterValues(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)

	form := b.Get(certificate2018).Shows(map[string]string{"level": "中级", "approval_date": "2018 年 11 月 3 日", "city": "唐山市", "certificate_number": ""})
	if form.Find("[name=photo]").Length() != 0 || form.Find("[name=level]").Length() != 0 {
		t.Error("step 2 of 2018 asks for a photo, or for what the register has")
	}
	form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", nil).Faults("certificate_number", "specialty", "phone")
	fill := map[string]string{"certificate_number": "不是号码", "specialty": "工商管理", "phone": "1"}
	form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", fill).Faults("certificate_number", "phone").Shows(fill)
	b.At(certificate2018).Shows(fill)
	own := b.Sends(form, "form[enctype]", map[string]string{"certificate_number": "无", "phone": "13900000000"}, rig.Portrait()).Has("提交完成")
	application := strings.TrimSuffix(own.Path, "/submitted")
	b.Get(application).Has("工商管理", "无")
	b.At(application + "/photo").Is(http.StatusNotFound)

	form = b.Get(certificate2021)
	for _, field := range []string{"level", "specialty"} {
		if form.Find("[id="+field+"]").Length() != 0 {
			t.Errorf("%s is asked for, though no line of the exam has one", field)
		}
	}
	form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", nil).Faults("approval_date", "city", "phone")
	form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", map[string]string{"approval_date": "20230101", "city": "火星市", "phone": "13900000000"}).Faults("approval_date", "city")
	b.Sends(form, "form[enctype]", map[string]string{"approval_date": "2022-01-01", "city": "唐山"}).Has("提交完成")
}

func TestPhoto(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	form := b.Get(rig.Certificate2015).Has("295 × 413", "10KB 与 30KB", "白色")
	phone := map[string]string{"phone": "13900000000"}
	form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", phone).Faults("photo").Shows(phone)
	for why, c := range map[string]struct {
		photos [][]byte
		says   string
	}{
		"no picture":        {[][]byte{[]byte("<script>alert(1)</script>")}, "文字或网页"},
		"blue background":   {[][]byte{sample.Portrait(3, true, color.RGBA{67, 142, 219, 255})}, "底色不是白色"},
		"half a file":       {[][]byte{rig.Portrait()[:11000]}, "不完整"},
		"ten in one field":  {slices.Repeat([][]byte{rig.Portrait()}, 10), "一张照片"},
		"a picture of zero": {[][]byte{{}}, ""},
	} {
		form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", phone, c.photos...).Faults("photo")
		if says := form.Problems()["photo"]; !strings.Contains(says, c.says) {
			t.Errorf("%s: %q", why, says)
		}
	}
	// A good photo is kept through another field's fault.
	form = b.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", map[string]string{"phone": "1"}, rig.Portrait()).Faults("phone")
	kept := form.Find(".photo-now img").AttrOr("src", "")
	if picture := b.At(kept).Is(http.StatusOK); picture.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("the kept photo is %v", picture.Header)
	}
	application := strings.TrimSuffix(b.Sends(form, "form[enctype]", phone).Path, "/submitted")
	b.At(application + "/photo").Is(http.StatusOK)
}

func TestLockedFields(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	lies := url.Values{"phone": {"13900000000"}, "name": {"李四"}, "id_number": {"440308199901101512"}, "birth_month": {"200001"}, "sex": {"女"},
		"exam_year": {"1999"}, "exam_name": {"会计"}, "certificate_number": {"FAKE"}, "approval_date": {"19990101"}, "level": {"考四科"}, "specialty": {"公路"},
		"city": {"唐山市"}, "status": {"approved"}, "owner": {"2"}, "certificate": {"6"}, "id": {"6"}, "revision": {"9"}}
	truth := map[string]string{"姓名": "测试", "证件号码": rig.LoopNumber, "出生年月": "1990 年 3 月", "性别": "男", "考试年度": "2015", "考试名称": "一级建造师",
		"证书管理号": "ZJ2015001", "批准日期": "2015 年 9 月 20 日", "级别": "考全科", "专业": "建筑工程", "报名市": "石家庄市", "联系方式": "13900000000"}
	check := func(own *rig.Page) {
		t.Helper()
		facts := own.Facts()
		for label, want := range truth {
			if facts[label] != want {
				t.Errorf("%s is %q, want %q", label, facts[label], want)
			}
		}
	}
	for _, times := range []int{1, 2} {
		for _, multipart := range []bool{false, true} {
			form := b.Refused(http.StatusUnprocessableEntity, b.Get(rig.Certificate2015), "form[enctype]", map[string]string{"phone": ""}, rig.Portrait())
			posted := lies
			if times == 2 {
				posted = url.Values{}
				for name, values := range lies {
					posted[name] = append(slices.Clone(values), values...)
				}
			}
			answer := lie(b, form, rig.Certificate2015, posted, multipart).Is(http.StatusSeeOther)
			application := strings.TrimSuffix(answer.Header.Get("Location"), "/submitted")
			own := b.Get(application).Has("等待审核")
			check(own)
			edit := b.Get(own.Link("申请信息维护"))
			posted.Set("revision", edit.Find("[name=revision]").AttrOr("value", ""))
			lie(b, edit, application+"/edit", posted, multipart).Leads(application)
			own = b.Get(application).Has("等待审核")
			check(own)
			b.Sends(own, "form[action$='/withdraw']", nil).Has("已撤回")
		}
	}
}

// lie posts values as they are, in either encoding.
func lie(b *rig.Browser, from *rig.Page, path string, values url.Values, multipart bool) *rig.Page {
	b.T.Helper()
	if !multipart {
		return b.Post(from, path, values)
	}
	body, kind := multipartOf(values, from.Find("input[name=csrf_token]").AttrOr("value", ""))
	return b.Do(http.MethodPost, path, kind, body)
}

func TestOneOpenApplication(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	form := b.Get(certificate2018)
	answers := make([]*rig.Page, 100)
	var group sync.WaitGroup
	for i := range answers {
		values := url.Values{"certificate_number": {"无"}, "specialty": {"工商管理"}, "phone": {fmt.Sprint(13900000000 + i)}} // what is the same is sent again
		group.Go(func() { answers[i] = b.Post(form, certificate2018, values) })
	}
	group.Wait()
	submitted := map[string]int{}
	for _, answer := range answers {
		submitted[answer.Is(http.StatusSeeOther).Header.Get("Location")]++
	}
	list := b.Get("/applications")
	if rows := list.Find("tbody tr").Length(); rows != 1 || len(submitted) != 2 {
		t.Fatalf("%d applications, answers %v", rows, submitted)
	}
	application := list.Find("tbody th a").AttrOr("href", "")
	if submitted[application+"/submitted"] != 1 || submitted[application] != 99 {
		t.Errorf("answers %v, want one new and 99 to %s", submitted, application)
	}
	b.At(certificate2018).Leads(application)
	b.Get("/apply?exam=" + exam(b, "2018")).Has("等待审核").Link("查看申请")
}
