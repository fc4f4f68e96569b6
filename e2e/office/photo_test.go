package office

import (
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/photo/drawn"

	"github.com/PuerkitoBio/goquery"
)

// TestPhotoCheck: the office sees, in its own words, what the check finds in a photo today,
// with the faces marked where they are drawn, the main one first.
func TestPhotoCheck(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	at, child := drawn.Place{X: 140, Eyes: 160, Width: 110}, drawn.Place{X: 225, Eyes: 330, Width: 70}
	two := drawn.Scene(drawn.Width, drawn.Height, drawn.Grey(210), drawn.Placed{Person: drawn.Someone(3), Place: at}, drawn.Placed{Person: drawn.Someone(6), Place: child})
	candidate := r.Register("测试", rig.LoopNumber)
	review := "/office" + candidate.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, drawn.JPEG(two))
	clerk := r.Staff("shenhe")

	listed := clerk.Get(review + "?status=" + url.QueryEscape("等待审核"))
	if marked := listed.Find("svg.face-lines"); marked.Length() != 0 {
		t.Error("the review looks for faces that nobody has asked for")
	}
	page := clerk.Get(listed.Find("#photo-seen a").AttrOr("href", "")).Has("检测到 2 张人脸。", "有第二张脸", "细框是其他人脸", "背景整体偏灰（", "要求每处至少占 90%")
	if back := page.Link("返回审核"); back != listed.Path {
		t.Errorf("the way back is %s, want %s", back, listed.Path)
	}
	if view := page.Find("svg.face-lines").AttrOr("viewBox", page.Find("svg.face-lines").AttrOr("viewbox", "")); view != "0 0 295 413" {
		t.Errorf("the drawing is over %q", view)
	}
	number := func(s *goquery.Selection, name string) float64 {
		f, err := strconv.ParseFloat(s.AttrOr(name, ""), 64)
		if err != nil {
			t.Errorf("%s of a box: %v", name, err)
		}
		return f
	}
	boxes := page.Find("svg.face-lines g.under rect")
	if boxes.Length() != 2 {
		t.Fatalf("%d boxes, want two", boxes.Length())
	}
	for i, place := range []drawn.Place{at, child} {
		box := boxes.Eq(i)
		left, top, wide := number(box, "x"), number(box, "y"), number(box, "width")
		if off := math.Abs(left + wide/2 - place.X); off > place.Width/8 || math.Abs(wide-place.Width) > place.Width/3 || top > place.Eyes || top+wide < place.Eyes {
			t.Errorf("box %d is at %.0f, %.0f, %.0f wide, drawn at %v", i, left, top, wide, place)
		}
	}

	admin := r.Staff("guanli")
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"photo_fail_below": "0", "photo_clear_from": "0"})
	if now := clerk.Get(page.Path).Has("有第二张脸").TextOf("#photo-seen"); strings.Contains(now, "背景") {
		t.Errorf("an office that takes any background is told %q", now)
	}

	byHand := "/office" + candidate.Apply("/apply/self", rig.ByHand(nil))
	clerk.At(byHand + "/photo/check").Is(http.StatusNotFound)
	r.Browser().At(review + "/photo/check").Is(http.StatusSeeOther)
	candidate.At(review + "/photo/check").Is(http.StatusSeeOther)
}
