package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// logged fails unless the log's newest row of a filter tells all the texts, and none
// of the others.
func logged(auditor *rig.Browser, query string, texts, not []string) {
	auditor.T.Helper()
	row := auditor.Get("/office/audit?" + query).TextOf("tbody tr:first-of-type")
	for _, text := range texts {
		if !strings.Contains(row, text) {
			auditor.T.Errorf("%s: the log tells %q, want %q", query, row, text)
		}
	}
	for _, text := range not {
		if strings.Contains(row, text) {
			auditor.T.Errorf("%s: the log tells %q in %q", query, text, row)
		}
	}
}

// TestPhotoIsALook: whoever of the staff sees nothing but the photo, or what the check sees in it,
// has seen the person, which the log tells once a day.
func TestPhotoIsALook(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	photo := "/office" + r.Register("测试", rig.LoopNumber).Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait()) + "/photo"
	auditor, admin, clerk := r.Staff("shenji"), r.Staff("guanli"), r.Staff("shenhe")
	looks := func() int {
		return admin.Get("/office/audit?act=application.viewed").Find("tbody tr").Length()
	}
	for want, c := range []struct {
		b    *rig.Browser
		path string
		kind string
	}{
		{nil, "", ""},
		{auditor, photo, "image/jpeg"},
		{admin, photo, "image/jpeg"},
		{clerk, photo + "/check", "text/html; charset=utf-8"},
	} {
		if c.b != nil {
			for range 2 {
				if got := c.b.At(c.path).Is(http.StatusOK); got.Header.Get("Content-Type") != c.kind {
					t.Errorf("%s is a %s", c.path, got.Header.Get("Content-Type"))
				}
			}
		}
		if got := looks(); got != want {
			t.Errorf("%d rows of looks, want %d", got, want)
		}
	}
	clerk.At(photo)
	if got := looks(); got != 3 {
		t.Errorf("%d rows of looks after the photo itself, want 3", got)
	}
	logged(auditor, "act=application.viewed&who=staff-"+who(auditor, "shenji"), []string{"shenji", "查看完整信息"}, nil)
}

// who is the number of a staff member.
func who(auditor *rig.Browser, name string) string {
	value := auditor.Get("/office/audit").Find("#who option:contains('"+name+"')").AttrOr("value", "")
	return strings.TrimPrefix(value, "staff-")
}

