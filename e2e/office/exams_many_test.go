package office

import (
	"net/http"
	"net/url"
	"testing"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

// TestManyExams finds exams by years and name, sets a route for those that are ticked, and
// brings back what they had.
func TestManyExams(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister+"2012,执业药师,测试,110101199003071233,已领取,,,YS2012001,20121014,石家庄市\n2013,一级建造师（机电）,测试,110101199003071233,已领取,,,YS2013001,20130922,石家庄市\n")
	admin := r.Staff("guanli")
	const path, many = "/office/exams", "/office/exams/many"
	names := func(query string) (list []string) {
		admin.Get(path + query).Find("tbody th a").Each(func(_ int, a *goquery.Selection) { list = append(list, a.Text()) })
		return list
	}
	for query, want := range map[string]int{"": 5, "?year=2012": 1, "?year=2012&year_to=2013": 2, "?year_to=2013": 2, "?year=x": 0, "?year_to=x": 0, "?year=2013": 1, "?q=一级建造师": 2, "?q=%E4%B8%80%E7%BA%A7%E5%BB%BA%E9%80%A0%E5%B8%88(": 1, "?q=没有": 0} {
		if got := names(query); len(got) != want {
			t.Errorf("%s finds %q, want %d", query, got, want)
		}
	}
	admin.Get(path + "?q=没有").Has("没有符合条件的考试")

	list := admin.Get(path + "?q=一级建造师")
	form := "form.many"
	admin.Refused(http.StatusUnprocessableEntity, list, form, map[string]string{"route": "暂不受理"}).Has("请先勾选")
	exams := list.Find("input[name=exam]").Map(func(_ int, box *goquery.Selection) string { return box.AttrOr("value", "") })
	post := func(values url.Values) *rig.Page {
		values["exam"] = exams
		return admin.Post(list, many, values)
	}
	post(url.Values{"route": {""}}).Is(http.StatusUnprocessableEntity).Has("没有要改的内容")
	refused := post(url.Values{"route": {"引导下载电子证书"}}).Is(http.StatusUnprocessableEntity).Has("2015 年 一级建造师：")
	if refused.Find("input[name=exam][checked]").Length() != 2 || refused.Value("route") != "引导下载电子证书" {
		t.Errorf("what was ticked and chosen is lost:\n%s", refused.Body)
	}
	done := admin.Follows(post(url.Values{"route": {"暂不受理"}, "sentence": {"三月恢复。"}})).Has("已修改 2 项考试", "补发纸质证书", "暂不受理", "三月恢复。", "guanli")
	admin.Get(path + "?year=2012").Has("补发纸质证书")
	if n := admin.Get(path + "?q=一级").Find(".row-note").Length(); n != 2 {
		t.Errorf("%d of two exams have the sentence", n)
	}
	post(url.Values{"route": {"补发纸质证书"}}).Is(http.StatusUnprocessableEntity).Has("又改过") // the boxes are of before
	undone := admin.Sends(done, rig.FormTo(many+"/undo"), nil).Has("已撤销", "三月恢复。")
	admin.Get(path + "?q=一级").Has("补发纸质证书")
	admin.Refused(http.StatusUnprocessableEntity, done, rig.FormTo(many+"/undo"), nil).Has("又改过", "不能整批撤销")
	admin.Sends(undone, rig.FormTo(many+"/undo"), nil)
	list = admin.Get(path + "?q=一级")
	for i, box := range list.Find("input[name=exam]").EachIter() {
		exams[i] = box.AttrOr("value", "")
	}
	admin.Follows(post(url.Values{"clear": {"sentence"}, "opens": {"20260101"}})).Has("已修改 2 项考试", "2026")
	for _, way := range []string{"", "?rows=", "?rows=1-1", "?rows=1-99999999999", "?rows=a-b"} {
		admin.At(many + way).Is(http.StatusNotFound)
	}
	r.Staff("shenji").Get(path).Has("执业药师")
	if n := r.Staff("shenji").Get(path).Find("input[name=exam], form.many").Length(); n != 0 {
		t.Error("an auditor may tick exams")
	}
	r.Staff("shenhe").At(many + "?rows=1-1").Is(http.StatusForbidden)
}
