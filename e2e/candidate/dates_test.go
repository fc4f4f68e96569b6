package candidate

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"regexp"
	"testing"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

// typedDate is a date or a month as it is typed and kept.
var typedDate = regexp.MustCompile(`(^|[^0-9A-Za-z])(19|20)\d{2}(0[1-9]|1[0-2])([0-3]\d)?($|[^0-9A-Za-z])`)

// TestDates: whatever date a candidate reads is in words, the same on every page; only what is to be
// typed is in digits.
func TestDates(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	reads := func(p *rig.Page, want ...string) *rig.Page {
		t.Helper()
		said := p.Has(want...).Find("main").Clone()
		said.Find(".hint, .field-note").Remove() // which say what to type
		if found := typedDate.FindString(said.Text()); found != "" {
			t.Errorf("%s shows %q", p.Path, found)
		}
		return p
	}
	const approved, born = "2015 年 9 月 20 日", "1990 年 3 月"
	reads(b.Get("/apply"), approved)
	reads(b.Get(rig.Certificate2015), approved, born)
	reads(b.Get("/apply/self"), born)
	own := b.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	reads(b.Get("/apply"), approved)
	reads(b.Get(own), approved, born)
	reads(b.Get(own+"/edit"), approved, born)
	reads(b.Get(own + "/slip"))
	reads(b.Get(own + "/submitted"))

	byHand := b.Apply("/apply/self", rig.ByHand(nil))
	edit := reads(b.Get(byHand+"/edit").Shows(map[string]string{"approval_date": "20191027"}), born)
	reads(b.Sends(edit, "form[enctype]", map[string]string{"approval_date": "20191026"}), "2019 年 10 月 26 日", born)
	reads(b.Send(edit, "form[enctype]", map[string]string{"approval_date": "20191025"}).Is(http.StatusConflict), "2019 年 10 月 25 日", "2019 年 10 月 26 日")
	reads(b.Send(b.Get(byHand), rig.FormTo(byHand+"/withdraw"), map[string]string{"revision": "1"}).Is(http.StatusConflict), "2019 年 10 月 27 日", "2019 年 10 月 26 日")

	sent := b.Send(b.Get("/profile/data"), rig.FormTo("/profile/data"), map[string]string{"password": rig.CandidatePassword}).Is(http.StatusOK)
	pack, err := zip.NewReader(bytes.NewReader(sent.Body), int64(len(sent.Body)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := pack.Open("我的信息.html")
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	reads(&rig.Page{Document: doc, T: t, Path: "我的信息.html", Status: sent.Status}, approved, born, "2018 年 11 月 3 日", "2019 年 10 月 26 日")
}