// TestExportsAreNamed: the row of an export says which records it has, without what
// was searched for of a person, and how many.
func TestExportsAreNamed(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	candidate, clerk, auditor := r.Register("测试", rig.LoopNumber), r.Staff("shenhe"), r.Staff("shenji")
	candidate.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	approved := candidate.Apply("/apply/self", rig.ByHand(nil))
	clerk.Decide(approved, "approve", nil)
	batch := batched(clerk)
	searched := clerk.Post(clerk.Get("/office/applications"), "/office/applications", url.Values{"id_number": {rig.LoopNumber}}).Header.Get("Location")
	_, search, _ := strings.Cut(searched, "?")
	exam := strings.TrimPrefix(r.Staff("guanli").Get("/office/exams").Link("一级建造师"), "/office/exams/")
	rig.Must(t, "city-pass1\n", "staff", "add", "city", "-role", "reviewer", "-city", "唐山市", "-password-stdin", "-data", r.Data)
	for _, c := range []struct {
		b          *rig.Browser
		path       string
		act        string
		texts, not []string
	}{
		{clerk, "/office/applications.csv", "applications.export", []string{"shenhe", "全部；共 2 条"}, nil},
		{clerk, "/office/applications.csv?status=等待审核&city=石家庄市&year=2015&exam=" + exam, "applications.export",
			[]string{"状态 等待审核", "报名市 石家庄市", "考试年度 2015", "考试 2015 年 一级建造师", "共 1 条"}, []string{"全部"}},
		{clerk, "/office/applications.csv?city=" + rig.LoopNumber, "applications.export", []string{"报名市 未知；共 0 条"}, []string{rig.LoopNumber}},
		{clerk, "/office/applications.xlsx?q=测", "applications.export", []string{"按姓名或编号查找；共 2 条"}, []string{"测"}},
		{clerk, "/office/applications.csv?" + search, "applications.export", []string{"按证件号码查找；共 2 条"}, []string{rig.LoopNumber, "1990"}},
		{r.Staff("city"), "/office/applications.csv", "applications.export", []string{"限定报名市 唐山市；共 0 条"}, nil},
		{clerk, "/office/certificates.csv?city=唐山市", "certificates.export", []string{"报名市 唐山市；共 3 条"}, nil},
		{clerk, "/office/certificates.xlsx?import=1", "certificates.export", []string{"导入 1；共 6 条"}, nil},
		{clerk, batch + "/roster.xlsx", "batch.export", []string{"第 1 批；共 1 条"}, []string{"照片"}},
		{clerk, batch + "/photos.zip", "batch.export", []string{"照片", "第 1 批；共 1 条"}, nil},
		{auditor, "/office/audit.csv?object=staff&from=20200101&who=system", "audit.export", []string{"操作人 系统", "对象 工作人员", "从 2020-01-01", "共 4 条"}, nil},
	} {
		if got := c.b.Do(http.MethodGet, c.path, "", nil); got.Status != http.StatusOK {
			t.Errorf("%s: %d", c.path, got.Status)
		}
		logged(auditor, "act="+c.act, c.texts, append(c.not, "→"))
	}
	rig.Must(t, "", "export", "applications", t.TempDir()+"/list.csv", "-status", "等待审核", "-data", r.Data)
	logged(auditor, "act=applications.export", []string{"系统", "状态 等待审核；共 1 条"}, nil)
}

// TestCorrectionIsNamed: the account's page and the log tell who has corrected which
// field, and not what it was or is; a correction that corrects nothing is none.
func TestCorrectionIsNamed(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	number, right := rig.IDNumber(t, 3), rig.IDNumber(t, 4)
	r.Register("王五", number)
	clerk, auditor := r.Staff("shenhe"), r.Staff("shenji")
	path := clerk.Account(number).Path
	values := map[string]string{"paper": "身份证", "id_number": number, "name": "王五"}
	correct := func(act string, change map[string]string) *rig.Page {
		for field, value := range change {
			values[field] = value
		}
		return clerk.Sends(clerk.Get(path), "form[action$='/"+act+"']", values)
	}
	corrections := func() int { return auditor.Get("/office/audit?act=account.correct").Find("tbody tr").Length() }
	correct("correct", nil)
	if n := corrections(); n != 0 {
		t.Errorf("%d rows of a correction of nothing", n)
	}
	for i, c := range []struct {
		act    string
		change map[string]string
		fields string
	}{
		{"correct", map[string]string{"name": "王武"}, "窗口更正：姓名"},
		{"correct", map[string]string{"id_number": right}, "窗口更正：证件号码"},
		{"email", map[string]string{"email": "wang@example.com"}, "窗口更正：邮箱"},
		{"correct", map[string]string{"paper": "护照", "id_number": "E12345678", "birth_month": "199001", "sex": "男"}, "窗口更正：证件类型、证件号码、出生年月、性别"},
		{"correct", map[string]string{"sex": "女"}, "窗口更正：性别"},
	} {
		page := correct(c.act, c.change)
		newest := page.TextOf("[aria-labelledby=history] li")
		if !strings.Contains(newest, "shenhe") || !strings.Contains(newest, c.fields) {
			t.Errorf("the account tells %q, want %q by shenhe", newest, c.fields)
		}
		if n := corrections(); n != i+1 {
			t.Errorf("%d rows of corrections, want %d", n, i+1)
		}
		logged(auditor, "act=account.correct", []string{"shenhe", c.fields}, []string{"王", number, right, "E12345678", "wang@", "199001", "女 "})
	}
}
